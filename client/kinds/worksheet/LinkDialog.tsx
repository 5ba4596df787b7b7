import { createMemo, createSignal, For, type JSX, Show } from 'solid-js'
import { kinds } from '#shared/kinds/index.ts'
import { addLink } from '#shared/kinds/worksheet/edits.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/Field.tsx'
import { createLoad, Loaded } from '../../ui/load.tsx'
import { findNameable, type Nameable } from './create-named.ts'
import { usePage } from './page.ts'

/** Chooses a document of the network, or a part of one. */
export function LinkDialog(props: { section: string; onClose: () => void }): JSX.Element {
  const { open, network } = usePage()
  const load = createLoad(() => network.id, findNameable)
  const choose = (documentId: string, part?: string) => {
    addLink(open.edit, open.doc, props.section, { documentId, ...(part === undefined ? {} : { part }) })
    props.onClose()
  }
  return (
    <Dialog open onClose={props.onClose} title="Name a document" wide>
      <Loaded load={load}>{(found) => <Choice found={found()} onChoose={choose} />}</Loaded>
    </Dialog>
  )
}

interface Entry {
  readonly documentId: string
  readonly part?: string
  readonly words: string
  /** What it is, and where a part stands. */
  readonly about: string
}

const mostShown = 40

function Choice(props: {
  found: Nameable
  onChoose: (documentId: string, part?: string) => void
}): JSX.Element {
  const { open } = usePage()
  const [typed, setTyped] = createSignal('')
  const entries = createMemo(() => entriesOf(props.found, open.id))
  const matching = createMemo(() => {
    const words = typed().trim().toLowerCase()
    // Without a word there are the documents; their parts come with one.
    return entries().filter((entry) =>
      words === '' ? entry.part === undefined : entry.words.toLowerCase().includes(words),
    )
  })
  return (
    <div class="form">
      <TextField
        label="Which one"
        help="Type a word of its title, or of a driver or change idea."
        autocomplete="off"
        value={typed()}
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
      <ul class="ws-choice" aria-label="Documents">
        <For each={matching().slice(0, mostShown)}>
          {(entry) => (
            <li>
              <button type="button" onClick={() => props.onChoose(entry.documentId, entry.part)}>
                <span>{entry.words}</span>
                <span class="label">{entry.about}</span>
              </button>
            </li>
          )}
        </For>
      </ul>
      <Show when={matching().length === 0}>
        <p class="small quiet">Nothing that you can see is called like this.</p>
      </Show>
      <Show when={matching().length > mostShown}>
        <p class="label">And {matching().length - mostShown} more: type another word.</p>
      </Show>
    </div>
  )
}

const stationNames: Readonly<Record<string, string>> = {
  aim: 'Aim',
  driver: 'Driver',
  idea: 'Change idea',
  cycle: 'Cycle',
  measure: 'Measure',
  lesson: 'Lesson',
}

function entriesOf({ documents, parts }: Nameable, ownId: string): readonly Entry[] {
  const titles = new Map(documents.map(({ id, title }) => [id, title]))
  return [
    ...documents
      .filter(({ id }) => id !== ownId)
      .map(({ id, title, kind }) => ({ documentId: id, words: title, about: kinds[kind].label })),
    ...parts.flatMap(({ documentId, part, name, value }) => {
      const title = titles.get(documentId)
      if (title === undefined || part === undefined || documentId === ownId) return []
      return [
        { documentId, part, words: String(value), about: `${stationNames[name] ?? 'Part'} of ${title}` },
      ]
    }),
  ]
}
