import { aroundCaret, type WatchedField } from '../sync/text-guard.ts'
import { holdsSharedWords } from './pasting.ts'
import { watchWriting } from './writing-watch.ts'

/**
 * Looks after whatever field of the page someone is in: titles, reasons, short values, what is pasted into a dialog. So a
 * new form need not know that it is looked after.
 */
export function watchPlainFields(look: (field: WatchedField) => void): () => void {
  let leave: (() => void) | undefined

  const onFocusIn = ({ target }: FocusEvent) => {
    const isField = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
    if (!isField || !holdsSharedWords(target)) return
    leave?.()
    const field: WatchedField = {
      element: target,
      read: () => aroundCaret(target),
      replace: (found, words) => replaceIn(target, found, words),
    }
    // What was pasted beside all fields comes to a dialog's field without being pasted there.
    leave = watchWriting(target, () => look(field), target.value !== '')
  }

  document.addEventListener('focusin', onFocusIn)
  return () => {
    leave?.()
    document.removeEventListener('focusin', onFocusIn)
  }
}

function replaceIn(field: HTMLInputElement | HTMLTextAreaElement, found: string, words: string): boolean {
  const index = field.value.indexOf(found)
  if (index === -1 || !field.isConnected) return false
  field.setRangeText(words, index, index + found.length, 'end')
  field.dispatchEvent(new InputEvent('input', { bubbles: true }))
  // A field that is read when one leaves it has been read already.
  if (document.activeElement !== field) field.dispatchEvent(new Event('change', { bubbles: true }))
  return true
}
