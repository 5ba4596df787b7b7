import * as Y from 'yjs'
import type { OpenDocument } from './open-document.ts'

/**
 * Puts `words` in the place of `found` in a text, or in the first of the texts of a fragment that holds it, as one step of
 * undo. False where it is there no more, or where nothing may be edited.
 */
export function replaceWords(
  open: OpenDocument,
  within: Y.Text | Y.XmlFragment,
  found: string,
  words: string,
): boolean {
  if (!open.canEdit() || found === '') return false
  for (const text of textsOf(within)) {
    const index = plainOf(text).indexOf(found)
    if (index === -1) continue
    open.edit(() => {
      text.insert(index, words)
      text.delete(index + words.length, found.length)
    })
    return true
  }
  return false
}

function* textsOf(within: unknown): Generator<Y.Text> {
  if (within instanceof Y.Text) yield within
  // Elements are fragments too.
  else if (within instanceof Y.XmlFragment) for (const child of within.toArray()) yield* textsOf(child)
}

/** The words of a text, without its marks; anything else in it takes one place. */
const plainOf = (text: Y.Text): string =>
  (text.toDelta() as readonly { readonly insert: unknown }[])
    .map(({ insert }) => (typeof insert === 'string' ? insert : '\ufffc'))
    .join('')
