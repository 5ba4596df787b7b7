import { onCleanup, onMount } from 'solid-js'
import type { Page } from './page.ts'

/** An address that ends in a card's id chooses that card: from a link elsewhere, and on the through-line above. */
export function chooseByAddress(page: Page): void {
  const here = `/documents/${page.open.id}#`
  const go = (id: string) => {
    if (page.diagram.card(id)) page.commands.goTo(id)
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
