import { type JSX, Show, Suspense } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { counted } from '#shared/counted.ts'
import type { KindName } from '#shared/kinds/index.ts'
import type { Found } from '../documents/remembered.ts'
import type { Side } from '../form/MarkedWords.tsx'
import { kindViews } from '../kinds/index.ts'
import { PersonName } from '../ui/Avatar.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { dayOf, timeOfDay } from '../ui/when.ts'
import type { Against, Comparison } from './create-comparison.ts'
import type { Who } from './create-who.ts'
import { DifferenceView } from './DifferenceView.tsx'
import type { Moment } from './timeline.ts'

export type Layout = 'together' | 'beside'

export interface ComparisonViewProps {
  found: Found
  moment: Moment
  comparison: Comparison
  against: Against
  layout: Layout
  who: Who
  /** Now, for what is said of other times. */
  now: number
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
      <div class="comparison" classList={{ beside: sides().length > 1 && !isDrawn(props.found.detail.kind) }}>
        <SideView {...props} side={sides()[0] as Side} />
        <Show when={sides()[1]}>{(side) => <SideView {...props} side={side()} />}</Show>
      </div>
    </>
  )
}

/** A drawing needs the whole width: its two moments stand one below the other. */
const isDrawn = (kind: KindName): boolean => kindViews[kind].Compared !== undefined

function summaryOf({ against, comparison }: ComparisonViewProps): string {
  const passages = comparison.count === 0 ? 'no words' : counted(comparison.count, 'passage')
  switch (against) {
    case 'now':
      return `Since then ${passages} changed.`
    case 'before':
      return `This change touched ${passages}.`
    case 'nothing':
      return 'As it was then, with nothing marked.'
  }
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
  return (
    <section class="side" aria-label={name()}>
      <h3 classList={{ 'visually-hidden': !isBeside() }}>{name()}</h3>
      <Drawn {...props} label={name()} />
      <div class="difference">
        <Show when={isDrawn(props.found.detail.kind)}>
          <h3>In words</h3>
        </Show>
        <DifferenceView
          differences={props.comparison.differences}
          side={props.side}
          below={(part) => (
            <Show when={props.who.isShown()}>
              <WrittenBy {...props} part={part} />
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
            ofChosen={<OfChosen {...props} />}
          />
        </Suspense>
      )}
    </Show>
  )
}

/** The part that is chosen in the drawing says who wrote it. */
function OfChosen(props: ComparisonViewProps): JSX.Element {
  const otherwise = () =>
    props.who.isAsking() ? 'Asking who wrote this …' : 'It is not known who wrote this.'
  return (
    <div role="status">
      <Show when={props.who.chosen()} keyed>
        {(part) => <WrittenBy {...props} part={part} fallback={otherwise()} />}
      </Show>
    </div>
  )
}

/** Who wrote a part last, and when. */
function WrittenBy(props: ComparisonViewProps & { part: string; fallback?: string }): JSX.Element {
  const zone = () => props.found.network
  return (
    <Show
      when={props.who.of(props.part)}
      fallback={<Show when={props.fallback}>{(said) => <p class="written-by">{said()}</p>}</Show>}
    >
      {(last) => (
        <p class="written-by">
          <span>Last written by</span>
          <PersonName person={last().by} />
          <span>{`${dayOf(last().at, props.now, zone())}, ${timeOfDay(last().at, zone())}`}</span>
        </p>
      )}
    </Show>
  )
}
