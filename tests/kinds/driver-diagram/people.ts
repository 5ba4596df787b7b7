import * as Y from 'yjs'
import { addCard, type NewCard } from '../../../shared/kinds/driver-diagram/edits.ts'
import { type Card, type Diagram, linkId, readDiagram } from '../../../shared/kinds/driver-diagram/model.ts'
import { fillDiagram, parseSeed } from '../../../shared/kinds/driver-diagram/seed.ts'
import { type Edit, untracked } from '../../../shared/kinds/edit.ts'

/** Someone with the diagram open: their own copy, their own edits and their own undo. */
export interface PersonAtWork {
  readonly name: string
  readonly doc: Y.Doc
  readonly edit: Edit
  readonly undo: Y.UndoManager
  diagram(): Diagram
  /** The card with this title; there is exactly one. */
  card(title: string): Card
  id(title: string): string
  add(title: string, column: NewCard['column'], parent?: string): string
  /** Titles of a column, in order. */
  titles(column: Card['column']): string[]
}

/** A new diagram as the server makes it. */
export function newDiagram(seed: unknown = { aim: { statement: 'Aim' } }): Y.Doc {
  const doc = new Y.Doc()
  fillDiagram(doc, parseSeed(seed))
  return doc
}

/** People who opened the same document. Nothing travels between them until `meet`. */
export function people(from: Y.Doc, ...names: string[]): PersonAtWork[] {
  return names.map((name) => personAtWork(name, from))
}

function personAtWork(name: string, from: Y.Doc): PersonAtWork {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(from), 'server')
  const origin = { name }
  const undo = new Y.UndoManager(doc, { trackedOrigins: new Set([origin]), captureTimeout: 0 })
  const edit: Edit = (change, options) => {
    undo.stopCapturing()
    return doc.transact(change, options?.tracked === false ? untracked : origin)
  }
  const diagram = () => readDiagram(doc)
  const card = (title: string) => {
    const found = diagram().cards.filter((other) => other.title === title)
    if (found.length !== 1) throw new Error(`${found.length} cards are called ${title}`)
    return found[0] as Card
  }
  return {
    name,
    doc,
    edit,
    undo,
    diagram,
    card,
    id: (title) => card(title).id,
    add: (title, column, parent) =>
      addCard(edit, doc, { title, column, ...(parent === undefined ? {} : { parent: card(parent).id }) }),
    titles: (column) =>
      diagram()
        .cards.filter((other) => other.column === column)
        .map((other) => other.title),
  }
}

/** Everything that one of them has done reaches all others, as a server would pass it on. */
export function meet(...all: readonly PersonAtWork[]): void {
  for (const from of all)
    for (const to of all)
      if (from !== to)
        Y.applyUpdate(to.doc, Y.encodeStateAsUpdate(from.doc, Y.encodeStateVector(to.doc)), 'server')
}

/** The links of a diagram as pairs of titles, with their kind where it is not the usual one. */
export function linkTitles(diagram: Diagram): string[] {
  const title = (id: string) => diagram.cards.find((card) => card.id === id)?.title ?? id
  return diagram.links.map(
    ({ from, to, strength }) => `${title(from)} ${strength === 'weak' ? '~>' : '>'} ${title(to)}`,
  )
}

export const linkOf = (person: PersonAtWork, from: string, to: string): string =>
  linkId(person.id(from), person.id(to))

/** A diagram to work on: two primary drivers, three secondary ones, four ideas, one of them under two drivers. */
export const sampleSeed = {
  aim: { statement: 'Aim' },
  cards: [
    { id: 'P1', column: 'primary', title: 'P1' },
    { id: 'P2', column: 'primary', title: 'P2' },
    { id: 'S1', column: 'secondary', title: 'S1', leadsTo: ['P1'] },
    { id: 'S2', column: 'secondary', title: 'S2', leadsTo: ['P1', 'P2'] },
    { id: 'S3', column: 'secondary', title: 'S3', leadsTo: ['P2'] },
    { id: 'C1', column: 'idea', title: 'C1', leadsTo: ['S1'] },
    { id: 'C2', column: 'idea', title: 'C2', leadsTo: ['S1', 'S3'] },
    { id: 'C3', column: 'idea', title: 'C3', leadsTo: ['S2'] },
    { id: 'C4', column: 'idea', title: 'C4', leadsTo: ['P2'] },
  ],
}
