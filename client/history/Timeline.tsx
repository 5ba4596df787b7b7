import {
  createEffect,
  createMemo,
  createSignal,
  For,
  type JSX,
  Match,
  on,
  onCleanup,
  onMount,
  Show,
  Switch,
} from 'solid-js'
import type { Network } from '#shared/network.ts'
import { Unreachable } from '../api.ts'
import { createNow } from '../clock.ts'
import { PersonName } from '../ui/Avatar.tsx'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { CheckField, SelectField } from '../ui/Field.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Problem } from '../ui/load.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { dayOf } from '../ui/when.ts'
import type { History } from './create-history.ts'
import { iconOf, momentTitle, timesOf } from './moment-words.ts'
import { authorOf, daysOf, isNamed, keyOf, type Moment } from './timeline.ts'

export interface TimelineProps {
  history: History
  network: Network
  chosen: string | undefined
  onChoose: (moment: Moment) => void
}

/** All moments of a document by day, the newest first. On a phone it is a sheet that a button at the foot opens. */
export function Timeline(props: TimelineProps): JSX.Element {
  const [isOpen, setOpen] = createSignal(false)
  const choose = (moment: Moment, isLast: boolean) => {
    props.onChoose(moment)
    if (isLast) setOpen(false)
  }
  return (
    <section class="timeline no-print" classList={{ 'is-open': isOpen() }} aria-labelledby="timeline">
      <div class="row-wide">
        <h2 id="timeline">Timeline</h2>
        <span class="phone-only">
          <Button
            class="push"
            icon={isOpen() ? 'down' : 'up'}
            aria-expanded={isOpen()}
            aria-controls="moments"
            onClick={() => setOpen(!isOpen())}
          >
            {isOpen() ? 'Close' : 'Choose a moment'}
          </Button>
        </span>
      </div>
      <div class="sheet" id="moments">
        <Filters {...props} />
        <Show when={props.history.moments()} fallback={<Waiting history={props.history} />}>
          {(moments) => (
            <Show when={moments().length > 0} fallback={<NothingYet history={props.history} />}>
              <Days {...props} moments={moments()} onChoose={choose} />
            </Show>
          )}
        </Show>
      </div>
    </section>
  )
}

function Filters(props: TimelineProps): JSX.Element {
  const { filter, setFilter } = props.history
  const people = createMemo(() => [
    { value: '', label: 'Everybody' },
    ...[...new Map(props.network.members.map(({ person }) => [person.id, person.name]))]
      .map(([value, label]) => ({ value, label }))
      .sort((a, b) => a.label.localeCompare(b.label)),
  ])
  return (
    <div class="filters">
      <SelectField
        label="By"
        options={people()}
        value={filter().person ?? ''}
        onChange={(person) => setFilter({ ...filter(), person: person === '' ? undefined : person })}
      />
      <CheckField
        label="Named versions only"
        checked={filter().namedOnly}
        onChange={(namedOnly) => setFilter({ ...filter(), namedOnly })}
      />
    </div>
  )
}

interface DaysProps extends Omit<TimelineProps, 'onChoose'> {
  moments: readonly Moment[]
  /** `isLast`: the choice is made; the arrow keys only look. */
  onChoose: (moment: Moment, isLast: boolean) => void
}

/** Arrow keys go from one moment to the next. */
function Days(props: DaysProps): JSX.Element {
  const now = createNow()
  let list!: HTMLDivElement
  // By key, so that a row stays the same element, with the keyboard in it, while others work.
  const byKey = createMemo(() => new Map(props.moments.map((moment) => [keyOf(moment), moment])))
  const days = createMemo(() => new Map(daysOf(props.moments, props.network).map((day) => [day.day, day])))
  const entered = () => (byKey().has(props.chosen ?? '') ? props.chosen : keyOf(props.moments[0] as Moment))
  const onKeyDown = (event: KeyboardEvent) => {
    const keys = [...byKey().keys()]
    const at = keys.indexOf(entered() ?? '')
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: keys.length - 1 }[event.key]
    const next = to === undefined ? undefined : byKey().get(keys[to] ?? '')
    if (next === undefined) return
    event.preventDefault()
    props.onChoose(next, false)
    list.querySelector<HTMLElement>(`[data-moment="${keyOf(next)}"]`)?.focus()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrow keys only go between its buttons.
    <div ref={list} class="days" onKeyDown={onKeyDown}>
      <For each={[...days().keys()]}>
        {(day) => (
          <section aria-labelledby={`day-${day}`}>
            <h3 id={`day-${day}`}>{dayOf(days().get(day)?.at ?? 0, now(), props.network)}</h3>
            <ol>
              <For each={days().get(day)?.keys}>
                {(key) => (
                  <li>
                    <Show when={byKey().get(key)}>
                      {(moment) => (
                        <MomentRow
                          network={props.network}
                          moment={moment()}
                          isChosen={props.chosen === key}
                          isEntered={entered() === key}
                          onChoose={() => props.onChoose(moment(), true)}
                        />
                      )}
                    </Show>
                  </li>
                )}
              </For>
            </ol>
          </section>
        )}
      </For>
      <Older history={props.history} />
    </div>
  )
}

function MomentRow(props: {
  moment: Moment
  network: Network
  isChosen: boolean
  isEntered: boolean
  onChoose: () => void
}): JSX.Element {
  let row!: HTMLButtonElement
  createEffect(
    on(
      () => props.isChosen,
      (isChosen) => isChosen && row.scrollIntoView({ block: 'nearest' }),
    ),
  )
  return (
    <button
      ref={row}
      type="button"
      class={`moment ${props.moment.kind}`}
      classList={{ named: isNamed(props.moment) }}
      data-moment={keyOf(props.moment)}
      aria-current={props.isChosen ? 'true' : undefined}
      tabIndex={props.isEntered ? 0 : -1}
      onClick={() => props.onChoose()}
    >
      <span class="what">
        <Show when={iconOf(props.moment)}>{(name) => <Icon name={name()} />}</Show>
        {momentTitle(props.moment)}
      </span>
      <span class="when">{timesOf(props.moment, props.network)}</span>
      <Show when={authorOf(props.moment)}>{(person) => <PersonName person={person()} />}</Show>
    </button>
  )
}

/** Older moments come when one scrolls to the end of the line, or presses the button there. */
function Older(props: { history: History }): JSX.Element {
  const { hasOlder, isReadingOlder, readOlder } = props.history
  let end!: HTMLDivElement
  onMount(() => {
    const watch = new IntersectionObserver(([entry]) => entry?.isIntersecting && void readOlder())
    watch.observe(end)
    onCleanup(() => watch.disconnect())
  })
  return (
    <div ref={end}>
      <Show when={hasOlder()}>
        <Button kind="quiet" busy={isReadingOlder()} onClick={() => void readOlder()}>
          Show older
        </Button>
        <Show when={props.history.problem()}>
          {(problem) => <p class="small quiet">{problem().message}</p>}
        </Show>
      </Show>
    </div>
  )
}

function Waiting(props: { history: History }): JSX.Element {
  return (
    <Switch fallback={<Skeleton lines={6} label="Reading the history" />}>
      <Match when={props.history.problem() instanceof Unreachable}>
        <EmptyState
          picture="offline"
          action={
            <Button icon="reload" onClick={() => void props.history.reload()}>
              Try again
            </Button>
          }
        >
          The history is kept on the server, which does not answer. It is shown as soon as you are back
          online.
        </EmptyState>
      </Match>
      <Match when={props.history.problem()}>
        {(problem) => <Problem problem={problem()} onRetry={() => void props.history.reload()} />}
      </Match>
    </Switch>
  )
}

function NothingYet(props: { history: History }): JSX.Element {
  const isFiltered = () => props.history.filter().namedOnly || props.history.filter().person !== undefined
  return (
    <EmptyState picture={isFiltered() ? 'gap' : 'beginning'}>
      {isFiltered()
        ? 'Nothing of that in this history.'
        : 'Nothing has been written yet. What people write is kept here, by person and time.'}
    </EmptyState>
  )
}
