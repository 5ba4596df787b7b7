import type { NewRow } from '../rows.ts'
import {
  type Became,
  type CheckItem,
  type Column,
  cellName,
  type DocumentLink,
  type Form,
  type Rating,
  type SectionWords,
} from './model.ts'

/*
 * What a row is born with, whether a template's or one that somebody adds: all its texts, so that nobody ever has to create
 * one under a key that a colleague uses as well (Y2).
 */

/** A section's row; `otherOrder` is its place in the other wording, where it has one there. */
export const sectionRow = (section: SectionWords & Form, otherOrder?: string): NewRow => ({
  texts: { heading: section.heading, otherwise: section.otherwise?.heading ?? '' },
  scalars: {
    type: section.type,
    key: section.key,
    otherOrder,
    guidance: section.guidance,
    prompts: section.prompts.length === 0 ? undefined : JSON.stringify(section.prompts),
    example: section.example,
    exampleFrom: section.exampleFrom,
    source: section.source,
    check: section.check,
    columns: section.type === 'table' ? JSON.stringify(section.columns) : undefined,
    scale: section.type === 'rating' ? JSON.stringify([section.scale]) : undefined,
  },
})

/** The rows of all that a section holds beside its text. */
export function itemRows(form: Form): readonly NewRow[] {
  switch (form.type) {
    case 'text':
      return []
    case 'checklist':
      return form.items.map(checkItemRow)
    case 'table':
      return form.rows.map(({ cells }) => tableRow(form.columns, cells))
    case 'rating':
      return form.ratings.map(ratingRow)
    case 'links':
      return form.links.map(linkRow)
  }
}

export const checkItemRow = ({ text, done }: Omit<CheckItem, 'id' | 'order'>): NewRow => ({
  texts: { text },
  scalars: { done },
})

/** Words are typed in together; a day is chosen, and is a value as a whole. */
export function tableRow(columns: readonly Column[], cells: readonly string[]): NewRow {
  const texts: Record<string, string> = {}
  const scalars: Record<string, string | undefined> = {}
  columns.forEach(({ holds }, column) => {
    const cell = cells[column] ?? ''
    if (holds === 'date') scalars[cellName(column)] = cell === '' ? undefined : cell
    else texts[cellName(column)] = cell
  })
  return { texts, scalars }
}

export const ratingRow = ({ subject, value, comment }: Omit<Rating, 'id' | 'order'>): NewRow => ({
  texts: { subject, comment },
  scalars: { value },
})

export const linkRow = ({ documentId, part, note }: Omit<DocumentLink, 'id' | 'order'>): NewRow => ({
  texts: { note },
  scalars: { documentId, part },
})

export const becameRow = ({ documentId }: Pick<Became, 'documentId'>): NewRow => ({ scalars: { documentId } })
