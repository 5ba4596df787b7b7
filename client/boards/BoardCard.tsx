import { type JSX, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { counted } from '#shared/counted.ts'
import { kinds } from '#shared/kinds/index.ts'
import type { Network } from '#shared/network.ts'
import { createNow } from '../clock.ts'
import type { BoardCardView } from '../kinds/board-view.ts'
import { Badge } from '../ui/Badge.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Menu, type MenuItem } from '../ui/Menu.tsx'
import { dayOf } from '../ui/when.ts'
import type { Moves } from './create-moves.ts'

export interface BoardCardProps {
  card: BoardCardView
  network: Network
  moves: Moves
  onDrag: (card: BoardCardView | undefined) => void
}

/** One document on a board: what it is about, who, until when, how long it has been there, and what may hold it up. */
export function BoardCard(props: BoardCardProps): JSX.Element {
  const mayMove = () => props.card.document.level === 'edit' && props.card.moves.length > 0
  return (
    <li
      class="board-card"
      data-card={props.card.document.id}
      draggable={mayMove()}
      onDragStart={(event) => {
        // Firefox drags only what carries data.
        event.dataTransfer?.setData('text/plain', props.card.document.title)
        props.onDrag(props.card)
      }}
      onDragEnd={() => props.onDrag(undefined)}
    >
      <div class="board-card-head">
        <a
          class="title-link"
          href={`/documents/${props.card.document.id}`}
          draggable={false}
          aria-keyshortcuts={mayMove() ? 'Shift+ArrowRight Shift+ArrowLeft' : undefined}
        >
          {props.card.document.title}
        </a>
        <Show when={mayMove()}>
          <Menu
            label={`Move “${props.card.document.title}” to…`}
            icon="more"
            kind="quiet"
            iconOnly
            items={props.card.moves.map(
              (move): MenuItem => ({
                label: kinds[props.card.document.kind].transitions?.[move.step]?.label ?? move.step,
                run: () => void props.moves.take(props.card, move),
              }),
            )}
          />
        </Show>
      </div>
      <p class="label">{props.card.gist}</p>
      <About card={props.card} network={props.network} />
      <Show when={props.card.hint}>
        {(hint) => (
          <p class="hint small waits">
            <Icon name="alert" />
            <span>{hint()}</span>
          </p>
        )}
      </Show>
    </li>
  )
}

function About(props: { card: BoardCardView; network: Network }): JSX.Element {
  const now = createNow()
  const due = () => {
    const { due } = props.card
    if (due === undefined) return undefined
    // Noon: the day is the same wherever it is read.
    return `${props.card.isOverdue ? 'was due' : 'due'} ${dayOf(Date.parse(`${due}T12:00:00Z`), now(), { timeZone: 'UTC' })}`
  }
  const since = () => {
    const { days, doneAt } = props.card
    if (doneAt !== undefined) return `done ${dayOf(doneAt, now(), props.network)}`
    return days === undefined ? undefined : days === 0 ? 'since today' : `for ${counted(days, 'day')}`
  }
  const line = () => [props.card.owner, due(), since()].filter(Boolean).join(' · ')
  return (
    <div class="board-about">
      <Show when={props.card.state}>{(state) => <Badge>{state()}</Badge>}</Show>
      <Show when={props.card.Outcome}>{(Outcome) => <Dynamic component={Outcome()} />}</Show>
      <Show when={!props.card.document.shared}>
        <Badge icon="lock">Only your team</Badge>
      </Show>
      <span class="label">{line()}</span>
    </div>
  )
}
