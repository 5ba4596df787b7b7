import * as Y from 'yjs'
import type { Block } from '../../content/blocks.ts'
import { writeRichText } from '../../content/rich-text.ts'
import { placeAt } from '../order.ts'
import { type Card, type Column, cardMap, cardNotes, cardsMap, linksMap } from './model.ts'

/** Steps of edits, each inside a transaction that the caller opened. */

/** Makes a card with all that it will ever hold in itself (Y2). On a page it is born hidden (Y5); `fill` makes it at once. */
export function bear(
  doc: Y.Doc,
  id: string,
  card: { readonly column: Column; readonly order: string; readonly title: string; readonly hidden: boolean },
): Y.Map<unknown> {
  const map = new Y.Map<unknown>()
  map.set('column', card.column)
  map.set('order', card.order)
  map.set('title', new Y.Text(card.title))
  if (card.hidden) map.set('removed', true)
  cardsMap(doc).set(id, map)
  return map
}

export const show = (doc: Y.Doc, cardId: string): void => cardMap(doc, cardId)?.delete('removed')

export function setPresent(doc: Y.Doc, id: string): void {
  if (linksMap(doc).get(id) !== true) linksMap(doc).set(id, true)
}

export function setAbsent(doc: Y.Doc, id: string): void {
  if (linksMap(doc).get(id) !== false) linksMap(doc).set(id, false)
}

export function setOrDelete(map: Y.Map<unknown>, key: string, value: unknown): void {
  if (value === undefined) map.delete(key)
  else if (map.get(key) !== value) map.set(key, value)
}

export function rekey(doc: Y.Doc, rekeyed: readonly { readonly id: string; readonly key: string }[]): void {
  for (const { id, key } of rekeyed) cardMap(doc, id)?.set('order', key)
}

/** Writes rich text where there is none yet. */
export function writeNotes(doc: Y.Doc, cardId: string, notes: readonly Block[]): void {
  if (notes.length > 0) writeRichText(cardNotes(doc, cardId), notes)
}

/** Takes a card out of sight (Y4). `by`: the account of who does it. */
export function hide(doc: Y.Doc, cardId: string, by: string | undefined): void {
  cardMap(doc, cardId)?.set('removed', by ?? true)
}

/** Puts a card at a place among the others of its column. */
export function moveTo(doc: Y.Doc, cardId: string, others: readonly Card[], index: number): void {
  const place = placeAt(others, index)
  cardMap(doc, cardId)?.set('order', place.key)
  rekey(doc, place.rekeyed)
}

/** Replaces what differs between a text and `wanted`: what stands before and behind it is not touched. */
export function replaceText(text: Y.Text, wanted: string): void {
  const current = text.toString()
  let start = 0
  while (start < current.length && start < wanted.length && current[start] === wanted[start]) start++
  let end = 0
  const most = Math.min(current.length, wanted.length) - start
  while (end < most && current[current.length - 1 - end] === wanted[wanted.length - 1 - end]) end++
  if (current.length - end > start) text.delete(start, current.length - end - start)
  if (wanted.length - end > start) text.insert(start, wanted.slice(start, wanted.length - end))
}
