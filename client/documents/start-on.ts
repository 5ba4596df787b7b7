import { findKind, type KindName } from '#shared/kinds/index.ts'
import type { Origin } from '#shared/kinds/kind.ts'

/** A document that is about to be started: of which kind, and from which part of another one. */
export interface StartOn {
  readonly kind: KindName
  readonly on?: Origin
}

/** The part of a page's address that asks for it: `?start=<kind>&on=<document>/<part>`. */
export interface StartSearch {
  readonly [key: string]: string | undefined
  readonly start?: string
  readonly on?: string
}

/** What the address of a page asks to start; undefined where it asks for nothing, or for a kind that is unknown here. */
export function readStart({ start, on }: Partial<StartSearch>): StartOn | undefined {
  if (start === undefined || findKind(start) === undefined) return undefined
  const kind = start as KindName // found in the list of kinds just above
  const [documentId, part] = (on ?? '').split('/')
  if (!documentId) return { kind }
  return { kind, on: { documentId, ...(part && { part }) } }
}

/** The address of a page that opens with the question where to start. */
export function startHref(page: string, { kind, on }: StartOn): string {
  const search = new URLSearchParams({ start: kind })
  if (on) search.set('on', on.part === undefined ? on.documentId : `${on.documentId}/${on.part}`)
  return `${page}?${search}`
}
