import { type Accessor, batch, createSelector, createSignal } from 'solid-js'

/** What is chosen: a card, and the link through which it was reached (in the outline its row, in the diagram a clicked link). */
export interface Selection {
  readonly card: Accessor<string | undefined>
  readonly link: Accessor<string | undefined>
  /** Whether the caret is in the chosen card's title. */
  readonly isEditing: Accessor<boolean>
  readonly isChosen: (card: string) => boolean
  choose(card: string, link?: string): void
  /** Puts the caret at the end of the card's title. */
  edit(card: string, link?: string): void
  /** The same card, reached by another link. */
  relink(link: string | undefined): void
  /** Takes the caret out; the card stays chosen. */
  leave(): void
  clear(): void
  /** Chooses a card that Tab has just come to from elsewhere on the page; until it is used, Tab goes on from there. */
  arrive(card: string, link?: string): void
  readonly isPassing: () => boolean
  /** A key was pressed on the card that says: I work here. */
  engage(): void
  /** Nothing is chosen and the keyboard rests beside the cards: Tab goes on to what follows on the page. */
  readonly isResting: Accessor<boolean>
  /** The keyboard has left for another part of the page: when it comes back, the cards take it again. */
  endRest(): void
}

export function createSelection(): Selection {
  const [card, setCard] = createSignal<string>()
  const [link, setLink] = createSignal<string>()
  const [isEditing, setEditing] = createSignal(false)

  const [isResting, setResting] = createSignal(false)
  let isPassing = false
  // A selector wakes the two cards that change, not all three hundred.
  const isChosen = createSelector<string | undefined, string>(card)

  const set = (next: string | undefined, through: string | undefined, editing: boolean) =>
    batch(() => {
      setCard(next)
      setLink(through)
      setEditing(editing)
      setResting(next === undefined)
      isPassing = false
    })

  return {
    card,
    link,
    isEditing,
    isChosen,
    choose: (id, through) => set(id, through, false),
    edit: (id, through) => set(id, through, true),
    relink: (through) => void setLink(through),
    leave: () => setEditing(false),
    clear: () => set(undefined, undefined, false),
    arrive(id, through) {
      set(id, through, false)
      isPassing = true
    },
    isPassing: () => isPassing,
    engage() {
      isPassing = false
    },
    isResting,
    endRest: () => setResting(false),
  }
}
