import { type Accessor, createSignal, onCleanup } from 'solid-js'

/** A rectangle of the diagram, in its own units (CSS pixels at 100 %). */
export interface Area {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Viewport {
  readonly zoom: Accessor<number>
  /** Where the canvas is scrolled to and how large it is, in screen pixels. */
  readonly window: Accessor<Area>
  /** Zooms by a factor; what lies under `anchor` (screen pixels) stays there. */
  zoomBy(factor: number, anchor?: { readonly x: number; readonly y: number }): void
  /** Everything at once. */
  fit(): void
  /** The first sight: as large as reads well, with `home` in view. */
  open(home: Area | undefined): void
  /** Scrolls as little as needed until `area` is in view. */
  reveal(area: Area, options?: { readonly centered?: boolean; readonly smooth?: boolean }): void
  /** A point of the screen in the diagram's units. */
  toDiagram(clientX: number, clientY: number): { x: number; y: number }
  /** Takes over wheel, pinch and dragging of the background. */
  attach(canvas: HTMLElement): void
}

const smallest = 0.05
const largest = 2.5
/** Kept free around what is revealed. */
const margin = 48
/** The row of the columns' names: it lies above the diagram, stays in sight and does not grow. */
export const headsHeight = 36

/**
 * Zoom and pan of the canvas. Panning is the browser's own scrolling (momentum, scroll bars, focus coming into view, and
 * nobody ever gets lost beyond the edge); zooming scales the diagram inside it.
 */
export function createViewport(
  size: Accessor<{ readonly width: number; readonly height: number }>,
): Viewport {
  const [zoom, setZoom] = createSignal(1)
  const [window, setWindow] = createSignal<Area>({ x: 0, y: 0, width: 0, height: 0 }, { equals: sameArea })
  let canvas: HTMLElement | undefined

  const measure = () => {
    if (!canvas) return
    setWindow({
      x: canvas.scrollLeft,
      y: canvas.scrollTop,
      width: canvas.clientWidth,
      height: canvas.clientHeight,
    })
  }

  function zoomTo(next: number, anchor: { x: number; y: number }): void {
    const target = Math.min(largest, Math.max(smallest, next))
    const before = zoom()
    if (!canvas || target === before) return
    const box = canvas.getBoundingClientRect()
    const left = anchor.x - box.left
    const top = anchor.y - box.top
    const x = (canvas.scrollLeft + left) / before
    const y = (canvas.scrollTop + top - headsHeight) / before
    setZoom(target)
    canvas.scrollTo(x * target - left, y * target + headsHeight - top)
    measure()
  }

  const middle = () => {
    const box = canvas?.getBoundingClientRect()
    return box ? { x: box.left + box.width / 2, y: box.top + box.height / 2 } : { x: 0, y: 0 }
  }

  const scaleToFit = ({ clientWidth, clientHeight }: HTMLElement) =>
    Math.min(clientWidth / size().width, (clientHeight - headsHeight) / size().height)

  const reducedMotion = () => matchMedia('(prefers-reduced-motion: reduce)').matches

  const viewport: Viewport = {
    zoom,
    window,
    zoomBy: (factor, anchor) => zoomTo(zoom() * factor, anchor ?? middle()),
    fit() {
      if (!canvas) return
      const whole = scaleToFit(canvas)
      setZoom(Math.min(1.25, Math.max(smallest, whole)))
      canvas.scrollTo(0, 0)
      measure()
    },
    open(home) {
      if (!canvas) return
      measure()
      const { clientHeight } = canvas
      const whole = scaleToFit(canvas)
      setZoom(whole < 1.1 ? 1 : Math.min(1.25, Math.floor(whole * 20) / 20))
      if (home && size().height * zoom() + headsHeight > clientHeight) {
        canvas.scrollTo(0, (home.y + home.height / 2) * zoom() + headsHeight - clientHeight / 2)
      }
      measure()
    },
    reveal(area, options) {
      if (!canvas) return
      const seen = canvas
      const to = (from: number, length: number, at: number, extent: number) => {
        if (options?.centered) return from + length / 2 - extent / 2
        if (from - margin < at) return from - margin
        if (from + length + margin > at + extent) return from + length + margin - extent
        return at
      }
      const scale = zoom()
      const left = to(area.x * scale, area.width * scale, seen.scrollLeft, seen.clientWidth)
      const top = to(area.y * scale, area.height * scale, seen.scrollTop, seen.clientHeight - headsHeight)
      if (left === seen.scrollLeft && top === seen.scrollTop) return
      seen.scrollTo({ left, top, behavior: options?.smooth && !reducedMotion() ? 'smooth' : 'instant' })
      measure()
    },
    toDiagram(clientX, clientY) {
      if (!canvas) return { x: 0, y: 0 }
      const box = canvas.getBoundingClientRect()
      return {
        x: (clientX - box.left + canvas.scrollLeft) / zoom(),
        y: (clientY - box.top + canvas.scrollTop - headsHeight) / zoom(),
      }
    },
    attach(element) {
      canvas = element
      const resized = new ResizeObserver(measure)
      resized.observe(element)
      element.addEventListener('scroll', measure, { passive: true })
      onCleanup(() => {
        resized.disconnect()
        element.removeEventListener('scroll', measure)
        canvas = undefined
      })
      onCleanup(zoomByWheel(element, viewport))
      onCleanup(zoomByPinch(element, viewport))
      onCleanup(panByDragging(element))
    },
  }
  return viewport
}

const sameArea = (a: Area, b: Area) =>
  a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height

/** Ctrl or Cmd with the wheel, which is also what a trackpad's pinch sends. A plain wheel scrolls, as everywhere. */
function zoomByWheel(element: HTMLElement, viewport: Viewport): () => void {
  const onWheel = (event: WheelEvent) => {
    if (!event.ctrlKey && !event.metaKey) return
    event.preventDefault()
    const step = event.deltaMode === 0 ? event.deltaY : event.deltaY * 16
    viewport.zoomBy(Math.exp(-Math.max(-60, Math.min(60, step)) / 180), {
      x: event.clientX,
      y: event.clientY,
    })
  }
  element.addEventListener('wheel', onWheel, { passive: false })
  return () => element.removeEventListener('wheel', onWheel)
}

function zoomByPinch(element: HTMLElement, viewport: Viewport): () => void {
  let apart = 0
  const pair = (event: TouchEvent) => {
    const [a, b] = [event.touches[0], event.touches[1]]
    if (!a || !b) return undefined
    return {
      apart: Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY),
      middle: { x: (a.clientX + b.clientX) / 2, y: (a.clientY + b.clientY) / 2 },
    }
  }
  const onStart = (event: TouchEvent) => {
    apart = event.touches.length === 2 ? (pair(event)?.apart ?? 0) : 0
  }
  const onMove = (event: TouchEvent) => {
    const now = event.touches.length === 2 ? pair(event) : undefined
    if (!now || apart === 0) return
    event.preventDefault()
    viewport.zoomBy(now.apart / apart, now.middle)
    apart = now.apart
  }
  element.addEventListener('touchstart', onStart, { passive: true })
  element.addEventListener('touchmove', onMove, { passive: false })
  return () => {
    element.removeEventListener('touchstart', onStart)
    element.removeEventListener('touchmove', onMove)
  }
}

/** The mouse pans by dragging the background (or with the middle button anywhere); fingers scroll by themselves. */
function panByDragging(element: HTMLElement): () => void {
  let from: { x: number; y: number; left: number; top: number } | undefined
  const onDown = (event: PointerEvent) => {
    if (event.pointerType === 'touch') return
    const onBackground =
      event.target instanceof Element && !event.target.closest('[data-card], [data-link], button, .heads')
    if (event.button !== 1 && !(event.button === 0 && onBackground)) return
    from = { x: event.clientX, y: event.clientY, left: element.scrollLeft, top: element.scrollTop }
    element.setPointerCapture(event.pointerId)
  }
  const onMove = (event: PointerEvent) => {
    if (!from) return
    element.classList.add('is-panning')
    element.scrollTo({
      left: from.left - (event.clientX - from.x),
      top: from.top - (event.clientY - from.y),
      behavior: 'instant',
    })
  }
  const onEnd = () => {
    from = undefined
    element.classList.remove('is-panning')
  }
  element.addEventListener('pointerdown', onDown)
  element.addEventListener('pointermove', onMove)
  element.addEventListener('pointerup', onEnd)
  element.addEventListener('pointercancel', onEnd)
  return () => {
    element.removeEventListener('pointerdown', onDown)
    element.removeEventListener('pointermove', onMove)
    element.removeEventListener('pointerup', onEnd)
    element.removeEventListener('pointercancel', onEnd)
  }
}
