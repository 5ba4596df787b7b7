import * as v from 'valibot'
import type { Person } from './people.ts'

/** How edits came in: over the socket or HTTP, by restoring, importing, taking a step, or from the product itself. */
export type CameBy = 'ws' | 'http' | 'restore' | 'import' | 'transition' | 'system'

/** What someone wrote without a longer pause, or one restoration, step or import: rows of the update log that follow each other. */
export interface Stretch {
  readonly firstSeq: number
  readonly lastSeq: number
  /** Nobody in particular where the program itself wrote. */
  readonly by?: Person
  /** When the first and the last of it were written, in milliseconds. */
  readonly from: number
  readonly to: number
  readonly via: CameBy
}

/** `GET /api/documents/:id/history?before=`: stretches, the newest first. */
export interface HistoryPage {
  readonly stretches: readonly Stretch[]
  /** Ask with this for older ones; absent when there are none. */
  readonly before?: number
}

/** Who wrote at a place of the document last, and when: as the log's verified accounts say, not as a document may claim. */
export interface PlaceAuthor {
  /** The root and, inside a map, the key: `notes/c1`, `cards/c1`. */
  readonly place: string
  readonly by: Person
  readonly at: number
}

/** `GET /api/documents/:id/authors?seq=`: of the document as it was then, or as it is now. */
export interface Authors {
  readonly places: readonly PlaceAuthor[]
}

/** What `POST /api/documents/:id/restoration` {seq, since?, note?} did. */
export interface Restored {
  /** The last row before the restoration. Restoring it `since` the restoration takes back what that did, and nothing else. */
  readonly seqBefore: number
  /** The row that the restoration is; where nothing changed, the one before. */
  readonly seq: number
  /** False where the document said all of it already. */
  readonly isChanged: boolean
}

export const restorationSchema = v.object({
  seq: v.pipe(
    v.number('Say which moment to restore: seq is a number.'),
    v.safeInteger('Say which moment to restore: seq is a whole number.'),
    v.minValue(1, 'The first moment of a document is 1.'),
  ),
  /** Only what was written up to this row gives way: what people wrote after it stays. Absent: up to now. */
  since: v.optional(
    v.pipe(
      v.number('Say since when: since is a number.'),
      v.safeInteger('Say since when: since is a whole number.'),
      v.minValue(1, 'The first moment of a document is 1.'),
    ),
  ),
  note: v.optional(
    v.pipe(
      v.string('A note is a text.'),
      v.trim(),
      v.maxLength(2000, 'A note has at most 2,000 characters.'),
    ),
  ),
})
