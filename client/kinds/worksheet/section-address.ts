import { onCleanup, onMount } from 'solid-js'
import type { Page } from './page.ts'

/** The part of the document at which someone stands who is in a section's heading. */
export const headingAt = (section: string): string => `${section}/heading`

/** The part at which a section's items stand. */
export const itemsAt = (section: string): string => `${section}/items`

/** The section that a part of the document belongs to. */
export const sectionAt = (part: string): string => part.split('/')[0] ?? part

export const sectionElement = (section: string): HTMLElement | null =>
  document.querySelector(`.ws-section[data-section="${CSS.escape(section)}"]`)

/** Puts the keyboard into a section, and the section in sight. */
export function goToSection(section: string, place: 'heading' | 'text' = 'text'): void {
  const element = sectionElement(section)
  element?.scrollIntoView({ block: 'start' })
  const field = place === 'heading' ? '.ws-heading textarea' : '.ws-answer [role="textbox"]'
  const target = element?.querySelector<HTMLElement>(field) ?? element
  target?.focus({ preventScroll: true })
}

/** An address that ends in a section's id leads there: from search, from a link elsewhere, and from the line of contents. */
export function goByAddress(page: Page): void {
  const here = `/documents/${page.open.id}#`
  const go = (id: string) => {
    if (page.sheet.section(id) !== undefined) goToSection(id)
  }
  const onClick = (event: MouseEvent) => {
    const link = event.target instanceof Element ? event.target.closest('a')?.getAttribute('href') : undefined
    if (!link?.startsWith(here) || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0)
      return
    // One stays on this page: nothing is left behind that would have to be saved first.
    event.preventDefault()
    go(link.slice(here.length))
  }
  onMount(() => {
    go(location.hash.slice(1))
    document.addEventListener('click', onClick, true)
  })
  onCleanup(() => document.removeEventListener('click', onClick, true))
}
