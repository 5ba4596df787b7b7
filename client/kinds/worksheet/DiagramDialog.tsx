import { useNavigate } from '@solidjs/router'
import { createSignal, For, type JSX, Show } from 'solid-js'
import { counted } from '#shared/counted.ts'
import type { KindName } from '#shared/kinds/index.ts'
import { diagramContent, type ProposedDiagram, proposeDiagram } from '#shared/kinds/worksheet/answers.ts'
import { recordBecame } from '#shared/kinds/worksheet/edits.ts'
import { answer, api } from '../../api.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/Field.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { createSubmit, textOf } from '../../ui/submit.ts'
import { usePage } from './page.ts'

/** The kind of document that the answers become; what it holds is written in the form of its template files. */
const becomes: KindName = 'driver-diagram'

/** Shows what a diagram made of the answers will hold, then makes it. */
export function DiagramDialog(props: { onClose: () => void }): JSX.Element {
  const navigate = useNavigate()
  const { open, network, detail, sheet } = usePage()
  sheet.flush()
  const proposed = proposeDiagram(sheet.worksheet)
  const [left, setLeft] = createSignal<ReadonlySet<number>>(new Set())
  const ideas = () => proposed.ideas.filter((_, index) => !left().has(index))
  const toggle = (index: number, isTaken: boolean) => {
    const next = new Set(left())
    if (isTaken) next.delete(index)
    else next.add(index)
    setLeft(next)
  }
  const submit = createSubmit(['title', 'content'], async (values) => {
    const { teamId } = detail()
    const { id } = await answer(
      api.networks[':id'].documents.$post({
        param: { id: network.id },
        json: {
          kind: becomes,
          title: textOf(values, 'title'),
          content: diagramContent({ ...proposed, ideas: ideas() }),
          ...(teamId === undefined ? {} : { team: teamId }),
        },
      }),
    )
    if (open.canEdit()) recordBecame(open.edit, open.doc, id)
    props.onClose()
    navigate(`/documents/${id}`)
  })
  return (
    <Dialog open onClose={props.onClose} title="Make a driver diagram of the answers" wide>
      <Show when={proposed.aim !== '' || proposed.ideas.length > 0} fallback={<NothingYet {...props} />}>
        <form class="form" novalidate onSubmit={submit.onSubmit}>
          <Show when={submit.problem()}>{(problem) => <Notice tone="wrong">{problem()}</Notice>}</Show>
          <TextField
            label="Title"
            name="title"
            autocomplete="off"
            value={detail().title}
            error={submit.error('title')}
          />
          <Preview proposed={proposed} left={left()} onToggle={toggle} />
          <p class="label">
            {placeSentence(network.teams.find(({ id }) => id === detail().teamId)?.name)} This worksheet stays
            as it is and leads there.
          </p>
          <div class="actions">
            <Button type="submit" kind="primary" icon="diagram" busy={submit.isBusy()}>
              Make the diagram
            </Button>
            <Button kind="quiet" onClick={() => props.onClose()}>
              Not now
            </Button>
          </div>
        </form>
      </Show>
    </Dialog>
  )
}

function NothingYet(props: { onClose: () => void }): JSX.Element {
  return (
    <div class="form">
      <p class="small">
        There is nothing to make it of yet: answer what you want to accomplish, and what you might change.
      </p>
      <div class="actions">
        <Button kind="primary" onClick={() => props.onClose()}>
          Back to the worksheet
        </Button>
      </div>
    </div>
  )
}

function Preview(props: {
  proposed: ProposedDiagram
  left: ReadonlySet<number>
  onToggle: (index: number, isTaken: boolean) => void
}): JSX.Element {
  const taken = () => props.proposed.ideas.length - props.left.size
  return (
    <div class="ws-preview">
      <div>
        <h3>The aim</h3>
        <p class="serif">{props.proposed.aim || 'Not written yet: the diagram begins without one.'}</p>
        <Show when={props.proposed.measures.length > 0}>
          <p class="label">How you will know goes into the notes of the aim.</p>
        </Show>
      </div>
      <fieldset>
        <legend>{counted(taken(), 'change idea')}, one for each line or point</legend>
        <For
          each={props.proposed.ideas}
          fallback={<p class="small quiet">None yet. You can add them in the diagram.</p>}
        >
          {({ title, notes }, index) => (
            <label class="choice">
              <input
                type="checkbox"
                checked={!props.left.has(index())}
                onChange={(event) => props.onToggle(index(), event.currentTarget.checked)}
              />
              <span>
                {title}
                <Show when={notes.length > 0}>
                  <span class="label"> with notes</span>
                </Show>
              </span>
            </label>
          )}
        </For>
      </fieldset>
    </div>
  )
}

const placeSentence = (team: string | undefined): string =>
  team === undefined
    ? 'It is a new document of the network.'
    : `It is a new document of ${team}, a draft until you share it.`
