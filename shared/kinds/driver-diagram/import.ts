import type * as Y from 'yjs'
import { newId } from '../../ids.ts'
import type { Edit } from '../edit.ts'
import { keyBetween, placeAt } from '../order.ts'
import { bear, rekey, setPresent, show } from './edit-steps.ts'
import { type CardColumn, indexUnder } from './edits.ts'
import {
  aimId,
  type Column,
  cardTitle,
  columns,
  type Diagram,
  linkId,
  linksMap,
  mayLink,
  readDiagram,
} from './model.ts'
import { column, type Refusal } from './relations.ts'

/** What was read from a paste or a file, before anything is changed: to be shown, then applied. */
export interface Import {
  /** The aim's statement, where the source has one. */
  readonly aim?: string
  readonly cards: readonly ImportedCard[]
  /** By the cards' keys; `to` may be the diagram's aim. */
  readonly links: readonly { readonly from: string; readonly to: string }[]
  /** Keys of the cards that come to lead to the card under which it is pasted. */
  readonly top: readonly string[]
  /** Why it cannot be imported. With any of these, nothing is. */
  readonly problems: readonly ImportRemark[]
  /** What will be different from what one might expect. */
  readonly notes: readonly ImportRemark[]
}

export interface ImportedCard {
  /** Unique within the import. */
  readonly key: string
  readonly column: CardColumn
  readonly title: string
  readonly row?: number
}

export interface ImportRemark {
  /** The row or line it is about, counted from 1. */
  readonly row?: number
  readonly message: string
}

/** What an import did. */
export interface Imported {
  /** Ids of the cards that are new. */
  readonly added: readonly string[]
  /** How many cards were there already, with the same words in the same column. */
  readonly found: number
  readonly links: number
  /** The source's aim was not taken over, because the diagram has one. */
  readonly keptAim: boolean
}

const mostCards = 1000
const longestWords = 2000
/** An update of the document may hold 1 MiB (Z1); with this many characters an import stays well below. */
const mostWords = 200_000

/**
 * Adds what was read to a diagram, as one undo step. Cards that are there already (the same words in the same column) are
 * used, not doubled. A source's aim is taken over only where the diagram has none.
 *
 * @param under the card that the import's top cards come to lead to
 */
export function applyImport(
  edit: Edit,
  doc: Y.Doc,
  source: Import,
  { under = aimId }: { readonly under?: string } = {},
): Imported | Refusal {
  if (source.problems.length > 0) return { refused: source.problems[0]?.message ?? '' }
  const diagram = readDiagram(doc)
  const parent = diagram.cards.find(({ id }) => id === under)
  if (parent === undefined) return { refused: 'The card to paste under is no longer here.' }
  const misfit = source.cards.find(
    ({ key, column }) => source.top.includes(key) && !mayLink(column, parent.column),
  )
  if (misfit !== undefined) return { refused: `“${misfit.title}” does not fit under that card.` }

  const ids = idsFor(diagram, source)
  const fresh = source.cards.filter(({ key }) => ids.get(key)?.isNew)
  const places = placesFor(diagram, fresh, under)
  const idOf = (key: string) => ids.get(key)?.id ?? aimId
  const links = [
    ...source.links.map(({ from, to }) => linkId(idOf(from), idOf(to))),
    ...source.top.map((key) => linkId(idOf(key), under)),
  ].filter((id) => linksMap(doc).get(id) !== true)
  const takesAim = source.aim !== undefined && diagram.cards[0]?.title.trim() === ''

  edit(
    () => {
      for (const { key, column, title } of fresh)
        bear(doc, idOf(key), { column, title, order: places.keys.get(key) ?? '', hidden: true })
    },
    { tracked: false },
  )
  edit(() => {
    for (const { key } of fresh) show(doc, idOf(key))
    rekey(doc, places.rekeyed)
    for (const id of links) setPresent(doc, id)
    if (takesAim) cardTitle(doc, aimId)?.insert(0, source.aim ?? '')
  })
  return {
    added: fresh.map(({ key }) => idOf(key)),
    found: source.cards.length - fresh.length,
    links: new Set(links).size,
    keptAim: source.aim !== undefined && !takesAim && source.aim !== diagram.cards[0]?.title.trim(),
  }
}

function idsFor(diagram: Diagram, source: Import): Map<string, { id: string; isNew: boolean }> {
  const present = new Map(
    diagram.cards
      .filter(({ title }) => title.trim() !== '')
      .map((card) => [sameWords(card.column, card.title), card.id]),
  )
  const ids = new Map<string, { id: string; isNew: boolean }>()
  for (const { key, column, title } of source.cards) {
    const there = present.get(sameWords(column, title))
    ids.set(key, there === undefined ? { id: newId(), isNew: true } : { id: there, isNew: false })
  }
  return ids
}

/** Order keys for new cards: under a card after its last child, elsewhere at the column's end. */
function placesFor(diagram: Diagram, fresh: readonly ImportedCard[], under: string) {
  const keys = new Map<string, string>()
  const rekeyed: { readonly id: string; readonly key: string }[] = []
  const parentColumn = diagram.cards.find(({ id }) => id === under)?.column ?? 'aim'
  for (const name of columns) {
    const cards = fresh.filter((card) => card.column === name)
    if (cards.length === 0) continue
    const there = column(diagram, name)
    const index =
      under !== aimId && mayLink(name, parentColumn) ? indexUnder(diagram, name, under) : there.length
    const first = placeAt(there, index)
    rekeyed.push(...first.rekeyed)
    const after = first.rekeyed[0]?.key ?? there[index]?.order
    let last = first.key
    cards.forEach((card, at) => {
      if (at > 0) last = keyBetween(last, after)
      keys.set(card.key, last)
    })
  }
  return { keys, rekeyed }
}

/** Words as they stand in a card: on one line. */
export const wordsOf = (text: string): string =>
  text.replace(/\s+/g, (space) => (/^\u00a0+$/.test(space) ? space : ' ')).trim()

const sameWords = (column: Column, title: string): string => `${column} ${wordsOf(title).toLowerCase()}`

/** Why cards cannot be taken in at once, if so: an import must fit into one update. */
export function tooMuch(cards: readonly ImportedCard[]): ImportRemark[] {
  const words = cards.reduce((sum, { title }) => sum + title.length, 0)
  const long = cards.find(({ title }) => title.length > longestWords)
  return [
    ...(cards.length > mostCards
      ? [{ message: `These are ${cards.length} cards; at most ${mostCards} can be taken in at once.` }]
      : []),
    ...(words > mostWords
      ? [
          {
            message: `This is too much text at once: at most ${mostWords.toLocaleString('en-US')} characters can be taken in.`,
          },
        ]
      : []),
    ...(long === undefined
      ? []
      : [
          {
            ...(long.row === undefined ? {} : { row: long.row }),
            message: `A card has at most ${longestWords} characters; put the rest into its notes.`,
          },
        ]),
  ]
}

/** Collects cards by their words: the same words in the same column are one card, with every parent it was found under. */
export interface Collected {
  /** Answers the key of the card. `parent` is the key of the card it was found under. */
  add(column: Column, words: string, row: number, parent: string | undefined): string
  note(row: number, message: string): void
  import(): Import
}

export function byWords(under: Column): Collected {
  const cards = new Map<string, ImportedCard>()
  const links = new Map<string, { from: string; to: string }>()
  const notes: ImportRemark[] = []
  let aim: string | undefined
  return {
    add(column, words, row, parent) {
      if (column === 'aim') {
        aim ??= words
        return aimId
      }
      const key = sameWords(column, words)
      if (!cards.has(key)) cards.set(key, { key, column, title: words, row })
      if (parent !== undefined) links.set(`${key}\n${parent}`, { from: key, to: parent })
      return key
    },
    note(row, message) {
      notes.push({ row, message })
    },
    import() {
      const found = [...cards.values()]
      const linked = new Set([...links.values()].map(({ from }) => from))
      const problems = tooMuch(found)
      if (found.length === 0 && aim === undefined) problems.push({ message: 'There is nothing to paste.' })
      return {
        ...(aim === undefined ? {} : { aim }),
        cards: found,
        links: [...links.values()].filter(({ to }) => under === 'aim' || to !== aimId),
        top: found
          .filter(({ key, column }) => !linked.has(key) && mayLink(column, under))
          .map(({ key }) => key),
        problems,
        notes,
      }
    },
  }
}
