import { type Block, plain, type Span } from '../../content/blocks.ts'
import type { Fact } from '../../fact.ts'
import type { Reference } from '../kind.ts'
import {
  aimId,
  type Column,
  changeNames,
  type Diagram,
  type Evidence,
  type Link,
  longestTitle,
  statusNames,
} from './model.ts'
import { type OutlineRow, readOutline } from './outline.ts'

/** The diagram in words: the aim, then what leads to it as nested lists, then what leads nowhere yet. */
export function diagramBlocks(diagram: Diagram): Block[] {
  const { aim, rows, loose } = readOutline(diagram)
  return [
    { type: 'paragraph', spans: plain(aim.title), part: aimId },
    ...aimBlocks(diagram),
    ...aim.notes,
    ...(rows.length === 0 ? [] : [listOf(rows)]),
    ...(loose.length === 0 ? [] : [heading('Not linked yet'), listOf(loose)]),
  ]
}

const heading = (text: string): Block => ({ type: 'heading', level: 2, spans: plain(text) })

/** What the aim's statement need not repeat. */
function aimBlocks({ aim }: Diagram): Block[] {
  const lines = [
    ['In scope and out of it', aim.boundary],
    ['Why now', aim.whyNow],
    [
      'Signed by',
      aim.signatories
        .map(({ organization, sector }) => (sector ? `${organization} (${sector})` : organization))
        .join(', '),
    ],
  ] as const
  return lines.flatMap(([label, text]): Block[] =>
    text.trim() === '' ? [] : [{ type: 'paragraph', spans: [{ text: `${label}: `, bold: true }, { text }] }],
  )
}

const listOf = (rows: readonly OutlineRow[]): Block => ({
  type: 'list',
  ordered: false,
  items: rows.map(itemOf),
})

function itemOf(row: OutlineRow): Block[] {
  const { card, link, rows } = row
  const remarks = remarksOf(row)
  const spans: Span[] = [
    {
      text: wordsIn(row),
      ...(card.column === 'primary' ? { bold: true } : {}),
    },
    ...(remarks === '' ? [] : [{ text: ' ' }, { text: `(${remarks})`, italic: true as const }]),
  ]
  return [
    { type: 'paragraph', spans, part: card.id },
    ...(link === undefined ? [] : reasons(link)),
    ...(row.isRepeated ? [] : card.notes),
    ...(rows.length === 0 ? [] : [listOf(rows)]),
  ]
}

/** A long title is said in full once, however many parents the card has. */
function wordsIn({ card: { title }, isRepeated }: OutlineRow): string {
  if (title.trim() === '') return '(no words yet)'
  return isRepeated ? shortened(title) : title
}

const shortened = (title: string): string =>
  title.length > longestTitle ? `${title.slice(0, longestTitle - 1).trimEnd()}…` : title

function remarksOf({ card, link, alsoUnder }: OutlineRow): string {
  const remarks: string[] = []
  if (card.status !== undefined && card.status !== 'proposed')
    remarks.push(statusNames[card.status].toLowerCase())
  if (link?.strength === 'weak') remarks.push('weak link')
  if (link?.polarity === 'hinders') remarks.push('hinders')
  if (alsoUnder.length > 0)
    remarks.push(`also under ${alsoUnder.map(({ title }) => shortened(title)).join('; ')}`)
  return remarks.join(', ')
}

function reasons({ why, evidence, confidence }: Link): Block[] {
  const said = [
    ...(why.trim() === '' ? [] : [why.trim()]),
    ...(confidence === undefined ? [] : [`Confidence ${confidence}\u00a0%.`]),
    ...evidence.map((each) => `Evidence: ${evidenceInWords(each)}`),
  ]
  return said.length === 0 ? [] : [{ type: 'paragraph', spans: [{ text: said.join('\n') }] }]
}

function evidenceInWords({ text, change, why = '' }: Evidence): string {
  const done = change === undefined ? '' : ` (${changeNames[change]})`
  return `${text}${done}${why.trim() === '' ? '' : `: ${why.trim()}`}`
}

/** What boards and search may count. Parts are card ids. */
export function diagramFacts(diagram: Diagram): Fact[] {
  const inColumn = (column: Column) => diagram.cards.filter((card) => card.column === column)
  return [
    { name: 'aim', part: aimId, value: diagram.cards.find(({ id }) => id === aimId)?.title ?? '' },
    { name: 'primary-drivers', value: inColumn('primary').length },
    { name: 'secondary-drivers', value: inColumn('secondary').length },
    { name: 'change-ideas', value: inColumn('idea').length },
    { name: 'links', value: diagram.links.length },
    { name: 'weak-links', value: diagram.links.filter(({ strength }) => strength === 'weak').length },
    ...[...inColumn('primary'), ...inColumn('secondary')].map(({ id, title }) => ({
      name: 'driver',
      part: id,
      value: title,
    })),
    ...inColumn('idea').flatMap(({ id, title, status = 'proposed' }) => [
      { name: 'idea', part: id, value: title },
      { name: 'idea-status', part: id, value: status },
    ]),
    ...diagram.cards.flatMap(({ id, tags }) => tags.map((tag) => ({ name: 'tag', part: id, value: tag }))),
    ...diagram.links.map(({ from, to }) => ({ name: 'leads-to', part: from, value: to })),
  ]
}

/** The cycles and measures that people name as evidence for a link. Parts are the links' ids. */
export const diagramReferences = ({ links }: Diagram): Reference[] =>
  links.flatMap(({ id, evidence }) =>
    evidence.flatMap(({ documentId }) =>
      documentId === undefined ? [] : [{ part: id, documentId, relation: 'evidence' }],
    ),
  )
