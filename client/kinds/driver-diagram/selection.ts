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
  /** Takes the caret out; the card stays chosen. */
  leave(): void
  clear(): void
}

export function createSelection(): Selection {
  const [card, setCard] = createSignal<string>()
  const [link, setLink] = createSignal<string>()
  const [isEditing, setEditing] = createSignal(false)

  // A selector wakes the two cards that change, not all three hundred.
  const isChosen = createSelector<string | undefined, string>(card)

  const set = (next: string | undefined, through: string | undefined, editing: boolean) =>
    batch(() => {
      setCard(next)
      setLink(through)
      setEditing(editing)
    })

  return {
    card,
    link,
    isEditing,
    isChosen,
    choose: (id, through) => set(id, through, false),
    edit: (id, through) => set(id, through, true),
    leave: () => setEditing(false),
    clear: () => set(undefined, undefined, false),
  }
}
