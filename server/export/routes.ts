import { Hono } from 'hono'
import * as v from 'valibot'
import { writeSvg } from '#shared/drawing/svg.ts'
import { AppError } from '#shared/errors.ts'
import { type AnyKind, kinds } from '#shared/kinds/index.ts'
import type { Table } from '#shared/kinds/kind.ts'
import type { Records } from '#shared/records.ts'
import { type Authenticates, signedIn } from '../accounts/signed-in.ts'
import type { Database } from '../db/database.ts'
import type { DocumentGuard, OpenedDocument } from '../documents/guard.ts'
import type { ReadLive } from '../documents/live.ts'
import { valid } from '../http/errors.ts'
import { recordsOf } from '../records.ts'
import { writeCsv } from './csv.ts'
import { attachment } from './file-name.ts'
import { writeMarkdown } from './markdown.ts'

interface Exported {
  readonly document: OpenedDocument
  readonly kind: AnyKind
  readonly model: unknown
  readonly records: Records
  readonly at: number
}

interface Format {
  readonly extension: string
  readonly type: string
  isOffered(kind: AnyKind): boolean
  write(exported: Exported): string
  /** What the file leaves out, in a sentence. */
  omits?(exported: Exported): string | undefined
}

const formats: Readonly<Record<string, Format>> = {
  json: {
    extension: 'json',
    type: 'application/json; charset=utf-8',
    isOffered: () => true,
    write: ({ document: { kind, title, schema }, model, records, at }) =>
      `${JSON.stringify({ kind, schema, title, exportedAt: new Date(at).toISOString(), model, records }, null, 2)}\n`,
  },
  markdown: {
    extension: 'md',
    type: 'text/markdown; charset=utf-8',
    isOffered: () => true,
    write: ({ document, kind, model, records }) => writeMarkdown(document.title, kind.blocks(model, records)),
  },
  svg: {
    extension: 'svg',
    type: 'image/svg+xml',
    isOffered: (kind) => kind.drawing !== undefined,
    write: ({ kind, model }) => (kind.drawing ? writeSvg(kind.drawing(model)) : ''),
  },
  csv: {
    extension: 'csv',
    type: 'text/csv; charset=utf-8',
    isOffered: (kind) => kind.tables !== undefined,
    write: (exported) => firstTable(exported, writeCsv) ?? '',
    omits: (exported) => firstTable(exported, (table) => table.omits),
  },
}

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
      const kind = kinds[document.kind]
      const { format: name = '' } = c.req.valid('query')
      const format = Object.hasOwn(formats, name) ? formats[name] : undefined
      if (!format?.isOffered(kind))
        throw new AppError('not-acceptable', `Choose a format: ${offeredBy(kind).join(', ')}.`)
      const { doc } = await readLive(document.id)
      // A file goes on to others: what only this reader may see is not in it.
      const records = await recordsOf(db, document)
      const exported: Exported = { document, kind, model: kind.read(doc), records, at: now() }
      const omits = format.omits?.(exported)
      return c.body(format.write(exported), 200, {
        'Content-Type': format.type,
        'Content-Disposition': attachment(document.title, format.extension),
        'Cache-Control': 'no-store',
        ...(omits !== undefined && { 'X-Throughline-Omits': asHeader(omits) }),
      })
    },
  )

const offeredBy = (kind: AnyKind): readonly string[] =>
  Object.entries(formats).flatMap(([name, format]) => (format.isOffered(kind) ? [name] : []))

function firstTable<T>({ kind, model, records }: Exported, use: (table: Table) => T): T | undefined {
  const table = kind.tables?.(model, records)[0]
  return table && use(table)
}

/** Headers carry no letters beyond ASCII. */
const asHeader = (sentence: string): string => sentence.replace(/[^\x20-\x7e]/g, '?')
