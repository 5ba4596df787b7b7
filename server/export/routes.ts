import { Hono } from 'hono'
import * as v from 'valibot'
import { kinds } from '#shared/kinds/index.ts'
import { type Authenticates, signedIn } from '../accounts/signed-in.ts'
import type { Database } from '../db/database.ts'
import type { DocumentGuard } from '../documents/guard.ts'
import type { ReadLive } from '../documents/live.ts'
import { valid } from '../http/errors.ts'
import { recordsOf } from '../records.ts'
import { writeExport } from './formats.ts'

export interface ExportDeps {
  readonly accounts: Authenticates
  readonly db: Database
  readonly guard: DocumentGuard
  readonly readLive: ReadLive
  readonly now: () => number
}

/** A document as a file, in each format that its kind offers; whoever may read it may take it along. */
export const exportRoutes = ({ accounts, db, guard, readLive, now }: ExportDeps) =>
  new Hono().get(
    '/api/documents/:id/export',
    signedIn(accounts),
    valid('query', v.object({ format: v.optional(v.string()) })),
    async (c) => {
      const document = await guard.get(c.var.account.id, c.req.param('id'), 'view')
      const { format = '' } = c.req.valid('query')
      const read = async () => kinds[document.kind].read((await readLive(document.id)).doc)
      // A file goes on to others: what only this reader may see is not in it.
      const records = await recordsOf(db, document)
      const { body, headers } = await writeExport({ document, format, read, records, at: now() })
      return c.body(body, 200, headers)
    },
  )
