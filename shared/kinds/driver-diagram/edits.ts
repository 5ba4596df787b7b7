import type * as Y from 'yjs'
import { newId } from '../../ids.ts'
import type { Edit } from '../edit.ts'
import { placeAt } from '../order.ts'
import {
  bear,
  hide,
  moveTo,
  rekey,
  replaceText,
  setAbsent,
  setOrDelete,
  setPresent,
  show,
} from './edit-steps.ts'
import { removeLink } from './link-edits.ts'
import {
  aimId,
  type Card,
  type Column,
  cardMap,
  cardTitle,
  columnLeftOf,
  columnRightOf,
  type Diagram,
  type IdeaStatus,
  type Link,
  linkId,
  mayLink,
  readCard,
  readDiagram,
  tagKey,
} from './model.ts'
import { childrenOf, column, fits, parentsOf, type Refusal, titleOf, whyNot } from './relations.ts'

/**
 * Every edit of a diagram's cards, as functions on the Y.Doc; those of links are in `link-edits.ts`, those of the aim in
 * `aim-edits.ts`. Each is one undo step; what cannot be done changes nothing and answers undefined (or a sentence that says
 * why, where people may wonder).
 */

/** Columns that people may add cards to. */
export type CardColumn = Exclude<Column, 'aim'>

export interface NewCard {
  /** Who asks for it may have named it already. */
  readonly id?: string
  readonly column: CardColumn
  /** The card nearer the aim that it leads to. A primary driver leads to the aim unless `parent` is undefined and `loose`. */
  readonly parent?: string
  /** Leave it without a parent: a primary driver too. */
  readonly loose?: boolean
  /** Its neighbor in the column; without either it comes after its parent's last child. */
  readonly after?: string
  readonly before?: string
  readonly title?: string
}

/**
 * Adds a card and answers its id. It is born hidden in a step that undo does not see and shown in the next (Y5), so that
 * undoing the creation hides it and destroys nobody's words.
 */
export function addCard(edit: Edit, doc: Y.Doc, card: NewCard): string {
  const diagram = readDiagram(doc)
  const parent = card.parent ?? (card.column === 'primary' && !card.loose ? aimId : undefined)
  const linked = parent !== undefined && fits(diagram, card.column, parent) ? parent : undefined
  const place = placeAt(column(diagram, card.column), indexFor(diagram, { ...card, linked }))
  const { id = newId() } = card
  const born = { column: card.column, order: place.key, title: card.title ?? '', hidden: true }
  edit(() => bear(doc, id, born), { tracked: false })
  edit(() => {
    show(doc, id)
    rekey(doc, place.rekeyed)
    if (linked !== undefined) setPresent(doc, linkId(id, linked))
  })
  return id
}

function indexFor(diagram: Diagram, card: NewCard & { readonly linked: string | undefined }): number {
  const cards = column(diagram, card.column)
  const after = cards.findIndex(({ id }) => id === card.after)
  if (after !== -1) return after + 1
  const before = cards.findIndex(({ id }) => id === card.before)
  if (before !== -1) return before
  return card.linked === undefined ? cards.length : indexUnder(diagram, card.column, card.linked)
}

/** The place after the last child of `parent`; of one without children, after the children of those above it. */
export function indexUnder(diagram: Diagram, childColumn: Column, parent: string, except?: string): number {
  const children = column(diagram, childColumn).filter(({ id }) => id !== except)
  const parentColumn = diagram.cards.find(({ id }) => id === parent)?.column
  const parents = diagram.cards.filter((card) => card.column === parentColumn).map(({ id }) => id)
  for (let at = parents.indexOf(parent); at >= 0; at--) {
    const ofThis = new Set(diagram.links.filter((link) => link.to === parents[at]).map((link) => link.from))
    const last = children.findLastIndex(({ id }) => ofThis.has(id))
    if (last !== -1) return last + 1
  }
  return parents.length === 0 ? children.length : 0
}

/** What a removal took away, for the toast that offers it back. */
export interface RemovedCard {
  readonly id: string
  readonly column: Column
  readonly title: string
  /** Cards that led to it and now have no parent. */
  readonly loose: readonly string[]
}

/**
 * Removes a card: its words stay and can be brought back (Y4). Cards that led to it stay and are pointed out by the
 * checks. The aim is not removed. `by` is the account of who removes it, for those who have text in it.
 */
export function removeCard(edit: Edit, doc: Y.Doc, cardId: string, by?: string): RemovedCard | undefined {
  const diagram = readDiagram(doc)
  const card = diagram.cards.find(({ id }) => id === cardId)
  if (card === undefined || cardId === aimId) return undefined
  edit(() => hide(doc, cardId, by))
  const loose = diagram.links
    .filter(
      (link) => link.to === cardId && diagram.links.filter(({ from }) => from === link.from).length === 1,
    )
    .map((link) => link.from)
  return { id: cardId, column: card.column, title: card.title, loose }
}

/** Brings a removed card back, with its words and links. */
export function restoreCard(edit: Edit, doc: Y.Doc, cardId: string): void {
  if (readCard(doc, cardId)?.removed) edit(() => show(doc, cardId))
}

/** What `removeFrom` did: took the card out from under one parent, or removed it. */
export type RemovedFrom =
  | { readonly kind: 'link'; readonly link: Link; readonly title: string }
  | ({ readonly kind: 'card' } & RemovedCard)

/**
 * Delete on a card where it stands under `parent`: a card with other parents only loses this link, any other is removed;
 * its children stay.
 */
export function removeFrom(
  edit: Edit,
  doc: Y.Doc,
  cardId: string,
  parent: string | undefined,
  by?: string,
): RemovedFrom | undefined {
  const diagram = readDiagram(doc)
  const upward = diagram.links.filter((link) => link.from === cardId)
  const link = upward.find(({ to }) => to === parent)
  if (link !== undefined && upward.length > 1) {
    removeLink(edit, doc, link.id)
    return { kind: 'link', link, title: titleOf(diagram, cardId) }
  }
  const removed = removeCard(edit, doc, cardId, by)
  return removed && { kind: 'card', ...removed }
}

/** Gives a card a title, changing only the characters that differ, so that what others type beside it stays. */
export function renameCard(edit: Edit, doc: Y.Doc, cardId: string, title: string): void {
  const text = cardTitle(doc, cardId)
  if (text !== undefined && text.toString() !== title) edit(() => replaceText(text, title))
}

/** Moves a card up or down its column, before or after another card of it. Writes one scalar (Y6). */
export function moveCard(
  edit: Edit,
  doc: Y.Doc,
  cardId: string,
  to: { readonly before: string } | { readonly after: string },
): boolean {
  const diagram = readDiagram(doc)
  const card = diagram.cards.find(({ id }) => id === cardId)
  if (card === undefined || card.column === 'aim') return false
  const others = column(diagram, card.column).filter(({ id }) => id !== cardId)
  const neighbor = others.findIndex(({ id }) => id === ('before' in to ? to.before : to.after))
  if (neighbor === -1) return false
  const index = 'before' in to ? neighbor : neighbor + 1
  if (column(diagram, card.column)[index]?.id === cardId) return false
  edit(() => moveTo(doc, cardId, others, index))
  return true
}

/** Moves a card one place up or down its column; among its siblings under `parent` when that is given. */
export function moveCardBy(edit: Edit, doc: Y.Doc, cardId: string, step: -1 | 1, parent?: string): boolean {
  const diagram = readDiagram(doc)
  const card = diagram.cards.find(({ id }) => id === cardId)
  if (card === undefined) return false
  const siblings = parent === undefined ? undefined : new Set(childrenOf(diagram, parent).map(({ id }) => id))
  const among = column(diagram, card.column).filter(({ id }) => siblings === undefined || siblings.has(id))
  const neighbor = among[among.findIndex(({ id }) => id === cardId) + step]
  if (neighbor === undefined) return false
  return moveCard(edit, doc, cardId, step === -1 ? { before: neighbor.id } : { after: neighbor.id })
}

/**
 * Takes a card out from under one parent and puts it under another, after that one's last child (or beside `after` or
 * `before`). Other parents stay. Without `fromParent` it only gets the new one.
 */
export function reparent(
  edit: Edit,
  doc: Y.Doc,
  cardId: string,
  fromParent: string | undefined,
  toParent: string,
  beside: { readonly after?: string; readonly before?: string } = {},
): Refusal | undefined {
  const diagram = readDiagram(doc)
  const card = diagram.cards.find(({ id }) => id === cardId)
  const target = diagram.cards.find(({ id }) => id === toParent)
  if (card === undefined || target === undefined) return { refused: 'That card is no longer here.' }
  if (!mayLink(card.column, target.column)) return { refused: whyNot(card.column, target.column) }
  const others = column(diagram, card.column).filter(({ id }) => id !== cardId)
  const neighbor = others.findIndex(({ id }) => id === (beside.after ?? beside.before))
  const index =
    neighbor !== -1
      ? neighbor + (beside.after === undefined ? 0 : 1)
      : indexUnder(diagram, card.column, toParent, cardId)
  edit(() => {
    if (fromParent !== undefined && fromParent !== toParent) setAbsent(doc, linkId(cardId, fromParent))
    setPresent(doc, linkId(cardId, toParent))
    if (column(diagram, card.column)[index]?.id !== cardId) moveTo(doc, cardId, others, index)
  })
  return undefined
}

/** What moving a card to another column did to its links. */
export interface ColumnChange {
  readonly column: Column
  readonly parent: string
  /** Links that gave way or no longer fit, and were removed. */
  readonly removed: readonly Link[]
}

/**
 * Moves a card one column toward the aim, with its words: it comes to stand beside the parent through which it was
 * reached (`via`, else its first), under that one's parent. Links that no longer fit are removed.
 */
export function promote(edit: Edit, doc: Y.Doc, cardId: string, via?: string): ColumnChange | Refusal {
  const diagram = readDiagram(doc)
  const card = diagram.cards.find(({ id }) => id === cardId)
  if (card === undefined || card.column === 'aim') return { refused: 'The aim stays where it is.' }
  const column = columnLeftOf(card.column) as CardColumn
  if (columnLeftOf(card.column) === 'aim') return { refused: 'A primary driver is already next to the aim.' }
  const reached = parentsOf(diagram, cardId).find((parent) => via === undefined || parent.id === via)
  const parent = parentFor(diagram, column, reached)
  if (parent === undefined)
    return { refused: 'There is nothing for it to lead to there. Add a primary driver first.' }
  return changeColumn(edit, doc, diagram, {
    card,
    column,
    parent,
    reached: reached?.id,
    beside: reached,
    childrenTo: undefined,
  })
}

/** The card that a promoted one leads to: its old parent where that still fits, else that one's own first parent. */
function parentFor(diagram: Diagram, column: Column, reached: Card | undefined): string | undefined {
  if (column === 'primary') return aimId
  if (reached !== undefined && mayLink(column, reached.column)) return reached.id
  const above = reached === undefined ? undefined : parentsOf(diagram, reached.id)[0]?.id
  return above ?? diagram.cards.find((card) => mayLink(column, card.column))?.id
}

/**
 * Moves a card one column away from the aim, with its words: it comes to lead to its neighbor above (of the same parent
 * where there is one, else any; of the first card: the one below). Children that no longer fit go to that neighbor too.
 */
export function demote(edit: Edit, doc: Y.Doc, cardId: string, via?: string): ColumnChange | Refusal {
  const diagram = readDiagram(doc)
  const card = diagram.cards.find(({ id }) => id === cardId)
  if (card === undefined || card.column === 'aim') return { refused: 'The aim stays where it is.' }
  const column = columnRightOf(card.column)
  if (column === undefined) return { refused: 'A change idea is already the last step.' }
  const parent = neighborOf(diagram, card, via)
  if (parent === undefined)
    return { refused: `There is no other ${card.column} driver that it could belong to.` }
  return changeColumn(edit, doc, diagram, {
    card,
    column: column as CardColumn,
    parent: parent.id,
    reached: via ?? parentsOf(diagram, cardId)[0]?.id,
    beside: undefined,
    childrenTo: parent.id,
  })
}

function neighborOf(diagram: Diagram, card: Card, via: string | undefined): Card | undefined {
  const inColumn = column(diagram, card.column)
  const parent = via ?? parentsOf(diagram, card.id)[0]?.id
  const siblings = new Set(parent === undefined ? [] : childrenOf(diagram, parent).map(({ id }) => id))
  const at = inColumn.findIndex(({ id }) => id === card.id)
  const above = inColumn.slice(0, at)
  return above.findLast(({ id }) => siblings.has(id)) ?? above[above.length - 1] ?? inColumn[at + 1]
}

function changeColumn(
  edit: Edit,
  doc: Y.Doc,
  diagram: Diagram,
  to: {
    readonly card: Card
    readonly column: CardColumn
    readonly parent: string
    /** The parent through which it was reached: that link gives way to the new one. */
    readonly reached: string | undefined
    /** The card of the new column that it comes to stand after. */
    readonly beside: Card | undefined
    /** Where children go that can no longer lead to it. */
    readonly childrenTo: string | undefined
  },
): ColumnChange {
  const { card, parent } = to
  const columnOf = (id: string) => diagram.cards.find((other) => other.id === id)?.column as Column
  const misfits = diagram.links.filter(
    (link) =>
      (link.from === card.id && link.to === to.reached && link.to !== parent) ||
      (link.from === card.id && !mayLink(to.column, columnOf(link.to))) ||
      (link.to === card.id && !mayLink(columnOf(link.from), to.column)),
  )
  const cards = column(diagram, to.column)
  const beside = cards.findIndex(({ id }) => id === to.beside?.id)
  const index = beside === -1 ? indexUnder(diagram, to.column, parent) : beside + 1
  edit(() => {
    for (const link of misfits) {
      setAbsent(doc, link.id)
      if (link.to === card.id && to.childrenTo !== undefined)
        setPresent(doc, linkId(link.from, to.childrenTo))
    }
    cardMap(doc, card.id)?.set('column', to.column)
    setPresent(doc, linkId(card.id, parent))
    moveTo(doc, card.id, cards, index)
  })
  return { column: to.column, parent, removed: misfits }
}

export function setStatus(edit: Edit, doc: Y.Doc, cardId: string, status: IdeaStatus): void {
  edit(() => cardMap(doc, cardId)?.set('status', status))
}

/** Names who looks after a card: an account's id or a name. Undefined: nobody. */
export function setOwner(edit: Edit, doc: Y.Doc, cardId: string, owner: string | undefined): void {
  const map = cardMap(doc, cardId)
  if (map !== undefined) edit(() => setOrDelete(map, 'owner', owner))
}

export function setConcept(edit: Edit, doc: Y.Doc, cardId: string, concept: string | undefined): void {
  const map = cardMap(doc, cardId)
  if (map !== undefined) edit(() => setOrDelete(map, 'concept', concept))
}

/** Adds a tag, trimmed; an empty one is none. */
export function addTag(edit: Edit, doc: Y.Doc, cardId: string, tag: string): void {
  const name = tag.trim()
  if (name !== '') edit(() => cardMap(doc, cardId)?.set(tagKey + name, true))
}

export function removeTag(edit: Edit, doc: Y.Doc, cardId: string, tag: string): void {
  edit(() => cardMap(doc, cardId)?.delete(tagKey + tag))
}

/** Writes for good what reading set right: links that were left out are removed, cards stay in the column they were shown in. */
export function repairDiagram(edit: Edit, doc: Y.Doc, repairs = readDiagram(doc).repairs ?? []): void {
  if (repairs.length === 0) return
  edit(() => {
    for (const repair of repairs) {
      if (repair.kind === 'circle') for (const link of repair.links) setAbsent(doc, link)
      else if (repair.kind === 'misfit') setAbsent(doc, repair.link)
      else cardMap(doc, repair.card)?.set('column', repair.shownIn)
    }
  })
}
