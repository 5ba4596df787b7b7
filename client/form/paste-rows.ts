import type * as Y from 'yjs'
import { readDelimited } from '#shared/content/delimited.ts'
import type { Edit } from '#shared/kinds/edit.ts'
import { addRows, rowText } from '#shared/kinds/rows.ts'

/** Cells that were copied from a spreadsheet; undefined for words that belong into one field. */
export function readCells(pasted: string): readonly (readonly string[])[] | undefined {
  if (!/[\t\n]/.test(pasted.trim())) return undefined
  const read = readDelimited(pasted, '\t')
  if ('problem' in read) return undefined
  const rows = read.rows.map(({ cells }) => cells.map((cell) => cell.replace(/\s+/g, ' ').trim()))
  const filled = rows.filter((cells) => cells.some((cell) => cell !== ''))
  return filled.length === 0 ? undefined : filled
}

export interface Paste {
  readonly list: string
  /** The short texts of a row, in the order of its columns; others that it is born with come after them. */
  readonly texts: readonly string[]
  /** Where it was pasted: it is filled itself while it holds no words, and rows follow it. */
  readonly row: string
  readonly column: string
}

/** Writes cells into rows from one column on, as one undo step; answers how many rows there came to be. */
export function pasteRows(
  edit: Edit,
  doc: Y.Doc,
  { list, texts, row, column }: Paste,
  cells: readonly (readonly string[])[],
): number {
  const from = Math.max(0, texts.indexOf(column))
  const wordsOf = (line: readonly string[]) =>
    Object.fromEntries(texts.map((name, index) => [name, line[index - from] ?? '']))
  const [first, ...rest] = cells
  const isEmpty = texts.every((name) => (rowText(doc, list, row, name)?.length ?? 0) === 0)
  const added = isEmpty ? rest : cells
  const fill = () => {
    for (const [name, words] of Object.entries(wordsOf(first ?? [])))
      if (words !== '') rowText(doc, list, row, name)?.insert(0, words)
  }
  if (added.length === 0) edit(fill)
  else
    addRows(
      withFirst(edit, isEmpty ? fill : undefined),
      doc,
      list,
      added.map((line) => ({ texts: wordsOf(line) })),
      row,
    )
  return added.length
}

/** The row that was pasted in is filled in the same step in which the others appear. */
function withFirst(edit: Edit, first: (() => void) | undefined): Edit {
  return (change, options) =>
    edit(() => {
      if (options?.tracked !== false) first?.()
      return change()
    }, options)
}
