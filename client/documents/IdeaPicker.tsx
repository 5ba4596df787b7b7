import { createMemo, createSignal, createUniqueId, For, type JSX, Show } from 'solid-js'
import type { DocumentSummary } from '#shared/document.ts'
import type { KindName } from '#shared/kinds/index.ts'
import type { Network } from '#shared/network.ts'
import { kindViews } from '../kinds/index.ts'
import { Button } from '../ui/Button.tsx'
import { SelectField, TextField } from '../ui/Field.tsx'
import { createLoad, Loaded } from '../ui/load.tsx'
import type { ChosenOrigin, NewIdea } from './create-start.ts'
import { listOrigins, type OriginDocument, type OriginPart } from './origins.ts'
import { type DocumentPlace, placeName } from './places.ts'

export interface IdeaPickerProps {
  kind: KindName
  network: Network
  place: DocumentPlace | undefined
  documents: readonly DocumentSummary[]
  onChoose: (origin: ChosenOrigin) => void
}

/** On what the new document stands: something that is written already, or a change idea that is written now. */
export function IdeaPicker(props: IdeaPickerProps): JSX.Element {
  const load = createLoad(
    () => ({ kind: props.kind, teamId: props.place?.teamId }),
    ({ kind, teamId }) => listOrigins(kind, teamId, props.documents),
  )
  return (
    <div class="idea-picker">
      <h3>{kindViews[props.kind].originQuestion ?? 'What does it stand on?'}</h3>
      <Loaded load={load} lines={5}>
        {(found) => <Ideas {...props} found={found()} />}
      </Loaded>
    </div>
  )
}

function Ideas(props: IdeaPickerProps & { found: readonly OriginDocument[] }): JSX.Element {
  const [words, setWords] = createSignal('')
  const shown = createMemo(() => matching(props.found, words()))
  const hasNone = () => props.found.every(({ parts }) => parts.length === 0)
  const [isWriting, setWriting] = createSignal(hasNone())
  return (
    <Show
      when={!isWriting()}
      fallback={<WriteIdea {...props} onBack={hasNone() ? undefined : () => setWriting(false)} />}
    >
      <div class="find-or-write">
        <TextField
          ref={focusSoon}
          label="Find"
          type="search"
          placeholder="Words of the idea, or of what it moves"
          value={words()}
          onInput={(event) => setWords(event.currentTarget.value)}
        />
        <Button icon="plus" onClick={() => setWriting(true)}>
          Write a new one
        </Button>
      </div>
      <Show
        when={shown().length > 0}
        fallback={<p class="small quiet">Nothing is written with these words. Write it as a new one?</p>}
      >
        <For each={shown()}>
          {(each) => <DocumentIdeas {...each} network={props.network} onChoose={props.onChoose} />}
        </For>
      </Show>
    </Show>
  )
}

function DocumentIdeas(
  props: OriginDocument & { network: Network; onChoose: (origin: ChosenOrigin) => void },
): JSX.Element {
  const id = createUniqueId()
  return (
    <section class="idea-group" aria-labelledby={id}>
      <h4 id={id}>
        {props.document.title} <span class="label">{placeName(props.network, props.document.teamId)}</span>
      </h4>
      <ul>
        <For each={props.parts}>
          {({ documentId, part, label, through }) => (
            <li>
              <button
                type="button"
                class="idea-option"
                onClick={() => props.onChoose({ kind: 'there', on: { documentId, part }, label })}
              >
                <b>{label || 'A card without words'}</b>
                <span class="label">{wayInWords(through)}</span>
              </button>
            </li>
          )}
        </For>
      </ul>
    </section>
  )
}

/** What an idea moves, the nearest first: "moves Welcoming contact, then Family partnership". */
function wayInWords(through: OriginPart['through']): string {
  const drivers = through.filter(({ station }) => station === 'driver').map(({ label }) => label)
  return drivers.length === 0 ? 'leads nowhere yet' : `for ${drivers.toReversed().join(' ← ')}`
}

function matching(found: readonly OriginDocument[], words: string): readonly OriginDocument[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  const fits = ({ label, through }: OriginPart) => {
    const text = [label, ...through.map((part) => part.label)].join(' ').toLowerCase()
    return wanted.every((word) => text.includes(word))
  }
  return found
    .map((each) => ({ ...each, parts: each.parts.filter(fits) }))
    .filter(({ parts }) => parts.length > 0)
}

/** A step takes the keyboard once it stands in the page. */
const focusSoon = (field: HTMLInputElement) => queueMicrotask(() => field.focus())

const longestIdea = 120

/** A new change idea: its words, the document that takes it, and the driver that it leads to. */
function WriteIdea(
  props: IdeaPickerProps & {
    found: readonly OriginDocument[]
    onBack: (() => void) | undefined
  },
): JSX.Element {
  const takers = () => props.found.filter(({ takesNew }) => takesNew)
  const ownTakers = () => takers().filter(({ document }) => document.teamId === props.place?.teamId)
  // A team without a diagram gets its own with the first idea; what the network draws is not its only choice.
  const makesNew = () => ownTakers().length === 0
  const [chosen, choose] = createSignal(ownTakers()[0]?.document.id ?? '')
  const [under, setUnder] = createSignal('')
  const [error, setError] = createSignal<string>()
  const drivers = () => takers().find(({ document }) => document.id === chosen())?.drivers ?? []
  let field!: HTMLInputElement

  const use = () => {
    const title = field.value.trim()
    if (title === '') {
      setError('Say the change idea in a few words.')
      field.focus()
      return
    }
    const idea: NewIdea = {
      title,
      ...(chosen() !== '' && { documentId: chosen() }),
      ...(under() !== '' && { under: under() }),
    }
    props.onChoose({ kind: 'new', idea })
  }
  const options = () => [
    ...(makesNew()
      ? [{ value: '', label: `a new diagram of ${props.place?.name ?? props.network.name}` }]
      : []),
    ...takers().map(({ document }) => ({
      value: document.id,
      label: `${document.title} (${placeName(props.network, document.teamId)})`,
    })),
  ]
  return (
    <div class="form">
      <TextField
        ref={(element) => {
          field = element
          focusSoon(element)
        }}
        label="Change idea"
        help="What you could do differently, so small that it can be tried next week."
        maxLength={longestIdea}
        autocomplete="off"
        error={error()}
        onInput={() => setError(undefined)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          // The form around this step is not sent yet: there is no title.
          event.preventDefault()
          use()
        }}
      />
      <Show when={options().length > 1} fallback={<p class="label">It goes into {options()[0]?.label}.</p>}>
        <SelectField
          label="It goes into"
          value={chosen()}
          onChange={(id) => {
            choose(id)
            setUnder('')
          }}
          options={options()}
        />
      </Show>
      <Show when={drivers().length > 0}>
        <SelectField
          label="What would it move?"
          value={under()}
          onChange={setUnder}
          options={[
            { value: '', label: 'Not said yet' },
            ...drivers().map(({ part, label }) => ({ value: part, label })),
          ]}
        />
      </Show>
      <div class="actions">
        <Button kind="primary" onClick={use}>
          Go on
        </Button>
        <Show when={props.onBack}>
          {(onBack) => (
            <Button kind="quiet" onClick={() => onBack()()}>
              Choose one that is there
            </Button>
          )}
        </Show>
      </div>
    </div>
  )
}
