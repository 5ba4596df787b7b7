import { createMemo } from 'solid-js'
import type { DocumentSummary } from '#shared/document.ts'
import type { PlacedFact } from '#shared/fact.ts'
import type { KindName } from '#shared/kinds/index.ts'
import { stations } from '#shared/kinds/kind.ts'
import type { Worksheet } from '#shared/kinds/worksheet/model.ts'
import { answer, api } from '../../api.ts'
import { createNetworkFeed } from '../../feed.ts'
import { createLoad } from '../../ui/load.tsx'

/** A document that the worksheet names, or a part of one, as far as this reader may see it. */
export type Named =
  | { readonly privateTo: string }
  | { readonly href: string; readonly title: string; readonly kind: KindName; readonly part?: string }

/** The names of all documents that the worksheet names; undefined until they are known. */
export type NameOf = (documentId: string, part?: string) => Named | undefined

export function createNamed(
  place: { readonly id: string; readonly networkId: string },
  worksheet: Worksheet,
): NameOf {
  const wanted = createMemo(() => namedIn(worksheet))
  const load = createLoad(
    () => wanted() || undefined,
    () => findNames(place),
  )
  createNetworkFeed(() => (wanted() ? place.networkId : undefined), {
    document: (change) => change !== 'changed' && void load.reload(),
  })
  return (documentId, part) => load.data()?.(documentId, part)
}

/** The documents that are named, as one text: it changes when they do. */
const namedIn = ({ sections, became }: Worksheet): string =>
  [...sections.flatMap((section) => (section.type === 'links' ? section.links : [])), ...became]
    .map(({ documentId }) => documentId)
    .join(' ')

async function findNames(place: { readonly id: string; readonly networkId: string }): Promise<NameOf> {
  const [{ documents, parts }, { standsOn }] = await Promise.all([
    findNameable(place.networkId),
    answer(api.documents[':id'].references.$get({ param: { id: place.id } })),
  ])
  // One that is archived is not in the list, but what names it knows it.
  const known = [...documents, ...standsOn.flatMap(({ other }) => ('privateTo' in other ? [] : [other]))]
  // Whoever may not see a document learns whose it is, and nothing else.
  const keepers = new Set(standsOn.flatMap(({ other }) => ('privateTo' in other ? [other.privateTo] : [])))
  const [keeper = 'others'] = keepers.size === 1 ? keepers : []
  return (documentId, part) => {
    const document = known.find(({ id }) => id === documentId)
    if (document === undefined) return { privateTo: keeper }
    const { title, kind } = document
    const words = parts.find((fact) => fact.documentId === documentId && fact.part === part)
    return {
      title,
      kind,
      href: part === undefined ? `/documents/${documentId}` : `/documents/${documentId}#${part}`,
      ...(part === undefined ? {} : { part: String(words?.value ?? 'a part of it') }),
    }
  }
}

/** What can be named: the documents of a network, and those of their parts that stand on the through-line. */
export interface Nameable {
  readonly documents: readonly DocumentSummary[]
  /** What stands at a station of a document is what its facts of that name are about. */
  readonly parts: readonly PlacedFact[]
}

export async function findNameable(networkId: string): Promise<Nameable> {
  const param = { id: networkId }
  const [{ documents }, ...facts] = await Promise.all([
    answer(api.networks[':id'].documents.$get({ param, query: { archived: 'false' } })),
    ...stations.map((name) => answer(api.networks[':id'].facts.$get({ param, query: { name } }))),
  ])
  const parts = facts
    .flatMap((found) => found.facts)
    .filter(({ part, value }) => part !== undefined && typeof value === 'string' && value.trim() !== '')
  return { documents, parts }
}
