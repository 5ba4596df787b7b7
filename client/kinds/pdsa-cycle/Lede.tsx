import { type JSX, Show } from 'solid-js'
import { isFilled } from '#shared/kinds/pdsa-cycle/text.ts'
import { Badge } from '../../ui/Badge.tsx'
import type { Found, Through } from './create-through.ts'
import { IdeaChoice } from './IdeaChoice.tsx'
import { usePage } from './page.ts'
import { privateWords } from './through-items.ts'

/** What this cycle is about, before its four stages: the idea, who tests it where, and where its plan comes from. */
export function Lede(props: { through: Through }): JSX.Element {
  return (
    <header class="cycle-lede">
      <IdeaLine idea={props.through.idea} />
      <WhoLine />
      <PlanFrom from={props.through.clonedFrom} />
    </header>
  )
}

function IdeaLine(props: { idea: Through['idea'] }): JSX.Element {
  const { model } = usePage()
  return (
    <Show when={model().idea} fallback={<IdeaChoice />}>
      {(idea) => (
        <Show when={props.idea} keyed>
          {(found) => (
            <p class="tested serif" data-at="idea">
              <Show when={found.kind === 'open' && found} fallback={<HiddenIdea to={privateTo(found)} />}>
                {(open) => <OpenIdea found={open()} part={idea().part} label={found.parts.at(-1)?.label} />}
              </Show>
            </p>
          )}
        </Show>
      )}
    </Show>
  )
}

function HiddenIdea(props: { to: string | undefined }): JSX.Element {
  return <>Tests a change idea that is {privateWords(props.to)}.</>
}

function OpenIdea(props: {
  found: Extract<Found, { kind: 'open' }>
  part: string
  label: string | undefined
}): JSX.Element {
  const diagram = () => `/documents/${props.found.id}`
  return (
    <>
      <Show
        when={props.label}
        fallback={
          <>
            Its change idea is no longer on <a href={diagram()}>{props.found.title}</a>
          </>
        }
      >
        {(label) => (
          <>
            Tests <a href={`${diagram()}#${props.part}`}>{label()}</a>
          </>
        )}
      </Show>
      <Show when={props.found.isArchived}>
        {' '}
        <Badge tone="waits" icon="archive">
          {props.found.title} is archived
        </Badge>
      </Show>
    </>
  )
}

const privateTo = (found: Found): string | undefined => (found.kind === 'private' ? found.to : undefined)

/** "Eastfield Middle, tested by Hank Sorensen with coach Priya Raman" */
function WhoLine(): JSX.Element {
  const { model } = usePage()
  const sentence = () => {
    const { site, testers, coach } = model().texts
    return [
      site.trim(),
      isFilled(testers) ? `tested by ${testers.trim()}` : '',
      isFilled(coach) ? `with coach ${coach.trim()}` : '',
    ]
      .filter(Boolean)
      .join(', ')
      .replace(', with coach', ' with coach')
  }
  return <Show when={sentence()}>{(words) => <p class="quiet small">{capital(words())}.</p>}</Show>
}

/** The plan's own origin. What is private keeps its title, not its existence. */
function PlanFrom(props: { from: Found | undefined }): JSX.Element {
  const { model } = usePage()
  const link = () => (props.from?.kind === 'open' ? props.from : undefined)
  return (
    <Show when={model().clonedFrom}>
      {(from) => (
        <p class="quiet small">
          Plan cloned from{' '}
          <Show when={link()} fallback={from().team ?? 'another cycle'}>
            {(open) => (
              <>
                <a href={`/documents/${open().id}`}>{open().title}</a>
                <Show when={from().team}>{(team) => <> of {team()}</>}</Show>
              </>
            )}
          </Show>
          .
        </p>
      )}
    </Show>
  )
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)
