import { type Accessor, createMemo, createSignal, For, type JSX, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import type { Network } from '#shared/network.ts'
import type { BoardCardView, BoardColumnView } from '../kinds/board-view.ts'
import { BoardCard } from './BoardCard.tsx'
import './boards.css'
import type { Moves } from './create-moves.ts'

export interface BoardProps {
  label: string
  columns: readonly BoardColumnView[]
  cards: readonly BoardCardView[]
  network: Network
  moves: Moves
}

/**
 * Cards by where they stand. A card is dragged, or moved by its menu, or with Shift and an arrow key; the arrows alone go
 * from card to card.
 */
export function Board(props: BoardProps): JSX.Element {
  const [dragged, drag] = createSignal<BoardCardView>()
  const inColumn = (column: string) => props.cards.filter((card) => card.column === column)
  const drop = (column: string) => {
    const card = dragged()
    drag(undefined)
    if (card) void props.moves.bring(card, column)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it listens for its cards, which are what is acted on.
    <div
      class="board"
      style={{ '--columns': props.columns.length }}
      onKeyDown={(event) => answerKey(event, props)}
    >
      <For each={props.columns}>
        {(column) => (
          <Column
            column={column}
            cards={inColumn(column.id)}
            network={props.network}
            moves={props.moves}
            isTarget={dragged() !== undefined && dragged()?.column !== column.id}
            onDrag={drag}
            onDrop={() => drop(column.id)}
          />
        )}
      </For>
    </div>
  )
}

function Column(props: {
  column: BoardColumnView
  cards: readonly BoardCardView[]
  network: Network
  moves: Moves
  isTarget: boolean
  onDrag: (card: BoardCardView | undefined) => void
  onDrop: () => void
}): JSX.Element {
  const [isOver, setOver] = createSignal(false)
  // By their ids: what is read anew stands where it stood, with the keyboard in it.
  const ids = (isResting: boolean) =>
    props.cards.filter((card) => card.isResting === isResting).map(({ document }) => document.id)
  const moving = createMemo(() => ids(false))
  const resting = createMemo(() => ids(true))
  const cardsView = (shown: Accessor<readonly string[]>) => (
    <ul>
      <For each={shown()}>
        {(id) => (
          <Show when={props.cards.find(({ document }) => document.id === id)}>
            {(card) => (
              <BoardCard card={card()} network={props.network} moves={props.moves} onDrag={props.onDrag} />
            )}
          </Show>
        )}
      </For>
    </ul>
  )
  return (
    <section
      class="board-column"
      classList={{ 'is-target': props.isTarget, 'is-over': isOver() }}
      aria-label={props.column.label}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        props.onDrop()
      }}
    >
      <h2 class={props.column.theme}>
        <Show when={props.column.Glyph}>{(Glyph) => <Dynamic component={Glyph()} />}</Show>
        {props.column.label}
        <span class="label">{moving().length}</span>
      </h2>
      <Show when={moving().length > 0} fallback={<p class="label nothing">Nothing here.</p>}>
        {cardsView(moving)}
      </Show>
      <Show when={resting().length > 0}>
        <div class="resting">
          <h3 class="label">Paused or stalled</h3>
          {cardsView(resting)}
        </div>
      </Show>
    </section>
  )
}

/** Arrows go to the card beside; with Shift they bring the card into the column beside. */
function answerKey(event: KeyboardEvent & { currentTarget: HTMLElement }, props: BoardProps): void {
  const here = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-card]') : null
  const card = props.cards.find(({ document }) => document.id === here?.dataset.card)
  if (!here || !card) return
  if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
    const cards = [...(here.closest('.board-column')?.querySelectorAll<HTMLElement>('[data-card]') ?? [])]
    focusCard(cards[cards.indexOf(here) + (event.key === 'ArrowUp' ? -1 : 1)])
    event.preventDefault()
    return
  }
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
  if (step === undefined) return
  event.preventDefault()
  const at = props.columns.findIndex(({ id }) => id === card.column)
  const column = props.columns[at + step]
  if (event.shiftKey) {
    if (column) void props.moves.bring(card, column.id)
    return
  }
  // Past columns where nothing stands.
  const columns = [...event.currentTarget.querySelectorAll<HTMLElement>('.board-column')]
  const beside = step < 0 ? columns.slice(0, at).toReversed() : columns.slice(at + 1)
  focusCard(
    beside.map((each) => each.querySelector<HTMLElement>('[data-card]')).find((each) => each !== null),
  )
}

/** A card takes the keyboard at its title. */
export const focusCard = (card: HTMLElement | null | undefined): void =>
  card?.querySelector<HTMLElement>('.title-link')?.focus()
