import { Hono } from 'hono'
import type * as Y from 'yjs'
import { newActionSchema, newTransitionSchema } from '#shared/document.ts'
import { kinds } from '#shared/kinds/index.ts'
import { type Authenticates, signedIn } from '../accounts/signed-in.ts'
import { ExpectationFailed } from '../db/database.ts'
import { doAction, getAction } from '../documents/actions.ts'
import { archivedMeanwhile } from '../documents/guard.ts'
import { isInUse } from '../documents/store.ts'
import { valid } from '../http/errors.ts'
import { type StepDeps, takeStep } from './step.ts'

export interface TransitionDeps extends StepDeps {
  readonly accounts: Authenticates
}

/** Steps that documents take, and named edits that are asked of them from outside. */
export const transitionRoutes = (deps: TransitionDeps) => {
  const { guard } = deps
  const me = signedIn(deps.accounts)
  return new Hono()
    .post('/api/documents/:id/transitions', me, valid('json', newTransitionSchema), async (c) =>
      c.json(await takeStep(deps, c.var.account, c.req.param('id'), c.req.valid('json'))),
    )

    .post('/api/documents/:id/actions', me, valid('json', newActionSchema), async (c) => {
      const accountId = c.var.account.id
      const { id, kind } = await guard.get(accountId, c.req.param('id'), 'edit')
      const { name: action, args } = c.req.valid('json')
      getAction(kinds[kind], action)
      await actOn(deps, accountId, id, (doc) => doAction(kinds[kind], doc, { action, args }))
      return c.json({})
    })
}

async function actOn(
  { commit }: TransitionDeps,
  author: string,
  documentId: string,
  edit: (doc: Y.Doc) => void,
): Promise<void> {
  const statements = [isInUse(documentId)]
  try {
    await commit([documentId], () => ({
      edits: [{ documentId, edit }],
      statements,
      author,
      via: 'http',
      answer: undefined,
    }))
  } catch (error) {
    throw error instanceof ExpectationFailed ? archivedMeanwhile() : error
  }
}
