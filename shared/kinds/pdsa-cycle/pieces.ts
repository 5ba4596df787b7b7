import { type Block, plain, type Span } from '../../content/blocks.ts'
import type { Cycle, RichField, ShortField } from './model.ts'
import { isFilled, isWritten } from './text.ts'
import { richNames, shortNames } from './words.ts'

/*
 * The pieces that a cycle's report is set of. What is empty yields nothing, so that a report holds only what is written.
 */

export const section = (title: string, blocks: readonly Block[]): readonly Block[] =>
  blocks.length === 0 ? [] : [heading(2, title), ...blocks]

const heading = (level: 2 | 3, text: string): Block => ({ type: 'heading', level, spans: plain(text) })

export const titled = (title: string, blocks: readonly Block[]): readonly Block[] =>
  blocks.length === 0 ? [] : [heading(3, title), ...blocks]

export const paragraph = (text: string, part?: string): Block => ({
  type: 'paragraph',
  spans: plain(text),
  ...(part === undefined ? {} : { part }),
})

export const listOf = (items: readonly (readonly Block[])[]): Block => ({
  type: 'list',
  ordered: false,
  items,
})

export const line = (label: string, text: string): Block[][] =>
  isFilled(text) ? [[{ type: 'paragraph', spans: labeledSpans(label, text) }]] : []

export const labeled = (label: string, text: string, part?: string): readonly Block[] =>
  isFilled(text)
    ? [{ type: 'paragraph', spans: labeledSpans(label, text), ...(part === undefined ? {} : { part }) }]
    : []

const labeledSpans = (label: string, text: string): readonly Span[] => [
  { text: `${label}: `, bold: true },
  { text },
]

export const short = (texts: Cycle['texts'], ...fields: readonly ShortField[]): readonly Block[] =>
  fields.flatMap((field) => labeled(shortNames[field], texts[field].trim(), field))

/** A long text behind its label: on its line where the text is one paragraph, under it otherwise. */
export const long = (rich: Cycle['rich'], ...fields: readonly RichField[]): readonly Block[] =>
  fields.flatMap((field): readonly Block[] => {
    const blocks = rich[field]
    if (!isWritten(blocks)) return []
    const [only] = blocks
    const label: Span = { text: `${richNames[field]}: `, bold: true }
    if (blocks.length === 1 && only?.type === 'paragraph')
      return [{ type: 'paragraph', spans: [label, ...only.spans], part: field }]
    return [
      { type: 'paragraph', spans: [{ text: richNames[field], bold: true }], part: field },
      ...blocks.map((block) => (block.type === 'paragraph' ? { ...block, part: field } : block)),
    ]
  })

export const joined = (first: string, others: readonly string[]): string => {
  const rest = others.filter(isFilled).join(', ')
  if (!isFilled(first)) return rest
  return rest === '' ? first.trim() : `${first.trim()}: ${rest}`
}

export const rowList = (part: string, rows: readonly string[]): readonly Block[] =>
  rows.length === 0 ? [] : [listOf(rows.map((text) => [paragraph(text, part)]))]
