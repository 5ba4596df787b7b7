import type * as Y from 'yjs'
import { pieceCount } from '../../content/blocks.ts'
import { parseBlocks } from '../../content/rich-text.ts'
import { newId } from '../../ids.ts'
import { firstKeys } from '../order.ts'
import { choiceAt, dateAt, listAt, numberAt, objectAt, percentAt, textAt, wordAt } from '../seeds.ts'
import { bear, setOrDelete, setPresent, writeNotes } from './edit-steps.ts'
import {
  type Aim,
  aimId,
  aimMap,
  aimText,
  aimTextFields,
  type Card,
  type Column,
  columns,
  type Diagram,
  directions,
  type Evidence,
  evidenceKey,
  evidenceKinds,
  ideaStatuses,
  type Link,
  linkChanges,
  linkId,
  linksMap,
  linkWhy,
  mayLink,
  polarities,
  type Signatory,
  signatoriesMap,
  strengths,
  tagKey,
} from './model.ts'

/**
 * A driver diagram as a file that people can write by hand: templates, the sample, and JSON exports.
 *
 *   { "aim":   { "statement": "By June …", "what": …, "forWhom": …, "targetValue": 19, "unit": "%", "byWhen": "2025-12" },
 *     "cards": [ { "id": "P1", "column": "primary", "title": "Health needs found early" },
 *                { "id": "S1", "column": "secondary", "title": "Asthma plans", "leadsTo": ["P1"] },
 *                { "id": "C1", "column": "idea", "title": "Nurse calls home", "status": "adopted",
 *                  "leadsTo": ["S1", { "to": "S6", "strength": "weak", "why": "…" }],
 *                  "owner": "Nora Lindqvist", "tags": ["nurse"], "notes": ["Call at 7:30."] } ] }
 *
 * Cards stand in the order of the file. Ids are only for `leadsTo`; the document gets new ones. A primary driver leads to
 * the aim unless it says otherwise. An export's own form (the aim among the cards, a list of `links`) is read as well.
 */
const mostCards = 3000
const mostLinks = 10_000
/** Of everything else that there may be many of: paragraphs of notes, tags, evidence, signatories. */
const mostPieces = 20_000

/** Reads such a file. Throws a sentence that names the place and says what is accepted. */
export function parseSeed(json: unknown): Diagram {
  const file = objectAt(json, 'The content', ['aim', 'cards', 'links', 'repairs'])
  const aim = objectAt(file.aim ?? {}, 'aim', aimKeys)
  const given = listAt(file.cards ?? [], 'cards', mostCards).map((card, index) =>
    parseCard(card, `cards[${index}]`, file.links !== undefined),
  )
  const statement = textAt(aim.statement, 'aim.statement')
  const aimCard: GivenCard = given.find(({ card }) => card.id === aimId) ?? {
    card: emptyAimCard,
    leadsTo: [],
  }
  const all = [
    { ...aimCard, card: { ...aimCard.card, title: statement ?? aimCard.card.title } },
    ...given.filter(({ card }) => card.id !== aimId),
  ]
  const columnOf = new Map<string, Column>()
  for (const { card } of all) {
    if (columnOf.has(card.id)) throw new Error(`cards: two are called ${card.id}`)
    columnOf.set(card.id, card.column)
  }
  const links = [
    ...all.flatMap(({ card, leadsTo }) => leadsTo.map((link) => ({ ...link, from: card.id }))),
    ...listAt(file.links ?? [], 'links', mostLinks).map((link, index) =>
      parseLink(link, `links[${index}]`, undefined),
    ),
  ]
  if (links.length > mostLinks) throw new Error(`links: at most ${mostLinks} are accepted`)
  const diagram = arranged(
    parseAim(aim),
    all.map(({ card }) => card),
    checkedLinks(links, columnOf),
  )
  if (piecesOf(diagram) > mostPieces)
    throw new Error(
      `The content has too much in it: at most ${mostPieces} paragraphs, tags, pieces of evidence and signatories are accepted`,
    )
  return diagram
}

/** What makes a document slow to write, whoever sends it. */
const piecesOf = ({ aim, cards, links }: Diagram): number =>
  aim.signatories.length +
  cards.reduce((sum, { tags, notes }) => sum + tags.length + pieceCount(notes), 0) +
  links.reduce((sum, { evidence }) => sum + evidence.length, 0)

const emptyAimCard: Card = { id: aimId, column: 'aim', title: '', order: '', tags: [], notes: [] }

interface GivenLink extends Omit<Link, 'id'> {
  readonly place: string
}

interface GivenCard {
  readonly card: Card
  readonly leadsTo: readonly GivenLink[]
}

/** Cards by column in the order given, links by their ends, order keys made: the form in which a document is read. */
function arranged(aim: Aim, cards: readonly Card[], links: readonly Link[]): Diagram {
  const sorted = columns.flatMap((column) => {
    const inColumn = cards.filter((card) => card.column === column)
    const keys = firstKeys(inColumn.length)
    return inColumn.map((card, index) => ({ ...card, order: keys[index] as string }))
  })
  const place = new Map(sorted.map((card, index) => [card.id, index]))
  const at = (id: string) => place.get(id) as number
  return {
    aim,
    cards: sorted,
    links: [...links].sort((a, b) => at(a.from) - at(b.from) || at(a.to) - at(b.to)),
  }
}

function checkedLinks(links: readonly GivenLink[], columnOf: ReadonlyMap<string, Column>): Link[] {
  const ids = new Set<string>()
  return links.map(({ place, ...link }) => {
    const from = columnOf.get(link.from)
    const to = columnOf.get(link.to)
    if (from === undefined) throw new Error(`${place}: no card is called ${link.from}`)
    if (to === undefined) throw new Error(`${place}: no card is called ${link.to}`)
    if (!mayLink(from, to))
      throw new Error(`${place}: a card of the column ${from} cannot lead to one of the column ${to}`)
    const id = linkId(link.from, link.to)
    if (ids.has(id)) throw new Error(`${place}: ${link.from} leads to ${link.to} twice`)
    ids.add(id)
    return { ...link, id }
  })
}

const cardKeys = [
  'id',
  'column',
  'title',
  'order',
  'owner',
  'status',
  'tags',
  'concept',
  'notes',
  'leadsTo',
] as const

function parseCard(json: unknown, place: string, hasLinkList: boolean): GivenCard {
  const card = objectAt(json, place, cardKeys)
  const id = textAt(card.id, `${place}.id`) ?? newId()
  if (/[>|]/.test(id) || id === '') throw new Error(`${place}.id may not be empty or contain > or |`)
  const column = choiceAt(card.column, columns, `${place}.column`)
  if (column === undefined) throw new Error(`${place} needs a column, one of: ${columns.join(', ')}`)
  if ((column === 'aim') !== (id === aimId))
    throw new Error(`${place}: the one card of the column aim is called ${aimId}`)
  const owner = textAt(card.owner, `${place}.owner`)
  const concept = textAt(card.concept, `${place}.concept`)
  const status = choiceAt(card.status, ideaStatuses, `${place}.status`)
  if (status !== undefined && column !== 'idea')
    throw new Error(`${place}.status: only change ideas have one`)
  const tags = listAt(card.tags ?? [], `${place}.tags`, mostPieces).map((tag, index) =>
    wordAt(tag, `${place}.tags[${index}]`),
  )
  const defaultParents = column === 'primary' && !hasLinkList ? [aimId] : []
  const leadsTo = listAt(card.leadsTo ?? defaultParents, `${place}.leadsTo`, mostLinks).map((link, index) =>
    parseLink(link, `${place}.leadsTo[${index}]`, id),
  )
  return {
    card: {
      id,
      column,
      title: textAt(card.title, `${place}.title`) ?? '',
      order: '',
      ...(owner ? { owner } : {}),
      ...(column === 'idea' ? { status: status ?? 'proposed' } : {}),
      tags: [...new Set(tags)].sort(),
      ...(concept ? { concept } : {}),
      notes: parseBlocks(card.notes ?? [], `${place}.notes`),
    },
    leadsTo,
  }
}

const linkKeys = ['id', 'from', 'to', 'strength', 'polarity', 'confidence', 'why', 'evidence'] as const

function parseLink(json: unknown, place: string, from: string | undefined): GivenLink {
  const link = typeof json === 'string' ? { to: json } : objectAt(json, place, linkKeys)
  const confidence = percentAt(link.confidence, `${place}.confidence`)
  return {
    place,
    from: from ?? wordAt(link.from, `${place}.from`),
    to: wordAt(link.to, `${place}.to`),
    strength: choiceAt(link.strength, strengths, `${place}.strength`) ?? 'strong',
    polarity: choiceAt(link.polarity, polarities, `${place}.polarity`) ?? 'helps',
    ...(confidence === undefined ? {} : { confidence }),
    why: textAt(link.why, `${place}.why`) ?? '',
    evidence: listAt(link.evidence ?? [], `${place}.evidence`, mostPieces).map((entry, index) =>
      parseEvidence(entry, `${place}.evidence[${index}]`),
    ),
  }
}

const evidenceKeys = ['id', 'kind', 'text', 'documentId', 'change', 'why'] as const

function parseEvidence(json: unknown, place: string): Evidence {
  const evidence = typeof json === 'string' ? { text: json } : objectAt(json, place, evidenceKeys)
  const documentId = textAt(evidence.documentId, `${place}.documentId`)
  const change = choiceAt(evidence.change, linkChanges, `${place}.change`)
  const why = textAt(evidence.why, `${place}.why`)
  return {
    id: idFor(place),
    kind: choiceAt(evidence.kind, evidenceKinds, `${place}.kind`) ?? 'citation',
    text: textAt(evidence.text, `${place}.text`) ?? '',
    ...(documentId ? { documentId } : {}),
    ...(change === undefined ? {} : { change }),
    ...(why ? { why } : {}),
  }
}

const aimKeys = [
  'statement',
  'what',
  'forWhom',
  'direction',
  'baselineValue',
  'baselinePeriod',
  'targetValue',
  'unit',
  'byWhen',
  'boundary',
  'whyNow',
  'signatories',
] as const

function parseAim(aim: Readonly<Record<string, unknown>>): Aim {
  const direction = choiceAt(aim.direction, directions, 'aim.direction')
  const baselineValue = numberAt(aim.baselineValue, 'aim.baselineValue')
  const baselinePeriod = textAt(aim.baselinePeriod, 'aim.baselinePeriod')
  const targetValue = numberAt(aim.targetValue, 'aim.targetValue')
  const unit = textAt(aim.unit, 'aim.unit')
  const byWhen = dateAt(aim.byWhen, 'aim.byWhen')
  return {
    what: textAt(aim.what, 'aim.what') ?? '',
    forWhom: textAt(aim.forWhom, 'aim.forWhom') ?? '',
    ...(direction === undefined ? {} : { direction }),
    ...(baselineValue === undefined ? {} : { baselineValue }),
    ...(baselinePeriod ? { baselinePeriod } : {}),
    ...(targetValue === undefined ? {} : { targetValue }),
    ...(unit ? { unit } : {}),
    ...(byWhen === undefined ? {} : { byWhen }),
    boundary: textAt(aim.boundary, 'aim.boundary') ?? '',
    whyNow: textAt(aim.whyNow, 'aim.whyNow') ?? '',
    signatories: listAt(aim.signatories ?? [], 'aim.signatories', mostPieces).map(parseSignatory),
  }
}

function parseSignatory(json: unknown, index: number): Signatory {
  const place = `aim.signatories[${index}]`
  const signatory = objectAt(json, place, ['id', 'organization', 'sector', 'date'])
  const sector = textAt(signatory.sector, `${place}.sector`)
  const date = dateAt(signatory.date, `${place}.date`)
  return {
    id: idFor(place),
    organization: textAt(signatory.organization, `${place}.organization`) ?? '',
    ...(sector ? { sector } : {}),
    ...(date === undefined ? {} : { date }),
  }
}

/** An id for a thing at a place of the file: unique in it, and in the order of the file. */
const idFor = (place: string): string => place.replace(/\d+/g, (figure) => figure.padStart(5, '0'))

/** Writes a diagram into an empty document, with new ids and order keys. The one place that makes the aim's card (Y3). */
export function fillDiagram(doc: Y.Doc, seed: Diagram): void {
  doc.transact(() => {
    const ids = new Map(seed.cards.map((card) => [card.id, card.id === aimId ? aimId : newId()]))
    const aimCard = seed.cards.find((card) => card.id === aimId) ?? emptyAimCard
    for (const column of columns) {
      const cards = column === 'aim' ? [aimCard] : seed.cards.filter((card) => card.column === column)
      const keys = firstKeys(cards.length)
      cards.forEach((card, index) => {
        fillCard(doc, { ...card, id: ids.get(card.id) ?? aimId, order: keys[index] as string })
      })
    }
    for (const link of seed.links) {
      const from = ids.get(link.from)
      const to = ids.get(link.to)
      if (from !== undefined && to !== undefined) fillLink(doc, linkId(from, to), link)
    }
    fillAim(doc, seed.aim)
  })
}

function fillCard(doc: Y.Doc, card: Card): void {
  const map = bear(doc, card.id, { column: card.column, order: card.order, title: card.title, hidden: false })
  setOrDelete(map, 'owner', card.owner)
  setOrDelete(map, 'status', card.status)
  setOrDelete(map, 'concept', card.concept)
  for (const tag of card.tags) map.set(tagKey + tag, true)
  writeNotes(doc, card.id, card.notes)
}

function fillLink(doc: Y.Doc, id: string, link: Link): void {
  const links = linksMap(doc)
  setPresent(doc, id)
  if (link.strength !== 'strong') links.set(`${id}|strength`, link.strength)
  if (link.polarity !== 'helps') links.set(`${id}|polarity`, link.polarity)
  setOrDelete(links, `${id}|confidence`, link.confidence)
  for (const { id: _, ...evidence } of link.evidence)
    links.set(`${id}|${evidenceKey}${newId()}`, { ...evidence })
  if (link.why !== '') linkWhy(doc, id).insert(0, link.why)
}

function fillAim(doc: Y.Doc, aim: Aim): void {
  const map = aimMap(doc)
  for (const [field, value] of Object.entries(aim))
    if (typeof value === 'number' || (typeof value === 'string' && !isAimText(field))) map.set(field, value)
  for (const field of aimTextFields) if (aim[field] !== '') aimText(doc, field).insert(0, aim[field])
  for (const { id: _, ...signatory } of aim.signatories) signatoriesMap(doc).set(newId(), { ...signatory })
}

const isAimText = (field: string): boolean => aimTextFields.some((known) => known === field)
