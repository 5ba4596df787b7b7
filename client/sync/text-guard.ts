/**
 * Looks at what someone writes before others see it, or soon after. A document may be opened with one; its fields tell it of
 * themselves. What it looks for, and what it says, is not known here.
 */
export interface TextGuard {
  /** Looks after a field until the returned function is called. */
  watch(field: WatchedField): () => void
  /**
   * Asks about text that comes as a whole, such as a title or a file. Resolves with what may be taken in: the text as it
   * was or as it was changed, or undefined when it is to be left out.
   */
  ask(text: string, at?: HTMLElement): Promise<string | undefined>
}

/** A field as a guard needs it. */
export interface WatchedField {
  readonly element: HTMLElement
  /** The words around the caret, as far as they are looked at after a pause in writing: the paragraph. */
  read(): string
  /** Puts `words` in the place of `found`, wherever it is by now; false when it is there no more. */
  replace(found: string, words: string): boolean
}

/** Asks the document's guard about text that is to be taken in as a whole; the text itself where there is no guard. */
export const guardText = (
  open: { readonly guard?: TextGuard | undefined },
  text: string,
  at?: HTMLElement,
): Promise<string | undefined> => open.guard?.ask(text, at) ?? Promise.resolve(text)

/** So much of a long text is looked at on either side of the caret, and to the end of the line if that is not far. */
const reach = 1_000
const far = 4_000

/** The words around the caret of a field. */
export function aroundCaret({ value, selectionEnd }: HTMLTextAreaElement | HTMLInputElement): string {
  if (value.length <= 2 * reach) return value
  const caret = selectionEnd ?? value.length
  const before = caret < reach ? 0 : value.lastIndexOf('\n', caret - reach) + 1
  const after = value.indexOf('\n', caret + reach)
  return value.slice(
    Math.max(before, caret - far),
    Math.min(after === -1 ? value.length : after, caret + far),
  )
}
