import { For, type JSX, Show, Suspense } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { createNow } from '../clock.ts'
import type { Found } from '../documents/remembered.ts'
import type { Side } from '../form/MarkedWords.tsx'
import { kindViews } from '../kinds/index.ts'
import { PersonName } from '../ui/Avatar.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { count, dayOf, timeOfDay } from '../ui/when.ts'
import type { Against, Comparison } from './create-comparison.ts'
import type { Who } from './create-who.ts'
import { DifferenceView } from './DifferenceView.tsx'
import type { Moment } from './timeline.ts'
import type { Passage, Writer } from './writers.ts'

export type Layout = 'together' | 'beside'

export interface ComparisonViewProps {
  found: Found
  moment: Moment
  comparison: Comparison
  against: Against
  layout: Layout
  who: Who
}

/** Two moments: in one text with what went and what came, or side by side. */
export function ComparisonView(props: ComparisonViewProps): JSX.Element {
  const sides = (): readonly Side[] => {
    if (props.against === 'nothing') return ['after']
    return props.layout === 'beside' ? ['before', 'after'] : ['both']
  }
  return (
    <>
      <p class="difference-count" role="status">
        {summaryOf(props)}
      </p>
      <div class="comparison" classList={{ beside: sides().length > 1 }}>
        <SideView {...props} side={sides()[0] as Side} />
        <Show when={sides()[1]}>{(side) => <SideView {...props} side={side()} />}</Show>
      </div>
    </>
  )
}

function summaryOf({ against, comparison }: ComparisonViewProps): string {
  if (against === 'nothing') return 'As it was then, with nothing marked.'
  const since = against === 'now' ? 'since then' : 'by this change'
  if (comparison.count === 0) return `No words differ ${since}.`
  return `${count(comparison.count, 'passage')} changed ${since}.`
}

const sideNames: Readonly<Record<Against, Readonly<Record<Side, string>>>> = {
  now: { before: 'Then', after: 'Now', both: 'Then and now' },
  before: { before: 'Before the change', after: 'After the change', both: 'What the change did' },
  nothing: { before: 'Then', after: 'Then', both: 'Then' },
}

/** One side: as its kind draws it, and its words. */
function SideView(props: ComparisonViewProps & { side: Side }): JSX.Element {
  const name = () => sideNames[props.against][props.side]
  const isBeside = () => props.layout === 'beside' && props.against !== 'nothing'
  const isDrawn = () => kindViews[props.found.detail.kind].Compared !== undefined
  return (
    <section class="side" aria-label={name()}>
      <h3 classList={{ 'visually-hidden': !isBeside() }}>{name()}</h3>
      <Drawn {...props} label={name()} />
      <div class="difference">
        <Show when={isDrawn()}>
          <h3>In words</h3>
        </Show>
        <DifferenceView
          differences={props.comparison.differences}
          side={props.side}
          below={(passage) => (
            <Show when={props.who.isShown()}>
              <WrittenBy {...props} passage={passage} />
            </Show>
          )}
        />
      </div>
    </section>
  )
}

/** What the kind draws of two moments, where it draws something; a part that is chosen in it says who wrote it. */
function Drawn(props: ComparisonViewProps & { side: Side; label: string }): JSX.Element {
  const view = () => kindViews[props.found.detail.kind].Compared
  return (
    <Show when={view()}>
      {(Compared) => (
        <Suspense fallback={<Skeleton lines={6} label="Drawing" />}>
          <Dynamic
            component={Compared()}
            before={props.against === 'nothing' ? undefined : props.comparison.before.model}
            after={props.comparison.after.model}
            side={props.side}
            network={props.found.network}
            label={`${props.found.detail.title}: ${props.label}`}
            chosen={props.who.chosen()}
            onChoose={props.who.choose}
          />
          <div role="status">
            <Show when={props.who.chosen()} keyed>
              {(part) => <WrittenBy {...props} passage={{ text: '', part }} />}
            </Show>
          </div>
        </Suspense>
      )}
    </Show>
  )
}

/** Who wrote a passage, the last one first. */
function WrittenBy(props: ComparisonViewProps & { passage: Passage }): JSX.Element {
  const now = createNow()
  const writers = () => props.who.of(props.passage)
  const when = ({ at }: Writer) =>
    `${dayOf(at, now(), props.found.network)}, ${timeOfDay(at, props.found.network)}`
  return (
    <p class="written-by">
      <Show when={writers()} fallback="Asking who wrote this …">
        {(writers) => (
          <For each={writers()} fallback="As it began: nobody wrote here since.">
            {(writer) => (
              <span class="row">
                <Show when={writer.by} fallback="Throughline">
                  {(person) => <PersonName person={person()} />}
                </Show>
                {when(writer)}
              </span>
            )}
          </For>
        )}
      </Show>
    </p>
  )
}
