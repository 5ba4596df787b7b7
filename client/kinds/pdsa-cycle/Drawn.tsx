import { createMemo, createSignal, For, type JSX, onCleanup, onMount, Show } from 'solid-js'
import type { Drawing, Ink, Shape } from '#shared/drawing/drawing.ts'

/** A drawing in the page: in the colors of its theme, and drawn anew for the width that it has. */
export function Drawn(props: { draw: (width: number) => Drawing | undefined; class?: string }): JSX.Element {
  const [width, setWidth] = createSignal(0)
  let place!: HTMLDivElement
  onMount(() => {
    const measure = new ResizeObserver(() => setWidth(Math.floor(place.clientWidth)))
    measure.observe(place)
    onCleanup(() => measure.disconnect())
  })
  const drawing = createMemo(() => (width() === 0 ? undefined : props.draw(width())))
  return (
    <div ref={place} class={`drawn ${props.class ?? ''}`}>
      <Show when={drawing()}>
        {(found) => (
          <svg
            viewBox={`0 0 ${found().width} ${found().height}`}
            width={found().width}
            height={found().height}
            role="img"
            aria-label={found().title}
          >
            <For each={found().shapes}>{(shape) => <ShapeView shape={shape} />}</For>
          </svg>
        )}
      </Show>
    </div>
  )
}

function ShapeView(props: { shape: Shape }): JSX.Element {
  const { shape } = props
  switch (shape.type) {
    case 'text':
      return (
        <text
          x={shape.x}
          y={shape.y}
          style={{
            font: `${shape.weight} ${shape.size}px var(--${shape.family})`,
            fill: color(shape.ink),
          }}
        >
          {shape.text}
        </text>
      )
    case 'path':
      return (
        <path
          d={shape.d}
          fill={color(shape.fill)}
          stroke={color(shape.stroke)}
          stroke-width={shape.width ?? 1}
          stroke-dasharray={shape.dash}
          stroke-linecap={shape.dash === undefined ? undefined : 'round'}
          opacity={shape.opacity}
        />
      )
  }
}

const color = (ink: Ink | undefined): string => (ink === undefined ? 'none' : `var(--${ink})`)
