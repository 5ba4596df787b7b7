import { For, Show } from 'solid-js'
import type { CardDrag } from './card-drag.ts'
import { usePage } from './page.ts'

/** Links as curves. To those who hear the page each card says what it leads to; this layer is for the eye and the pointer. */
export function LinksLayer(props: {
  links: readonly string[]
  isOnWay: (link: string) => boolean
  glides: (link: string) => boolean
  drag: CardDrag
}) {
  const { diagram } = usePage()
  return (
    <svg
      class="links-layer"
      width={diagram.layout().width}
      height={diagram.layout().height}
      aria-hidden="true"
    >
      <For each={props.links}>
        {(id) => <LinkLine link={id} isOnWay={props.isOnWay(id)} glides={props.glides(id)} />}
      </For>
      <Show when={props.drag.draft()}>{(path) => <path class="draft" d={path()} />}</Show>
    </svg>
  )
}

function LinkLine(props: { link: string; isOnWay: boolean; glides: boolean }) {
  const { diagram, selection } = usePage()
  const link = () => diagram.link(props.link)
  const place = () => diagram.linkPlace(props.link)
  /** How the curve runs at its middle: half as flat as the straight line between its ends. */
  const bar = () => {
    const [from, to] = [diagram.place(link()?.from ?? ''), diagram.place(link()?.to ?? '')]
    const mid = place()?.mid ?? { x: 0, y: 0 }
    if (!from || !to) return { mid, rise: 0, run: 1 }
    const run = from.x - to.x - to.width
    return { mid, rise: run > 150 ? 0 : to.y - from.y, run: run * 0.45 }
  }
  return (
    <Show when={place()}>
      {(place) => (
        <g data-link={props.link} classList={{ 'is-gliding': props.glides }}>
          <path
            class="line"
            classList={{
              weak: link()?.strength === 'weak',
              hot: props.isOnWay,
              'chosen-link': selection.link() === props.link,
            }}
            d={place().d}
          />
          <Show when={link()?.polarity === 'hinders'}>
            <path class="line mark" classList={{ hot: props.isOnWay }} d={crossBar(bar())} />
          </Show>
          <path class="touch" d={place().d} />
        </g>
      )}
    </Show>
  )
}

/** The mark of a link that hinders: a bar across it, square to its way through the gap between two columns. */
function crossBar({ mid, rise, run }: { mid: { x: number; y: number }; rise: number; run: number }): string {
  const length = Math.hypot(rise, run) || 1
  const x = (6 * rise) / length
  const y = (6 * run) / length
  return `M${mid.x - x} ${mid.y + y}L${mid.x + x} ${mid.y - y}`
}
