import { Hono } from 'hono'
import * as v from 'valibot'
import type { DocumentChange } from '#shared/document.ts'
import type { Authors, HistoryPage } from '#shared/history.ts'
import { restorationSchema } from '#shared/history.ts'
import { kinds } from '#shared/kinds/index.ts'
import { type Authenticates, signedIn } from '../accounts/signed-in.ts'
import type { Database } from '../db/database.ts'
import type { DocumentGuard, OpenedDocument } from '../documents/guard.ts'
import type { Commit, ProjectAgain } from '../documents/live.ts'
import { recordsFor } from '../documents/reader-records.ts'
import { writeExport } from '../export/formats.ts'
import { valid } from '../http/errors.ts'
import { recordsOf } from '../records.ts'
import type { LogName } from '../sync/update-log.ts'
import type { Past } from './past.ts'
import { listPeople } from './people.ts'
import { restoreMoment } from './restoring.ts'
import { listStretches } from './stretches.ts'

export interface HistoryDeps {
  readonly accounts: Authenticates
  readonly db: Database
  readonly guard: DocumentGuard
  readonly past: Past
  readonly commit: Commit
  readonly projectAgain: ProjectAgain
  readonly announce: (documentId: string, change: DocumentChange) => void
  readonly now: () => number
}

const wholeNumber = (what: string) =>
  v.pipe(v.string(), v.regex(/^\d{1,15}$/, `${what} is a whole number.`), v.transform(Number))

const moment = v.object({ id: v.string(), seq: wholeNumber('A moment') })
const earlier = v.object({ before: v.optional(wholeNumber('before')) })
const atMoment = v.object({ seq: v.optional(wholeNumber('seq')) })
const asFormat = v.object({ format: v.optional(v.string()) })

/** The past of a document: who may read the document may read it, who may edit may bring a moment back. */
export const historyRoutes = (deps: HistoryDeps) => {
  const { accounts, db, guard, past, projectAgain, announce, now } = deps
  const me = signedIn(accounts)
  return new Hono()
    .get('/api/documents/:id/history', me, valid('query', earlier), async (c) => {
      const document = await guard.get(c.var.account.id, c.req.param('id'), 'view')
      const { before = document.headSeq + 1 } = c.req.valid('query')
      return c.json((await listStretches(db, nameOf(document), before)) satisfies HistoryPage)
    })

    .get('/api/documents/:id/history/:seq/content', me, valid('param', moment), async (c) => {
      const accountId = c.var.account.id
      const { id, seq } = c.req.valid('param')
      const document = await guard.get(accountId, id, 'view')
      const doc = await past.readAt(nameOf(document), seq)
      const model: unknown = kinds[document.kind].read(doc)
      // Records have times of their own and are never rewritten: they are shown as they are.
      return c.json({ model, records: await recordsFor(deps, accountId, document) })
    })

    .get(
      '/api/documents/:id/history/:seq/export',
      me,
      valid('param', moment),
      valid('query', asFormat),
      async (c) => {
        const { id, seq } = c.req.valid('param')
        const document = await guard.get(c.var.account.id, id, 'view')
        const read = async () => kinds[document.kind].read(await past.readAt(nameOf(document), seq))
        const records = await recordsOf(db, document)
        const { format = '' } = c.req.valid('query')
        const { body, headers } = await writeExport({ document, format, read, records, at: now() })
        return c.body(body, 200, headers)
      },
    )

    .get('/api/documents/:id/authors', me, valid('query', atMoment), async (c) => {
      const document = await guard.get(c.var.account.id, c.req.param('id'), 'view')
      const { seq = document.headSeq } = c.req.valid('query')
      if (seq === 0) return c.json({ places: [] } satisfies Authors)
      const found = await past.authorsAt(nameOf(document), seq)
      const people = await listPeople(db, [...new Set(found.flatMap(({ accountId }) => accountId ?? []))])
      const places = found.flatMap(({ place, accountId, at }) => {
        const by = accountId === null ? undefined : people.get(accountId)
        return by === undefined ? [] : [{ place, by, at }]
      })
      return c.json({ places } satisfies Authors)
    })

    .post('/api/documents/:id/restoration', me, valid('json', restorationSchema), async (c) => {
      const accountId = c.var.account.id
      const document = await guard.get(accountId, c.req.param('id'), 'edit')
      const { seq, since, note } = c.req.valid('json')
      const readAt = (moment: number) => past.readAt(nameOf(document), moment)
      const restored = await restoreMoment(deps, {
        document,
        accountId,
        past: await readAt(seq),
        since: since === undefined ? undefined : await readAt(since),
        note,
      })
      if (restored.isChanged) {
        await projectAgain([document.id])
        announce(document.id, 'changed')
      }
      return c.json(restored)
    })
}

const nameOf = ({ id, epoch }: OpenedDocument): LogName => ({ documentId: id, epoch })
