import { Hono } from 'hono'
import * as v from 'valibot'
import { ballotAnswerSchema, type DocumentChange, partSchema } from '#shared/document.ts'
import { AppError } from '#shared/errors.ts'
import { type Authenticates, signedIn } from '../accounts/signed-in.ts'
import { type Database, ExpectationFailed } from '../db/database.ts'
import type { DocumentGuard } from '../documents/guard.ts'
import type { ProjectAgain } from '../documents/live.ts'
import { listDocumentsById, recordsAreOthers } from '../documents/store.ts'
import { valid } from '../http/errors.ts'
import type { Access } from '../networks/access.ts'
import {
  hasAnswered,
  isRevealed,
  listRevealedAnswers,
  revealAnswers,
  shareAnswer,
  writeAnswer,
} from './store.ts'

export interface BallotDeps {
  readonly accounts: Authenticates
  readonly db: Database
  readonly access: Access
  readonly guard: DocumentGuard
  readonly now: () => number
  readonly projectAgain: ProjectAgain
  /** Tells the open pages that there is something new; never what. */
  readonly announce: (documentId: string, change: DocumentChange) => void
}

/** Answers that stay private until they are revealed. What anybody reads of them comes with the records of the document. */
export const ballotRoutes = ({ accounts, db, access, guard, now, projectAgain, announce }: BallotDeps) => {
  const me = signedIn(accounts)
  const ofPart = valid('param', v.object({ id: v.string(), part: partSchema }))
  return new Hono()
    .put('/api/documents/:id/ballots/:part', me, ofPart, valid('json', ballotAnswerSchema), async (c) => {
      const accountId = c.var.account.id
      const { id, part } = c.req.valid('param')
      // Its team may edit a document, and so it answers.
      await guard.get(accountId, id, 'edit')
      const { value } = c.req.valid('json')
      try {
        await db.write([writeAnswer({ documentId: id, part, accountId, value, at: now() })])
      } catch (error) {
        if (!(error instanceof ExpectationFailed)) throw error
        throw await whyNotAnswered(accountId, id, part)
      }
      // Nothing is derived from an answer before it is revealed.
      announce(id, 'records')
      return c.json({})
    })

    .post('/api/documents/:id/ballots/:part/reveal', me, ofPart, async (c) => {
      const accountId = c.var.account.id
      const { id, part } = c.req.valid('param')
      await guard.get(accountId, id, 'edit')
      try {
        await db.write([revealAnswers(id, part, accountId, now()), recordsAreOthers(id)])
      } catch (error) {
        if (!(error instanceof ExpectationFailed)) throw error
        // Where someone else was first, what was asked for is done.
        if (await isRevealed(db, id, part)) return c.json({})
        throw await whyNotRevealed(accountId, id)
      }
      await tellOthers(id)
      return c.json({})
    })

    .post('/api/documents/:id/ballots/:part/shared', me, ofPart, async (c) => {
      const { id, part } = c.req.valid('param')
      await setShared(c.var.account.id, id, part, true)
      return c.json({})
    })

    .delete('/api/documents/:id/ballots/:part/shared', me, ofPart, async (c) => {
      const { id, part } = c.req.valid('param')
      await setShared(c.var.account.id, id, part, false)
      return c.json({})
    })

    .get('/api/networks/:id/answers', me, async (c) => {
      const networkId = c.req.param('id')
      const accountId = c.var.account.id
      await access.getViewer(networkId, accountId)
      const answers = await listRevealedAnswers(db, networkId, accountId)
      const readable = await findReadable(
        accountId,
        answers.map(({ documentId }) => documentId),
      )
      return c.json({ answers: answers.filter(({ documentId }) => readable.has(documentId)) })
    })

  async function tellOthers(id: string): Promise<void> {
    await projectAgain([id])
    announce(id, 'records')
  }

  async function whyNotAnswered(accountId: string, id: string, part: string): Promise<AppError> {
    if (await isRevealed(db, id, part))
      return new AppError('conflict', 'The answers are revealed already: nobody can answer any more.')
    if (await isArchived(accountId, id)) return archived()
    return new AppError('conflict', 'You have answered as many questions of this document as there can be.')
  }

  async function whyNotRevealed(accountId: string, id: string): Promise<AppError> {
    if (await isArchived(accountId, id)) return archived()
    return new AppError('conflict', 'There is nothing to reveal: nobody has answered yet.')
  }

  /** It may have been archived between the guard and the write. */
  async function isArchived(accountId: string, id: string): Promise<boolean> {
    return (await guard.get(accountId, id, 'view')).archivedAt !== undefined
  }

  async function setShared(accountId: string, id: string, part: string, isShared: boolean): Promise<void> {
    await guard.get(accountId, id, 'view')
    try {
      await db.write([shareAnswer(id, part, accountId, isShared), recordsAreOthers(id)])
    } catch (error) {
      if (!(error instanceof ExpectationFailed)) throw error
      throw await whyNotShared(accountId, id, part)
    }
    await tellOthers(id)
  }

  async function whyNotShared(accountId: string, id: string, part: string): Promise<AppError> {
    return (await hasAnswered(db, id, part, accountId))
      ? new AppError('conflict', 'An answer can be shared once the answers are revealed.')
      : new AppError('not-found', 'You have not answered this.')
  }

  async function findReadable(accountId: string, ids: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await listDocumentsById(db, [...new Set(ids)])
    const opened = await Promise.all(rows.map((row) => guard.open(accountId, row)))
    return new Set(opened.flatMap((document) => (document ? [document.id] : [])))
  }
}

const archived = (): AppError => new AppError('conflict', 'This document is archived. Restore it first.')
