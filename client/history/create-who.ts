import { type Accessor, createEffect, createMemo, createSignal, on } from 'solid-js'
import { createLoad } from '../ui/load.tsx'
import { findAuthors } from './requests.ts'
import { type Passage, type Writer, writersOf } from './writers.ts'

/** Who wrote what: of every passage when it is asked for, or of the one part that is chosen. */
export interface Who {
  /** Every passage says it. */
  readonly isShown: Accessor<boolean>
  show(isShown: boolean): void
  readonly chosen: Accessor<string | undefined>
  choose(part: string | undefined): void
  /** Undefined while nobody knows yet. */
  of(passage: Passage): readonly Writer[] | undefined
}

/** Asks the server only once somebody wants to know, and again when the document has changed. */
export function createWho(documentId: string, changes: Accessor<number>): Who {
  const [isShown, show] = createSignal(false)
  const [chosen, choose] = createSignal<string>()
  const asked = createMemo(() => (isShown() || chosen() !== undefined ? documentId : undefined))
  const authors = createLoad(asked, findAuthors)
  createEffect(on(changes, () => void authors.reload(), { defer: true }))
  return {
    isShown,
    show,
    chosen,
    choose,
    of(passage) {
      const known = authors.data()
      return known && writersOf(known, passage)
    },
  }
}
