import { lintAim } from './aim.ts'
import { aimId, type Card, type Diagram, type Link, longestTitle, type Repair } from './model.ts'

/** What people may want to look at, beside the diagram and never in the way. */
export interface Check {
  readonly kind: CheckKind
  /** `ok` says that something important is in order. */
  readonly state: 'look' | 'ok'
  readonly message: string
  /** The cards and links it is about, the first being where to go. */
  readonly cards: readonly string[]
  readonly links: readonly string[]
  readonly fix?: Fix
}

export type CheckKind =
  | 'aim'
  | 'idea-without-driver'
  | 'driver-without-idea'
  | 'driver-without-parent'
  | 'weak-only'
  | 'many-primary-drivers'
  | 'title-empty'
  | 'title-long'
  | 'circle'
  | 'misfit'
  | 'column'

/** What the page may offer beside a check. */
export type Fix = 'link-it' | 'say-why' | 'repair' | 'write-it' | 'shorten-it' | 'add-idea' | 'edit-aim'

/** The words on the button of a fix. */
export const fixNames: Readonly<Record<Fix, string>> = {
  'link-it': 'Link it',
  'say-why': 'Say why',
  repair: 'Repair',
  'write-it': 'Write it',
  'shorten-it': 'Shorten it',
  'add-idea': 'Add an idea',
  'edit-aim': 'Edit the aim',
}

/** More primary drivers than this are hard to hold in mind. */
export const usualPrimaryDrivers = 5

/** All live checks, most urgent first; those of the same kind in the cards' order. */
export function checkDiagram(diagram: Diagram): Check[] {
  const graph = graphOf(diagram)
  return [
    ...repairChecks(diagram),
    ...diagram.cards.flatMap((card) => loose(card, graph)),
    ...diagram.cards.flatMap((card) => weakOnly(card, graph)),
    ...diagram.cards.flatMap((card) => withoutIdea(card, graph)),
    ...diagram.cards.flatMap(titleChecks),
    ...manyPrimaryDrivers(diagram),
    ...aimChecks(diagram),
  ]
}

interface Graph {
  readonly cards: ReadonlyMap<string, Card>
  readonly up: ReadonlyMap<string, readonly Link[]>
  readonly down: ReadonlyMap<string, readonly Link[]>
}

function graphOf({ cards, links }: Diagram): Graph {
  return {
    cards: new Map(cards.map((card) => [card.id, card])),
    up: grouped(links, (link) => link.from),
    down: grouped(links, (link) => link.to),
  }
}

function grouped(links: readonly Link[], by: (link: Link) => string): Map<string, Link[]> {
  const groups = new Map<string, Link[]>()
  for (const link of links) {
    const group = groups.get(by(link))
    if (group === undefined) groups.set(by(link), [link])
    else group.push(link)
  }
  return groups
}

function loose(card: Card, { up }: Graph): Check[] {
  if (card.column === 'aim' || up.has(card.id)) return []
  const about = { state: 'look' as const, cards: [card.id], links: [], fix: 'link-it' as const }
  switch (card.column) {
    case 'idea':
      return [
        { kind: 'idea-without-driver', message: capital(`${named(card)} is under no driver.`), ...about },
      ]
    case 'secondary':
      return [
        {
          kind: 'driver-without-parent',
          message: capital(`${named(card)} is under no primary driver.`),
          ...about,
        },
      ]
    case 'primary':
      return [
        {
          kind: 'driver-without-parent',
          message: capital(`${named(card)} is not linked to the aim.`),
          ...about,
        },
      ]
  }
}

/** An idea whose every way to the aim is weak all along, until somebody says why they believe it. */
function weakOnly(card: Card, { up }: Graph): Check[] {
  if (card.column !== 'idea') return []
  const own = up.get(card.id) ?? []
  const above = linksAbove(card.id, up)
  const reachesAim = above.some((link) => link.to === aimId)
  if (!reachesAim || above.some((link) => link.strength === 'strong')) return []
  if (own.some((link) => link.why.trim() !== '')) return []
  return [
    {
      kind: 'weak-only',
      state: 'look',
      message: capital(`${named(card)} reaches the aim by weak links alone.`),
      cards: [card.id],
      links: own.map((link) => link.id),
      fix: 'say-why',
    },
  ]
}

function linksAbove(start: string, up: Graph['up']): Link[] {
  const found: Link[] = []
  const seen = new Set([start])
  const waiting = [start]
  for (let card = waiting.pop(); card !== undefined; card = waiting.pop()) {
    for (const link of up.get(card) ?? []) {
      found.push(link)
      if (seen.has(link.to)) continue
      seen.add(link.to)
      waiting.push(link.to)
    }
  }
  return found
}

/** Said of the lowest driver only: of a primary driver with secondary ones, these say it. */
function withoutIdea(card: Card, { down }: Graph): Check[] {
  if ((card.column !== 'primary' && card.column !== 'secondary') || down.has(card.id)) return []
  return [
    {
      kind: 'driver-without-idea',
      state: 'look',
      message: `No change idea works on ${named(card)} yet.`,
      cards: [card.id],
      links: [],
      fix: 'add-idea',
    },
  ]
}

function titleChecks(card: Card): Check[] {
  const about = { state: 'look' as const, cards: [card.id], links: [] }
  if (card.column === 'aim') return []
  if (card.title.trim() === '')
    return [
      {
        kind: 'title-empty',
        message: `${capital(kindOf(card))} has no words yet.`,
        fix: 'write-it',
        ...about,
      },
    ]
  if (card.title.length <= longestTitle) return []
  return [
    {
      kind: 'title-long',
      message: `${named(card)} is longer than ${longestTitle} characters. Its notes have room for the rest.`,
      fix: 'shorten-it',
      ...about,
    },
  ]
}

function manyPrimaryDrivers({ cards }: Diagram): Check[] {
  const drivers = cards.filter((card) => card.column === 'primary')
  if (drivers.length <= usualPrimaryDrivers) return []
  return [
    {
      kind: 'many-primary-drivers',
      state: 'look',
      message: `${drivers.length} primary drivers are a lot to hold in mind. Most diagrams do with two to five.`,
      cards: drivers.map((card) => card.id),
      links: [],
    },
  ]
}

function aimChecks(diagram: Diagram): Check[] {
  const about = { kind: 'aim' as const, cards: [aimId], links: [] }
  const hints = lintAim(diagram)
  const isVague = hints.some(
    (hint) => hint.about === 'amount' || hint.about === 'date' || hint.about === 'statement',
  )
  return [
    ...hints.map((hint) => ({
      state: 'look' as const,
      message: hint.sentence,
      fix: 'edit-aim' as const,
      ...about,
    })),
    ...(isVague ? [] : [{ state: 'ok' as const, message: 'The aim has a number and a date.', ...about }]),
  ]
}

function repairChecks({ repairs = [], cards }: Diagram): Check[] {
  const name = (id: string) => {
    const card = cards.find((other) => other.id === id)
    return card === undefined ? 'a card' : named(card)
  }
  return repairs.map((repair) => repairCheck(repair, name))
}

function repairCheck(repair: Repair, name: (cardId: string) => string): Check {
  const about = { kind: repair.kind, state: 'look' as const, fix: 'repair' as const }
  switch (repair.kind) {
    case 'circle': {
      const { cards, links } = repair
      const left = links.length === 1 ? 'One link is left out.' : `${links.length} links are left out.`
      return {
        ...about,
        message: `${capital(listed(cards.map(name)))} lead to each other in a circle. ${left}`,
        cards,
        links,
      }
    }
    case 'misfit': {
      const { from, to, link } = repair
      const message = `The link from ${name(from)} to ${name(to)} does not fit their columns and is left out.`
      return { ...about, message, cards: [from, to], links: [link] }
    }
    case 'column': {
      const message = `${capital(name(repair.card))} came without a column that this version knows.`
      return { ...about, message, cards: [repair.card], links: [] }
    }
  }
}

/** A card as a sentence names it, in the middle of the sentence. */
export function named(card: Pick<Card, 'column' | 'title'>): string {
  const words = card.title.trim().replace(/\s+/g, ' ')
  if (words === '') return kindOf(card)
  return `“${words.length > 60 ? `${words.slice(0, 58).trimEnd()}…` : words}”`
}

function kindOf({ column }: Pick<Card, 'column'>): string {
  switch (column) {
    case 'aim':
      return 'the aim'
    case 'primary':
      return 'a primary driver'
    case 'secondary':
      return 'a secondary driver'
    case 'idea':
      return 'a change idea'
  }
}

const capital = (sentence: string): string => sentence.charAt(0).toUpperCase() + sentence.slice(1)

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`
