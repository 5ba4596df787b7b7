import { useNavigate, useParams } from '@solidjs/router'
import { createEffect, createSignal, For, type JSX, Show } from 'solid-js'
import { createsDocuments } from '#shared/access.ts'
import { AppError } from '#shared/errors.ts'
import { kinds } from '#shared/kinds/index.ts'
import type { Network, Team } from '#shared/network.ts'
import { asRefusal } from '../api.ts'
import { NewDocumentDialog } from '../documents/NewDocumentDialog.tsx'
import { countOfKind, kindInWords } from '../documents/titles.ts'
import { createNetwork } from '../network.ts'
import { Page } from '../Page.tsx'
import { downloadFile } from '../sync/download.ts'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Loaded, Problem } from '../ui/load.tsx'
import { showToast } from '../ui/toasts.tsx'
import { Board, focusCard } from './Board.tsx'
import { createTeamBoard, type KindBoard, type TeamBoard } from './create-board.ts'
import { createMoves } from './create-moves.ts'
import { MoveDialog } from './MoveDialog.tsx'
import { findNames } from './names.ts'
import { writeCsv } from './write-csv.ts'

/** What a team tests just now, by where it stands. */
export default function TeamBoardPage(): JSX.Element {
  const params = useParams<{ networkId: string; teamId: string }>()
  const network = createNetwork(() => params.networkId)
  const team = () => network.data()?.teams.find(({ id }) => id === params.teamId)
  return (
    <Page
      title={`Board of ${team()?.name ?? 'a team'}`}
      network={network.data()}
      crumbs={crumbsOf(params.networkId, team())}
      width="whole"
    >
      <Loaded load={network} isPage>
        {(found) => (
          <Show when={team()} fallback={<Problem problem={noSuchTeam} asHeading />}>
            {(team) => <TeamBoardBody network={found()} team={team()} />}
          </Show>
        )}
      </Loaded>
    </Page>
  )
}

const noSuchTeam = new AppError('not-found', 'There is no such team in this network.')

const crumbsOf = (networkId: string, team: Team | undefined) =>
  team === undefined
    ? []
    : [{ label: team.name, href: `/networks/${networkId}/teams/${team.id}` }, { label: 'Board' }]

function TeamBoardBody(props: { network: Network; team: Team }): JSX.Element {
  const board = createTeamBoard(
    () => props.network,
    () => props.team.id,
  )
  return (
    <div class="board-page">
      <Loaded load={board.boards}>
        {(boards) => (
          <For each={boards().map(({ kind }) => kind)}>
            {(kind) => (
              <Show when={boards().find((each) => each.kind === kind)}>
                {(found) => (
                  <OneBoard board={found()} all={board} network={props.network} team={props.team} />
                )}
              </Show>
            )}
          </For>
        )}
      </Loaded>
    </div>
  )
}

function OneBoard(props: { board: KindBoard; all: TeamBoard; network: Network; team: Team }): JSX.Element {
  const navigate = useNavigate()
  const [isStarting, setStarting] = createSignal(false)
  const plural = () => kinds[props.board.kind].plural
  const cards = () => props.all.cardsOf(props.board)
  const [moved, setMoved] = createSignal<{ readonly id: string; readonly stage: string }>()
  // The board is read anew after a move, more than once where others work too: the keyboard waits for the card.
  createEffect(() => {
    const wanted = moved()
    if (!cards().some(({ document, stage }) => document.id === wanted?.id && stage === wanted.stage)) return
    setMoved(undefined)
    queueMicrotask(() => focusCard(document.querySelector<HTMLElement>(`[data-card="${wanted?.id}"]`)))
  })
  const moves = createMoves({
    columns: () => props.board.view.columns,
    reload: props.all.boards.reload,
    focus: (id, stage) => setMoved({ id, stage }),
    open: (id) => navigate(`/documents/${id}`),
  })
  const takeOut = async () => {
    try {
      const names = await findNames(props.network)
      downloadFile({
        name: `${plural()} of ${props.team.name}.csv`,
        type: 'text/csv',
        body: writeCsv(props.board.view.table(props.all.documentsOf(props.board), names)),
      })
    } catch (thrown) {
      showToast({ text: asRefusal(thrown).message })
    }
  }
  const start = (kind: 'primary' | 'plain') => (
    <Show when={createsDocuments(props.network, props.team.id)}>
      <Button kind={kind} icon="plus" onClick={() => setStarting(true)}>
        Start a {kindInWords(props.board.kind)}
      </Button>
    </Show>
  )
  return (
    <>
      <header class="lede-row">
        <div>
          <h1 class="display">What {props.team.name} tests</h1>
          <p class="quiet small">{countOfKind(cards().length, props.board.kind)}</p>
        </div>
        <Show when={cards().length > 0}>
          <div class="page-steps no-print">
            <Button kind="quiet" icon="download" onClick={() => void takeOut()}>
              Export all as CSV
            </Button>
            {start('primary')}
          </div>
        </Show>
      </header>
      <Show
        when={cards().length > 0}
        fallback={<EmptyState action={start('primary')}>{props.board.view.method}</EmptyState>}
      >
        <p class="label no-print keys-line">
          Drag a card, or press <kbd>Shift</kbd> with an arrow key, to take its next step.
        </p>
        <Board
          label={plural()}
          columns={props.board.view.columns}
          cards={cards()}
          network={props.network}
          moves={moves}
        />
      </Show>
      <div class="visually-hidden" role="status" aria-live="polite">
        {moves.said()}
      </div>
      <MoveDialog moves={moves} />
      <NewDocumentDialog
        network={props.network}
        teamId={props.team.id}
        start={{ kind: props.board.kind }}
        open={isStarting()}
        onClose={() => setStarting(false)}
      />
    </>
  )
}
