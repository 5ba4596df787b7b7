import { type Accessor, createSignal, onCleanup } from 'solid-js'
import { moveCard, reparent } from '#shared/kinds/driver-diagram/edits.ts'
import { type Column, mayLink } from '#shared/kinds/driver-diagram/model.ts'
import { whyNot } from '#shared/kinds/driver-diagram/relations.ts'
import { showToast } from '../../ui/toasts.tsx'
import type { Page } from './page.ts'
import { quoted } from './words.ts'

/** What is being carried by the pointer, and what letting go would do. */
export interface CardDrag {
  /** The card in hand, where the pointer is on the screen, and what would happen, in words. */
  readonly lifted: Accessor<{ card: string; x: number; y: number; hint: string } | undefined>
  /** The card that would take it, or that the new link would lead to. */
  readonly target: Accessor<string | undefined>
  /** Where in its column it would come to stand. */
  readonly gap: Accessor<{ x: number; y: number; width: number } | undefined>
  /** A link being drawn, as a path in the diagram's units. */
  readonly draft: Accessor<string | undefined>
  beginCard(event: PointerEvent, card: string): void
  beginLink(event: PointerEvent, card: string): void
}

type Drop =
  | { readonly kind: 'none'; readonly hint: string }
  | {
      readonly kind: 'order'
      readonly hint: string
      readonly at: { before: string } | { after: string }
      readonly y: number
    }
  | { readonly kind: 'parent'; readonly hint: string; readonly to: string; readonly adds: boolean }

/** A pointer that moves less than this has only clicked. */
const slack = 5
/** So near to the canvas's edge it scrolls along. */
const edge = 36

type Of = Pick<Page, 'open' | 'diagram' | 'selection' | 'viewport' | 'say'> & {
  link(from: string, to: string): void
  canvas(): HTMLElement | undefined
}

/**
 * Dragging cards and links with mouse, pen or finger. Along its column a card changes its place; onto a card that it may
 * lead to it moves there from the parent it was reached by (with Shift it leads there too).
 */
export function createCardDrag(of: Of): CardDrag {
  const { diagram, viewport } = of
  const [lifted, setLifted] = createSignal<{ card: string; x: number; y: number; hint: string }>()
  const [target, setTarget] = createSignal<string>()
  const [gap, setGap] = createSignal<{ x: number; y: number; width: number }>()
  const [draft, setDraft] = createSignal<string>()

  function end(): void {
    setLifted(undefined)
    setTarget(undefined)
    setGap(undefined)
    setDraft(undefined)
  }

  function track(
    event: PointerEvent,
    moved: (event: PointerEvent) => void,
    dropped: (event: PointerEvent) => void,
  ): void {
    if (event.button !== 0 || !of.open.canEdit()) return
    let hasMoved = false
    const onMove = (now: PointerEvent) => {
      if (now.pointerId !== event.pointerId) return
      hasMoved ||= Math.hypot(now.clientX - event.clientX, now.clientY - event.clientY) > slack
      if (!hasMoved) return
      scrollAtEdge(of.canvas(), now)
      moved(now)
    }
    const onUp = (now: PointerEvent) => {
      if (now.pointerId !== event.pointerId) return
      stop()
      if (!hasMoved) return
      swallowClick()
      dropped(now)
    }
    const onKey = (key: KeyboardEvent) => {
      if (key.key !== 'Escape') return
      key.stopPropagation()
      stop()
    }
    const stop = () => {
      removeEventListener('pointermove', onMove)
      removeEventListener('pointerup', onUp)
      removeEventListener('pointercancel', stop)
      removeEventListener('keydown', onKey, true)
      end()
    }
    addEventListener('pointermove', onMove)
    addEventListener('pointerup', onUp)
    addEventListener('pointercancel', stop)
    addEventListener('keydown', onKey, true)
  }

  onCleanup(end)

  return {
    lifted,
    target,
    gap,
    draft,
    beginCard(event, card) {
      if (diagram.card(card)?.column === 'aim') return
      track(
        event,
        (now) => {
          const drop = dropAt(of, card, now)
          setLifted({ card, x: now.clientX, y: now.clientY, hint: drop.hint })
          setTarget(drop.kind === 'parent' ? drop.to : undefined)
          const place = diagram.place(card)
          setGap(drop.kind === 'order' && place ? { x: place.x, y: drop.y, width: place.width } : undefined)
        },
        (now) => drop(of, card, dropAt(of, card, now)),
      )
    },
    beginLink(event, card) {
      event.stopPropagation()
      track(
        event,
        (now) => {
          const place = diagram.place(card)
          const at = viewport.toDiagram(now.clientX, now.clientY)
          const over = linkTarget(of, card, at)
          setTarget(over?.fits ? over.card : undefined)
          setLifted({ card, x: now.clientX, y: now.clientY, hint: linkHint(of, card, over) })
          if (place) setDraft(`M${place.x} ${place.y}L${at.x} ${at.y}`)
        },
        (now) => {
          const over = linkTarget(of, card, viewport.toDiagram(now.clientX, now.clientY))
          if (over?.fits) of.link(card, over.card)
        },
      )
    },
  }
}

/** What letting the card go here would do. */
function dropAt(of: Of, card: string, event: PointerEvent): Drop {
  const { diagram, viewport } = of
  const at = viewport.toDiagram(event.clientX, event.clientY)
  const own = diagram.card(card)?.column
  const column = columnAt(of, at.x)
  if (own === undefined || column === undefined) return { kind: 'none', hint: '' }
  if (column === own) return placeIn(of, card, own, at.y)
  const over = cardAt(of, column, at.y)
  if (over === undefined)
    return { kind: 'none', hint: mayLink(own, column) ? 'Drop it on a card' : whyNot(own, column) }
  if (!mayLink(own, column)) return { kind: 'none', hint: whyNot(own, column) }
  const name = quoted(diagram.card(over)?.title ?? '', 40)
  const adds = event.shiftKey
  return { kind: 'parent', hint: adds ? `Leads to ${name} too` : `Move under ${name}`, to: over, adds }
}

function placeIn({ diagram }: Of, card: string, column: Column, y: number): Drop {
  const others = diagram.inColumn(column).filter((id) => id !== card)
  const index = others.findIndex((id) => {
    const place = diagram.place(id)
    return place !== undefined && y < place.y - place.height / 2
  })
  const before = index === -1 ? undefined : others[index]
  const after = index === -1 ? others[others.length - 1] : others[index - 1]
  const above = after === undefined ? undefined : diagram.place(after)
  const below = before === undefined ? undefined : diagram.place(before)
  if (before !== undefined) {
    const top = below?.top ?? 0
    return { kind: 'order', hint: 'Move here', at: { before }, y: above ? (above.y + top) / 2 : top - 8 }
  }
  if (after === undefined) return { kind: 'none', hint: 'It is alone here' }
  return { kind: 'order', hint: 'Move here', at: { after }, y: (above?.y ?? 0) + 8 }
}

function drop(of: Of, card: string, drop: Drop): void {
  const { open, diagram, selection } = of
  if (drop.kind === 'none') return
  if (drop.kind === 'order') {
    moveCard(open.edit, open.doc, card, drop.at)
  } else if (drop.adds) {
    of.link(card, drop.to)
  } else {
    const refusal = reparent(open.edit, open.doc, card, reachedFrom(of, card), drop.to)
    if (refusal) return void showToast({ text: refusal.refused })
  }
  diagram.flush()
  selection.choose(card)
  of.say(`${drop.hint}: done.`)
}

function reachedFrom({ diagram, selection }: Of, card: string): string | undefined {
  const chosen = diagram.parents(card).find((link) => link.id === selection.link())
  return (chosen ?? diagram.parents(card)[0])?.to
}

function linkTarget(
  of: Of,
  card: string,
  at: { x: number; y: number },
): { card: string; fits: boolean } | undefined {
  const column = columnAt(of, at.x)
  const own = of.diagram.card(card)?.column
  if (column === undefined || own === undefined) return undefined
  const over = cardAt(of, column, at.y)
  return over === undefined || over === card ? undefined : { card: over, fits: mayLink(own, column) }
}

function linkHint({ diagram }: Of, card: string, over: { card: string; fits: boolean } | undefined): string {
  if (over === undefined) return 'Drop it on what it leads to'
  const [from, to] = [diagram.card(card)?.column, diagram.card(over.card)?.column]
  if (!over.fits) return from && to ? whyNot(from, to) : ''
  return `Leads to ${quoted(diagram.card(over.card)?.title ?? '', 40)}`
}

function columnAt({ diagram }: Of, x: number): Column | undefined {
  const reach = 28
  return diagram.columnsAt().find((column) => x >= column.x - reach && x <= column.x + column.width + reach)
    ?.column
}

function cardAt({ diagram }: Of, column: Column, y: number): string | undefined {
  return diagram.inColumn(column).find((id) => {
    const place = diagram.place(id)
    return place !== undefined && y >= place.top - 6 && y <= place.y + 8
  })
}

function scrollAtEdge(canvas: HTMLElement | undefined, event: PointerEvent): void {
  if (!canvas) return
  const box = canvas.getBoundingClientRect()
  const pull = (low: number, high: number, at: number) => (at < low + edge ? -12 : at > high - edge ? 12 : 0)
  canvas.scrollBy(pull(box.left, box.right, event.clientX), pull(box.top, box.bottom, event.clientY))
}

/** Letting go is not also a click on what lies below. */
function swallowClick(): void {
  const swallow = (event: Event) => event.stopPropagation()
  addEventListener('click', swallow, { capture: true, once: true })
  setTimeout(() => removeEventListener('click', swallow, { capture: true }), 0)
}
