import { onCleanup } from 'solid-js'
import type { Page } from './page.ts'

/**
 * A card that gets the keyboard is chosen, however it got there. Answers the listener for `focusin`.
 *
 * Tab adds a card to the chosen one. Somebody who only tabs through the page means no such thing: for them Tab goes on
 * until they have used the diagram.
 */
export function createFocusChoice({
  selection,
  rows,
}: Pick<Page, 'selection' | 'rows'>): (event: FocusEvent) => void {
  let isTab = false
  const onKeyDown = (event: KeyboardEvent) => {
    isTab = event.key === 'Tab'
  }
  const onPointerDown = () => {
    isTab = false
  }
  document.addEventListener('keydown', onKeyDown, true)
  document.addEventListener('pointerdown', onPointerDown, true)
  onCleanup(() => {
    document.removeEventListener('keydown', onKeyDown, true)
    document.removeEventListener('pointerdown', onPointerDown, true)
  })

  return ({ target }) => {
    if (!(target instanceof HTMLElement) || target.role !== 'treeitem') return
    const { card, row } = target.dataset
    if (card === undefined) return
    const link = row === undefined ? selection.link() : rows().find(({ key }) => key === row)?.link
    if (selection.isChosen(card) && link === selection.link()) return
    const through = row === undefined ? undefined : link
    if (isTab) selection.arrive(card, through)
    else selection.choose(card, through)
  }
}
