import type { DocumentSummary } from '#shared/document.ts'
import { type AnyKind, type KindName, kindNames, kinds } from '#shared/kinds/index.ts'
import type { Origin, Station, ThroughPart } from '#shared/kinds/kind.ts'
import { findContent } from './requests.ts'

/** A part of a document that a new one can stand on. */
export interface OriginPart extends Required<Origin> {
  readonly label: string
  /** The way to it from the aim, without itself. */
  readonly through: readonly ThroughPart[]
}

/** A document with such parts. */
export interface OriginDocument {
  readonly document: DocumentSummary
  readonly parts: readonly OriginPart[]
  /** The reader may add another part to it. */
  readonly takesNew: boolean
  /** What a new part could lead to. */
  readonly drivers: readonly OriginPart[]
}

/** The name of the action by which a document takes a new change idea. */
export const addIdea = 'add-idea'

/** The kind of document that change ideas are written in. */
export const ideasKind = (): KindName | undefined =>
  kindNames.find((name) => kinds[name].actions?.[addIdea] !== undefined)

/**
 * The parts that a document of a kind can be started from in a team (or in the network itself): those of its own documents
 * and of the network's, as the server has them at this moment.
 */
export async function listOrigins(
  kind: KindName,
  teamId: string | undefined,
  documents: readonly DocumentSummary[],
): Promise<readonly OriginDocument[]> {
  const near = documents.filter(
    (document) =>
      document.kind === ideasKind() && (document.teamId === undefined || document.teamId === teamId),
  )
  // The team's own ones first.
  const ordered = [...near].sort((a, b) => Number(a.teamId === undefined) - Number(b.teamId === undefined))
  return Promise.all(ordered.map((document) => originsOf(document, kinds[kind].startsFrom ?? [])))
}

async function originsOf(document: DocumentSummary, stations: readonly Station[]): Promise<OriginDocument> {
  const { model } = await findContent(document.id)
  const kind = kinds[document.kind]
  return {
    document,
    parts: stations.flatMap((station) => partsAt(kind, model, document.id, station)),
    takesNew: document.level === 'edit',
    drivers: partsAt(kind, model, document.id, 'driver'),
  }
}

/** One part by its place, or undefined when it is gone. */
export async function findOrigin(
  document: Pick<DocumentSummary, 'id' | 'kind'>,
  part: string,
): Promise<OriginPart | undefined> {
  const { model } = await findContent(document.id)
  return originPart(kinds[document.kind], model, document.id, part)
}

/** What stands at a station of a document is what its facts of that name are about. */
const partsAt = (kind: AnyKind, model: unknown, documentId: string, station: Station): OriginPart[] =>
  kind
    .facts(model, {})
    .flatMap(({ name, part }) =>
      name === station && part !== undefined ? [originPart(kind, model, documentId, part)] : [],
    )
    .filter((part) => part !== undefined)

function originPart(kind: AnyKind, model: unknown, documentId: string, part: string): OriginPart | undefined {
  const way = kind.through?.(model, part) ?? []
  const last = way.at(-1)
  if (last === undefined) return undefined
  return { documentId, part, label: last.label, through: way.slice(0, -1) }
}
