import { createNetworkFeed } from '../feed.ts'
import { getMe } from '../session.tsx'
import { createLoad, type Load } from '../ui/load.tsx'
import { type Found, findWithNetwork } from './remembered.ts'

/** A document's row and network, kept current: a new title or share state shows without a reload. */
export function createFound(id: () => string): Load<Found> {
  const load = createLoad(id, (current) => findWithNetwork(getMe().id, current))
  createNetworkFeed(() => load.data()?.network.id, {
    document: (change) => change !== 'changed' && void load.reload(),
    access: () => void load.reload(),
  })
  return load
}
