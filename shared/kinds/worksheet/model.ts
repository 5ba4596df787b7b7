import type * as Y from 'yjs'
import type { Block } from '../../content/blocks.ts'
import { inOrder, type Ordered, readOrder } from '../order.ts'
import { mapAt, numberOf, oneOf, richAt, textOf, wordsOf } from '../roots.ts'
import { type Row, readAllRows, readRows, richName } from '../rows.ts'

/**
 * A worksheet: guided writing in sections. A template says what is asked; the answers are written together.
 *
 * In the Y.Doc (docs/sync-rules.md, Y1 to Y8):
 *   worksheet           map of scalars: what the worksheet is for, how it is to be used, which wording is shown
 *   sections            list of rows (`../rows.ts`), each born with the texts `heading` and `otherwise`, and with what its
 *                       template says as scalars: a network may say it differently in a template of its own
 *   sections/body/<id>  what is written in a section: rich text
 *   items/<id>          a section's items, by its type: rows of a checklist, a table, ratings, or links
 *   became              list of rows: documents that were made out of the answers
 *
 * What a scalar cannot hold (names of columns, prompts) stands in it as JSON.
 */

/** What a section holds beside its text. */
export const sectionTypes = ['text', 'checklist', 'table', 'rating', 'links'] as const

/** What the product can say beside a section out of what is there already (`checks.ts`, `clock.ts`). */
export const checkNames = [
  'voices', // people who live with the problem were heard
  'variation', // results can be compared
  'system', // what leads to what is drawn, and others can read it
  'measures', // outcome, process and balancing
  'inquiry', // a test is under way, its prediction sealed
  'exchange', // ideas go from team to team
  'owners', // who has each row of the table: its first column that holds an answer
  'signatures', // which rows of the table have a date
  'elapsed', // how long an agreement takes, by the table's two columns of dates
] as const
export type CheckName = (typeof checkNames)[number]

/** The sections that a diagram can be made of, by their keys. */
export const questionKeys = ['aim', 'changes', 'measures'] as const

export interface CheckItem {
  readonly id: string
  readonly order: string
  readonly text: string
  readonly done?: true
}

/** `label`: words that say what the row asks about, its template's or added; `date`: a day, chosen rather than written. */
export const columnContents = ['label', 'date'] as const

export interface Column {
  readonly name: string
  /** Absent: text, an answer. */
  readonly holds?: (typeof columnContents)[number]
}

export interface TableRow {
  readonly id: string
  readonly order: string
  /** One for each column: words, or a day `2025-12-31`; '' where nothing is said. */
  readonly cells: readonly string[]
}

export interface Scale {
  /** The highest value; the lowest is 1. */
  readonly most: number
  /** What the ends mean. */
  readonly lowest: string
  readonly highest: string
}

export interface Rating {
  readonly id: string
  readonly order: string
  /** Who or what is rated, e.g. a sector. */
  readonly subject: string
  readonly value?: number
  readonly comment: string
}

/** A document of the network, or a part of one. Its title is not kept here: who reads this may not be allowed to know it. */
export interface DocumentLink {
  readonly id: string
  readonly order: string
  readonly documentId: string
  readonly part?: string
  readonly note: string
}

/** What a section holds beside its text, by its type. */
export type Form =
  | { readonly type: 'text' }
  | { readonly type: 'checklist'; readonly items: readonly CheckItem[] }
  | { readonly type: 'table'; readonly columns: readonly Column[]; readonly rows: readonly TableRow[] }
  | { readonly type: 'rating'; readonly scale: Scale; readonly ratings: readonly Rating[] }
  | { readonly type: 'links'; readonly links: readonly DocumentLink[] }

/** What a section asks. */
export interface SectionWords {
  readonly heading: string
  /** What the section is, whatever it is called, e.g. `aim`. */
  readonly key?: string
  /** The same question in the worksheet's other wording; `order` is its place among the sections there. */
  readonly otherwise?: { readonly heading: string; readonly order: string }
  /** What to write here, in a sentence. */
  readonly guidance?: string
  /** Questions to think along. */
  readonly prompts: readonly string[]
  readonly example?: string
  /** Where the example comes from. */
  readonly exampleFrom?: string
  /** Whose words the heading is. */
  readonly source?: string
  readonly check?: CheckName
}

/** A section without what is written in it at length. */
export type SectionShape = Ordered & SectionWords & Form

export type Section = SectionShape & { readonly body: readonly Block[] }

/** One of two ways to ask the same. */
export interface Wording {
  readonly name: string
  readonly source: string
}

export interface Wordings {
  readonly first: Wording
  readonly other: Wording
  /** Whether the other one is shown. */
  readonly isOther?: true
}

/** A document that was made out of the answers. */
export interface Became {
  readonly id: string
  readonly order: string
  readonly documentId: string
}

interface WorksheetHead {
  /** What the worksheet is for, e.g. `go-and-see`: a name that its template gave it. */
  readonly sort?: string
  /** How it is to be used, in a sentence. */
  readonly guidance?: string
  readonly wordings?: Wordings
  readonly became: readonly Became[]
}

/** A worksheet without what is written in it at length: what a page keeps in sight. */
export interface WorksheetShape extends WorksheetHead {
  readonly sections: readonly SectionShape[]
}

export interface Worksheet extends WorksheetHead {
  /** In the order of the first wording. */
  readonly sections: readonly Section[]
}

/* The places in the document. */

export const worksheetMap = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('worksheet')
export const sectionBody = (doc: Y.Doc, id: string): Y.XmlFragment => doc.getXmlFragment(bodyName(id))
export const bodyName = (id: string): string => richName('sections', 'body', id)
/** The list that holds a section's items. */
export const itemsOf = (sectionId: string): string => `items/${sectionId}`
/** The field of a table's row that holds the cell of a column. */
export const cellName = (column: number): string => `c${column}`

/** The worksheet as it is. Never throws. */
export function readWorksheet(doc: Y.Doc): Worksheet {
  const { sections, ...head } = readShape(doc)
  return {
    ...head,
    sections: sections.map((section) => ({ ...section, body: richAt(doc, bodyName(section.id)) })),
  }
}

/** The same without what is written at length. Never throws. */
export function readShape(doc: Y.Doc): WorksheetShape {
  const map = mapAt(doc, 'worksheet')
  return {
    ...textsOf({ sort: map?.get('sort'), guidance: map?.get('guidance') }),
    ...wordingsOf(map),
    became: readRows(doc, 'became').flatMap(({ id, order, map }) => {
      const documentId = textOf(map.get('documentId'))
      return documentId === undefined ? [] : [{ id, order, documentId }]
    }),
    sections: readRows(doc, 'sections').map((row) => sectionOf(doc, row)),
  }
}

/** A section that somebody removed: its words stay, so that it can be brought back (Y4). */
export type RemovedSection = Section & {
  /** The account of who removed it, or '' where nobody says. */
  readonly by: string
}

/** The sections that were removed. Never throws. */
export const readRemovedSections = (doc: Y.Doc): readonly RemovedSection[] =>
  readAllRows(doc, 'sections').flatMap((row) =>
    row.removed === undefined
      ? []
      : [{ ...sectionOf(doc, row), body: richAt(doc, bodyName(row.id)), by: row.removed }],
  )

function sectionOf(doc: Y.Doc, { id, order, map }: Row): SectionShape {
  const otherOrder = readOrder(map.get('otherOrder'))
  const check = oneOf(checkNames, map.get('check'))
  return {
    id,
    order,
    heading: wordsOf(map.get('heading')),
    ...(otherOrder === ''
      ? {}
      : { otherwise: { heading: wordsOf(map.get('otherwise')), order: otherOrder } }),
    ...textsOf({
      key: map.get('key'),
      guidance: map.get('guidance'),
      example: map.get('example'),
      exampleFrom: map.get('exampleFrom'),
      source: map.get('source'),
    }),
    prompts: jsonList(map.get('prompts')).flatMap((prompt) => textOf(prompt) ?? []),
    ...(check === undefined ? {} : { check }),
    ...formOf(doc, id, map),
  }
}

function formOf(doc: Y.Doc, id: string, map: Y.Map<unknown>): Form {
  const rows = () => readRows(doc, itemsOf(id))
  // A type that only a later version knows: its text can be read all the same.
  const type = oneOf(sectionTypes, map.get('type')) ?? 'text'
  switch (type) {
    case 'text':
      return { type }
    case 'checklist':
      return { type, items: rows().map(checkItemOf) }
    case 'table': {
      const columns = jsonList(map.get('columns')).flatMap(columnOf)
      return { type, columns, rows: rows().map((row) => tableRowOf(row, columns)) }
    }
    case 'rating':
      return { type, scale: scaleOf(map.get('scale')), ratings: rows().map(ratingOf) }
    case 'links':
      return { type, links: rows().flatMap(linkOf) }
  }
}

const checkItemOf = ({ id, order, map }: Row): CheckItem => ({
  id,
  order,
  text: wordsOf(map.get('text')),
  ...(map.get('done') === true ? { done: true } : {}),
})

function columnOf(json: unknown): Column[] {
  if (typeof json !== 'object' || json === null) return []
  const { name, holds } = json as { name?: unknown; holds?: unknown }
  if (typeof name !== 'string') return []
  const content = oneOf(columnContents, holds)
  return [{ name, ...(content === undefined ? {} : { holds: content }) }]
}

const tableRowOf = ({ id, order, map }: Row, columns: readonly Column[]): TableRow => ({
  id,
  order,
  cells: columns.map((_, column) => {
    const cell = map.get(cellName(column))
    return textOf(cell) ?? wordsOf(cell)
  }),
})

const usualScale: Scale = { most: 5, lowest: '', highest: '' }

function scaleOf(json: unknown): Scale {
  const [scale] = jsonList(json)
  if (typeof scale !== 'object' || scale === null) return usualScale
  const { most, lowest, highest } = scale as { most?: unknown; lowest?: unknown; highest?: unknown }
  return {
    most: Math.min(10, Math.max(2, Math.round(numberOf(most) ?? usualScale.most))),
    lowest: textOf(lowest) ?? '',
    highest: textOf(highest) ?? '',
  }
}

function ratingOf({ id, order, map }: Row): Rating {
  const value = numberOf(map.get('value'))
  return {
    id,
    order,
    subject: wordsOf(map.get('subject')),
    ...(value === undefined ? {} : { value }),
    comment: wordsOf(map.get('comment')),
  }
}

function linkOf({ id, order, map }: Row): DocumentLink[] {
  const documentId = textOf(map.get('documentId'))
  if (documentId === undefined) return []
  return [{ id, order, documentId, ...textsOf({ part: map.get('part') }), note: wordsOf(map.get('note')) }]
}

function wordingsOf(map: Y.Map<unknown> | undefined): { readonly wordings?: Wordings } {
  const [first, other] = jsonList(map?.get('wordings')).flatMap((json): Wording[] => {
    if (typeof json !== 'object' || json === null) return []
    const { name, source } = json as { name?: unknown; source?: unknown }
    return typeof name === 'string' ? [{ name, source: textOf(source) ?? '' }] : []
  })
  if (first === undefined || other === undefined) return {}
  return { wordings: { first, other, ...(map?.get('isOther') === true ? { isOther: true } : {}) } }
}

/** The list that a scalar holds as JSON; empty for anything else. */
function jsonList(value: unknown): readonly unknown[] {
  if (typeof value !== 'string') return []
  try {
    const json: unknown = JSON.parse(value)
    return Array.isArray(json) ? json : []
  } catch {
    return []
  }
}

/** The texts that are not empty. */
const textsOf = <K extends string>(values: Readonly<Record<K, unknown>>): { readonly [Key in K]?: string } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => textOf(value) !== undefined)) as {
    [Key in K]?: string
  }

/* How it is shown. */

/** Whether the other wording is shown. */
export const isOtherwise = ({ wordings }: Pick<Worksheet, 'wordings'>): boolean => wordings?.isOther === true

/** The question as the wording that is shown puts it. */
export const headingShown = (section: SectionShape, isOther: boolean): string =>
  (isOther ? section.otherwise?.heading : undefined) ?? section.heading

/** The sections in the order of the wording that is shown. */
export function sectionsShown<S extends SectionShape>(worksheet: {
  readonly sections: readonly S[]
  readonly wordings?: Wordings
}): readonly S[] {
  if (!isOtherwise(worksheet)) return worksheet.sections
  return worksheet.sections
    .map((section) => ({ section, id: section.id, order: section.otherwise?.order ?? section.order }))
    .sort(inOrder)
    .map(({ section }) => section)
}

/** The section with this key, or undefined. */
export const findByKey = <S extends SectionShape>(sections: readonly S[], key: string): S | undefined =>
  sections.find((section) => section.key === key)

/** Whose words all quoted headings are, where they are of one source. */
export function commonSource({
  sections,
}: {
  readonly sections: readonly SectionShape[]
}): string | undefined {
  const sources = new Set(sections.flatMap(({ source }) => source ?? []))
  return sources.size === 1 ? [...sources][0] : undefined
}
