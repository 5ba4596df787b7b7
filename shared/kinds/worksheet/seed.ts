import type * as Y from 'yjs'
import type { Block } from '../../content/blocks.ts'
import { parseBlocks, writeRichText } from '../../content/rich-text.ts'
import { newId } from '../../ids.ts'
import { firstKeys } from '../order.ts'
import { dateOf } from '../roots.ts'
import { fillRow, type NewRow } from '../rows.ts'
import { choiceAt, listAt, numberAt, objectAt, textAt, tickAt, wordAt } from '../seeds.ts'
import { becameRow, itemRows, sectionRow } from './born.ts'
import {
  type CheckItem,
  type CheckName,
  type Column,
  checkNames,
  columnContents,
  type DocumentLink,
  type Form,
  itemsOf,
  type Rating,
  type Scale,
  type Section,
  sectionBody,
  sectionTypes,
  type TableRow,
  type Wording,
  type Wordings,
  type Worksheet,
  worksheetMap,
} from './model.ts'

/**
 * A worksheet as a file that people can write by hand: templates, the sample, and JSON exports.
 *
 *   { "sort": "team-charter", "guidance": "Write it in one meeting.",
 *     "sections": [
 *       { "heading": "Who is on the team", "guidance": "…", "prompts": ["…?"], "example": "…", "exampleFrom": "…",
 *         "type": "table", "columns": ["Person", { "name": "Since", "holds": "date" }], "rows": [["Nora", "2025-09-01"]] },
 *       { "heading": "How we decide", "body": ["By consent."] },
 *       { "heading": "Before we start", "type": "checklist", "items": ["Ask the nurse", { "text": "Tell families", "done": true }] },
 *       { "heading": "How it goes", "type": "rating", "scale": { "most": 5, "lowest": "badly", "highest": "well" },
 *         "ratings": ["Schools", { "subject": "Courts", "value": 3 }] } ] }
 *
 * Sections stand in the order of the file. Where a worksheet has two `wordings`, a section has its heading `otherwise`, with
 * its `place` (1, 2, 3 …) among the sections that have one. The form of an export is read as well.
 */
const mostSections = 200
const mostItems = 2_000
const mostPieces = 20_000
const mostWords = 100

const worksheetKeys = ['sort', 'guidance', 'wordings', 'sections', 'became'] as const

/** Reads such a file. Throws a sentence that names the place and says what is accepted. */
export function parseSeed(json: unknown): Worksheet {
  const file = objectAt(json, 'The content', worksheetKeys)
  const given = listAt(file.sections, 'sections', mostSections)
  const keys = firstKeys(given.length)
  const sections = given.map((section, index) =>
    parseSection(section, `sections[${index}]`, keys[index] as string),
  )
  const pieces = sections.reduce((sum, section) => sum + blockCount(section.body) + itemCount(section), 0)
  if (pieces > mostPieces)
    throw new Error(`The content has too much in it: at most ${mostPieces} paragraphs and items are accepted`)
  const wordings = file.wordings === undefined ? undefined : parseWordings(file.wordings)
  return {
    ...named('sort', textAt(file.sort, 'sort')),
    ...named('guidance', textAt(file.guidance, 'guidance')),
    ...named('wordings', wordings),
    became: listAt(file.became, 'became', mostItems).map((entry, index) => {
      const place = `became[${index}]`
      const { documentId } = objectAt(entry, place, ['id', 'order', 'documentId'])
      return { id: idFor(place), order: '', documentId: wordAt(documentId, `${place}.documentId`) }
    }),
    sections: placedOtherwise(sections),
  }
}

const sectionKeys = [
  'id',
  'order',
  'key',
  'heading',
  'otherwise',
  'guidance',
  'prompts',
  'example',
  'exampleFrom',
  'source',
  'check',
  'body',
  'type',
  'items',
  'columns',
  'rows',
  'scale',
  'ratings',
  'links',
] as const

function parseSection(json: unknown, place: string, order: string): Section {
  const section = objectAt(json, place, sectionKeys)
  const at = (key: string) => `${place}.${key}`
  const form = parseForm(section, place)
  const check = choiceAt(section.check, checkNames, at('check'))
  if (check !== undefined) requireForm(check, form, place)
  return {
    id: idFor(place),
    order,
    heading: textAt(section.heading, at('heading')) ?? '',
    ...named('otherwise', parseOtherwise(section.otherwise, at('otherwise'))),
    ...named('key', textAt(section.key, at('key'))),
    ...named('guidance', textAt(section.guidance, at('guidance'))),
    prompts: listAt(section.prompts, at('prompts'), mostWords).map((prompt, index) =>
      wordAt(prompt, `${at('prompts')}[${index}]`),
    ),
    ...named('example', textAt(section.example, at('example'))),
    ...named('exampleFrom', textAt(section.exampleFrom, at('exampleFrom'))),
    ...named('source', textAt(section.source, at('source'))),
    ...named('check', check),
    body: parseBlocks(section.body ?? [], at('body')),
    ...form,
  }
}

function parseOtherwise(json: unknown, place: string): Section['otherwise'] {
  if (json === undefined) return undefined
  const otherwise = objectAt(json, place, ['heading', 'place', 'order'])
  const rank = numberAt(otherwise.place, `${place}.place`)
  if (rank === undefined && otherwise.order === undefined)
    throw new Error(`${place} needs a place, 1 or more`)
  return {
    heading: wordAt(otherwise.heading, `${place}.heading`),
    // Numbers sort as texts here; they become keys below.
    order: rank === undefined ? wordAt(otherwise.order, `${place}.order`) : String(rank).padStart(5, '0'),
  }
}

/** In the other wording the sections that have one trade places among themselves; the others stay where they are. */
function placedOtherwise(sections: readonly Section[]): Section[] {
  const moving = sections.flatMap(({ id, order, otherwise }) => (otherwise ? [{ id, order, otherwise }] : []))
  const sorted = [...moving].sort((a, b) => (a.otherwise.order < b.otherwise.order ? -1 : 1))
  const orders = new Map(sorted.map(({ id }, rank) => [id, moving[rank]?.order ?? '']))
  return sections.map((section) =>
    section.otherwise === undefined
      ? section
      : { ...section, otherwise: { ...section.otherwise, order: orders.get(section.id) ?? section.order } },
  )
}

/** The keys that a section of each type has beside those of every section. */
const formKeys = {
  text: [],
  checklist: ['items'],
  table: ['columns', 'rows'],
  rating: ['scale', 'ratings'],
  links: ['links'],
} as const

function parseForm(section: Readonly<Record<string, unknown>>, place: string): Form {
  const type = choiceAt(section.type, sectionTypes, `${place}.type`) ?? 'text'
  const own: readonly string[] = formKeys[type]
  const stray = Object.values(formKeys)
    .flat()
    .find((key) => section[key] !== undefined && !own.includes(key))
  if (stray !== undefined) throw new Error(`${place}.${stray}: a section of the type ${type} has none`)
  const items = (key: string) => listAt(section[key], `${place}.${key}`, mostItems)
  switch (type) {
    case 'text':
      return { type }
    case 'checklist':
      return { type, items: items('items').map((item, index) => parseItem(item, `${place}.items[${index}]`)) }
    case 'table': {
      const columns = items('columns').map((column, index) =>
        parseColumn(column, `${place}.columns[${index}]`),
      )
      if (columns.length === 0 || columns.length > mostWords)
        throw new Error(`${place}.columns are the names of 1 to ${mostWords} columns`)
      const rows = items('rows').map((row, index) => parseRow(row, columns, `${place}.rows[${index}]`))
      return { type, columns, rows }
    }
    case 'rating':
      return {
        type,
        scale: parseScale(section.scale, `${place}.scale`),
        ratings: items('ratings').map((rating, index) => parseRating(rating, `${place}.ratings[${index}]`)),
      }
    case 'links':
      return { type, links: items('links').map((link, index) => parseLink(link, `${place}.links[${index}]`)) }
  }
}

function parseItem(json: unknown, place: string): CheckItem {
  const item =
    typeof json === 'string' ? { text: json } : objectAt(json, place, ['id', 'order', 'text', 'done'])
  return {
    id: idFor(place),
    order: '',
    text: textAt(item.text, `${place}.text`) ?? '',
    ...named('done', 'done' in item ? tickAt(item.done, `${place}.done`) : undefined),
  }
}

function parseColumn(json: unknown, place: string): Column {
  const column = typeof json === 'string' ? { name: json } : objectAt(json, place, ['name', 'holds'])
  const holds = 'holds' in column ? choiceAt(column.holds, columnContents, `${place}.holds`) : undefined
  return { name: wordAt(column.name, `${place}.name`), ...named('holds', holds) }
}

function parseRow(json: unknown, columns: readonly Column[], place: string): TableRow {
  const given = Array.isArray(json) ? json : objectAt(json, place, ['id', 'order', 'cells']).cells
  const cells = listAt(given, place, columns.length)
  return {
    id: idFor(place),
    order: '',
    cells: columns.map(({ holds }, index) => {
      const cell = `${place}[${index}]`
      const text = textAt(cells[index], cell) ?? ''
      if (holds === 'date' && text !== '' && !isDay(text))
        throw new Error(`${cell} is a day such as 2025-12-31`)
      return text
    }),
  }
}

const isDay = (text: string): boolean => text.length === 10 && dateOf(text) !== undefined

function parseScale(json: unknown, place: string): Scale {
  const scale = json === undefined ? {} : objectAt(json, place, ['most', 'lowest', 'highest'])
  const most = numberAt(scale.most, `${place}.most`) ?? 5
  if (!Number.isInteger(most) || most < 2 || most > 10)
    throw new Error(`${place}.most is a whole number from 2 to 10`)
  return {
    most,
    lowest: textAt(scale.lowest, `${place}.lowest`) ?? '',
    highest: textAt(scale.highest, `${place}.highest`) ?? '',
  }
}

function parseRating(json: unknown, place: string): Rating {
  const rating =
    typeof json === 'string'
      ? { subject: json }
      : objectAt(json, place, ['id', 'order', 'subject', 'value', 'comment'])
  const value = 'value' in rating ? numberAt(rating.value, `${place}.value`) : undefined
  return {
    id: idFor(place),
    order: '',
    subject: textAt(rating.subject, `${place}.subject`) ?? '',
    ...named('value', value),
    comment: ('comment' in rating ? textAt(rating.comment, `${place}.comment`) : undefined) ?? '',
  }
}

function parseLink(json: unknown, place: string): DocumentLink {
  const link = objectAt(json, place, ['id', 'order', 'documentId', 'part', 'note'])
  return {
    id: idFor(place),
    order: '',
    documentId: wordAt(link.documentId, `${place}.documentId`),
    ...named('part', textAt(link.part, `${place}.part`)),
    note: textAt(link.note, `${place}.note`) ?? '',
  }
}

function parseWordings(json: unknown): Wordings {
  // A template lists the two; an export says which of them is shown.
  if (Array.isArray(json)) {
    if (json.length !== 2) throw new Error('wordings are two, the first of them shown')
    return { first: parseWording(json[0], 'wordings[0]'), other: parseWording(json[1], 'wordings[1]') }
  }
  const wordings = objectAt(json, 'wordings', ['first', 'other', 'isOther'])
  return {
    first: parseWording(wordings.first, 'wordings.first'),
    other: parseWording(wordings.other, 'wordings.other'),
    ...named('isOther', tickAt(wordings.isOther, 'wordings.isOther')),
  }
}

function parseWording(json: unknown, place: string): Wording {
  const wording = objectAt(json, place, ['name', 'source'])
  return {
    name: wordAt(wording.name, `${place}.name`),
    source: textAt(wording.source, `${place}.source`) ?? '',
  }
}

/** What a check reads must be there. */
function requireForm(check: CheckName, form: Form, place: string): void {
  const columns = form.type === 'table' ? form.columns : []
  const dates = columns.filter(({ holds }) => holds === 'date').length
  if (check === 'owners' && columns.every(({ holds }) => holds !== undefined))
    throw new Error(`${place}.check: owners are read from a table with a column that holds an answer`)
  if (check === 'signatures' && dates < 1)
    throw new Error(`${place}.check: signatures are read from a table with a column that holds dates`)
  if (check === 'elapsed' && dates < 2)
    throw new Error(`${place}.check: elapsed time is read from a table with two columns that hold dates`)
}

/** An id for a thing at a place of the file: unique in it, and in the order of the file. */
const idFor = (place: string): string => place.replace(/\d+/g, (figure) => figure.padStart(5, '0'))

/** A property that is there only when it has a value. */
const named = <K extends string, V>(name: K, value: V | undefined): { readonly [Key in K]?: V } =>
  value === undefined || value === '' ? {} : ({ [name]: value } as { [Key in K]?: V })

function itemCount(form: Form): number {
  switch (form.type) {
    case 'text':
      return 0
    case 'checklist':
      return form.items.length
    case 'table':
      return form.rows.length * form.columns.length
    case 'rating':
      return form.ratings.length
    case 'links':
      return form.links.length
  }
}

const blockCount = (blocks: readonly Block[]): number =>
  blocks.reduce((sum, block) => {
    if (block.type === 'list')
      return sum + block.items.reduce((items, item) => items + 1 + blockCount(item), 0)
    return sum + 1 + (block.type === 'quote' ? blockCount(block.blocks) : 0)
  }, 0)

/** Writes a worksheet into an empty document, with new ids and order keys (Y3). */
export function fillWorksheet(doc: Y.Doc, seed: Worksheet): void {
  doc.transact(() => {
    const map = worksheetMap(doc)
    if (seed.sort !== undefined) map.set('sort', seed.sort)
    if (seed.guidance !== undefined) map.set('guidance', seed.guidance)
    if (seed.wordings !== undefined) {
      map.set('wordings', JSON.stringify([seed.wordings.first, seed.wordings.other]))
      if (seed.wordings.isOther) map.set('isOther', true)
    }
    fillRows(doc, 'became', seed.became.map(becameRow))
    fillSections(doc, seed.sections)
  })
}

function fillSections(doc: Y.Doc, sections: readonly Section[]): void {
  const keys = firstKeys(sections.length)
  const keyOf = new Map(sections.map(({ order }, index) => [order, keys[index] as string]))
  sections.forEach((section, index) => {
    const otherOrder = section.otherwise && (keyOf.get(section.otherwise.order) ?? (keys[index] as string))
    const id = newId()
    fillRow(doc, 'sections', { id, order: keys[index] as string, ...sectionRow(section, otherOrder) })
    if (section.body.length > 0) writeRichText(sectionBody(doc, id), section.body)
    fillRows(doc, itemsOf(id), itemRows(section))
  })
}

function fillRows(doc: Y.Doc, list: string, rows: readonly NewRow[]): void {
  const keys = firstKeys(rows.length)
  rows.forEach((row, index) => {
    fillRow(doc, list, { ...row, order: keys[index] as string })
  })
}
