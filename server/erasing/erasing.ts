import {
  type ErasedPassage,
  type Erasure,
  type ErasureAnswer,
  type ErasurePreview,
  findWords,
  valueWithoutWords,
} from '#shared/erasure.ts'
import { AppError } from '#shared/errors.ts'
import { kinds } from '#shared/kinds/index.ts'
import { close } from '#shared/sync-protocol.ts'
import type { Storage } from '../attachments/storage.ts'
import { findAttachment } from '../attachments/store.ts'
import { auditEntry } from '../audit.ts'
import { listTaken } from '../backup/taken.ts'
import { type Database, ExpectationFailed, type Statement } from '../db/database.ts'
import type { DocumentGuard, OpenedDocument } from '../documents/guard.ts'
import type { ProjectAgain, ReadLive } from '../documents/live.ts'
import { listDocumentsById, recordsAreOthers } from '../documents/store.ts'
import { recordsOf } from '../records.ts'
import { passagesOf } from '../search/passages.ts'
import { readWholeLog, type WholeLog } from '../sync/begin-anew.ts'
import type { BeginAnew } from '../sync/sync.ts'
import { openWorker } from '../worker.ts'
import type { EraserData, FromEraser } from './eraser.ts'
import { eraseFromRecords } from './records.ts'
import { compactSearch, deleteDerived, deleteWhole, measureWhole } from './whole.ts'

export interface ErasingDeps {
  readonly db: Database
  readonly dataDir: string
  readonly guard: DocumentGuard
  readonly readLive: ReadLive
  readonly beginAnew: BeginAnew
  readonly projectAgain: ProjectAgain
  readonly attachmentStorage: Storage
  readonly now: () => number
}

export interface Erasing {
  /** What would go, and where it stays. Changes nothing. */
  preview(document: OpenedDocument, accountId: string, erasure: Erasure): Promise<ErasurePreview>
  erase(document: OpenedDocument, accountId: string, erasure: Erasure): Promise<ErasureAnswer>
}

/** Enough to see whether the right words are meant; all that there are go. */
const mostPassages = 12

/** Takes things out of documents for good. Who may do so is for the routes to know. */
export function createErasing(deps: ErasingDeps): Erasing {
  const { db, dataDir, now } = deps

  async function preview(
    document: OpenedDocument,
    accountId: string,
    erasure: Erasure,
  ): Promise<ErasurePreview> {
    const none = { now: [], places: 0, records: [], others: [], templates: [] }
    switch (erasure.what) {
      case 'document':
        return {
          ...none,
          whole: await measureWhole(db, document.id),
          backups: await listTaken(dataDir, document.createdAt),
        }
      case 'file': {
        const { name, bytes, at } = await getFile(document, erasure.file)
        return { ...none, file: { name, bytes }, backups: await listTaken(dataDir, at) }
      }
      case 'words':
        return previewWords(document, accountId, erasure.words)
    }
  }

  async function previewWords(
    document: OpenedDocument,
    accountId: string,
    words: string,
  ): Promise<ErasurePreview> {
    const name = { documentId: document.id, epoch: document.epoch }
    const { changes, since } = await runEraser(await readWholeLog(db, name), words)
    const found = (await passagesNow(document)).filter(({ text }) => findWords(text, words).length > 0)
    return {
      now: found.slice(0, mostPassages),
      places: found.length,
      ...(since !== undefined && { earlier: { changes, since } }),
      records: (await eraseFromRecords(db, document.id, words, now())).found,
      others: await listOthers(document, accountId, words),
      templates: await listTemplates(document.networkId, words),
      backups: await listTaken(dataDir, since ?? document.createdAt),
    }
  }

  async function passagesNow(document: OpenedDocument): Promise<readonly ErasedPassage[]> {
    const kind = kinds[document.kind]
    const { doc } = await deps.readLive(document.id)
    const blocks = kind.blocks(kind.read(doc), await recordsOf(db, document))
    doc.destroy()
    return passagesOf(blocks)
  }

  async function listOthers(
    { id, networkId }: OpenedDocument,
    accountId: string,
    words: string,
  ): Promise<ErasurePreview['others']> {
    const pattern = `%${words.replace(/[\\%_]/g, '\\$&')}%`
    const found = await db.read<{ readonly id: string }>(
      `SELECT DISTINCT document.id FROM document LEFT JOIN passage ON passage.document_id = document.id
      WHERE document.network_id = ?1 AND document.id <> ?2
        AND (passage.text LIKE ?3 ESCAPE '\\' OR document.title LIKE ?3 ESCAPE '\\')`,
      [networkId, id, pattern],
    )
    const rows = await listDocumentsById(
      db,
      found.map((row) => row.id),
    )
    const opened = await Promise.all(rows.map((row) => deps.guard.open(accountId, row)))
    return opened.flatMap((other) => (other ? [{ id: other.id, title: other.title, kind: other.kind }] : []))
  }

  async function listTemplates(networkId: string, words: string): Promise<readonly string[]> {
    const rows = await db.read<{
      readonly name: string
      readonly sentence: string
      readonly content: string
    }>('SELECT name, sentence, content FROM network_template WHERE network_id = ? ORDER BY name', [networkId])
    return rows.filter((row) => valueWithoutWords(row, words) !== row).map(({ name }) => name)
  }

  async function getFile({ id }: OpenedDocument, file: string) {
    const row = await findAttachment(db, file)
    if (row === undefined || row.documentId !== id)
      throw new AppError('not-found', 'This document has no such file.')
    return row
  }

  async function erase(
    document: OpenedDocument,
    accountId: string,
    erasure: Erasure,
  ): Promise<ErasureAnswer> {
    try {
      const since = await eraseFrom(document, accountId, erasure)
      await db.forgetDeleted()
      return { backups: await listTaken(dataDir, since) }
    } catch (error) {
      if (!(error instanceof ExpectationFailed)) throw error
      throw new AppError(
        'conflict',
        'Something of it was changed in the same moment. Nothing was erased; try again.',
      )
    }
  }

  /** Answers since when it was there. */
  async function eraseFrom(document: OpenedDocument, accountId: string, erasure: Erasure): Promise<number> {
    const audit = (action: string, detail: Readonly<Record<string, string | number>> = {}): Statement =>
      auditEntry({
        networkId: document.networkId,
        accountId,
        action,
        subject: document.id,
        detail,
        at: now(),
      })
    switch (erasure.what) {
      case 'document':
        await eraseDocument(document, audit('document-erased', { kind: document.kind }))
        return document.createdAt
      case 'file': {
        const { at } = await getFile(document, erasure.file)
        await eraseFile(document, erasure.file, audit('file-erased', { file: erasure.file }))
        return at
      }
      case 'words':
        return eraseWords(document, erasure.words, (changes) => audit('words-erased', { changes }))
    }
  }

  async function eraseDocument({ id }: OpenedDocument, audit: Statement): Promise<void> {
    const files = await db.read<{ readonly id: string }>('SELECT id FROM attachment WHERE document_id = ?', [
      id,
    ])
    await deps.beginAnew(id, async () => ({
      statements: [...deleteWhole(id), audit, compactSearch],
      farewell: { code: close.gone, reason: 'This document was erased.' },
      answer: undefined,
    }))
    for (const file of files) await deps.attachmentStorage.remove(file.id)
  }

  async function eraseFile({ id }: OpenedDocument, file: string, audit: Statement): Promise<void> {
    await db.write([
      { sql: 'DELETE FROM attachment WHERE id = ? AND document_id = ?', args: [file, id], expect: 1 },
      audit,
      recordsAreOthers(id),
    ])
    await deps.attachmentStorage.remove(file)
    await deps.projectAgain([id])
  }

  async function eraseWords(
    { id, createdAt }: OpenedDocument,
    words: string,
    audit: (changes: number) => Statement,
  ): Promise<number> {
    const since = await deps.beginAnew(id, async (log) => {
      const { rows, state, owners, changes, since } = await runEraser(log, words)
      const records = await eraseFromRecords(db, id, words, now())
      // Refused bytes go with whatever is erased; they alone are no reason.
      if (changes === 0 && records.found.every(({ what }) => what === 'refused'))
        throw new AppError('not-found', 'These words stand nowhere in this document, nor did they ever.')
      return {
        // Where they stand beside the document alone, nobody's page has to begin anew.
        ...(changes > 0 && { log: { rows, state, owners } }),
        statements: [
          ...records.statements,
          recordsAreOthers(id),
          ...deleteDerived(id),
          audit(changes),
          compactSearch,
        ],
        answer: since ?? createdAt,
      }
    })
    await deps.projectAgain([id])
    return since
  }

  return { preview, erase }
}

async function runEraser(
  log: WholeLog,
  words: string,
): Promise<Extract<FromEraser, { readonly type: 'erased' }>> {
  const eraser = openWorker('erasing/eraser', { ...log, words } satisfies EraserData)
  try {
    const said = await new Promise<FromEraser>((resolve, reject) => {
      eraser.once('message', resolve)
      eraser.once('error', reject)
    })
    if (said.type === 'erased') return said
    if (said.type === 'left')
      throw new AppError(
        'conflict',
        'Another program wrote these words where they cannot be taken out one by one. Erase the whole document instead.',
      )
    throw new Error(`Words could not be erased: ${said.message}`)
  } finally {
    await eraser.terminate()
  }
}
