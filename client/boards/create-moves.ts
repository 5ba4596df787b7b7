import { type Accessor, createSignal } from 'solid-js'
import type { TransitionAnswer } from '#shared/document.ts'
import { kinds } from '#shared/kinds/index.ts'
import type { Problem } from '#shared/records.ts'
import { asRefusal } from '../api.ts'
import type { BoardCardView, BoardColumnView, BoardMove } from '../kinds/board-view.ts'
import { takeStep } from '../records.ts'
import { showToast } from '../ui/toasts.tsx'

/** A step that is not taken at once: it wants a reason or a word before, or something is missing. */
export interface AskedMove {
  readonly card: BoardCardView
  readonly move: BoardMove
  /** What the server says is missing; empty while it was not asked. */
  readonly problems: readonly Problem[]
}

export interface Moves {
  readonly asked: Accessor<AskedMove | undefined>
  /** What happened last, for those who hear the page. */
  readonly said: Accessor<string>
  /** Takes a step of a card's document. */
  take(card: BoardCardView, move: BoardMove): Promise<void>
  /** Brings a card into a column by the step that leads there, or says why there is none. */
  bring(card: BoardCardView, column: string): Promise<void>
  /** Goes on with what was asked. */
  goOn(reason: string): Promise<void>
  cancel(): void
}

export interface MovesOf {
  readonly columns: Accessor<readonly BoardColumnView[]>
  /** Reads the board anew. */
  reload(): Promise<void>
  /** Puts the keyboard on a card once the board shows it in this stage. */
  focus(documentId: string, stage: string): void
  open(documentId: string): void
}

/** Moves on a board are steps of documents: the server takes them or says why not. */
export function createMoves(of: MovesOf): Moves {
  const [asked, ask] = createSignal<AskedMove>()
  const [said, say] = createSignal('', { equals: false })

  async function attempt({ card, move, problems }: AskedMove, reason: string): Promise<void> {
    const step = {
      name: move.step,
      expect: { stage: card.stage },
      ...(reason !== '' && { reason }),
      ...(problems.length > 0 && { goOn: true }),
    }
    try {
      const answered = await takeStep(card.document.id, step)
      ask(undefined)
      of.focus(card.document.id, answered.stage)
      tell(card, move, answered)
      await of.reload()
    } catch (thrown) {
      const { code, message, details } = asRefusal(thrown)
      if (code === 'incomplete' && details.problems) {
        ask({ card, move, problems: details.problems })
        return
      }
      ask(undefined)
      showToast({ text: message })
      await of.reload()
    }
  }

  function tell(card: BoardCardView, move: BoardMove, { opened, asked: requests }: TransitionAnswer): void {
    const column = of.columns().find(({ id }) => id === move.column)?.label ?? ''
    const moved = `“${card.document.title}” ${move.rests ? 'rests in' : 'is in'} ${column} now.`
    const waits = requests.some(({ outcome }) => outcome === 'proposed')
    const [next] = opened
    say(moved)
    showToast({
      text: [
        moved,
        ...(next ? ['What comes next is opened.'] : []),
        ...(waits ? ['The change of the theory waits there as a proposal.'] : []),
      ].join(' '),
      ...(next && { action: { label: 'Open the next one', run: () => of.open(next) } }),
    })
  }

  const refuse = (text: string) => {
    say(text)
    showToast({ text })
  }

  const moves: Moves = {
    asked,
    said,
    async take(card, move) {
      const first: AskedMove = { card, move, problems: [] }
      if (wantsAWord(card, move)) ask(first)
      else await attempt(first, '')
    },
    async bring(card, column) {
      if (card.document.level !== 'edit') return refuse('You can read this document, but not edit it.')
      const move = card.moves.find(
        (each) => each.column === column && !each.rests && each.column !== card.column,
      )
      if (move) await moves.take(card, move)
      else if (column !== card.column) refuse(whyNot(of.columns(), card, column))
    },
    async goOn(reason) {
      const current = asked()
      if (current) await attempt(current, reason)
    },
    cancel: () => ask(undefined),
  }
  return moves
}

/** What cannot be taken back, and what is taken only with a reason. */
const wantsAWord = (card: BoardCardView, { step }: BoardMove): boolean => {
  const transition = kinds[card.document.kind].transitions?.[step]
  return transition?.needsReason === true || transition?.seals !== undefined
}

function whyNot(columns: readonly BoardColumnView[], card: BoardCardView, column: string): string {
  const label = (id: string) => columns.find((each) => each.id === id)?.label ?? id
  const reachable = [
    ...new Set(
      card.moves.filter((move) => !move.rests && move.column !== card.column).map((move) => move.column),
    ),
  ]
  const from = `${label(card.column)}${card.isResting ? ', where it rests,' : ''}`
  return reachable.length === 0
    ? `From ${from} it goes nowhere else. Open it to see what comes next.`
    : `From ${from} it goes to ${reachable.map(label).join(' or ')}, not straight to ${label(column)}.`
}
