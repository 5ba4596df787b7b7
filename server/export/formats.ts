import { writeSvg } from '#shared/drawing/svg.ts'
import { AppError } from '#shared/errors.ts'
import { type AnyKind, kinds } from '#shared/kinds/index.ts'
import type { Table } from '#shared/kinds/kind.ts'
import type { Records } from '#shared/records.ts'
import type { OpenedDocument } from '../documents/guard.ts'
import { attachment } from '../http/file-name.ts'
import { writeCsv } from './csv.ts'
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

/** A document, or one of its earlier moments, that is to become a file. */
export interface Exporting {
  readonly document: OpenedDocument
  /** The format's name, as the address gives it. */
  readonly format: string
  /** Read only where the kind offers the format. */
  readonly read: () => Promise<unknown>
  readonly records: Records
  readonly at: number
}

/** The file and its headers; refuses a format that the kind does not offer, with a list of those that it does. */
export async function writeExport({
  document,
  format: name,
  read,
  records,
  at,
}: Exporting): Promise<{ readonly body: string; readonly headers: Record<string, string> }> {
  const kind = kinds[document.kind]
  const format = Object.hasOwn(formats, name) ? formats[name] : undefined
  if (!format?.isOffered(kind))
    throw new AppError('not-acceptable', `Choose a format: ${offeredBy(kind).join(', ')}.`)
  const exported: Exported = { document, kind, model: await read(), records, at }
  const omits = format.omits?.(exported)
  return {
    body: format.write(exported),
    headers: {
      'Content-Type': format.type,
      'Content-Disposition': attachment(document.title, format.extension),
      'Cache-Control': 'no-store',
      ...(omits !== undefined && { 'X-Throughline-Omits': asHeader(omits) }),
    },
  }
}

const offeredBy = (kind: AnyKind): readonly string[] =>
  Object.entries(formats).flatMap(([name, format]) => (format.isOffered(kind) ? [name] : []))

function firstTable<T>({ kind, model, records }: Exported, use: (table: Table) => T): T | undefined {
  const table = kind.tables?.(model, records)[0]
  return table && use(table)
}

/** Headers carry no letters beyond ASCII. */
const asHeader = (sentence: string): string => sentence.replace(/[^\x20-\x7e]/g, '?')
