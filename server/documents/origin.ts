import { type AnyKind, type KindName, kinds } from '#shared/kinds/index.ts'
import type { Origin, Station } from '#shared/kinds/kind.ts'
import { invalidFields } from '../http/errors.ts'
import type { DocumentGuard } from './guard.ts'
import { labelWithin } from './kind-label.ts'
import type { ReadLive } from './live.ts'

export interface OriginDeps {
  readonly guard: DocumentGuard
  readonly readLive: ReadLive
}

/** Someone who starts a document of a kind in a network. */
export interface Starting {
  readonly accountId: string
  readonly networkId: string
  readonly kind: KindName
}

/** The content of a document that is started from a part of another one; refuses a part that its kind does not start from. */
export async function contentOn(
  { guard, readLive }: OriginDeps,
  { accountId, networkId, kind: name }: Starting,
  seed: unknown,
  { documentId, part }: { readonly documentId: string; readonly part?: string | undefined },
): Promise<unknown> {
  const kind = kinds[name]
  if (kind.startOn === undefined) throw refusal(`A ${labelWithin(kind)} starts from no other document.`)
  const found = await guard.find(accountId, documentId)
  if (found?.networkId !== networkId) throw refusal('There is no such document, or it is private.')
  if (found.archivedAt !== undefined) throw refusal('That document is archived. Restore it first.')
  const { doc } = await readLive(documentId)
  const station = stationOf(kinds[found.kind], kinds[found.kind].read(doc), part)
  doc.destroy()
  if (station === undefined) throw refusal('There is no such part in that document.')
  if (!kind.startsFrom?.includes(station)) throw refusal(`${startsFrom(kind)}, not from ${named(station)}.`)
  const origin: Origin = { documentId, ...(part !== undefined && { part }) }
  return kind.startOn(seed, origin)
}

/** The refusal of a document that stands on nothing, where its kind always stands on something. */
export const originMissing = (name: KindName) => refusal(`${startsFrom(kinds[name])}: say which.`)

function stationOf(kind: AnyKind, model: unknown, part: string | undefined): Station | undefined {
  return part === undefined ? kind.station : kind.through?.(model, part).at(-1)?.station
}

const refusal = (sentence: string) => invalidFields({ on: sentence })

const startsFrom = (kind: AnyKind): string =>
  `A ${labelWithin(kind)} starts from ${(kind.startsFrom ?? []).map(named).join(' or ')}`

const named = (station: Station): string => names[station]

const names: Readonly<Record<Station, string>> = {
  aim: 'an aim',
  driver: 'a driver',
  idea: 'a change idea',
  cycle: 'a cycle',
  measure: 'a measure',
  lesson: 'a lesson',
}
