import { createsDocuments } from '#shared/access.ts'
import type { Network } from '#shared/network.ts'

/** Where a document can stand: in the network itself, or in one of its teams. */
export interface DocumentPlace {
  /** Absent: the network. */
  readonly teamId?: string
  readonly name: string
}

/** The places of `network` in which the reader may start a document. */
export function placesToCreate(network: Network): readonly DocumentPlace[] {
  return allPlaces(network).filter((place) => createsDocuments(network, place.teamId))
}

export const allPlaces = (network: Network): readonly DocumentPlace[] => [
  { name: network.name },
  ...network.teams.map((team) => ({ teamId: team.id, name: team.name })),
]

/** Where a document stands, in words. */
export const placeName = (network: Network, teamId: string | undefined): string =>
  teamId === undefined ? network.name : (network.teams.find((team) => team.id === teamId)?.name ?? 'A team')
