import { type Accessor, createEffect, createMemo, createSignal, on } from 'solid-js'
import type { PlaceAuthor } from '#shared/history.ts'
import { createLoad } from '../ui/load.tsx'
import { authorOfPart } from './authors.ts'
import { findAuthors } from './requests.ts'

/** Who wrote what: of every passage when it is asked for, or of the one part that is chosen. */
export interface Who {
  /** Every passage says it. */
  readonly isShown: Accessor<boolean>
  show(isShown: boolean): void
  readonly chosen: Accessor<string | undefined>
  choose(part: string | undefined): void
  /** Nobody knows yet. */
  readonly isAsking: Accessor<boolean>
  /** Who wrote a part last; undefined where that is not known. */
  of(part: string): PlaceAuthor | undefined
}

export interface WhoOptions {
  readonly documentId: string
  /** The moment that is asked about; undefined: now. */
  readonly seq: Accessor<number | undefined>
  /** Counts up whenever the document has changed. */
  readonly changes: Accessor<number>
}

/** Asks the server only once somebody wants to know, and again when the document has changed. */
export function createWho({ documentId, seq, changes }: WhoOptions): Who {
  const [isShown, show] = createSignal(false)
  const [chosen, choose] = createSignal<string>()
  const asked = createMemo(() => (isShown() || chosen() !== undefined ? (seq() ?? 'now') : undefined))
  const authors = createLoad(asked, (at) => findAuthors(documentId, at === 'now' ? undefined : at))
  createEffect(on(changes, () => asked() === 'now' && void authors.reload(), { defer: true }))
  return {
    isShown,
    show,
    chosen,
    choose,
    isAsking: () => authors.data() === undefined && authors.problem() === undefined,
    of: (part) => authorOfPart(authors.data()?.places ?? [], part),
  }
}
