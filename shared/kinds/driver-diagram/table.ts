import { readDelimited } from '../../content/delimited.ts'
import type { Table } from '../kind.ts'
import { byWords, type Import, type ImportedCard, type ImportRemark, tooMuch, wordsOf } from './import.ts'
import { aimId, type Card, type Column, columns, type Diagram, mayLink } from './model.ts'
import { whyNot } from './relations.ts'

/** The columns that FreeSPC's driver diagram tool reads and writes. */
export const csvColumns = ['id', 'level', 'parent_id', 'text', 'color', 'extra_parents'] as const

const colors: Readonly<Record<Column, string>> = {
  aim: '#1B2427',
  primary: '#7A2A0E',
  secondary: '#776100',
  idea: '#17688F',
}

/** The cards as rows: `level` 0 for the aim to 3 for change ideas, further parents separated by semicolons. */
export function diagramTable(diagram: Diagram): Table {
  const parents = new Map<string, string[]>()
  for (const { from, to } of diagram.links) {
    const known = parents.get(from)
    if (known === undefined) parents.set(from, [to])
    else known.push(to)
  }
  const row = (card: Card) => {
    const [first = '', ...others] = parents.get(card.id) ?? []
    return [card.id, columns.indexOf(card.column), first, card.title, colors[card.column], others.join(';')]
  }
  const omits = omissions(diagram)
  return {
    name: 'Driver diagram',
    columns: csvColumns,
    rows: diagram.cards.map(row),
    ...(omits === undefined ? {} : { omits }),
  }
}

/** What is there and a table of these columns cannot hold. */
function omissions({ aim, cards, links }: Diagram): string | undefined {
  const left = [
    ...(links.some(({ strength, polarity }) => strength === 'weak' || polarity === 'hinders')
      ? ['whether links are weak or hinder']
      : []),
    ...(links.some(
      ({ why, evidence, confidence }) => why !== '' || evidence.length > 0 || confidence !== undefined,
    )
      ? ['why people believe them']
      : []),
    ...(cards.some(({ status }) => status !== undefined && status !== 'proposed') ? ['statuses'] : []),
    ...(cards.some(({ owner }) => owner !== undefined) ? ['owners'] : []),
    ...(cards.some(({ tags, concept }) => tags.length > 0 || concept !== undefined)
      ? ['tags and change concepts']
      : []),
    ...(cards.some(({ notes }) => notes.length > 0) ? ['notes'] : []),
    ...(hasFields(aim) ? ["the aim's fields"] : []),
  ]
  if (left.length === 0) return undefined
  const listed = left.length === 1 ? left[0] : `${left.slice(0, -1).join(', ')} and ${left[left.length - 1]}`
  return `This table cannot hold ${listed}. Export JSON to keep everything.`
}

const hasFields = (aim: Diagram['aim']): boolean =>
  Object.values(aim).some((value) => (Array.isArray(value) ? value.length > 0 : value !== ''))

/**
 * Reads a CSV file with these columns, in any order; `parent_id`, `color` and `extra_parents` may be missing, levels may be
 * words, cells may be separated by commas, semicolons or tabs. Where anything is wrong, `problems` says in which row and
 * why, and nothing is imported. Rows are counted as a spreadsheet does, the header being row 1.
 */
export function readCsv(text: string): Import {
  const table = readDelimited(text, separatorOf(text))
  if ('problem' in table) return failed([{ row: table.problem.row, message: table.problem.message }])
  const [header, ...records] = table.rows
  if (header === undefined) return failed([{ message: 'The file is empty.' }])
  const place = placesOf(header.cells)
  const missing = ['id', 'level', 'text'].filter((name) => !place.has(name))
  if (missing.length > 0)
    return failed([
      {
        row: 1,
        message: `The first row must name the columns; ${listed(missing)} ${missing.length === 1 ? 'is' : 'are'} missing. They are: ${csvColumns.join(', ')}.`,
      },
    ])
  const problems: ImportRemark[] = []
  const rows = records.flatMap(({ cells, row }) => {
    if (cells.every((cell) => cell.trim() === '')) return []
    if (cells.length !== header.cells.length) {
      problems.push({
        row,
        message: `It has ${counted(cells.length, 'cell')}, but the first row has ${header.cells.length}.`,
      })
      return []
    }
    const cell = (name: string) => unguarded(cells[place.get(name) ?? -1] ?? '')
    return [csvRow(row, cell, problems)]
  })
  return importOf(rows, problems)
}

interface CsvRow {
  readonly row: number
  readonly id: string
  readonly column: Column | undefined
  readonly text: string
  readonly parents: readonly string[]
}

function csvRow(row: number, cell: (name: string) => string, problems: ImportRemark[]): CsvRow {
  const column = columnOfLevel(cell('level'))
  if (column === undefined)
    problems.push({
      row,
      message: `The level is 0 (aim), 1 (primary driver), 2 (secondary driver) or 3 (change idea), not “${short(cell('level'))}”.`,
    })
  const id = cell('id').trim()
  if (id === '') problems.push({ row, message: 'It has no id.' })
  const parents = [cell('parent_id'), ...cell('extra_parents').split(';')]
    .map((parent) => parent.trim())
    .filter((parent) => parent !== '')
  return { row, id, column, text: wordsOf(cell('text')), parents: [...new Set(parents)] }
}

function importOf(rows: readonly CsvRow[], problems: ImportRemark[]): Import {
  const byId = new Map<string, CsvRow>()
  for (const row of rows) {
    if (row.id !== '' && byId.has(row.id))
      problems.push({
        row: row.row,
        message: `The id “${short(row.id)}” is also that of row ${byId.get(row.id)?.row}.`,
      })
    else byId.set(row.id, row)
  }
  const aims = rows.filter(({ column }) => column === 'aim')
  for (const aim of aims.slice(1))
    problems.push({ row: aim.row, message: `A diagram has one aim; row ${aims[0]?.row} has one already.` })
  const links = rows.flatMap((row) => linksOf(row, byId, aims.length > 0, problems))
  const cards = rows.flatMap(({ id, column, text, row }): ImportedCard[] =>
    column === undefined || column === 'aim' ? [] : [{ key: id, column, title: text, row }],
  )
  problems.push(...tooMuch(cards))
  if (problems.length > 0) return failed([...problems].sort((a, b) => (a.row ?? 0) - (b.row ?? 0)))
  const aim = aims[0]?.text
  return {
    ...(aim ? { aim } : {}),
    cards,
    links,
    top: [],
    problems: [],
    notes: cards
      .filter(({ title }) => title === '')
      .map(({ row }) => ({
        ...(row === undefined ? {} : { row }),
        message: 'It becomes a card without words.',
      })),
  }
}

function linksOf(
  row: CsvRow,
  byId: ReadonlyMap<string, CsvRow>,
  hasAim: boolean,
  problems: ImportRemark[],
): { from: string; to: string }[] {
  const { column } = row
  if (column === undefined) return []
  // A file without an aim means the diagram's own.
  if (column === 'primary' && row.parents.length === 0 && !hasAim) return [{ from: row.id, to: aimId }]
  return row.parents.flatMap((id) => {
    const parent = byId.get(id)
    if (parent === undefined) {
      problems.push({ row: row.row, message: `No row has the id “${short(id)}” that it names as a parent.` })
      return []
    }
    if (parent.column === undefined) return []
    if (!mayLink(column, parent.column)) {
      problems.push({
        row: row.row,
        message: `It cannot lead to row ${parent.row}. ${whyNot(column, parent.column)}`,
      })
      return []
    }
    return [{ from: row.id, to: parent.column === 'aim' ? aimId : id }]
  })
}

/** Reads rows copied from a spreadsheet: a column each for the aim, primary and secondary drivers and change ideas. */
export function readRows(text: string, under: Column = 'aim'): Import {
  const table = readDelimited(text, '\t')
  if ('problem' in table) return failed([table.problem])
  const [first, ...others] = table.rows
  if (first === undefined) return failed([{ message: 'There is nothing to paste.' }])
  const places = placesOf(first.cells)
  if (places.has('id') && places.has('level') && places.has('text')) return readCsv(text)
  const named = first.cells.map((cell) => headings.get(heading(cell)))
  const hasHeader = named.filter((column) => column !== undefined).length >= Math.min(2, named.length)
  const width = Math.max(
    ...table.rows.map(({ cells }) => cells.findLastIndex((cell) => cell.trim() !== '') + 1),
  )
  const order = hasHeader ? named : byPosition(width, under)
  if (order === undefined)
    return failed([
      {
        row: 1,
        message: `It has ${width} columns. Name them in the first row: aim, primary, secondary, change idea.`,
      },
    ])
  return fromRows(hasHeader ? others : table.rows, order, under)
}

/** Without a header: the columns to the right of where it is pasted, or all of them with the aim first. */
function byPosition(width: number, under: Column): readonly Column[] | undefined {
  const right = columns.slice(columns.indexOf(under) + 1)
  if (width <= right.length) return right
  return under === 'aim' && width === columns.length ? columns : undefined
}

function fromRows(
  rows: readonly { readonly cells: readonly string[]; readonly row: number }[],
  order: readonly (Column | undefined)[],
  under: Column,
): Import {
  const collected = byWords(under)
  const places = columns.flatMap((column) => {
    const index = order.indexOf(column)
    return index === -1 ? [] : [{ column, index }]
  })
  const above = new Map<Column, string>()
  for (const { cells, row } of rows) {
    for (const { column, index } of places) {
      const words = wordsOf(unguarded(cells[index] ?? ''))
      // An empty cell means the one above it, as long as nothing nearer the aim has changed.
      if (words === '') continue
      for (const right of columns.slice(columns.indexOf(column) + 1)) above.delete(right)
      const parent = columns.findLast((left) => above.has(left) && mayLink(column, left))
      above.set(
        column,
        collected.add(column, words, row, parent === undefined ? undefined : above.get(parent)),
      )
    }
  }
  return collected.import()
}

const failed = (problems: readonly ImportRemark[]): Import => ({
  cards: [],
  links: [],
  top: [],
  problems,
  notes: [],
})

const heading = (cell: string): string =>
  cell
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .replace(/s$/, '')

/** What people call the columns. */
const headings: ReadonlyMap<string, Column> = new Map([
  ...['aim', 'goal', 'outcome', 'aim statement', 'smart aim'].map((name) => [name, 'aim'] as const),
  ...['primary', 'primary driver', 'driver', 'level 1'].map((name) => [name, 'primary'] as const),
  ...['secondary', 'secondary driver', 'level 2'].map((name) => [name, 'secondary'] as const),
  ...['change idea', 'idea', 'change', 'intervention', 'level 3', 'change concept'].map(
    (name) => [name, 'idea'] as const,
  ),
])

function columnOfLevel(level: string): Column | undefined {
  const words = heading(level)
  return /^[0-3](\.0)?$/.test(words) ? columns[Number(words)] : headings.get(words)
}

const placesOf = (cells: readonly string[]): Map<string, number> =>
  new Map(
    cells.map((cell, index) => [
      heading(cell)
        .replace(/ /g, '_')
        .replace(/^extra_parent$/, 'extra_parents'),
      index,
    ]),
  )

/** The separator that the first line holds most of. */
function separatorOf(text: string): string {
  const line = text.slice(0, 2000).split(/[\r\n]/, 1)[0] ?? ''
  const count = (separator: string) => line.split(separator).length
  return [',', ';', '\t'].reduce((best, separator) => (count(separator) > count(best) ? separator : best))
}

/** Takes off the apostrophe by which an export keeps spreadsheets from running a cell as a formula. */
const unguarded = (cell: string): string => cell.replace(/^'(?='*[=+\-@\t\r\n＝＋－＠])/, '')

const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text)

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`
