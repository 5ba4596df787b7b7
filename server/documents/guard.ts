import { type Level, reaches } from '#shared/access.ts'
import { AppError } from '#shared/errors.ts'
import { findKind, type KindName } from '#shared/kinds/index.ts'
import type { Database } from '../db/database.ts'
import type { Access } from '../networks/access.ts'
import { type DocumentRow, findDocument } from './store.ts'

/** A document that someone may open, with what they may do there now. */
export interface OpenedDocument extends DocumentRow {
  readonly kind: KindName
  readonly level: Level
  readonly mayRestore?: true
}

export interface DocumentGuard {
  /** The document as this person may see it; undefined when there is none or they may not know of it. */
  find(accountId: string, documentId: string): Promise<OpenedDocument | undefined>
  /** The same for a row that was read already. */
  open(accountId: string, row: DocumentRow): Promise<OpenedDocument | undefined>
  /** The document, for someone who has at least `needed` on it; throws the right refusal otherwise. */
  get(accountId: string, documentId: string, needed: Level): Promise<OpenedDocument>
}

/**
 * Asks the one access table, and adds what a document's own state means for it: while it is archived, everyone who may
 * see it has `view`, and whoever could edit it may restore it.
 */
export function createDocumentGuard({ db, access }: { db: Database; access: Access }): DocumentGuard {
  async function open(accountId: string, row: DocumentRow): Promise<OpenedDocument | undefined> {
    if (!isKnown(row)) return undefined
    const level = await access.levelOn(accountId, row)
    if (level === undefined) return undefined
    if (row.archivedAt === undefined) return { ...row, level }
    return { ...row, level: 'view', ...(level === 'edit' && { mayRestore: true }) }
  }

  async function find(accountId: string, documentId: string): Promise<OpenedDocument | undefined> {
    const row = await findDocument(db, documentId)
    return row && open(accountId, row)
  }

  return {
    find,
    open,
    async get(accountId, documentId, needed) {
      const document = await find(accountId, documentId)
      if (document === undefined)
        throw new AppError('not-found', 'There is no such document, or it is private.')
      if (reaches(document.level, needed)) return document
      if (document.archivedAt !== undefined && document.mayRestore)
        throw new AppError('conflict', 'This document is archived. Restore it first.')
      throw new AppError('forbidden', `You may ${allowance[document.level]}, not ${needed} it.`)
    },
  }
}

/** The refusal where `isInUse` did not hold. */
export const archivedMeanwhile = () =>
  new AppError('conflict', 'A document was archived in the same moment. Nothing was changed.')

const allowance: Readonly<Record<Level, string>> = {
  view: 'read this document',
  comment: 'read this document and comment on it',
  edit: 'edit this document',
}

/** A kind of a later version of this program is as good as absent to this one. */
const isKnown = (row: DocumentRow): row is DocumentRow & { readonly kind: KindName } =>
  findKind(row.kind) !== undefined
