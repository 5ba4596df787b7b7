import { type Block, plain, plainLines } from '../../content/blocks.ts'
import type { Fact } from '../../fact.ts'
import type { DatedEntry, Reference, Table, ThroughPart } from '../kind.ts'
import { firstLine } from './answers.ts'
import {
  type Form,
  findByKey,
  headingShown,
  isOtherwise,
  questionKeys,
  type Section,
  sectionsShown,
  type Worksheet,
} from './model.ts'

/** The worksheet in words, as its wording is shown: each section's heading, what is written, and its items. */
export function worksheetBlocks(worksheet: Worksheet): Block[] {
  const isOther = isOtherwise(worksheet)
  return sectionsShown(worksheet).flatMap((section) => [
    { type: 'heading', level: 2, spans: plain(titleOf(section, isOther)) } as const,
    ...section.body.map((block) => inPart(block, section.id)),
    ...formBlocks(section, section.id),
  ])
}

const titleOf = (section: Section, isOther: boolean): string =>
  headingShown(section, isOther).trim() || 'Without a heading'

/** A paragraph says in which section it stands, so that search leads there. */
function inPart(block: Block, part: string): Block {
  if (block.type === 'paragraph') return { ...block, part }
  if (block.type !== 'list') return block
  return { ...block, items: block.items.map((item) => item.map((each) => inPart(each, part))) }
}

function formBlocks(form: Form, part: string): Block[] {
  const lines = formLines(form)
  if (lines.length === 0) return []
  const items = lines.map((line): Block[] => [{ type: 'paragraph', spans: plain(line), part }])
  return [{ type: 'list', ordered: false, items }]
}

/** What a section holds beside its text, one line for each thing that is said. */
function formLines(form: Form): string[] {
  switch (form.type) {
    case 'text':
      return []
    case 'checklist':
      return form.items
        .filter(({ text }) => text.trim() !== '')
        .map(({ text, done }) => (done ? `Done: ${text}` : `To do: ${text}`))
    case 'table':
      return form.rows.flatMap(({ cells }) => {
        const said = cells.flatMap((cell, column) =>
          cell.trim() === '' ? [] : [`${form.columns[column]?.name}: ${cell}`],
        )
        return said.length === 0 ? [] : [said.join('; ')]
      })
    case 'rating':
      return form.ratings.flatMap(({ subject, value, comment }) => {
        if (value === undefined && comment.trim() === '') return []
        const rated = value === undefined ? 'not rated' : `${value} of ${form.scale.most}`
        return [[`${subject}: ${rated}`, comment.trim()].filter(Boolean).join('. ')]
      })
    case 'links':
      return form.links.flatMap(({ note }) => (note.trim() === '' ? [] : [note]))
  }
}

/** Whether anything was written in a section; its template's own rows do not count until something is said in them. */
export const isAnswered = (section: Section): boolean =>
  plainLines(section.body).some((line) => line.trim() !== '') || isFilled(section)

function isFilled(form: Form): boolean {
  switch (form.type) {
    case 'text':
      return false
    case 'checklist':
      return form.items.some(({ done }) => done)
    case 'table':
      return form.rows.some(({ cells }) =>
        form.columns.some(({ holds }, column) => holds !== 'label' && cells[column]?.trim() !== ''),
      )
    case 'rating':
      return form.ratings.some(({ value }) => value !== undefined)
    case 'links':
      return form.links.length > 0
  }
}

/** What kind of worksheet it is, how far it is, what people said, and the answers to the three questions. */
export function worksheetFacts(worksheet: Worksheet): Fact[] {
  const { sections, sort = 'notes' } = worksheet
  const voices = findByKey(sections, 'voices')
  return [
    { name: 'worksheet', value: sort },
    { name: 'sections', value: sections.length },
    { name: 'sections-answered', value: sections.filter(isAnswered).length },
    ...(voices?.type === 'table'
      ? [{ name: 'voices', part: voices.id, value: formLines(voices).length }]
      : []),
    ...questionKeys.flatMap((key) => {
      const section = findByKey(sections, key)
      const line = section === undefined ? '' : firstLine(section)
      return section === undefined || line === ''
        ? []
        : [{ name: `answer-${key}`, part: section.id, value: line }]
    }),
  ]
}

/** The documents that sections name, and those that were made out of the answers. */
export function worksheetReferences({ sections, became }: Worksheet): Reference[] {
  const aim = findByKey(sections, 'aim')
  return [
    ...sections.flatMap((section) =>
      section.type !== 'links'
        ? []
        : section.links.map(({ documentId, part }) => ({
            part: section.id,
            documentId,
            relation: 'names',
            ...(part === undefined ? {} : { targetPart: part }),
          })),
    ),
    ...became.map(({ documentId }) => ({
      documentId,
      relation: 'became',
      ...(aim === undefined ? {} : { part: aim.id }),
    })),
  ]
}

/** A worksheet stands at the aim: it says what is wanted, before anybody draws what leads there. */
export function throughWorksheet({ sections }: Worksheet, part: string): readonly ThroughPart[] {
  const section = sections.find(({ id }) => id === part)
  if (section === undefined) return []
  return [{ station: 'aim', part, label: firstLine(section) || section.heading.trim() }]
}

/** All of it as one list, a line for each thing that is said; then each section's own table. */
export function worksheetTables(worksheet: Worksheet): readonly Table[] {
  const isOther = isOtherwise(worksheet)
  const sections = sectionsShown(worksheet)
  return [
    {
      name: 'Worksheet',
      columns: ['Section', 'Row', 'Column', 'Text'],
      rows: sections.flatMap((section) => linesOf(section, titleOf(section, isOther))),
    },
    ...sections.flatMap((section) => ownTable(section, titleOf(section, isOther))),
  ]
}

function linesOf(section: Section, title: string): (string | number | undefined)[][] {
  const [table] = ownTable(section, title)
  return [
    ...plainLines(section.body)
      .filter((line) => line.trim() !== '')
      .map((line) => [title, undefined, undefined, line]),
    ...(table?.rows ?? []).flatMap((cells, row) =>
      cells.flatMap((cell, column) =>
        cell === undefined || cell === '' ? [] : [[title, row + 1, table?.columns[column], cell]],
      ),
    ),
  ]
}

function ownTable(form: Form, name: string): Table[] {
  switch (form.type) {
    case 'text':
      return []
    case 'checklist':
      return [
        {
          name,
          columns: ['Item', 'Done'],
          rows: form.items.map(({ text, done }) => [text, done ? 'yes' : 'no']),
        },
      ]
    case 'table':
      return [
        {
          name,
          columns: form.columns.map((column) => column.name),
          rows: form.rows.map(({ cells }) => cells),
        },
      ]
    case 'rating':
      return [
        {
          name,
          columns: ['Who', `From 1 to ${form.scale.most}`, 'Comment'],
          rows: form.ratings.map(({ subject, value, comment }) => [subject, value, comment]),
        },
      ]
    case 'links':
      return [
        {
          name,
          columns: ['Document', 'Note'],
          rows: form.links.map(({ documentId, note }) => [documentId, note]),
        },
      ]
  }
}

/** The days that stand in tables. */
export const worksheetDates = ({ sections }: Worksheet): DatedEntry[] =>
  sections.flatMap((section) =>
    section.type !== 'table'
      ? []
      : section.rows.flatMap(({ cells }) =>
          section.columns.flatMap(({ name, holds }, column) => {
            const date = cells[column] ?? ''
            if (holds !== 'date' || date === '') return []
            return [
              {
                date,
                label: [cells[0]?.trim(), name.toLowerCase()].filter(Boolean).join(': '),
                part: section.id,
              },
            ]
          }),
        ),
  )

/** The same worksheet with nothing written in it: what it asks alone. */
export const withoutAnswers = (worksheet: Worksheet): Worksheet => ({
  ...worksheet,
  became: [],
  sections: worksheet.sections.map((section) => ({ ...section, ...emptied(section), body: [] })),
})

function emptied(form: Form): Form {
  switch (form.type) {
    case 'text':
      return form
    case 'checklist':
      return { ...form, items: form.items.map(({ done, ...item }) => item) }
    case 'table':
      return {
        ...form,
        rows: form.rows.flatMap((row) => {
          const cells = row.cells.map((cell, column) => (form.columns[column]?.holds === 'label' ? cell : ''))
          return cells.some((cell) => cell !== '') ? [{ ...row, cells }] : []
        }),
      }
    case 'rating':
      return { ...form, ratings: form.ratings.map(({ value, ...rating }) => ({ ...rating, comment: '' })) }
    case 'links':
      return { ...form, links: [] }
  }
}
