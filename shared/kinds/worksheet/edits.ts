import type * as Y from 'yjs'
import type { Edit } from '../edit.ts'
import { placeAt, readOrder } from '../order.ts'
import { addRow, moveRow, removeRow, restoreRow, rowMap, setRowScalar } from '../rows.ts'
import { becameRow, linkRow, sectionRow } from './born.ts'
import {
  cellName,
  type DocumentLink,
  type Form,
  isOtherwise,
  itemsOf,
  readShape,
  sectionsShown,
  worksheetMap,
} from './model.ts'

/*
 * What people do to a worksheet. Each function is one undo step. Removing hides: `restoreSection` brings back all that was
 * written. A section's items are rows (`../rows.ts`) of the list `itemsOf(section)`.
 */

export interface NewSection {
  readonly heading: string
  readonly form: Form
  /** The section that it comes after; absent: at the end. */
  readonly after?: string
}

/** Adds a section and answers its id. */
export const addSection = (edit: Edit, doc: Y.Doc, { heading, form, after }: NewSection): string =>
  addRow(edit, doc, 'sections', {
    ...sectionRow({ heading, prompts: [], ...form }),
    ...(after === undefined ? {} : { after }),
  })

/** `by` is the account of who removes it. */
export const removeSection = (edit: Edit, doc: Y.Doc, id: string, by = ''): void =>
  removeRow(edit, doc, 'sections', id, by)

export const restoreSection = (edit: Edit, doc: Y.Doc, id: string): void =>
  restoreRow(edit, doc, 'sections', id)

/** Moves a section to `index` among those that are shown; its place in the other wording, if it has one, stays. */
export function moveSection(edit: Edit, doc: Y.Doc, id: string, index: number): void {
  const shape = readShape(doc)
  if (!isOtherwise(shape)) {
    moveRow(edit, doc, 'sections', id, index)
    return
  }
  const others = sectionsShown(shape)
    .filter((section) => section.id !== id)
    .map((section) => ({ id: section.id, order: section.otherwise?.order ?? section.order }))
  const place = placeAt(others, Math.max(0, Math.min(index, others.length)))
  edit(() => {
    for (const { id: each, key } of [{ id, key: place.key }, ...place.rekeyed])
      rowMap(doc, 'sections', each)?.set(shownOrder(doc, each), key)
  })
}

/** The scalar that says where a section stands while the other wording is shown. */
const shownOrder = (doc: Y.Doc, id: string): 'order' | 'otherOrder' =>
  readOrder(rowMap(doc, 'sections', id)?.get('otherOrder')) === '' ? 'order' : 'otherOrder'

/** What the template says of a section: empty texts are taken away. */
export function setGuidance(
  edit: Edit,
  doc: Y.Doc,
  id: string,
  says: { readonly guidance: string; readonly example: string },
): void {
  const map = rowMap(doc, 'sections', id)
  if (map === undefined) return
  const wanted = { guidance: says.guidance.trim(), example: says.example.trim() }
  edit(() => {
    for (const [name, text] of Object.entries(wanted)) {
      if ((map.get(name) ?? '') === text) continue
      if (text === '') map.delete(name)
      else map.set(name, text)
      // An example of one's own comes from nowhere else.
      if (name === 'example') map.delete('exampleFrom')
    }
  })
}

/** Shows the worksheet's other wording to everyone, or its first one again. */
export function showWording(edit: Edit, doc: Y.Doc, isOther: boolean): void {
  edit(() => (isOther ? worksheetMap(doc).set('isOther', true) : worksheetMap(doc).delete('isOther')))
}

export const setDone = (edit: Edit, doc: Y.Doc, section: string, item: string, done: boolean): void =>
  setRowScalar(edit, doc, itemsOf(section), item, 'done', done ? true : undefined)

export const setRating = (
  edit: Edit,
  doc: Y.Doc,
  section: string,
  rating: string,
  value: number | undefined,
): void => setRowScalar(edit, doc, itemsOf(section), rating, 'value', value)

/** Sets the day in a cell of a table. */
export const setDay = (
  edit: Edit,
  doc: Y.Doc,
  section: string,
  row: string,
  column: number,
  day: string | undefined,
): void => setRowScalar(edit, doc, itemsOf(section), row, cellName(column), day)

/** Names a document of the network in a section; answers the new row's id. */
export const addLink = (
  edit: Edit,
  doc: Y.Doc,
  section: string,
  link: Pick<DocumentLink, 'documentId' | 'part'>,
): string => addRow(edit, doc, itemsOf(section), linkRow({ ...link, note: '' }))

/** Notes that a document was made out of the answers; the same one only once. */
export function recordBecame(edit: Edit, doc: Y.Doc, documentId: string): void {
  if (readShape(doc).became.some((known) => known.documentId === documentId)) return
  addRow(edit, doc, 'became', becameRow({ documentId }))
}
