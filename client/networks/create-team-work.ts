import type { Accessor } from 'solid-js'
import { counted } from '#shared/counted.ts'
import type { DocumentSummary } from '#shared/document.ts'
import type { PlacedFact } from '#shared/fact.ts'
import { type KindName, kindNames, kinds } from '#shared/kinds/index.ts'
import type { Station } from '#shared/kinds/kind.ts'
import { answer, api } from '../api.ts'
import { countOfKind } from '../documents/titles.ts'
import { createNetworkFeed } from '../feed.ts'
import { createLoad, type Load } from '../ui/load.tsx'
import type { ThroughItem } from '../ui/ThroughLine.tsx'

/** What a team's work consists of so far: what stands at the first stations, its own and the network's. */
export interface TeamWork {
  readonly aims: readonly PlacedFact[]
  readonly drivers: readonly PlacedFact[]
  readonly ideas: readonly PlacedFact[]
  /** Worksheets of the team, each with what sort it is. */
  readonly worksheets: readonly PlacedFact[]
}

/** Reads it, and again when something is begun, shared or archived. */
export function createTeamWork(networkId: Accessor<string>, teamId: Accessor<string>): Load<TeamWork> {
  const load = createLoad(
    () => `${networkId()}/${teamId()}`,
    () => findTeamWork(networkId(), teamId()),
  )
  createNetworkFeed(networkId, { document: (change) => change !== 'changed' && void load.reload() })
  return load
}

async function findTeamWork(networkId: string, teamId: string): Promise<TeamWork> {
  const find = async (name: string): Promise<readonly PlacedFact[]> => {
    const query = { name }
    const { facts } = await answer(api.networks[':id'].facts.$get({ param: { id: networkId }, query }))
    return facts.filter((fact) => fact.teamId === undefined || fact.teamId === teamId)
  }
  const [aims, drivers, ideas, worksheets] = await Promise.all(
    ['aim', 'driver', 'idea', 'worksheet'].map(find),
  )
  return {
    aims: aims ?? [],
    drivers: drivers ?? [],
    ideas: ideas ?? [],
    worksheets: (worksheets ?? []).filter((fact) => fact.teamId === teamId),
  }
}

/** The kind of document that stands at a station, where there is one. */
export const kindAt = (station: Station): KindName | undefined =>
  kindNames.find((name) => kinds[name].station === station)

/** The line above a team's page: its own pieces, and where it has none those of the network that it works on. */
export function lineOfTeam(
  work: TeamWork | undefined,
  own: readonly DocumentSummary[],
  teamId: string,
): readonly ThroughItem[] {
  if (work === undefined) return []
  if (own.length === 0) return [{ station: 'aim', label: 'not written yet', here: true }]
  const ownOrAll = (facts: readonly PlacedFact[]) => {
    const ofTeam = facts.filter((fact) => fact.teamId === teamId)
    return ofTeam.length > 0 ? ofTeam : facts
  }
  const item = (station: 'aim' | 'driver' | 'idea', facts: readonly PlacedFact[]): readonly ThroughItem[] => {
    const [first] = facts
    if (first === undefined) return []
    const label =
      facts.length === 1 && first.value !== '' ? String(first.value) : counted(facts.length, station)
    return [{ station, label, href: `/documents/${first.documentId}#${first.part}` }]
  }
  return [
    ...item('aim', ownOrAll(work.aims)),
    ...item('driver', ownOrAll(work.drivers)),
    ...item('idea', ownOrAll(work.ideas)),
    ...cyclesItem(own),
  ]
}

function cyclesItem(own: readonly DocumentSummary[]): readonly ThroughItem[] {
  const kind = kindAt('cycle')
  const cycles = own.filter((document) => document.kind === kind)
  const [newest] = cycles
  if (kind === undefined || newest === undefined) return []
  const label = cycles.length === 1 ? newest.title : countOfKind(cycles.length, kind)
  return [{ station: 'cycle', label, href: `/documents/${newest.id}` }]
}
