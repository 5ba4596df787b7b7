import { type Accessor, createMemo } from 'solid-js'
import type { PlacedFact } from '#shared/fact.ts'
import { type KindName, kindNames } from '#shared/kinds/index.ts'
import type { Network } from '#shared/network.ts'
import { answer, api } from '../api.ts'
import { createNow } from '../clock.ts'
import { createNetworkFeed } from '../feed.ts'
import type { BoardCardView, BoardView, Summarized } from '../kinds/board-view.ts'
import { kindViews } from '../kinds/index.ts'
import { createDocuments } from '../network.ts'
import { createLoad, type Load } from '../ui/load.tsx'
import { isoDayOf } from '../ui/when.ts'

/** How a team's documents of one kind are shown, and what they say of themselves in short. */
export interface KindBoard {
  readonly kind: KindName
  readonly view: BoardView
  readonly facts: readonly PlacedFact[]
}

export interface TeamBoard {
  readonly boards: Load<readonly KindBoard[]>
  /** The documents of a board. */
  documentsOf(board: KindBoard): readonly Summarized[]
  /** Its cards as they stand at this moment. */
  cardsOf(board: KindBoard): readonly BoardCardView[]
}

/** Reads the boards of a team, and again whenever something happens to a document of the network. */
export function createTeamBoard(network: Accessor<Network>, teamId: Accessor<string>): TeamBoard {
  const networkId = () => network().id
  const documents = createDocuments(networkId)
  const byId = createMemo(() => new Map(documents.data()?.map((document) => [document.id, document])))
  const boards = createLoad(teamId, (team) => readBoards(networkId(), team))
  createNetworkFeed(networkId, { document: (change) => change !== 'changed' && void boards.reload() })
  const now = createNow()

  const documentsOf = ({ facts }: KindBoard): readonly Summarized[] =>
    facts.flatMap(({ documentId, value }) => {
      const document = byId().get(documentId)
      return document === undefined ? [] : [{ document, value }]
    })
  return {
    boards,
    documentsOf,
    cardsOf: (board) =>
      board.view.cards(documentsOf(board), {
        at: now(),
        day: isoDayOf(now(), { timeZone: network().timeZone }),
      }),
  }
}

/** A board of each kind that has one. */
const readBoards = (networkId: string, team: string): Promise<readonly KindBoard[]> =>
  Promise.all(
    kindNames.flatMap((kind) => {
      const summary = kindViews[kind].summary
      return summary?.board === undefined
        ? []
        : [readBoard(networkId, { kind, team, name: summary.fact }, summary.board())]
    }),
  )

async function readBoard(
  id: string,
  query: { readonly kind: KindName; readonly team: string; readonly name: string },
  view: Promise<BoardView>,
): Promise<KindBoard> {
  const { facts } = await answer(api.networks[':id'].facts.$get({ param: { id }, query }))
  return { kind: query.kind, view: await view, facts }
}
