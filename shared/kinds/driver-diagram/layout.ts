import { type Font, wrapText } from '../../drawing/measure-text.ts'
import { type Card, type Column, columns, type Diagram } from './model.ts'

/**
 * Where each card and link of a diagram is drawn: a pure function of the document, so that two people always see the
 * same places. A column's order is that of the cards' own keys, so that adding, renaming or removing one card changes no
 * other's column or order and shifts others only up or down.
 */
export interface Layout {
  readonly width: number
  readonly height: number
  readonly columns: readonly ColumnPlace[]
  readonly cards: ReadonlyMap<string, CardPlace>
  readonly links: ReadonlyMap<string, LinkPlace>
}

export interface ColumnPlace {
  readonly column: Column
  readonly x: number
  readonly width: number
  /** How many cards stand in it. */
  readonly count: number
}

/** A card is words on a rule; links leave from the rule. */
export interface CardPlace {
  readonly id: string
  readonly column: Column
  readonly x: number
  readonly width: number
  /** Where the words begin: change ideas have the face of their status before them. */
  readonly textX: number
  readonly top: number
  /** From the top to the rule. */
  readonly height: number
  /** Where the rule lies: `top + height`. */
  readonly y: number
  /** The title as it is broken into lines; at least one, which may be empty. */
  readonly lines: readonly string[]
}

export interface LinkPlace {
  readonly id: string
  readonly from: string
  readonly to: string
  /** An SVG path from the card nearer the ideas to the one nearer the aim. */
  readonly d: string
  /** A point on it, for its handle. */
  readonly mid: { readonly x: number; readonly y: number }
  /** The path of a bar across it there: the mark of a link that hinders. */
  readonly bar: string
}

interface ColumnStyle {
  readonly x: number
  readonly width: number
  /** Room that the words do not take, at the left. */
  readonly indent: number
  readonly font: Font
  readonly lineHeight: number
  /** Space above the first line and below the last, rule included. */
  readonly above: number
  readonly below: number
}

const dense = { indent: 0, lineHeight: 20, above: 2, below: 6 }

/** The columns' places and type (CSS pixels), as the page draws them. */
export const columnStyles: Readonly<Record<Column, ColumnStyle>> = {
  aim: {
    ...dense,
    x: 24,
    width: 200,
    font: { family: 'serif', weight: 500, size: 20 },
    lineHeight: 26,
    below: 14,
  },
  primary: { ...dense, x: 280, width: 160, font: { family: 'sans', weight: 600, size: 14 } },
  secondary: { ...dense, x: 496, width: 196, font: { family: 'sans', weight: 400, size: 14 } },
  idea: { ...dense, x: 750, width: 286, font: { family: 'sans', weight: 400, size: 14 }, indent: 19 },
}

/** Kept free of words at the right end of a rule. */
const wordsEnd = 4
/** Between a rule and the words of the next card. */
const gap = 17
const margin = { top: 18, right: 36, bottom: 24 }
/** How often the columns are drawn toward each other. */
const rounds = 3

/** Lays a diagram out. `wrap` breaks a title into lines; tests may pass another. */
export function layoutDiagram(diagram: Diagram, wrap: typeof wrapText = wrapText): Layout {
  const stacks = columns.map((column) => stackOf(diagram, column, wrap))
  const entries = new Map(
    stacks.flatMap((stack) => stack.entries.map((entry) => [entry.card.id, entry] as const)),
  )
  for (const { from, to } of diagram.links) {
    const start = entries.get(from)
    const end = entries.get(to)
    if (start === undefined || end === undefined) continue
    start.above.push(end)
    end.below.push(start)
  }
  placeStacks(stacks)
  const cards = new Map(
    stacks.flatMap((stack) => stack.entries.map((entry) => [entry.card.id, cardPlace(entry)])),
  )
  const links = new Map<string, LinkPlace>()
  for (const { id, from, to } of diagram.links) {
    const start = cards.get(from)
    const end = cards.get(to)
    if (start !== undefined && end !== undefined) links.set(id, linkPlace(id, start, end, cards))
  }
  return {
    width: columnStyles.idea.x + columnStyles.idea.width + margin.right,
    height: Math.max(...stacks.map((stack) => stack.height)) + margin.top + margin.bottom,
    columns: stacks.map(({ column, entries }) => ({
      column,
      x: columnStyles[column].x,
      width: columnStyles[column].width,
      count: entries.length,
    })),
    cards,
    links,
  }
}

/** A card's title as its column breaks it into lines. A layout changes only when the number of some card's lines does. */
export function linesOf(
  card: Pick<Card, 'column' | 'title'>,
  wrap: typeof wrapText = wrapText,
): readonly string[] {
  const { font, width, indent } = columnStyles[card.column]
  return wrap(card.title, font, width - indent - wordsEnd)
}

/** A card while its place is sought. `packed` is where its rule lies when all above it stand as close as they may. */
interface Entry {
  readonly card: Card
  readonly lines: readonly string[]
  readonly height: number
  readonly packed: number
  /** What it leads to. */
  readonly above: Entry[]
  /** What leads to it. */
  readonly below: Entry[]
  /** How far below `packed` it stands; never less than the one above it. */
  shift: number
}

/** A column's cards in order. */
interface Stack {
  readonly column: Column
  readonly entries: readonly Entry[]
  /** When packed. */
  readonly height: number
}

function stackOf(diagram: Diagram, column: Column, wrap: typeof wrapText): Stack {
  const style = columnStyles[column]
  let bottom = 0
  const entries = diagram.cards
    .filter((card) => card.column === column)
    .map((card, index): Entry => {
      const lines = linesOf(card, wrap)
      const height = style.above + lines.length * style.lineHeight + style.below
      bottom += (index === 0 ? 0 : gap) + height
      return { card, lines, height, packed: bottom, above: [], below: [], shift: 0 }
    })
  return { column, entries, height: bottom }
}

/**
 * The column that needs the most room stands packed. The others, from there outward, are drawn to where their links lead,
 * as near as order and gaps allow.
 */
function placeStacks(stacks: readonly Stack[]): void {
  const tallest = stacks.reduce((a, b) => (b.height >= a.height ? b : a))
  const steps = (stack: Stack) => Math.abs(stacks.indexOf(stack) - stacks.indexOf(tallest))
  const others = [...stacks].filter((stack) => stack !== tallest).sort((a, b) => steps(a) - steps(b))
  const placed = new Set<Column>([tallest.column])
  for (let round = 0; round < rounds; round++) {
    for (const stack of others) {
      const isLeft = stacks.indexOf(stack) < stacks.indexOf(tallest)
      drawTogether(stack, tallest.height - stack.height, pullOf(isLeft, placed))
      placed.add(stack.column)
    }
  }
  // Whole pixels. Shifts never decrease down a column, so rounding them keeps every gap.
  for (const { entries } of stacks) for (const entry of entries) entry.shift = Math.round(entry.shift)
}

/** Where a card is drawn to, and how strongly. */
interface Pull {
  readonly sum: number
  readonly weight: number
}

/**
 * Cards are drawn to their links on the side of the packed column, so that a group stands before its middle; only those
 * that have none there are drawn to the other side. A card that is shared by several pulls each of them less.
 */
function pullOf(isLeft: boolean, placed: ReadonlySet<Column>): (entry: Entry) => Pull {
  const total = (entries: readonly Entry[], strength: (entry: Entry) => number): Pull => {
    let sum = 0
    let weight = 0
    for (const entry of entries) {
      if (!placed.has(entry.card.column)) continue
      sum += strength(entry) * (entry.packed + entry.shift)
      weight += strength(entry)
    }
    return { sum, weight }
  }
  const toChildren = (entry: Entry) => total(entry.below, (child) => 1 / child.above.length)
  const toParents = (entry: Entry) => total(entry.above, () => 1)
  return (entry) => {
    const pull = isLeft ? toChildren(entry) : toParents(entry)
    if (pull.weight > 0) return pull
    const { sum, weight } = isLeft ? toParents(entry) : toChildren(entry)
    return { sum: sum * faint, weight: weight * faint }
  }
}

const faint = 0.05

/**
 * Moves each card of a column as near as it may to where it is drawn: the least squares under "no shift is less than the
 * one above it", by pooling cards that would overlap, then held within `room`.
 */
function drawTogether({ entries }: Stack, room: number, pullOn: (entry: Entry) => Pull): void {
  const pools: { sum: number; weight: number; count: number }[] = []
  let before = 0
  for (const entry of entries) {
    const pull = pullOn(entry)
    // A card without links goes with the one above it and hardly pulls.
    const wanted = pull.weight === 0 ? before : pull.sum / pull.weight - entry.packed
    const weight = pull.weight === 0 ? faint / 10 : pull.weight
    before = wanted
    pools.push({ sum: wanted * weight, weight, count: 1 })
    for (let last = pools.length - 1; last > 0; last--) {
      const pool = pools[last] as (typeof pools)[number]
      const above = pools[last - 1] as (typeof pools)[number]
      if (above.sum / above.weight < pool.sum / pool.weight) break
      above.sum += pool.sum
      above.weight += pool.weight
      above.count += pool.count
      pools.pop()
    }
  }
  let at = 0
  for (const { sum, weight, count } of pools) {
    const shift = Math.min(room, Math.max(0, sum / weight))
    for (const entry of entries.slice(at, at + count)) entry.shift = shift
    at += count
  }
}

function cardPlace({ card, lines, height, packed, shift }: Entry): CardPlace {
  const { x, width, indent } = columnStyles[card.column]
  const y = margin.top + packed + shift
  return { id: card.id, column: card.column, x, width, textX: x + indent, top: y - height, height, y, lines }
}

function linkPlace(
  id: string,
  from: CardPlace,
  to: CardPlace,
  cards: ReadonlyMap<string, CardPlace>,
): LinkPlace {
  const start = from.x
  const end = to.x + to.width
  const skipped = columns.slice(columns.indexOf(to.column) + 1, columns.indexOf(from.column))
  if (skipped.length === 0) {
    const mid = { x: (start + end) / 2, y: (from.y + to.y) / 2 }
    const d = `M${start} ${from.y}${curve(start, from.y, end, to.y)}`
    // How the curve runs at its middle follows from its control points.
    const bar = barAcross(mid, { x: start - end - bend(start, end), y: from.y - to.y })
    return { id, from: from.id, to: to.id, d, mid, bar }
  }
  // A link past a whole column runs between its cards, never over their words.
  let x = start
  let y = from.y
  let d = `M${x} ${y}`
  let mid = { x, y }
  for (const column of skipped.reverse()) {
    const { x: left, width } = columnStyles[column]
    const lane = laneThrough(column, (from.y + to.y) / 2, cards)
    d += `${curve(x, y, left + width, lane)}H${left}`
    mid = { x: left + width / 2, y: lane }
    x = left
    y = lane
  }
  return {
    id,
    from: from.id,
    to: to.id,
    d: d + curve(x, y, end, to.y),
    mid,
    bar: barAcross(mid, { x: 1, y: 0 }),
  }
}

/** Six pixels to either side, square to the way that the link runs. */
function barAcross(mid: { x: number; y: number }, way: { x: number; y: number }): string {
  const length = Math.sqrt(way.x * way.x + way.y * way.y)
  const x = Math.round((60 * way.y) / length) / 10
  const y = Math.round((60 * way.x) / length) / 10
  return `M${mid.x - x} ${mid.y + y}L${mid.x + x} ${mid.y - y}`
}

function curve(x1: number, y1: number, x2: number, y2: number): string {
  const by = bend(x1, x2)
  return `C${x1 - by} ${y1} ${x2 + by} ${y2} ${x2} ${y2}`
}

/** How far a curve runs level at each end. */
const bend = (x1: number, x2: number): number => Math.round((x1 - x2) * 0.55)

/** The height nearest to `wanted` at which nothing of a column stands. */
function laneThrough(column: Column, wanted: number, cards: ReadonlyMap<string, CardPlace>): number {
  const clear = gap / 2
  let best = wanted
  let nearest = Number.POSITIVE_INFINITY
  let from = Number.NEGATIVE_INFINITY
  const consider = (to: number) => {
    const lane = Math.round(Math.min(Math.max(wanted, from), to))
    if (from <= to && Math.abs(lane - wanted) < nearest) {
      nearest = Math.abs(lane - wanted)
      best = lane
    }
  }
  for (const card of cards.values()) {
    if (card.column !== column) continue
    consider(card.top - clear)
    from = card.y + clear
  }
  consider(Number.POSITIVE_INFINITY)
  return best
}
