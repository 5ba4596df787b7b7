import { onCleanup, onMount } from 'solid-js'
import type { Page } from './page.ts'

/** Several lines pasted on the canvas become cards. */
export function createPasting(page: Page, place: () => HTMLElement | undefined): void {
  const onPaste = (event: ClipboardEvent) => {
    const target = event.target instanceof Element ? event.target : undefined
    if (!page.open.canEdit() || target?.closest('textarea, input, [contenteditable="true"], [role="dialog"]'))
      return
    if (target !== document.body && !place()?.contains(target ?? null)) return
    const text = event.clipboardData?.getData('text/plain') ?? ''
    if (text.trim() === '') return
    event.preventDefault()
    const under = page.selection.card()
    page.openDialog({ kind: 'paste', text, ...(under === undefined ? {} : { under }) })
  }
  onMount(() => document.addEventListener('paste', onPaste))
  onCleanup(() => document.removeEventListener('paste', onPaste))
}
