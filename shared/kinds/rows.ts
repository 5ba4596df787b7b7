import * as Y from 'yjs'
import { newId } from '../ids.ts'
import type { Edit } from './edit.ts'
import { inOrder, keyBetween, placeAt, readOrder } from './order.ts'
import { mapAt } from './roots.ts'

/**
 * A list that several people shape at once: questions of a plan, rows of a table, items of a checklist.
 *
 * In the Y.Doc a list is a root map from a row's id to the row's own map of scalars, with its short texts born in it (Y1,
 * Y2); a row's long texts are roots named `<list>/<field>/<id>`. Rows are never deleted: removing sets `removed`, which a
 * bring-back clears (Y4). Their order is (order, id), and moving one writes one scalar (Y6, Y7).
 */
export type Scalar = string | number | boolean

/** A row as it is read: what its scalars and texts hold is for the kind to say. */
export interface Row {
  readonly id: string
  readonly order: string
  readonly map: Y.Map<unknown>
  /** Set on a row that was removed: the account of who did, or '' where nobody says. */
  readonly removed?: string
}

export interface NewRow {
  readonly id?: string
  /** Short texts that people type in together: each becomes a shared text. Name every one the row has, also empty ones. */
  readonly texts?: Readonly<Record<string, string>>
  readonly scalars?: Readonly<Record<string, Scalar | undefined>>
}

export const rowsMap = (doc: Y.Doc, list: string): Y.Map<unknown> => doc.getMap(list)

/** A row's long text. */
export const rowRich = (doc: Y.Doc, list: string, field: string, id: string): Y.XmlFragment =>
  doc.getXmlFragment(richName(list, field, id))

/** The name of the root that holds a row's long text: to read it with `richAt`. */
export const richName = (list: string, field: string, id: string): string => `${list}/${field}/${id}`

/** A row's short text as people type into it, or undefined when there is no such row. */
export function rowText(doc: Y.Doc, list: string, id: string, field: string): Y.Text | undefined {
  const text = rowMap(doc, list, id)?.get(field)
  return text instanceof Y.Text ? text : undefined
}

/** A row's map, removed or not, or undefined when there is none of that id. */
export function rowMap(doc: Y.Doc, list: string, id: string): Y.Map<unknown> | undefined {
  const map = mapAt(doc, list)?.get(id)
  return map instanceof Y.Map ? map : undefined
}

/** The most rows of one list that are shown (V3); what goes beyond stays in the document. */
const mostRows = 2_000

/** The rows of a list in order, without those that were removed. Never throws. */
export const readRows = (doc: Y.Doc, list: string): readonly Row[] =>
  readAllRows(doc, list)
    .filter(({ removed }) => removed === undefined)
    .slice(0, mostRows)

/** The rows of a list in order, removed ones too. */
export function readAllRows(doc: Y.Doc, list: string): readonly Row[] {
  const rows: Row[] = []
  for (const [id, map] of mapAt(doc, list)?.entries() ?? []) {
    if (!(map instanceof Y.Map) || id === '') continue
    const removed = map.get('removed')
    rows.push({
      id,
      map,
      order: readOrder(map.get('order')),
      ...(removed === undefined || removed === false
        ? {}
        : { removed: typeof removed === 'string' ? removed : '' }),
    })
  }
  return rows.sort(inOrder)
}

/** Writes a row as it is, in a document that is being filled. */
export function fillRow(doc: Y.Doc, list: string, row: NewRow & { readonly order: string }): string {
  const id = row.id ?? newId()
  rowsMap(doc, list).set(id, newMap(row, row.order))
  return id
}

/**
 * Adds a row and answers its id: after the row `after`, or at the end. It is born hidden in a step that undo does not see
 * and shown in the next (Y5), so that undoing the addition hides it and destroys nobody's words.
 */
export function addRow(
  edit: Edit,
  doc: Y.Doc,
  list: string,
  { after, ...row }: NewRow & { readonly after?: string } = {},
): string {
  return addRows(edit, doc, list, [row], after)[0] ?? ''
}

/** Adds several rows, one after the other, as one undo step, and answers their ids. */
export function addRows(
  edit: Edit,
  doc: Y.Doc,
  list: string,
  added: readonly NewRow[],
  after?: string,
): readonly string[] {
  const rows = readRows(doc, list)
  const found = rows.findIndex((each) => each.id === after)
  const index = found === -1 ? rows.length : found + 1
  const place = placeAt(rows, index)
  const next = place.rekeyed[0]?.key ?? rows[index]?.order
  let key = place.key
  const born = added.map((row, at) => {
    if (at > 0) key = keyBetween(key, next)
    return { row, id: row.id ?? newId(), order: key }
  })
  edit(
    () => {
      for (const { row, id, order } of born) {
        const map = newMap(row, order)
        map.set('removed', true)
        rowsMap(doc, list).set(id, map)
      }
    },
    { tracked: false },
  )
  edit(() => {
    for (const { id } of born) rowMap(doc, list, id)?.delete('removed')
    rekey(doc, list, place.rekeyed)
  })
  return born.map(({ id }) => id)
}

function newMap({ texts = {}, scalars = {} }: NewRow, order: string): Y.Map<unknown> {
  const map = new Y.Map<unknown>()
  map.set('order', order)
  for (const [name, words] of Object.entries(texts)) map.set(name, new Y.Text(words))
  for (const [name, value] of Object.entries(scalars)) if (value !== undefined) map.set(name, value)
  return map
}

/** Removes a row: its words stay and can be brought back. `by` is the account of who removes it. */
export function removeRow(edit: Edit, doc: Y.Doc, list: string, id: string, by = ''): void {
  edit(() => rowMap(doc, list, id)?.set('removed', by === '' ? true : by))
}

export function restoreRow(edit: Edit, doc: Y.Doc, list: string, id: string): void {
  edit(() => rowMap(doc, list, id)?.delete('removed'))
}

/** Moves a row to `index` among the others. */
export function moveRow(edit: Edit, doc: Y.Doc, list: string, id: string, index: number): void {
  const map = rowMap(doc, list, id)
  if (map === undefined) return
  const others = readRows(doc, list).filter((row) => row.id !== id)
  const place = placeAt(others, Math.max(0, Math.min(index, others.length)))
  edit(() => {
    map.set('order', place.key)
    rekey(doc, list, place.rekeyed)
  })
}

/** Sets one of a row's scalars, or takes it away. */
export function setRowScalar(
  edit: Edit,
  doc: Y.Doc,
  list: string,
  id: string,
  name: string,
  value: Scalar | undefined,
): void {
  const map = rowMap(doc, list, id)
  if (map === undefined || map.get(name) === value) return
  edit(() => (value === undefined ? map.delete(name) : map.set(name, value)))
}

function rekey(doc: Y.Doc, list: string, rekeyed: readonly { id: string; key: string }[]): void {
  for (const { id, key } of rekeyed) rowMap(doc, list, id)?.set('order', key)
}
