import { Hono } from 'hono'
import type * as Y from 'yjs'
import { type DocumentChange, proposalDecisionSchema } from '#shared/document.ts'
import { AppError } from '#shared/errors.ts'
import { kinds } from '#shared/kinds/index.ts'
import { type Authenticates, signedIn } from '../accounts/signed-in.ts'
import { type Database, ExpectationFailed } from '../db/database.ts'
import { doAction } from '../documents/actions.ts'
import { archivedMeanwhile, type DocumentGuard, type OpenedDocument } from '../documents/guard.ts'
import type { Commit, ProjectAgain } from '../documents/live.ts'
import { isInUse, recordsAreOthers } from '../documents/store.ts'
import { valid } from '../http/errors.ts'
import { decideProposal, findProposal, type ProposalRow } from './store.ts'

export interface ProposalDeps {
  readonly accounts: Authenticates
  readonly db: Database
  readonly guard: DocumentGuard
  readonly commit: Commit
  readonly projectAgain: ProjectAgain
  readonly announce: (documentId: string, change: DocumentChange) => void
  readonly now: () => number
}

/** Changes that someone asked for who may only comment: whoever may edit the document accepts or declines them. */
export const proposalRoutes = (deps: ProposalDeps) => {
  const { db, guard, projectAgain, announce } = deps
  return new Hono().post(
    '/api/proposals/:id/decision',
    signedIn(deps.accounts),
    valid('json', proposalDecisionSchema),
    async (c) => {
      const accountId = c.var.account.id
      const proposal = await findProposal(db, c.req.param('id'))
      if (proposal === undefined)
        throw new AppError('not-found', 'There is no such proposal, or it is private.')
      const document = await guard.get(accountId, proposal.documentId, 'edit')
      if (proposal.decision !== undefined) throw decidedAlready(proposal)
      const { accept } = c.req.valid('json')
      await decide(deps, document, proposal, accept ? 'accepted' : 'declined', accountId)
      await projectAgain([document.id])
      announce(document.id, 'records')
      return c.json({})
    },
  )
}

/** What is accepted is done in the same transaction, in the name of who accepts it. */
async function decide(
  { db, commit, now }: ProposalDeps,
  { id: documentId, kind }: OpenedDocument,
  proposal: ProposalRow,
  decision: 'accepted' | 'declined',
  accountId: string,
): Promise<void> {
  const change = { documentId, edit: (doc: Y.Doc) => doAction(kinds[kind], doc, proposal) }
  try {
    await commit([documentId], () => ({
      edits: decision === 'accepted' ? [change] : [],
      statements: [
        isInUse(documentId),
        decideProposal(proposal.id, decision, accountId, now()),
        recordsAreOthers(documentId),
      ],
      author: accountId,
      via: 'http',
      answer: undefined,
    }))
  } catch (error) {
    if (!(error instanceof ExpectationFailed)) throw error
    if (error.statement === 0) throw archivedMeanwhile()
    throw decidedAlready((await findProposal(db, proposal.id)) ?? proposal)
  }
}

function decidedAlready({ decision, decidedBy }: ProposalRow): AppError {
  if (decision === 'superseded')
    return new AppError('conflict', 'A later proposal has taken the place of this one.')
  return new AppError('conflict', `${decidedBy ?? 'Someone'} has ${decision ?? 'decided'} this already.`)
}
