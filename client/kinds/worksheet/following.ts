import { createEffect, createMemo, onCleanup } from 'solid-js'
import type { Frame } from '../view.ts'
import type { Page } from './page.ts'
import { sectionAt, sectionElement } from './section-address.ts'

/** Keeps in sight the section in which the followed colleague stands, until the reader goes their own way. */
export function createFollowing(frame: Frame, { open }: Page): void {
  const section = createMemo(() => {
    const account = frame.following()
    if (account === undefined) return undefined
    const at = open.people().find((person) => person.accountId === account && !person.self)?.at
    return at === undefined ? undefined : sectionAt(at)
  })
  createEffect(() => {
    const id = section()
    if (id !== undefined) sectionElement(id)?.scrollIntoView({ block: 'center' })
  })
  const goOwnWay = (event: Event) => {
    const isOnWork = event.target instanceof Element && event.target.closest('.ws') !== null
    if (isOnWork && frame.following() !== undefined) frame.stopFollowing()
  }
  for (const name of ['wheel', 'pointerdown', 'keydown'] as const) {
    document.addEventListener(name, goOwnWay, { passive: true })
    onCleanup(() => document.removeEventListener(name, goOwnWay))
  }
}
