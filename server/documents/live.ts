import type * as Y from 'yjs'
import type { Statement } from '../db/database.ts'

/** The committed state of a document: a clone that its reader may do with as it likes. */
export interface LiveDocument {
  readonly doc: Y.Doc
  readonly seq: number
  readonly epoch: string
}

/** Reads the live committed state; the engine above provides it. */
export type ReadLive = (documentId: string) => Promise<LiveDocument>

/** What one commit of edits and rows does, worked out in one synchronous step on the live documents (D7). */
export interface PlannedCommit<T> {
  readonly edits: readonly { readonly documentId: string; edit(doc: Y.Doc): void }[]
  readonly statements: readonly Statement[]
  readonly author?: string
  readonly via: 'http' | 'restore' | 'import' | 'transition' | 'system'
  readonly answer: T
}

/** D7: all or nothing, durable before anyone sees it; the engine above provides it. */
export type Commit = <T>(
  documentIds: readonly string[],
  work: (live: readonly (LiveDocument & { readonly id: string })[]) => PlannedCommit<T>,
) => Promise<T>

/** The accounts of those who have a document open at this moment; the engine above provides it. */
export type PresentIn = (documentId: string) => readonly string[]

/** Derives anew what is derived from these documents, once their records are others. Never rejects. */
export type ProjectAgain = (documentIds: readonly string[]) => Promise<void>
