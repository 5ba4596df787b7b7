import type { JSX } from 'solid-js'
import { For, Show } from 'solid-js'
import type { DocumentSummary } from '#shared/document.ts'
import type { StartOn } from '../documents/start-on.ts'
import { Button, LinkButton } from '../ui/Button.tsx'
import { kindAt, type TeamWork } from './create-team-work.ts'
import { DiagramSketch, PathSketch, Way, type WayStep } from './Way.tsx'

export interface TeamStartProps {
  own: readonly DocumentSummary[]
  work: TeamWork | undefined
  /** Starts a document: from a template of this key, or of a kind. Absent: the reader only sees what will come. */
  onStart?: ((start: { readonly template?: string; readonly start?: StartOn }) => void) | undefined
}

/** Where a team begins: three questions, one drawing, one small test. The line is the progress. */
export function TeamStart(props: TeamStartProps): JSX.Element {
  const steps = (): readonly WayStep[] => [questionsStep(props), diagramStep(props), cycleStep(props)]
  // Whoever has drawn already goes on from there: nobody is sent back to the questions.
  const here = () => steps().findLastIndex(({ isDone }) => isDone) + 1
  return <Way steps={steps()} here={here()} />
}

/** Whether there is nothing left of the beginning: the first test is there. */
export const hasBegun = (own: readonly DocumentSummary[]): boolean =>
  own.some(({ kind }) => kind === kindAt('cycle'))

const questionsSort = 'three-questions'

function questionsStep({ own, work, onStart }: TeamStartProps): WayStep {
  const sheet = work?.worksheets.find(({ value }) => value === questionsSort)?.documentId
  const isOpen = own.length === 0
  return {
    title: 'Answer three questions together',
    sentence: 'Short answers are enough. They become your aim, your change ideas and your measures.',
    done: 'The questions are being answered.',
    isDone: sheet !== undefined,
    more: ThreeQuestions,
    step: () => (
      <Show
        when={sheet}
        fallback={
          <Begins onStart={onStart} otherwise="The team’s lead or one of its members begins here.">
            {(start) => (
              <>
                <Button
                  kind={isOpen ? 'primary' : 'plain'}
                  icon="edit"
                  onClick={() => start({ template: `worksheet/${questionsSort}` })}
                >
                  Open the worksheet
                </Button>
                <span class="label">Everyone writes at the same time.</span>
              </>
            )}
          </Begins>
        }
      >
        {(id) => <LinkButton href={`/documents/${id()}`}>Open the answers</LinkButton>}
      </Show>
    ),
  }
}

const questions = [
  ['What specifically are we trying to accomplish?', 'becomes your aim'],
  ['What changes might we introduce and why?', 'become your drivers and change ideas'],
  ['How will we know that a change is an improvement?', 'becomes your measures'],
] as const

function ThreeQuestions(): JSX.Element {
  return (
    <>
      <ul class="three-questions">
        <For each={questions}>
          {([question, becomes]) => (
            <li>
              <p class="serif">{question}</p>
              <p class="label">{becomes}</p>
            </li>
          )}
        </For>
      </ul>
      <p class="label">Questions by the Carnegie Foundation for the Advancement of Teaching.</p>
    </>
  )
}

function diagramStep({ own, work, onStart }: TeamStartProps): WayStep {
  const kind = kindAt('driver')
  const diagram = own.find((document) => document.kind === kind)
  const isNext = work?.worksheets.some(({ value }) => value === questionsSort) ?? false
  return {
    title: 'Draw what moves the aim',
    sentence: 'A driver diagram says what you think leads to what. Your answers become its first cards.',
    done: 'The first drawing is begun.',
    isDone: diagram !== undefined,
    drawing: DiagramSketch,
    step: () => (
      <Show
        when={diagram}
        fallback={
          <Begins onStart={onStart}>
            {(start) => (
              <Button
                kind={isNext ? 'primary' : 'plain'}
                icon="diagram"
                onClick={() => start({ template: `${kind}/blank` })}
              >
                Begin with an empty diagram
              </Button>
            )}
          </Begins>
        }
      >
        {(found) => <LinkButton href={`/documents/${found().id}`}>Open the diagram</LinkButton>}
      </Show>
    ),
  }
}

function cycleStep({ own, work, onStart }: TeamStartProps): WayStep {
  const kind = kindAt('cycle')
  const hasDrawn = own.some((document) => document.kind === kindAt('driver'))
  const hasIdeas = (work?.ideas.length ?? 0) > 0
  return {
    title: 'Test one idea with one person',
    sentence:
      'Write what you expect first. A test this small can fail on Tuesday and be better on Wednesday.',
    isDone: hasBegun(own),
    drawing: PathSketch,
    step: () => (
      <Show when={hasIdeas} fallback={<p class="label">Opens when there is one change idea.</p>}>
        <Begins onStart={onStart}>
          {(start) => (
            <Button
              kind={hasDrawn ? 'primary' : 'plain'}
              icon="plus"
              onClick={() => kind && start({ start: { kind } })}
            >
              Start a cycle
            </Button>
          )}
        </Begins>
      </Show>
    ),
  }
}

/** The step's button; for whoever may not take it, who does. */
function Begins(props: {
  onStart: TeamStartProps['onStart']
  otherwise?: string
  children: (start: NonNullable<TeamStartProps['onStart']>) => JSX.Element
}): JSX.Element {
  return (
    <Show when={props.onStart} fallback={<p class="label">{props.otherwise}</p>}>
      {(start) => props.children(start())}
    </Show>
  )
}
