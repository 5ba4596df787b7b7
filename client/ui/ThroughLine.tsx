import { For, type JSX, Show } from 'solid-js'

export type StationName = 'aim' | 'driver' | 'idea' | 'cycle' | 'measure' | 'lesson'

/** The actual piece at a station, named. Without `href` there is nowhere to go yet. */
export interface ThroughItem {
  readonly station: StationName
  readonly label: string
  readonly href?: string
  readonly here?: boolean
}

const stationNames: readonly (readonly [StationName, string])[] = [
  ['aim', 'Aim'],
  ['driver', 'Driver'],
  ['idea', 'Idea'],
  ['cycle', 'Cycle'],
  ['measure', 'Measure'],
  ['lesson', 'Lesson'],
]

/** The one line through all the work, from the aim to what was learned. Stations without an item say "none yet". */
export function ThroughLine(props: { items: readonly ThroughItem[] }): JSX.Element {
  const itemAt = (station: StationName) => props.items.find((item) => item.station === station)
  return (
    <nav class="through no-print" aria-label="Through-line, from aim to lesson">
      <ol>
        <For each={stationNames}>{([station, name]) => <Station name={name} item={itemAt(station)} />}</For>
      </ol>
    </nav>
  )
}

function Station(props: { name: string; item: ThroughItem | undefined }): JSX.Element {
  const face = () => (
    <>
      <span>{props.name}</span>
      <b>{props.item === undefined ? 'none yet' : props.item.label.trim() || 'not written yet'}</b>
    </>
  )
  return (
    <li
      data-here={props.item?.here ? '' : undefined}
      data-none={props.item === undefined ? '' : undefined}
      title={props.item?.label}
    >
      <Show
        when={props.item?.href}
        fallback={
          <div class="stop" aria-current={props.item?.here ? 'page' : undefined}>
            {face()}
          </div>
        }
      >
        {(href) => (
          <a href={href()} aria-current={props.item?.here ? 'page' : undefined}>
            {face()}
          </a>
        )}
      </Show>
    </li>
  )
}
