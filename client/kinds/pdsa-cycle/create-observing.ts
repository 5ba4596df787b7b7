import { type Accessor, createSignal, onCleanup } from 'solid-js'
import { addObservation, removeCycleRow, restoreCycleRow } from '#shared/kinds/pdsa-cycle/edits.ts'
import { rowMap, rowText } from '#shared/kinds/rows.ts'
import { now } from '../../clock.ts'
import type { OpenDocument } from '../../sync/open-document.ts'
import { bindText } from '../../sync/text-binding.ts'

/** A field in which one writes down what one sees. */
export interface Observing {
  /** The observation that is being written; undefined while the field is empty. */
  readonly id: Accessor<string | undefined>
  /** Makes `field` the place to write in, for as long as the owner lives. */
  take(field: HTMLTextAreaElement): void
  /** It is written: the field is free for the next. */
  finish(): void
}

/**
 * Writing down what one sees in as few steps as there can be: go into the field, type, done. With the first letter the
 * observation is in the document, at that time, and from there on it is the document's text that is typed in: a phone that
 * goes dark in the middle of a word loses nothing, and nobody else's words are in the way.
 */
export function createObserving(
  open: OpenDocument,
  me: string,
  onRefused: (sentence: string) => void,
): Observing {
  const [id, setId] = createSignal<string>()
  let field: HTMLTextAreaElement | undefined
  let release: (() => void) | undefined

  function onInput(): void {
    const written = id()
    if (written === undefined) begin()
    else bringBack(written)
  }

  function begin(): void {
    if (field === undefined || field.value.trim() === '' || !open.canEdit()) return
    const added = addObservation(open.edit, open.doc, { text: field.value, at: now() })
    const text = rowText(open.doc, 'observations', added, 'text')
    if (text === undefined) return
    setId(added)
    release = bindText(field, text, open, { onRefused })
  }

  /** Undone to its beginning, or removed by a colleague, and written on: then it is there again. */
  function bringBack(written: string): void {
    const isRemoved = rowMap(open.doc, 'observations', written)?.has('removed') === true
    if (isRemoved && open.canEdit()) restoreCycleRow(open.edit, open.doc, 'observations', written)
  }

  function finish(): void {
    const written = id()
    release?.()
    release = undefined
    if (written === undefined || field === undefined) return
    setId(undefined)
    const isEmpty = rowText(open.doc, 'observations', written, 'text')?.toString().trim() === ''
    if (isEmpty && open.canEdit()) removeCycleRow(open.edit, open.doc, 'observations', written, me)
    field.value = ''
  }

  onCleanup(finish)
  return {
    id,
    take(element) {
      field = element
      element.addEventListener('input', onInput)
      onCleanup(() => element.removeEventListener('input', onInput))
    },
    finish,
  }
}
