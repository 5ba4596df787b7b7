import type { Network } from '#shared/network.ts'
import { answer, api } from '../api.ts'
import type { BoardNames } from '../kinds/board-view.ts'

/** How teams and change ideas are called that a table names: those that the reader may see. */
export async function findNames({ id, teams }: Network): Promise<BoardNames> {
  const query = { name: 'idea' }
  const { facts } = await answer(api.networks[':id'].facts.$get({ param: { id }, query }))
  const key = (documentId: string, part: string | undefined) => `${documentId}/${part}`
  const ideas = new Map(
    facts.map(({ documentId, part, value }) => [key(documentId, part), String(value)] as const),
  )
  return {
    team: (teamId) => teams.find((team) => team.id === teamId)?.name,
    part: ({ documentId, part }) => ideas.get(key(documentId, part)),
  }
}
