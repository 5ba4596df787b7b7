import { createEffect, createMemo, onCleanup } from 'solid-js'
import type { Frame } from '../view.ts'
import type { Page } from './page.ts'

/** Keeps in sight the card in which the followed colleague stands, until the reader goes their own way. */
export function createFollowing(frame: Frame, page: Page): void {
  const card = createMemo(() => {
    const account = frame.following()
    if (account === undefined) return undefined
    return page.open.people().find((person) => person.accountId === account && !person.self)?.at
  })
  createEffect(() => {
    const place = page.diagram.place(card() ?? '')
    if (!place) return
    if (page.view() === 'diagram') {
      const { x, top: y, width, height } = place
      page.viewport.reveal({ x, y, width, height }, { centered: true, smooth: true })
    } else {
      document
        .querySelector(`.outline [data-card="${CSS.escape(place.id)}"]`)
        ?.scrollIntoView({ block: 'center' })
    }
  })
  const goOwnWay = (event: Event) => {
    const isOnWork = event.target instanceof Element && event.target.closest('.diagram-body .work')
    if (isOnWork && frame.following() !== undefined) frame.stopFollowing()
  }
  for (const name of ['wheel', 'pointerdown', 'keydown'] as const) {
    document.addEventListener(name, goOwnWay, { passive: true })
    onCleanup(() => document.removeEventListener(name, goOwnWay))
  }
}
