import { Hono } from 'hono'
import { erases } from '#shared/access.ts'
import type { DocumentChange } from '#shared/document.ts'
import { erasureSchema } from '#shared/erasure.ts'
import { AppError } from '#shared/errors.ts'
import { type Authenticates, signedIn } from '../accounts/signed-in.ts'
import type { OpenedDocument } from '../documents/guard.ts'
import type { DocumentRow } from '../documents/store.ts'
import { valid } from '../http/errors.ts'
import type { Access } from '../networks/access.ts'
import { createErasing, type ErasingDeps } from './erasing.ts'

export interface ErasureRoutesDeps extends ErasingDeps {
  readonly accounts: Authenticates
  readonly access: Access
  readonly announce: (documentId: string, change: DocumentChange, last?: DocumentRow) => void
}

/** Erasing for good: a coordinator's, of documents that they may see, archived ones too. First seen, then done. */
export const erasureRoutes = (deps: ErasureRoutesDeps) => {
  const { accounts, access, guard, announce } = deps
  const erasing = createErasing(deps)
  const me = signedIn(accounts)

  async function getErasable(accountId: string, id: string): Promise<OpenedDocument> {
    const document = await guard.get(accountId, id, 'view')
    const viewer = await access.getViewer(document.networkId, accountId)
    if (erases(viewer)) return document
    throw new AppError('forbidden', 'Only a coordinator of the network can erase something for good.')
  }

  return new Hono()
    .post('/api/documents/:id/erasure/preview', me, valid('json', erasureSchema), async (c) => {
      const accountId = c.var.account.id
      const document = await getErasable(accountId, c.req.param('id'))
      return c.json(await erasing.preview(document, accountId, c.req.valid('json')))
    })

    .post('/api/documents/:id/erasure', me, valid('json', erasureSchema), async (c) => {
      const accountId = c.var.account.id
      const document = await getErasable(accountId, c.req.param('id'))
      const erasure = c.req.valid('json')
      const answer = await erasing.erase(document, accountId, erasure)
      announce(document.id, 'erased', document)
      if (erasure.what !== 'document') announce(document.id, 'records')
      return c.json(answer)
    })
}
