import type * as Y from 'yjs'
import { type KindName, kinds } from '#shared/kinds/index.ts'
import type { FileToSave } from '../sync/download.ts'

/** A document as it lies on this device, in the form of the JSON export. */
export function asFile({ kind, title }: { kind: KindName; title: string }, doc: Y.Doc): FileToSave {
  const { schema, read } = kinds[kind]
  const body = `${JSON.stringify({ kind, schema, title, model: read(doc) }, null, 2)}\n`
  return { name: `${fileName(title)}.json`, type: 'application/json', body }
}

const fileName = (title: string): string => title.replace(/[^\p{L}\p{N} ._()-]/gu, '').trim() || 'document'
