import { createEffect, createMemo, onCleanup } from 'solid-js'
import type { Frame } from '../view.ts'
import type { Page } from './page.ts'
import { type PageStage, pageStageAt } from './parts.ts'

/** Keeps in sight the field in which the followed colleague stands, until the reader goes their own way. */
export function createFollowing(
  frame: Frame,
  { open }: Pick<Page, 'open'>,
  openStage: (stage: PageStage) => void,
): void {
  const part = createMemo(() => {
    const account = frame.following()
    if (account === undefined) return undefined
    return open.people().find((person) => person.accountId === account && !person.self)?.at
  })
  createEffect(() => {
    const at = part()
    if (at === undefined) return
    openStage(pageStageAt(at))
    document.querySelector(`[data-at="${CSS.escape(at)}"]`)?.scrollIntoView({ block: 'center' })
  })
  const goOwnWay = (event: Event) => {
    const isOnPage = event.target instanceof Element && event.target.closest('.cycle-page') !== null
    if (isOnPage && frame.following() !== undefined) frame.stopFollowing()
  }
  for (const name of ['wheel', 'pointerdown', 'keydown'] as const) {
    document.addEventListener(name, goOwnWay, { passive: true })
    onCleanup(() => document.removeEventListener(name, goOwnWay))
  }
}
