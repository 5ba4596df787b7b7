import * as Y from 'yjs'
import { type Edit, untracked } from '../../../shared/kinds/edit.ts'
import {
  headingShown,
  isOtherwise,
  readWorksheet,
  type Section,
  sectionsShown,
  type Worksheet,
} from '../../../shared/kinds/worksheet/model.ts'
import { fillWorksheet, parseSeed } from '../../../shared/kinds/worksheet/seed.ts'

/** Someone with the worksheet open: their own copy, their own edits and their own undo. */
export interface PersonAtWork {
  readonly doc: Y.Doc
  readonly edit: Edit
  readonly undo: Y.UndoManager
  worksheet(): Worksheet
  /** The section that stands at a place, counted from 0, as it is shown. */
  section(place: number): Section
  /** The headings, as they are shown. */
  headings(): readonly string[]
}

/** A new worksheet as the server makes it. */
export function newWorksheet(seed: unknown): Y.Doc {
  const doc = new Y.Doc()
  fillWorksheet(doc, parseSeed(seed))
  return doc
}

/** Two people who opened the same document. Nothing travels between them until `meet`. */
export const two = (seed: unknown): [PersonAtWork, PersonAtWork] => {
  const from = newWorksheet(seed)
  return [personAtWork(from, 'Rafael'), personAtWork(from, 'Marisol')]
}

function personAtWork(from: Y.Doc, name: string): PersonAtWork {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(from), 'server')
  const origin = { name }
  const undo = new Y.UndoManager(doc, { trackedOrigins: new Set([origin]), captureTimeout: 0 })
  const worksheet = () => readWorksheet(doc)
  const shown = () => sectionsShown(worksheet())
  return {
    doc,
    undo,
    edit: (change, options) => {
      undo.stopCapturing()
      return doc.transact(change, options?.tracked === false ? untracked : origin)
    },
    worksheet,
    section(place) {
      const section = shown()[place]
      if (section === undefined) throw new Error(`There is no section at ${place}`)
      return section
    },
    headings: () => shown().map((section) => headingShown(section, isOtherwise(worksheet()))),
  }
}

/** Everything that one of them has done reaches the other, as a server would pass it on. */
export function meet(...all: readonly PersonAtWork[]): void {
  for (const from of all)
    for (const to of all)
      if (from !== to)
        Y.applyUpdate(to.doc, Y.encodeStateAsUpdate(from.doc, Y.encodeStateVector(to.doc)), 'server')
}

/** A section of a type, or a failure that says what it is instead. */
export function asType<Type extends Section['type']>(
  section: Section,
  type: Type,
): Extract<Section, { type: Type }> {
  if (section.type !== type) throw new Error(`The section holds ${section.type}, not ${type}`)
  return section as Extract<Section, { type: Type }>
}
