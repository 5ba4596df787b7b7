import { type Accessor, createMemo, createSignal, onCleanup, onMount, untrack } from 'solid-js'
import { aimId, linkEnds } from '#shared/kinds/driver-diagram/model.ts'
import type { Page } from './page.ts'

/** The cards and links that stand in the page by now. */
export interface Drawn {
  readonly cards: Accessor<readonly string[]>
  readonly links: Accessor<readonly string[]>
}

/** So many are drawn first and with each step; a diagram that is not much larger is drawn at once. */
const atOnce = 60

/**
 * A large diagram is drawn around the aim first, where it opens, and the rest in the moments after, nearest to the window
 * first: one reads and writes before the last card stands. The chosen card is always drawn.
 */
export function createDrawn({ diagram, selection, viewport }: Page): Drawn {
  const waiting = new Set(untrack(diagram.ids))
  if (waiting.size <= 2 * atOnce) return { cards: diagram.ids, links: diagram.linkIds }
  const [step, setStep] = createSignal(0)

  const drawNearest = (height: number) => {
    const away = (id: string) => Math.abs((diagram.place(id)?.y ?? 0) - height)
    const nearest = untrack(() => [...waiting].map((id) => ({ id, away: away(id) })))
    for (const { id } of nearest.sort((a, b) => a.away - b.away).slice(0, atOnce)) waiting.delete(id)
    setStep(step() + 1)
  }
  const middle = () => {
    const { y, height } = viewport.window()
    return (y + height / 2) / viewport.zoom()
  }
  untrack(() => drawNearest(diagram.place(aimId)?.y ?? 0))

  onMount(() => {
    let next = whenIdle(function draw() {
      untrack(() => drawNearest(middle()))
      if (waiting.size > 0) next = whenIdle(draw)
    })
    onCleanup(() => next())
  })

  const isDrawn = (id: string) => !waiting.has(id) || selection.isChosen(id)
  const cards = createMemo(() => {
    step()
    return waiting.size === 0 ? diagram.ids() : diagram.ids().filter(isDrawn)
  })
  const links = createMemo(() => {
    const drawn = new Set(cards())
    if (waiting.size === 0) return diagram.linkIds()
    return diagram.linkIds().filter((link) => {
      const ends = linkEnds(link)
      return ends !== undefined && drawn.has(ends.from) && drawn.has(ends.to)
    })
  })
  return { cards, links }
}

/** Runs `work` when the page has nothing more urgent to do, within a tenth of a second. Answers how to stop. */
function whenIdle(work: () => void): () => void {
  // Not in every browser.
  if (!('requestIdleCallback' in window)) {
    const timer = setTimeout(work, 30)
    return () => clearTimeout(timer)
  }
  const handle = requestIdleCallback(work, { timeout: 100 })
  return () => cancelIdleCallback(handle)
}
