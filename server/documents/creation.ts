import { randomUUID } from 'node:crypto'
import * as Y from 'yjs'
import { AppError } from '#shared/errors.ts'
import { newId } from '#shared/ids.ts'
import { type KindName, kinds } from '#shared/kinds/index.ts'
import { limits } from '#shared/sync-protocol.ts'
import type { Database, Statement } from '../db/database.ts'
import type { Access } from '../networks/access.ts'
import { insertDocument } from './store.ts'

export interface StartedDocument {
  readonly networkId: string
  readonly teamId?: string | undefined
  readonly kind: KindName
  readonly title: string
  /** The kind's own model: a template's content, or what was read from another document. */
  readonly content: unknown
  readonly accountId: string
  /** Absent: a draft. */
  readonly shared?: boolean
}

export interface CreationDeps {
  readonly db: Database
  readonly access: Access
  readonly now: () => number
  readonly project: (documentId: string, doc: Y.Doc, seq: number) => Promise<void>
}

/** Creates a document with its starting content, all in one transaction (C1), and answers its id. */
export async function createDocument(
  { db, access, now, project }: CreationDeps,
  started: StartedDocument,
): Promise<string> {
  const id = newId()
  const shared = started.shared ?? !(await seesOwnDraft(access, id, started))
  const { doc, statements } = prepareDocument({ ...started, id, shared, createdAt: now() })
  await db.write(statements)
  await project(id, doc, 1)
  doc.destroy()
  return id
}

export interface PreparedDocument {
  /** What it holds from the first. */
  readonly doc: Y.Doc
  /** What writes it: the row and the first entry of its log. */
  readonly statements: readonly Statement[]
}

/** A document with its starting content, to be written in the transaction that it belongs to. */
export function prepareDocument(
  started: StartedDocument & { readonly id: string; readonly shared: boolean; readonly createdAt: number },
): PreparedDocument {
  const kind = kinds[started.kind]
  const doc = new Y.Doc()
  kind.fill(doc, started.content)
  const content = Y.encodeStateAsUpdate(doc)
  // Z1: a larger one could be opened by nobody.
  if (content.byteLength > limits.document)
    throw new AppError('too-large', 'This is too much for one document: divide it among several.')
  const statements = insertDocument({
    id: started.id,
    networkId: started.networkId,
    teamId: started.teamId,
    kind: started.kind,
    schema: kind.schema,
    title: started.title,
    shared: started.shared,
    epoch: randomUUID(),
    content,
    createdBy: started.accountId,
    createdAt: started.createdAt,
  })
  return { doc, statements }
}

/** A coach may start a document of the network but sees none of its drafts: what they start is shared from the first. */
async function seesOwnDraft(
  access: Access,
  id: string,
  { accountId, ...started }: StartedDocument,
): Promise<boolean> {
  const level = await access.levelOn(accountId, {
    id,
    networkId: started.networkId,
    kind: started.kind,
    shared: false,
    ...(started.teamId !== undefined && { teamId: started.teamId }),
  })
  return level === 'edit'
}
