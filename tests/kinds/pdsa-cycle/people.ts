import * as Y from 'yjs'
import { type Edit, untracked } from '../../../shared/kinds/edit.ts'
import { type Cycle, readCycle } from '../../../shared/kinds/pdsa-cycle/model.ts'
import { fillCycle, parseSeed } from '../../../shared/kinds/pdsa-cycle/seed.ts'

/** Someone with the cycle open: their own copy, their own edits and their own undo. */
export interface PersonAtWork {
  readonly doc: Y.Doc
  readonly edit: Edit
  readonly undo: Y.UndoManager
  cycle(): Cycle
}

/** A new cycle as the server makes it. */
export function newCycle(seed: unknown = { questions: [{}], tasks: [{}], data: [{}] }): Y.Doc {
  const doc = new Y.Doc()
  fillCycle(doc, parseSeed(seed))
  return doc
}

/** People who opened the same document. Nothing travels between them until `meet`. */
export const people = (from: Y.Doc, count: number): PersonAtWork[] =>
  Array.from({ length: count }, () => personAtWork(from))

export function personAtWork(from: Y.Doc = newCycle()): PersonAtWork {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(from), 'server')
  const origin = {}
  const undo = new Y.UndoManager(doc, { trackedOrigins: new Set([origin]), captureTimeout: 0 })
  const edit: Edit = (change, options) => {
    undo.stopCapturing()
    return doc.transact(change, options?.tracked === false ? untracked : origin)
  }
  return { doc, edit, undo, cycle: () => readCycle(doc) }
}

/** Everything that one of them has done reaches all others, as a server would pass it on. */
export function meet(...all: readonly PersonAtWork[]): void {
  for (const from of all)
    for (const to of all)
      if (from !== to)
        Y.applyUpdate(to.doc, Y.encodeStateAsUpdate(from.doc, Y.encodeStateVector(to.doc)), 'server')
}
