import { byWords, type Import, wordsOf } from './import.ts'
import { aimId, type Card, type Column, columns, type Diagram, type Link, mayLink } from './model.ts'

/** One line of a diagram read as a nested list. A card with several parents has a line under each. */
export interface OutlineRow {
  readonly card: Card
  /** The link by which it stands here; absent where it stands under nothing. */
  readonly link?: Link
  /** Its other parents, in order; the first ten of them where there are more. */
  readonly alsoUnder: readonly Card[]
  /** It was listed before, with what leads to it. */
  readonly isRepeated: boolean
  readonly rows: readonly OutlineRow[]
}

export interface Outline {
  readonly aim: Card
  /** What leads to the aim, and so on. */
  readonly rows: readonly OutlineRow[]
  /** Cards that lead nowhere yet, with what leads to them. */
  readonly loose: readonly OutlineRow[]
}

/** The diagram as a nested list: depth first, in order. What leads to a shared card is listed where it comes first. */
export function readOutline(diagram: Diagram): Outline {
  const cards = new Map(diagram.cards.map((card) => [card.id, card]))
  const up = new Map<string, Link[]>()
  const down = new Map<string, Link[]>()
  for (const link of diagram.links) {
    listUnder(up, link.from).push(link)
    listUnder(down, link.to).push(link)
  }
  const listed = new Set<string>()
  const rowOf = (card: Card, link: Link | undefined): OutlineRow => {
    const isRepeated = listed.has(card.id)
    listed.add(card.id)
    // Every parent's row names the others: without a limit, a hundred parents would be named ten thousand times.
    const others = (up.get(card.id) ?? [])
      .slice(0, mostNamed + 1)
      .filter((other) => other !== link)
      .slice(0, mostNamed)
    return {
      card,
      ...(link === undefined ? {} : { link }),
      alsoUnder: others.flatMap((other) => cards.get(other.to) ?? []),
      isRepeated,
      rows: isRepeated ? [] : rowsUnder(card.id),
    }
  }
  // At most four columns deep: links lead to another column only.
  const rowsUnder = (id: string): OutlineRow[] =>
    (down.get(id) ?? []).flatMap((link) => {
      const card = cards.get(link.from)
      return card === undefined ? [] : [rowOf(card, link)]
    })
  const aim = diagram.cards.find((card) => card.id === aimId) as Card
  listed.add(aimId)
  const rows = rowsUnder(aimId)
  const loose = columns.flatMap((column) =>
    diagram.cards.flatMap((card) =>
      card.column === column && !listed.has(card.id) ? [rowOf(card, undefined)] : [],
    ),
  )
  return { aim, rows, loose }
}

const mostNamed = 10

function listUnder(lists: Map<string, Link[]>, id: string): Link[] {
  const known = lists.get(id)
  if (known !== undefined) return known
  const fresh: Link[] = []
  lists.set(id, fresh)
  return fresh
}

/**
 * Reads an outline: indented with tabs or spaces, with or without bullets, numbers or Markdown's marks. Each step in is one
 * column further from the aim; the same words in one column are one card with several parents. One line above all others is
 * the aim where the outline has four levels. A line may say what it is: "Primary driver: …".
 *
 * @param under the column of the card under which it is pasted
 */
export function readIndented(text: string, under: Column = 'aim'): Import {
  const given = text.split(/\r\n|\r|\n/)
  const isNumbered = isNumberedOutline(given)
  const lines = given.flatMap((line, index) => readLine(line, index + 1, isNumbered))
  const depths = depthsOf(lines)
  const collected = byWords(under)
  const first = columns.indexOf(under) + 1
  const hasAim =
    under === 'aim' && depths.filter((depth) => depth === 0).length === 1 && Math.max(...depths) >= 3
  const open: { depth: number; column: Column; key: string }[] = []
  lines.forEach(({ words, row, says }, index) => {
    const depth = depths[index] ?? 0
    const steps = first + depth - (hasAim ? 1 : 0)
    const column = says ?? columns[Math.min(steps, columns.length - 1)] ?? 'idea'
    // A line that says its column stands under the last one nearer the aim, however far in either is.
    const isBeside = (above: (typeof open)[number]) =>
      says === undefined ? above.depth >= depth : columns.indexOf(above.column) >= columns.indexOf(column)
    for (let last = open[open.length - 1]; last !== undefined && isBeside(last); last = open[open.length - 1])
      open.pop()
    if (says === undefined && steps >= columns.length)
      collected.note(row, 'It lies deeper than change ideas and becomes one beside the one above it.')
    const parent = open.findLast((above) => mayLink(column, above.column))
    const key = collected.add(column, words, row, parent?.key)
    open.push({ depth, column, key })
  })
  return collected.import()
}

interface OutlineLine {
  readonly row: number
  readonly words: string
  readonly indent: number
  /** The column that the line itself names. */
  readonly says: Column | undefined
}

const bullet = /^(?:[-*+•◦▪‣·–—o]|\(?\d+[.)]|\(?[a-z][.)])(?:\s+\[[ xX]\])?\s+/
const dotted = /^(\d+(?:\.\d+)*)[.)]?\s+/
const hashes = /^(#{1,6})\s+/
const named = /^(aim|primary(?: driver)?|secondary(?: driver)?|change idea|idea)\s*:\s*(?=\S)/i

/** Whether lines begin with numbers such as 1.2.3, which then say how deep they lie; a figure in a sentence does not. */
function isNumberedOutline(lines: readonly string[]): boolean {
  const filled = lines.filter((line) => line.trim() !== '')
  const numbered = filled.filter((line) => /^\s*\d+(\.\d+)*[.)]?\s/.test(line))
  return (
    numbered.length * 2 > filled.length && filled.some((line) => /^\s*\d+\.\d+(\.\d+)*[.)]?\s/.test(line))
  )
}

function readLine(line: string, row: number, isNumbered: boolean): OutlineLine[] {
  const space = /^\s*/.exec(line)?.[0] ?? ''
  let indent = 0
  for (const character of space) indent = character === '\t' ? indent + 4 : indent + 1
  let words = line.slice(space.length)
  // Numbers such as 1.2.3 and Markdown's headings say their depth without indentation.
  const number = isNumbered ? dotted.exec(words) : null
  indent += 4 * ((number?.[1]?.split('.').length ?? 1) - 1)
  indent += 4 * ((hashes.exec(words)?.[1]?.length ?? 1) - 1)
  words = words
    .slice(number?.[0].length ?? 0)
    .replace(hashes, '')
    .replace(bullet, '')
  const label = named.exec(words)?.[1]?.toLowerCase()
  words = plainWords(words.replace(named, ''))
  return words === '' ? [] : [{ row, words, indent, says: columns.find((column) => label?.includes(column)) }]
}

/** Without Markdown's marks and the remarks of our own export. */
const plainWords = (text: string): string =>
  wordsOf(
    text
      .trimEnd()
      .replace(/(?<!\\)[*_]\((?:[^()]|\([^()]*\))*\)[*_]$/, '')
      .trimEnd()
      .replace(/^(\*\*|__)(.*)\1$/, '$2')
      .replace(/\\([\\`*_[\]<>~|#+\-.)])/g, '$1'),
  )

/** How far each line is in, as steps: an outline that began further right goes back to its first step. */
function depthsOf(lines: readonly OutlineLine[]): number[] {
  const indents: number[] = []
  return lines.map(({ indent }) => {
    while ((indents[indents.length - 1] ?? -1) >= indent) indents.pop()
    indents.push(indent)
    return indents.length - 1
  })
}
