import { counted } from '#shared/counted.ts'
import { type Erasure, findWords, type RecordKind } from '#shared/erasure.ts'

/** What stands beside the document and holds the words, in words. */
export const recordInWords = (what: RecordKind, count: number): string =>
  ({
    title: 'The title',
    version: counted(count, 'named version'),
    step: `The reason of ${counted(count, 'step')}`,
    seal: `${counted(count, 'sealed prediction')}: each says so, and keeps the hash of what was sealed`,
    amendment: counted(count, 'amendment'),
    proposal: counted(count, 'suggested change'),
    'file-name': `The name of ${counted(count, 'file')}`,
    refused: `${counted(count, 'message')} that the server had refused and kept aside; all of each goes`,
    audit: `${counted(count, 'note')} of what was done to the document`,
  })[what]

/** The button that does it: it says what. */
export const eraseLabel = (what: Erasure['what']): string =>
  ({
    words: 'Erase these words for good',
    file: 'Erase this file for good',
    document: 'Erase this document for good',
  })[what]

/** What those notice who have the document open. */
export const consequenceOf = (what: Erasure['what']): string =>
  ({
    words: 'Pages that have the document open ask to be loaded anew.',
    file: 'Pages that show it show it no more.',
    document: 'Pages that have the document open say that it is no longer there.',
  })[what]

/** A text in pieces, those that are to go marked. */
export function piecesOf(
  text: string,
  words: string,
): readonly { readonly text: string; readonly goes: boolean }[] {
  const pieces: { text: string; goes: boolean }[] = []
  let at = 0
  for (const { start, end } of findWords(text, words)) {
    if (start > at) pieces.push({ text: text.slice(at, start), goes: false })
    pieces.push({ text: text.slice(start, end), goes: true })
    at = end
  }
  return at < text.length ? [...pieces, { text: text.slice(at), goes: false }] : pieces
}
