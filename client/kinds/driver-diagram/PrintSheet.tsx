import { onCleanup, onMount, Show } from 'solid-js'
import { writeSvg } from '#shared/drawing/svg.ts'
import { drawDiagram } from '#shared/kinds/driver-diagram/draw.ts'
import { readDiagram } from '#shared/kinds/driver-diagram/model.ts'
import { watchDiagram } from '#shared/kinds/driver-diagram/watch.ts'
import type { BodyProps } from '../view.ts'
import './diagram.css'

/** The whole diagram on one page of paper. */
export function PrintSheet(props: BodyProps) {
  return <Show when={props.open.ready()}>{<Sheet {...props} />}</Show>
}

function Sheet(props: BodyProps) {
  let place!: HTMLDivElement

  const draw = () => {
    const drawing = drawDiagram(readDiagram(props.open.doc), { title: props.detail.title })
    const svg = new DOMParser().parseFromString(writeSvg(drawing), 'image/svg+xml').documentElement
    place.replaceChildren(document.importNode(svg, true))
  }

  onMount(draw)
  onCleanup(watchDiagram(props.open.doc, draw))
  return <div ref={place} class="diagram-sheet" />
}
