import { type Accessor, createMemo } from 'solid-js'
import type { DocumentReferences, ReferenceEnd } from '#shared/document.ts'
import type { PlacedFact } from '#shared/fact.ts'
import { type KindName, kindNames, kinds } from '#shared/kinds/index.ts'
import type { Origin, Station } from '#shared/kinds/kind.ts'
import { createNetworkFeed } from '../feed.ts'
import { kindViews } from '../kinds/index.ts'
import { createLoad, type Load } from '../ui/load.tsx'
import type { ThroughItem } from '../ui/ThroughLine.tsx'
import { findReferences, listFactsOn } from './requests.ts'
import { countOfKind } from './titles.ts'

/** A document that stands on another one, or on a part of it. */
export type CarriedDocument = Exclude<ReferenceEnd, { readonly privateTo: string }>

/** What stands on a part of a document. */
export interface Carried {
  /** Each once, the newest last. */
  readonly documents: readonly CarriedDocument[]
  /** Whose the documents are that the reader may not open. */
  readonly privateTo: readonly string[]
}

/** What a document stands on and what stands on it; kept current while others work. */
export function createReferences(
  documentId: Accessor<string>,
  networkId: Accessor<string | undefined>,
): Load<DocumentReferences> {
  const load = createLoad(documentId, findReferences)
  createNetworkFeed(networkId, { document: (change) => change !== 'changed' && void load.reload() })
  return load
}

/** What stands on `part`; on any part of it or on the whole where none is named. */
export function carriedBy({ carries }: DocumentReferences, part: string | undefined): Carried {
  const here = carries.filter((reference) => part === undefined || reference.part === part)
  const documents = new Map(
    here.flatMap(({ other }) => ('privateTo' in other ? [] : [[other.id, other] as const])),
  )
  return {
    documents: [...documents.values()],
    privateTo: [...new Set(here.flatMap(({ other }) => ('privateTo' in other ? [other.privateTo] : [])))],
  }
}

/** What the documents that stand on a part say of themselves in short, by their ids; read again when one takes a step. */
export function createSummaries(
  networkId: Accessor<string>,
  on: Accessor<Required<Origin>>,
): Load<ReadonlyMap<string, PlacedFact['value']>> {
  const key = createMemo(on, undefined, {
    equals: (a, b) => a.documentId === b.documentId && a.part === b.part,
  })
  const load = createLoad(key, (origin) => listSummaries(networkId(), origin))
  createNetworkFeed(networkId, { document: (change) => change !== 'changed' && void load.reload() })
  return load
}

async function listSummaries(
  networkId: string,
  on: Required<Origin>,
): Promise<ReadonlyMap<string, PlacedFact['value']>> {
  const names = new Set(kindNames.flatMap((kind) => kindViews[kind].summary?.fact ?? []))
  const facts = await Promise.all([...names].map((name) => listFactsOn(networkId, name, on)))
  return new Map(facts.flat().map(({ documentId, value }) => [documentId, value]))
}

/** The kinds of documents that are started from parts at a station. */
export const kindsFrom = (station: Station): readonly KindName[] =>
  kindNames.filter((kind) => kinds[kind].needsOrigin && kinds[kind].startsFrom?.includes(station))

/** The stations of the through-line at which something stands on a part: the piece itself, or how many there are. */
export function carriedItems({ documents }: Carried): readonly ThroughItem[] {
  return kindNames.flatMap((kind) => {
    const ofKind = documents.filter((document) => document.kind === kind)
    const newest = ofKind.at(-1)
    if (newest === undefined) return []
    return [
      {
        station: kinds[kind].station,
        label: ofKind.length === 1 ? newest.title : countOfKind(ofKind.length, kind),
        href: `/documents/${newest.id}`,
      },
    ]
  })
}
