import { type Accessor, createEffect, createMemo, on } from 'solid-js'
import * as Y from 'yjs'
import { type BlockDifference, blockDifferences, countDifferences } from '#shared/content/differences.ts'
import { type KindName, kinds } from '#shared/kinds/index.ts'
import { findContent } from '../documents/requests.ts'
import { createLoad, type Load } from '../ui/load.tsx'
import { type Content, findContentAt } from './requests.ts'

/** What a moment is compared with. */
export type Against = 'now' | 'before' | 'nothing'

/** Two moments of a document beside each other; of one alone both are the same. */
export interface Comparison {
  readonly before: Content
  readonly after: Content
  readonly differences: readonly BlockDifference[]
  /** How many passages differ. */
  readonly count: number
}

export interface Compared {
  /** The last row of the log that the moment holds. */
  readonly seq: number
  /** The last row before what the moment brought. */
  readonly seqBefore: number
}

export interface ComparisonOptions {
  readonly documentId: string
  readonly kind: KindName
  readonly moment: Accessor<Compared | undefined>
  readonly against: Accessor<Against>
  /** Counts up whenever the document has changed. */
  readonly changes: Accessor<number>
}

/** The chosen moment beside what it is compared with, read when one of them changes. */
export function createComparison(options: ComparisonOptions): Load<Comparison> {
  const { documentId, kind, moment, against } = options
  const past = new Map<number, Promise<Content>>()
  const contentAt = (seq: number): Promise<Content> => {
    const known = past.get(seq) ?? readAt(documentId, kind, seq)
    past.set(seq, known)
    known.catch(() => past.delete(seq))
    return known
  }
  const read = async (against: Against, { seq, seqBefore }: Compared): Promise<Comparison> => {
    const chosen = contentAt(seq)
    if (against === 'now') return compared(kind, await Promise.all([chosen, findContent(documentId)]))
    if (against === 'before') return compared(kind, await Promise.all([contentAt(seqBefore), chosen]))
    return compared(kind, [await chosen, await chosen])
  }
  // By value: a moment that is read again is no other one.
  const key = createMemo(() => {
    const chosen = moment()
    return chosen && `${against()} ${chosen.seq} ${chosen.seqBefore}`
  })
  const load = createLoad(key, () => read(against(), moment() as Compared))
  createEffect(on(options.changes, () => against() === 'now' && void load.reload(), { defer: true }))
  return load
}

/** Before the first row of the log there is nothing. What was written is never written anew: it is read once. */
const readAt = (documentId: string, kind: KindName, seq: number): Promise<Content> =>
  seq < 1
    ? Promise.resolve({ model: kinds[kind].read(new Y.Doc()), records: {} })
    : findContentAt(documentId, seq)

function compared(kind: KindName, [before, after]: readonly [Content, Content]): Comparison {
  const blocksOf = ({ model, records }: Content) => kinds[kind].blocks(model, records)
  const differences = blockDifferences(blocksOf(before), blocksOf(after))
  return { before, after, differences, count: countDifferences(differences) }
}
