import * as v from 'valibot'
import type { KindName } from './kinds/index.ts'

/** A stretch of text as it is shown; `isMatch` where it is one of the words that were looked for. */
export interface MarkedText {
  readonly text: string
  readonly isMatch?: true
}

/** One place where all the words were found: a document's title, or a passage of its text. */
export interface SearchResult {
  readonly documentId: string
  readonly kind: KindName
  readonly title: string
  /** Absent for a document of the network itself. */
  readonly teamId?: string
  /** The words are in the title, and `passage` is the title. */
  readonly isTitle?: true
  /** The part of the document that the passage stands in; `/documents/:id#part` opens it there. */
  readonly part?: string
  /** The passage around the words, cut where it is long. */
  readonly passage: readonly MarkedText[]
}

/** Limits of a search. */
export const searchLimits = {
  /** Characters that may be asked for. */
  query: 200,
  /** Results in all. */
  results: 50,
  /** Results of one document, so that a long one does not fill the list. */
  ofDocument: 5,
} as const

/** `GET /api/networks/:id/search?q=`: what to look for, as it was typed. Nothing typed finds nothing. */
export const searchSchema = v.object({
  q: v.optional(
    v.pipe(
      v.string(),
      v.maxLength(searchLimits.query, `Search for at most ${searchLimits.query} characters.`),
    ),
    '',
  ),
})
