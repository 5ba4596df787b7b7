import type { Accessor } from 'solid-js'
import type { DocumentSummary } from '#shared/document.ts'
import type { Network } from '#shared/network.ts'
import { answer, api } from './api.ts'
import { createNetworkFeed } from './feed.ts'
import { knownDocuments, knownNetworks } from './known.ts'
import { createLoad, type Load } from './ui/load.tsx'

/** A network with its teams and people; read again when what the reader may do in it changes. */
export function createNetwork(id: Accessor<string | undefined>): Load<Network> {
  const load = createLoad(id, findNetwork, knownNetworks)
  createNetworkFeed(id, { access: () => void load.reload() })
  return load
}

// Every edit is told too, but in a list only "last edited" changes by it: that can wait for the next look.

/** The documents of a network that are in use, as the reader may see them; kept current while others work. */
export function createDocuments(networkId: Accessor<string | undefined>): Load<readonly DocumentSummary[]> {
  const load = createLoad(networkId, (id) => listDocuments(id, { archived: 'false' }), knownDocuments)
  createNetworkFeed(networkId, { document: (change) => change !== 'changed' && void load.reload() })
  return load
}

/** The network's archived documents. */
export function createArchive(networkId: Accessor<string | undefined>): Load<readonly DocumentSummary[]> {
  const load = createLoad(networkId, (id) => listDocuments(id, { archived: 'true' }))
  createNetworkFeed(networkId, { document: (change) => change !== 'changed' && void load.reload() })
  return load
}

const findNetwork = (id: string): Promise<Network> => answer(api.networks[':id'].$get({ param: { id } }))

const listDocuments = async (
  id: string,
  query: { archived: 'true' | 'false' },
): Promise<readonly DocumentSummary[]> =>
  (await answer(api.networks[':id'].documents.$get({ param: { id }, query }))).documents
