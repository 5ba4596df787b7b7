import { Hono } from 'hono'
import { type DocumentChange, newAmendmentSchema } from '#shared/document.ts'
import { AppError } from '#shared/errors.ts'
import { newId } from '#shared/ids.ts'
import { kinds } from '#shared/kinds/index.ts'
import type { Amendment } from '#shared/records.ts'
import { type Authenticates, signedIn } from '../accounts/signed-in.ts'
import { type Database, ExpectationFailed } from '../db/database.ts'
import { archivedMeanwhile, type DocumentGuard, type OpenedDocument } from '../documents/guard.ts'
import type { Commit, ProjectAgain } from '../documents/live.ts'
import { isInUse, recordsAreOthers } from '../documents/store.ts'
import { invalidFields, valid } from '../http/errors.ts'
import { hashOf } from './hash.ts'
import { findSeal, insertAmendment, type SealRow } from './store.ts'

export interface SealDeps {
  readonly accounts: Authenticates
  readonly db: Database
  readonly guard: DocumentGuard
  readonly commit: Commit
  readonly projectAgain: ProjectAgain
  readonly announce: (documentId: string, change: DocumentChange) => void
  readonly now: () => number
}

/** What is stated differently since it was sealed: beside the seal, with a reason. The seal itself nothing changes. */
export const sealRoutes = (deps: SealDeps) => {
  const { db, guard, projectAgain, announce } = deps
  return new Hono().post(
    '/api/seals/:id/amendments',
    signedIn(deps.accounts),
    valid('json', newAmendmentSchema),
    async (c) => {
      const { account } = c.var
      const seal = await findSeal(db, c.req.param('id'))
      if (seal === undefined) throw new AppError('not-found', 'There is no such seal, or it is private.')
      const document = await guard.get(account.id, seal.documentId, 'edit')
      const amendment = await amend(deps, document, seal, c.req.valid('json'), account)
      await projectAgain([document.id])
      announce(document.id, 'records')
      return c.json(amendment, 201)
    },
  )
}

interface AskedAmendment {
  readonly part: string
  readonly reason: string
  readonly expect?: string | undefined
}

/** The words come from the document as it is at that moment (D7), never from whoever asks. */
async function amend(
  { commit, now }: SealDeps,
  { id: documentId, kind: kindName }: OpenedDocument,
  seal: SealRow,
  { part, reason, expect }: AskedAmendment,
  { id: accountId, name, color }: Amendment['by'],
): Promise<Amendment> {
  const kind = kinds[kindName]
  return commit([documentId], ([live]) => {
    const text = live && kind.seals?.[seal.name]?.partText(kind.read(live.doc), documentId, part)
    if (text === undefined)
      throw invalidFields({ part: 'The document has no such part that could be stated differently.' })
    const hash = hashOf(text)
    if (expect !== undefined && expect !== hash)
      throw new AppError('conflict', 'It changed while you were looking. Read it again.', undefined, {
        now: { text, hash },
      })
    const amendment = { id: newId(), part, text, hash, reason, at: now() }
    return {
      edits: [],
      statements: [
        isInUse(documentId),
        insertAmendment({ ...amendment, sealId: seal.id, accountId, createdAt: amendment.at }),
        recordsAreOthers(documentId),
      ],
      author: accountId,
      via: 'http',
      answer: { ...amendment, by: { id: accountId, name, color } },
    }
  }).catch((error: unknown) => {
    if (!(error instanceof ExpectationFailed)) throw error
    if (error.statement === 0) throw archivedMeanwhile()
    throw new AppError('conflict', 'The last amendment says the same already.')
  })
}
