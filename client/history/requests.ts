import type { Authors, HistoryPage } from '#shared/history.ts'
import type { Records } from '#shared/records.ts'
import { answer, api } from '../api.ts'

/** A document at one moment: its model, which only its kind knows, and its records. */
export interface Content {
  readonly model: unknown
  readonly records: Records
}

/** Stretches of work, the newest first; `before` is the row of the log from which older ones are asked for. */
export const listStretches = (id: string, before?: number): Promise<HistoryPage> =>
  answer(
    api.documents[':id'].history.$get({
      param: { id },
      query: before === undefined ? {} : { before: String(before) },
    }),
  )

export const findContentAt = (id: string, seq: number): Promise<Content> =>
  answer(api.documents[':id'].history[':seq'].content.$get({ param: { id, seq: String(seq) } }))

/** Who wrote last at each place of the document, as it was at a moment or as it is now. */
export const findAuthors = (id: string, seq?: number): Promise<Authors> =>
  answer(
    api.documents[':id'].authors.$get({
      param: { id },
      query: seq === undefined ? {} : { seq: String(seq) },
    }),
  )
