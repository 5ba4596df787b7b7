import { type Level, levelOn, type Viewer } from '#shared/access.ts'
import { AppError } from '#shared/errors.ts'
import { findKind } from '#shared/kinds/index.ts'
import type { RoleGrant } from '#shared/network.ts'
import type { Database } from '../db/database.ts'
import { listGrants } from './store.ts'

/** A document as the guard sees it: its row, or as much of it as is at hand. */
interface GuardedDocument {
  readonly id: string
  readonly networkId: string
  readonly teamId?: string
  readonly shared: boolean
  readonly kind: string
}

/** Told when someone's roles in a network are others now: open pages and live connections act on it at once. */
export type RolesChanged = (change: { readonly networkId: string; readonly accountId: string }) => void

/** The one guard: every read and write of the product asks it. What it answers comes from the table in `shared/access.ts`. */
export interface Access {
  /** What someone holds in a network; undefined when they hold no role there. */
  viewerIn(networkId: string, accountId: string): Promise<Viewer | undefined>
  /** The same, refusing people from outside as if there were no such network. */
  getViewer(networkId: string, accountId: string): Promise<Viewer>
  /** The level on a document; undefined for none. */
  levelOn(accountId: string, document: GuardedDocument): Promise<Level | undefined>
  /** Forgets what is cached about one person, or (no account) about everyone in the network. */
  changed(change: { readonly networkId: string; readonly accountId?: string }): void
}

// Far above what a network of networks has at one time; a bound only so that nothing grows for ever.
const mostCached = 20_000

// Each change drops what is cached; this is for the change that nobody told us of (P1), well under the minute it may take.
const cachedFor = 30_000

interface Cached {
  readonly grants: Promise<readonly RoleGrant[]>
  readonly until: number
}

export function createAccess({ db }: { db: Database }): Access {
  const cached = new Map<string, Cached>()

  function grantsOf(networkId: string, accountId: string): Promise<readonly RoleGrant[]> {
    const key = `${networkId}/${accountId}`
    const known = cached.get(key)
    if (known && performance.now() < known.until) return known.grants
    if (cached.size >= mostCached) cached.clear()
    const loading = listGrants(db, networkId, accountId)
    cached.set(key, { grants: loading, until: performance.now() + cachedFor })
    const forget = () => cached.get(key)?.grants === loading && cached.delete(key)
    // Only what someone holds is kept: whoever asks for what is not there, by names of any length, fills nothing.
    loading.then((grants) => grants.length === 0 && forget(), forget)
    return loading
  }

  async function viewerIn(networkId: string, accountId: string): Promise<Viewer | undefined> {
    const roles = await grantsOf(networkId, accountId)
    return roles.length === 0 ? undefined : { roles }
  }

  async function getViewer(networkId: string, accountId: string): Promise<Viewer> {
    const viewer = await viewerIn(networkId, accountId)
    if (!viewer) throw new AppError('not-found', 'There is no such network, or you are not in it.')
    return viewer
  }

  async function levelOf(accountId: string, document: GuardedDocument): Promise<Level | undefined> {
    const viewer = await viewerIn(document.networkId, accountId)
    return (
      viewer && levelOn(viewer, { ...document, membersEdit: findKind(document.kind)?.membersEdit ?? false })
    )
  }

  function changed({ networkId, accountId }: { networkId: string; accountId?: string }): void {
    if (accountId !== undefined) {
      cached.delete(`${networkId}/${accountId}`)
      return
    }
    for (const key of cached.keys()) if (key.startsWith(`${networkId}/`)) cached.delete(key)
  }

  return { viewerIn, getViewer, levelOn: levelOf, changed }
}
