import { type Accessor, createSignal } from 'solid-js'
import { addRow, moveRow, removeRow, restoreRow } from '#shared/kinds/rows.ts'
import { showToast } from '../ui/toasts.tsx'
import { createRows, type ShownRows } from './create-rows.ts'
import { focusFirst, useForm } from './form.ts'
import { createRowDrag, type RowDrag } from './row-drag.ts'

export interface RowListOptions {
  /** The list in the document. */
  readonly list: string
  /** One of its rows, e.g. "task". */
  readonly one: string
  /** All short texts that a row is born with. */
  readonly texts: readonly string[]
  /** The element whose children are the rows, each with `data-row`. */
  readonly element: () => HTMLElement
}

/** A co-edited list: its rows, what can be done with them, and where the keyboard goes with it. */
export interface RowList extends Pick<ShownRows, 'ids' | 'goneBy'> {
  readonly drag: RowDrag
  /** What was said last to those who hear the page. */
  readonly said: Accessor<string>
  /** Adds a row after another one, or at the end, and goes into it. */
  add(after?: string): void
  /** Moves a row to a place among all, counted from 0; one beyond the ends is not moved. */
  move(row: string, index: number): void
  /** Removes a row, with a way back, and goes to the next. */
  remove(row: string): void
  restore(row: string): void
  /** Takes from sight what was removed under the reader's hands, once they have left it. */
  left(): void
}

/** A list that several people shape at once. Call inside of a form. */
export function createRowList({ list, one, texts, element }: RowListOptions): RowList {
  const { open, me } = useForm()
  const [said, say] = createSignal('', { equals: false })
  const rowElement = (row: string) =>
    element()?.querySelector<HTMLElement>(`:scope > [data-row="${CSS.escape(row)}"]`)
  const { ids, goneBy, refresh } = createRows(open.doc, list, {
    // Who removes a row goes on to the next; only a colleague's removal is met by surprise.
    isKept: (row, by) => by !== me.id && rowElement(row)?.contains(document.activeElement) === true,
    around: (change) => keepFocus(element(), change),
  })

  const goTo = (row: string) => {
    const element = rowElement(row)
    // Words first, also where a row begins with something else, such as a tick.
    const words = element?.querySelector<HTMLElement>('textarea')
    if (words) words.focus()
    else if (element != null) focusFirst(element)
  }

  function add(after?: string): void {
    const row = { texts: Object.fromEntries(texts.map((name) => [name, ''])) }
    goTo(addRow(open.edit, open.doc, list, after === undefined ? row : { ...row, after }))
  }

  function move(row: string, index: number): void {
    if (index < 0 || index >= ids().length) return
    moveRow(open.edit, open.doc, list, row, index)
    say(`Moved to ${index + 1} of ${ids().length}.`)
  }

  function remove(row: string): void {
    const at = ids().indexOf(row)
    removeRow(open.edit, open.doc, list, row, me.id)
    const next = ids()[Math.min(at, ids().length - 1)]
    if (next !== undefined) goTo(next)
    else element().parentElement?.querySelector<HTMLElement>('.form-add')?.focus()
    showToast({
      text: `${capital(one)} removed.`,
      action: { label: 'Undo', run: () => restore(row) },
    })
  }

  const restore = (row: string) => restoreRow(open.edit, open.doc, list, row)

  return {
    ids,
    goneBy,
    drag: createRowDrag(() => [...element().children] as HTMLElement[], ids, move),
    said,
    add,
    move,
    remove,
    restore,
    left() {
      if (ids().some((row) => goneBy(row) !== undefined)) setTimeout(refresh)
    },
  }
}

/** A row that moves in the page loses the keyboard; whoever was in it stays in it. */
function keepFocus(list: HTMLElement, change: () => void): void {
  const standing = document.activeElement
  change()
  if (standing instanceof HTMLElement && list.contains(standing) && document.activeElement !== standing)
    standing.focus({ preventScroll: true })
}

export const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)
