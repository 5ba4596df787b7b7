import { createMemo, createSignal, createUniqueId, For, type JSX, Show } from 'solid-js'
import {
  removeCycleRow,
  restoreCycleRow,
  setObservedAt,
  setUnexpected,
} from '#shared/kinds/pdsa-cycle/edits.ts'
import type { Observation } from '#shared/kinds/pdsa-cycle/model.ts'
import { rowText } from '#shared/kinds/rows.ts'
import { createNow } from '../../clock.ts'
import { TextArea } from '../../form/TextLine.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { Button, IconButton } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { showToast } from '../../ui/toasts.tsx'
import { dayOf, timeOfDay } from '../../ui/when.ts'
import { createObserving } from './create-observing.ts'
import { byTime } from './observed.ts'
import { usePage } from './page.ts'
import { momentOf, wallTimeOf } from './wall-time.ts'

/** What was seen while doing, by the time at which it was seen, and the place to write down more. */
export function Observations(): JSX.Element {
  const { open, me, model, stage } = usePage()
  const observing = createObserving(open, me.id, (text) => showToast({ text }))
  const shown = createMemo(() => byTime(model().observations).filter(({ id }) => id !== observing.id()))
  const ids = createMemo(() => shown().map(({ id }) => id), undefined, { equals: isSameList })
  return (
    <section class="observations" aria-labelledby="observations">
      <h3 id="observations">What we see</h3>
      <Show when={ids().length > 0} fallback={<NothingSeen />}>
        <ol class="observed">
          <For each={ids()}>
            {(id) => (
              <Show when={model().observations.find((each) => each.id === id)}>
                {(observation) => <Observed observation={observation()} />}
              </Show>
            )}
          </For>
        </ol>
      </Show>
      <Show when={open.canEdit() && stage() !== 'closed'}>
        <Composer take={observing.take} isWriting={observing.id() !== undefined} onDone={observing.finish} />
      </Show>
    </section>
  )
}

const isSameList = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((each, index) => each === b[index])

function NothingSeen(): JSX.Element {
  return (
    <p class="faint small">
      Nothing noted yet. Write down what you see while you see it, also what is small.
    </p>
  )
}

function Observed(props: { observation: Observation }): JSX.Element {
  const { open, network } = usePage()
  const now = createNow()
  const at = () => props.observation.at
  const when = () => {
    const seen = at()
    if (seen === undefined) return 'at some time'
    return `${dayOf(seen, now(), network)}, ${timeOfDay(seen, network)}`
  }
  return (
    <li class="observation">
      <ObservedAt id={props.observation.id} at={at()} words={when()} />
      <TextArea
        at={`observations/${props.observation.id}`}
        label={`Seen ${when()}`}
        quiet
        text={() => rowText(open.doc, 'observations', props.observation.id, 'text')}
      />
      <ObservationTools {...props} when={when()} />
    </li>
  )
}

/** The time is taken by itself; whoever writes it down later says when it was. */
function ObservedAt(props: { id: string; at: number | undefined; words: string }): JSX.Element {
  const { open, network } = usePage()
  const [isChanging, setChanging] = createSignal(false)
  const zone = network.timeZone
  const take = (typed: string) => {
    const at = momentOf(typed, zone)
    if (at !== undefined && at !== props.at) setObservedAt(open.edit, open.doc, props.id, at)
  }
  const words = () => (
    <time datetime={props.at === undefined ? undefined : new Date(props.at).toISOString()}>
      {props.words}
    </time>
  )
  return (
    <Show when={open.canEdit()} fallback={<span class="observed-at label">{words()}</span>}>
      <Show
        when={isChanging()}
        fallback={
          <button
            type="button"
            class="observed-at label"
            title="Change when it was seen"
            onClick={() => setChanging(true)}
          >
            {words()}
            <span class="visually-hidden">, change when it was seen</span>
          </button>
        }
      >
        <input
          ref={(field) => queueMicrotask(() => field.focus())}
          class="observed-at"
          type="datetime-local"
          aria-label="When it was seen"
          value={props.at === undefined ? '' : wallTimeOf(props.at, zone)}
          onChange={(event) => take(event.currentTarget.value)}
          onBlur={() => setChanging(false)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur()
          }}
        />
      </Show>
    </Show>
  )
}

function ObservationTools(props: { observation: Observation; when: string }): JSX.Element {
  const { open, me } = usePage()
  const isUnexpected = () => props.observation.unexpected === true
  const remove = () => {
    const { id } = props.observation
    removeCycleRow(open.edit, open.doc, 'observations', id, me.id)
    showToast({
      text: 'Observation removed.',
      action: { label: 'Undo', run: () => restoreCycleRow(open.edit, open.doc, 'observations', id) },
    })
  }
  return (
    <Show
      when={open.canEdit()}
      fallback={
        <Show when={isUnexpected()}>
          <Badge icon="flag">Unexpected</Badge>
        </Show>
      }
    >
      <div class="observation-tools">
        <button
          type="button"
          class="button quiet unexpected"
          aria-pressed={isUnexpected()}
          onClick={() => setUnexpected(open.edit, open.doc, props.observation.id, !isUnexpected())}
        >
          <Icon name="flag" />
          Unexpected
        </button>
        <IconButton icon="close" label={`Remove what was seen ${props.when}`} onClick={remove} />
      </div>
    </Show>
  )
}

/** At the thumb on a phone: tap, type, done. */
function Composer(props: {
  take: (field: HTMLTextAreaElement) => void
  isWriting: boolean
  onDone: () => void
}): JSX.Element {
  const id = createUniqueId()
  let field!: HTMLTextAreaElement
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    props.onDone()
  }
  return (
    <div class="composer no-print" data-at="observations" classList={{ 'is-writing': props.isWriting }}>
      <label class="visually-hidden" for={id}>
        Add what you see
      </label>
      <textarea
        ref={(element) => {
          field = element
          props.take(element)
        }}
        id={id}
        rows={1}
        placeholder="Add what you see"
        enterkeyhint="done"
        onKeyDown={onKeyDown}
      />
      <Button
        kind={props.isWriting ? 'primary' : 'plain'}
        icon={props.isWriting ? 'check' : 'plus'}
        onClick={() => (props.isWriting ? props.onDone() : field.focus())}
      >
        {props.isWriting ? 'Done' : 'Add'}
      </Button>
    </div>
  )
}
