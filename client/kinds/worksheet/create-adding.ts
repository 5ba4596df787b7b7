import { addSection } from '#shared/kinds/worksheet/edits.ts'
import type { Column, Form } from '#shared/kinds/worksheet/model.ts'
import { usePage } from './page.ts'

/** Adds sections, and puts the keyboard into the heading of the new one. `after`: the section that it follows. */
export function createAdding() {
  const { open, goTo } = usePage()

  function add(form: Form, after: string | undefined): void {
    const place = after === undefined ? {} : { after }
    goTo(addSection(open.edit, open.doc, { heading: '', form, ...place }), 'heading')
  }

  return {
    text: (after?: string) => add({ type: 'text' }, after),
    checklist: (after?: string) => add({ type: 'checklist', items: [] }, after),
    rating: (after?: string) =>
      add({ type: 'rating', scale: { most: 5, lowest: 'not yet', highest: 'fully' }, ratings: [] }, after),
    links: (after?: string) => add({ type: 'links', links: [] }, after),
    table: (columns: readonly Column[], after?: string) => add({ type: 'table', columns, rows: [] }, after),
  }
}
