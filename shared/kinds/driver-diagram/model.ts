import * as Y from 'yjs'
import type { Block } from '../../content/blocks.ts'
import { byCodeUnit, inOrder, readOrder } from '../order.ts'
import { dateOf, mapAt, numberOf, oneOf, richAt, textAt, textOf } from '../roots.ts'

/**
 * A driver diagram: what a network thinks moves its aim. Cards stand in four columns, read from the aim on the left to
 * change ideas on the right; a link says that one card moves another, nearer the aim.
 *
 * In the Y.Doc (docs/sync-rules.md, Y1 to Y8):
 *   cards       map: card's id → map of scalars { column, order, removed, status, owner, concept, `tag:<name>` } and the
 *               text `title`, all born together. The card `aim` is made when the document is, and is never removed.
 *   links       map of scalars: `from>to` → true (false: removed), and `from>to|<field>` → value. No map of its own for
 *               each link, so that a link made by two people at once is one link with what both said of it.
 *   aim         map of scalars: the aim's short fields
 *   signatories map of scalars: id → { name, sector, date }
 *   title texts aside, every long text is a root: `why/<from>>to`, `notes/<card>` (rich), `aim/<field>`.
 */
export const columns = ['aim', 'primary', 'secondary', 'idea'] as const
export type Column = (typeof columns)[number]

/** How the columns are called on screen, one card and several. */
export const columnNames: Readonly<Record<Column, { readonly one: string; readonly many: string }>> = {
  aim: { one: 'Aim', many: 'Aim' },
  primary: { one: 'Primary driver', many: 'Primary drivers' },
  secondary: { one: 'Secondary driver', many: 'Secondary drivers' },
  idea: { one: 'Change idea', many: 'Change ideas' },
}

export const ideaStatuses = [
  'proposed',
  'accepted',
  'in-testing',
  'adapted',
  'adopted',
  'abandoned',
  'spread',
] as const
export type IdeaStatus = (typeof ideaStatuses)[number]

export const statusNames: Readonly<Record<IdeaStatus, string>> = {
  proposed: 'Proposed',
  accepted: 'Accepted',
  'in-testing': 'In testing',
  adapted: 'Adapted',
  adopted: 'Adopted',
  abandoned: 'Abandoned',
  spread: 'Spread',
}

export const strengths = ['strong', 'weak'] as const
export type Strength = (typeof strengths)[number]
export const polarities = ['helps', 'hinders'] as const
export type Polarity = (typeof polarities)[number]

/** The id of the one card of the column `aim`. */
export const aimId = 'aim'

/** The most characters of a title (the aim's statement may be longer). Longer ones are kept and pointed out. */
export const longestTitle = 120

export interface Card {
  readonly id: string
  readonly column: Column
  /** Of the card `aim`: the aim's statement. */
  readonly title: string
  readonly order: string
  /** An account's id, or a name that somebody typed. */
  readonly owner?: string
  /** Of change ideas, always; of other cards never. */
  readonly status?: IdeaStatus
  /** In order of the alphabet. */
  readonly tags: readonly string[]
  /** The general change concept behind an idea. */
  readonly concept?: string
  readonly notes: readonly Block[]
}

export const evidenceKinds = ['citation', 'cycle', 'measure'] as const
export type EvidenceKind = (typeof evidenceKinds)[number]

export interface Evidence {
  readonly id: string
  readonly kind: EvidenceKind
  readonly text: string
  /** The cycle or measure in this network. */
  readonly documentId?: string
  /** What a cycle changed of the link, and why in its words. */
  readonly change?: LinkChange
  readonly why?: string
}

/** What a cycle may do to the link that it tested. */
export const linkChanges = ['strengthen', 'weaken', 'redraw'] as const
export type LinkChange = (typeof linkChanges)[number]

/** As it is said once it is done. */
export const changeNames: Readonly<Record<LinkChange, string>> = {
  strengthen: 'strengthened',
  weaken: 'weakened',
  redraw: 'redrawn',
}

export interface Link {
  /** `from>to`: the same two cards have one link. */
  readonly id: string
  /** The card nearer the ideas. */
  readonly from: string
  /** The card nearer the aim. */
  readonly to: string
  readonly strength: Strength
  readonly polarity: Polarity
  /** How sure people are, 0 to 100. */
  readonly confidence?: number
  /** Why we believe it. */
  readonly why: string
  readonly evidence: readonly Evidence[]
}

export const directions = ['increase', 'decrease'] as const
export type Direction = (typeof directions)[number]

export interface Signatory {
  readonly id: string
  readonly organization: string
  readonly sector?: string
  readonly date?: string
}

/** The fields of a SMART aim. All may be empty; `composeAim` writes a sentence of those that are filled. */
export interface Aim {
  /** The outcome that shall change, e.g. "the share of students who miss 10 % or more of a month's school days". */
  readonly what: string
  /** The population and setting. */
  readonly forWhom: string
  readonly direction?: Direction
  readonly baselineValue?: number
  readonly baselinePeriod?: string
  readonly targetValue?: number
  readonly unit?: string
  /** A day `2025-12-31` or a month `2025-12`. */
  readonly byWhen?: string
  /** What is in scope and what is not. */
  readonly boundary: string
  readonly whyNow: string
  readonly signatories: readonly Signatory[]
}

/** The fields of an aim that are long texts, edited character by character. */
export const aimTextFields = ['what', 'forWhom', 'boundary', 'whyNow'] as const
export type AimTextField = (typeof aimTextFields)[number]

/** What reading a document set right: made by simultaneous edits or by another version, shown to people, never written by itself (S4). */
export type Repair =
  /** Cards that lead to each other in a ring; `links` are those left out. */
  | { readonly kind: 'circle'; readonly cards: readonly string[]; readonly links: readonly string[] }
  /** A link between columns that cannot be linked, left out. */
  | { readonly kind: 'misfit'; readonly link: string; readonly from: string; readonly to: string }
  /** A card in no known column, shown in another one. */
  | { readonly kind: 'column'; readonly card: string; readonly shownIn: Column }

export interface Diagram {
  readonly aim: Aim
  /** By column from left to right, and in order within it. The first is the aim. */
  readonly cards: readonly Card[]
  /** Only links that are shown: both ends are there and their columns fit. In order of their ends. */
  readonly links: readonly Link[]
  /** Only when there are any. */
  readonly repairs?: readonly Repair[]
}

/** A card that may have been removed: its words stay, so that it can be brought back (Y4). */
export interface KeptCard extends Card {
  readonly removed?: true
  /** The account of who removed it, where known. */
  readonly removedBy?: string
}

export interface KeptLink extends Link {
  readonly removed?: true
}

/** Everything that the document holds, removed cards and links included. */
export interface KeptDiagram {
  readonly aim: Aim
  readonly cards: readonly KeptCard[]
  readonly links: readonly KeptLink[]
}

/** Whether a card of column `from` may lead to one of column `to`. */
export function mayLink(from: Column, to: Column): boolean {
  switch (from) {
    case 'idea':
      return to === 'secondary' || to === 'primary'
    case 'secondary':
      return to === 'primary'
    case 'primary':
      return to === 'aim'
    case 'aim':
      return false
  }
}

/** The column to the right (of the change ideas: none) and to the left (of the aim: none). */
export const columnRightOf = (column: Column): Column | undefined => columns[columns.indexOf(column) + 1]
export const columnLeftOf = (column: Column): Column | undefined => columns[columns.indexOf(column) - 1]

export const linkId = (from: string, to: string): string => `${from}>${to}`

/** The ends of a link by its id, or undefined where that is none. */
export function linkEnds(id: string): { readonly from: string; readonly to: string } | undefined {
  const match = /^([^>|]+)>([^>|]+)$/.exec(id)
  return match ? { from: match[1] as string, to: match[2] as string } : undefined
}

/* The places in the document. Root types: asking for one never conflicts with what a colleague does (Y2). */

export const cardsMap = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('cards')
export const linksMap = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('links')
export const aimMap = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('aim')
export const signatoriesMap = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('signatories')

/** A card's rich-text notes. */
export const cardNotes = (doc: Y.Doc, cardId: string): Y.XmlFragment => doc.getXmlFragment(`notes/${cardId}`)
/** Why people believe a link. */
export const linkWhy = (doc: Y.Doc, id: string): Y.Text => doc.getText(`why/${id}`)
/** A long field of the aim. Its statement is `cardTitle(doc, aimId)`. */
export const aimText = (doc: Y.Doc, field: AimTextField): Y.Text => doc.getText(`aim/${field}`)

/** A card's map, or undefined when there is none of that id. */
export function cardMap(doc: Y.Doc, cardId: string): Y.Map<unknown> | undefined {
  const map = cardsMap(doc).get(cardId)
  return map instanceof Y.Map ? map : undefined
}

/** A card's title as the shared text that people type into, or undefined when there is no such card. */
export function cardTitle(doc: Y.Doc, cardId: string): Y.Text | undefined {
  const title = cardMap(doc, cardId)?.get('title')
  return title instanceof Y.Text ? title : undefined
}

/** The diagram as it is shown. Never throws; what does not fit is left out and listed in `repairs`. */
export function readDiagram(doc: Y.Doc): Diagram {
  const repairs: Repair[] = []
  const cards = atMost(
    mostCards,
    readCards(doc, repairs).filter((card) => card.removed === undefined),
  )
  const places = new Map(cards.map((card, place) => [card.id, place]))
  const present = atMost(
    mostLinks,
    readLinks(doc).filter(
      (link) => link.removed === undefined && places.has(link.from) && places.has(link.to),
    ),
  )
  const columnOf = (id: string) => cards[places.get(id) as number]?.column as Column
  const links = present.filter((link) => mayLink(columnOf(link.from), columnOf(link.to)))
  const place = (id: string) => places.get(id) as number
  links.sort((a, b) => place(a.from) - place(b.from) || place(a.to) - place(b.to))
  if (links.length < present.length) repairs.push(...repairsOfLinks(present, links))
  return { aim: readAim(doc), cards, links, ...(repairs.length === 0 ? {} : { repairs }) }
}

/**
 * How much of a diagram is shown (V3): far more than people write, and not more than one machine can draw and list. What
 * goes beyond stays in the document.
 */
const mostCards = 10_000
const mostLinks = 20_000

/** The same ones on every machine, in the order given; the aim is always among them. */
function atMost<T extends { readonly id: string }>(most: number, all: readonly T[]): T[] {
  if (all.length <= most) return [...all]
  const ids = all
    .map(({ id }) => id)
    .sort((a, b) => Number(b === aimId) - Number(a === aimId) || byCodeUnit(a, b))
  const kept = new Set(ids.slice(0, most))
  return all.filter(({ id }) => kept.has(id))
}

/** Everything, removed cards and links included, in the same order. Never throws. */
export function readDiagramAll(doc: Y.Doc): KeptDiagram {
  const links = readLinks(doc).sort((a, b) => byCodeUnit(a.id, b.id))
  return { aim: readAim(doc), cards: readCards(doc, []), links }
}

/** One card, removed or not, or undefined when there is none of that id. */
export function readCard(doc: Y.Doc, cardId: string): KeptCard | undefined {
  const map = cardMap(doc, cardId)
  return map === undefined ? undefined : cardOf(doc, cardId, map, [])
}

/** One link, or undefined when there is none or it was removed. Does not look whether its cards are there. */
export function readLink(doc: Y.Doc, id: string): Link | undefined {
  const links = mapAt(doc, 'links')
  if (links?.get(id) !== true || linkEnds(id) === undefined) return undefined
  const fields = new Map<string, unknown>()
  const prefix = `${id}|`
  for (const [key, value] of links.entries())
    if (key.startsWith(prefix)) fields.set(key.slice(prefix.length), value)
  return linkOf(doc, id, fields)
}

/** The aim's fields. */
export function readAim(doc: Y.Doc): Aim {
  const map = mapAt(doc, 'aim')
  const direction = directions.find((known) => known === map?.get('direction'))
  const baselineValue = numberOf(map?.get('baselineValue'))
  const baselinePeriod = textOf(map?.get('baselinePeriod'))
  const targetValue = numberOf(map?.get('targetValue'))
  const unit = textOf(map?.get('unit'))
  const byWhen = dateOf(map?.get('byWhen'))
  return {
    what: textAt(doc, 'aim/what'),
    forWhom: textAt(doc, 'aim/forWhom'),
    ...(direction === undefined ? {} : { direction }),
    ...(baselineValue === undefined ? {} : { baselineValue }),
    ...(baselinePeriod === undefined ? {} : { baselinePeriod }),
    ...(targetValue === undefined ? {} : { targetValue }),
    ...(unit === undefined ? {} : { unit }),
    ...(byWhen === undefined ? {} : { byWhen }),
    boundary: textAt(doc, 'aim/boundary'),
    whyNow: textAt(doc, 'aim/whyNow'),
    signatories: readSignatories(doc),
  }
}

function readCards(doc: Y.Doc, repairs: Repair[]): KeptCard[] {
  const cards: KeptCard[] = []
  let hasAim = false
  for (const [id, map] of mapAt(doc, 'cards')?.entries() ?? []) {
    if (!(map instanceof Y.Map) || !isCardId(id)) continue
    if (id === aimId) hasAim = true
    cards.push(cardOf(doc, id, map, repairs))
  }
  if (!hasAim) cards.push({ id: aimId, column: 'aim', title: '', order: '', tags: [], notes: [] })
  const place = (card: Card) => columns.indexOf(card.column)
  repairs.sort((a, b) => (a.kind === 'column' && b.kind === 'column' ? byCodeUnit(a.card, b.card) : 0))
  return cards.sort((a, b) => place(a) - place(b) || inOrder(a, b))
}

const isCardId = (id: string): boolean => id !== '' && !/[>|]/.test(id)

function cardOf(doc: Y.Doc, id: string, map: Y.Map<unknown>, repairs: Repair[]): KeptCard {
  const column = readColumn(id, map.get('column'), repairs)
  const title = map.get('title')
  const owner = textOf(map.get('owner'))
  const concept = textOf(map.get('concept'))
  const removed = id === aimId ? undefined : map.get('removed')
  return {
    id,
    column,
    title: title instanceof Y.Text ? title.toString() : '',
    order: readOrder(map.get('order')),
    ...(owner === undefined ? {} : { owner }),
    ...(column === 'idea' ? { status: statusOf(map.get('status')) } : {}),
    tags: tagsOf(map),
    ...(concept === undefined ? {} : { concept }),
    notes: richAt(doc, `notes/${id}`),
    ...(removed ? { removed: true } : {}),
    ...(typeof removed === 'string' && removed !== '' ? { removedBy: removed } : {}),
  }
}

/** The aim's card is in the column of aims and no other is; what cannot be read is shown among the change ideas. */
function readColumn(id: string, value: unknown, repairs: Repair[]): Column {
  if (id === aimId) return 'aim'
  const column = columns.find((known) => known === value)
  if (column !== undefined && column !== 'aim') return column
  const shownIn = column === 'aim' ? 'primary' : 'idea'
  repairs.push({ kind: 'column', card: id, shownIn })
  return shownIn
}

const statusOf = (value: unknown): IdeaStatus => ideaStatuses.find((known) => known === value) ?? 'proposed'

export const tagKey = 'tag:'

function tagsOf(map: Y.Map<unknown>): string[] {
  const tags: string[] = []
  for (const [key, value] of map.entries())
    if (value === true && key.length > tagKey.length && key.startsWith(tagKey))
      tags.push(key.slice(tagKey.length))
  return tags.sort(byCodeUnit)
}

function readLinks(doc: Y.Doc): KeptLink[] {
  const states = new Map<string, boolean>()
  const fields = new Map<string, Map<string, unknown>>()
  for (const [key, value] of mapAt(doc, 'links')?.entries() ?? []) {
    const bar = key.indexOf('|')
    if (bar === -1) {
      if (typeof value === 'boolean' && linkEnds(key) !== undefined) states.set(key, value)
      continue
    }
    const id = key.slice(0, bar)
    const of = fields.get(id) ?? new Map<string, unknown>()
    fields.set(id, of.set(key.slice(bar + 1), value))
  }
  return [...states].map(([id, isThere]) => {
    const link = linkOf(doc, id, fields.get(id) ?? new Map())
    return isThere ? link : { ...link, removed: true as const }
  })
}

function linkOf(doc: Y.Doc, id: string, fields: ReadonlyMap<string, unknown>): Link {
  const { from, to } = linkEnds(id) as { from: string; to: string }
  const confidence = numberOf(fields.get('confidence'))
  return {
    id,
    from,
    to,
    strength: fields.get('strength') === 'weak' ? 'weak' : 'strong',
    polarity: fields.get('polarity') === 'hinders' ? 'hinders' : 'helps',
    ...(confidence === undefined ? {} : { confidence: Math.min(100, Math.max(0, confidence)) }),
    why: textAt(doc, `why/${id}`),
    evidence: evidenceOf(fields),
  }
}

export const evidenceKey = 'evidence:'

function evidenceOf(fields: ReadonlyMap<string, unknown>): Evidence[] {
  const found: Evidence[] = []
  for (const [key, value] of fields) {
    if (!key.startsWith(evidenceKey) || typeof value !== 'object' || value === null) continue
    const { kind, text, documentId, change, why } = value as Record<string, unknown>
    const [changed, reason] = [oneOf(linkChanges, change), textOf(why)]
    found.push({
      id: key.slice(evidenceKey.length),
      kind: oneOf(evidenceKinds, kind) ?? 'citation',
      text: textOf(text) ?? '',
      ...(typeof documentId === 'string' && documentId !== '' ? { documentId } : {}),
      ...(changed === undefined ? {} : { change: changed }),
      ...(reason === undefined ? {} : { why: reason }),
    })
  }
  return found.sort((a, b) => byCodeUnit(a.id, b.id))
}

function readSignatories(doc: Y.Doc): Signatory[] {
  const found: Signatory[] = []
  for (const [id, value] of mapAt(doc, 'signatories')?.entries() ?? []) {
    if (typeof value !== 'object' || value === null || value instanceof Y.AbstractType) continue
    const fields = value as Record<string, unknown>
    const sector = textOf(fields.sector)
    const date = dateOf(fields.date)
    found.push({
      id,
      organization: textOf(fields.organization) ?? '',
      ...(sector === undefined ? {} : { sector }),
      ...(date === undefined ? {} : { date }),
    })
  }
  return found.sort((a, b) => byCodeUnit(a.id, b.id))
}

/**
 * What was left out. A ring always holds a link that does not fit its columns, because those that fit lead one way;
 * leaving out the misfits therefore opens every ring, the same way on every machine.
 */
function repairsOfLinks(present: readonly Link[], shown: readonly Link[]): Repair[] {
  const shownIds = new Set(shown.map((link) => link.id))
  const misfits = present.filter((link) => !shownIds.has(link.id)).sort((a, b) => byCodeUnit(a.id, b.id))
  const ringOf = rings(present)
  const repairs: Repair[] = []
  const byRing = new Map<readonly string[], { cards: readonly string[]; links: string[] }>()
  for (const { id, from, to } of misfits) {
    const ring = ringOf.get(from)
    if (ring === undefined || ring !== ringOf.get(to)) {
      repairs.push({ kind: 'misfit', link: id, from, to })
      continue
    }
    const found = byRing.get(ring) ?? { cards: ring, links: [] }
    found.links.push(id)
    byRing.set(ring, found)
  }
  return [...repairs, ...[...byRing.values()].map((ring) => ({ kind: 'circle' as const, ...ring }))]
}

/** For each card in a ring of links: the cards of that ring (its strongly connected component), sorted. Iterative (V3). */
function rings(links: readonly Link[]): Map<string, readonly string[]> {
  const next = new Map<string, string[]>()
  for (const { from, to } of links) {
    const targets = next.get(from) ?? []
    targets.push(to)
    next.set(from, targets)
    if (!next.has(to)) next.set(to, [])
  }
  const found = new Map<string, readonly string[]>()
  const numbers = new Map<string, number>()
  const lowest = new Map<string, number>()
  const path: string[] = []
  const onPath = new Set<string>()
  const begin = (card: string) => {
    numbers.set(card, numbers.size)
    lowest.set(card, numbers.get(card) as number)
    path.push(card)
    onPath.add(card)
    return { card, child: 0 }
  }
  const lower = (card: string, to: number) => lowest.set(card, Math.min(lowest.get(card) as number, to))
  for (const start of next.keys()) {
    if (numbers.has(start)) continue
    const stack = [begin(start)]
    while (stack.length > 0) {
      const frame = stack[stack.length - 1] as { card: string; child: number }
      const child = next.get(frame.card)?.[frame.child++]
      if (child !== undefined) {
        if (!numbers.has(child)) stack.push(begin(child))
        else if (onPath.has(child)) lower(frame.card, numbers.get(child) as number)
        continue
      }
      stack.pop()
      const above = stack[stack.length - 1]
      if (above !== undefined) lower(above.card, lowest.get(frame.card) as number)
      if (lowest.get(frame.card) !== numbers.get(frame.card)) continue
      const ring = path.splice(path.indexOf(frame.card))
      for (const card of ring) onPath.delete(card)
      ring.sort(byCodeUnit)
      if (ring.length > 1 || next.get(frame.card)?.includes(frame.card))
        for (const card of ring) found.set(card, ring)
    }
  }
  return found
}
