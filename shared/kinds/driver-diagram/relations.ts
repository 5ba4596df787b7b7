import { type Card, type Column, type Diagram, mayLink } from './model.ts'

/** What edits ask of a diagram before they change it, and what they answer when they may not. */

export const column = (diagram: Diagram, name: Column): readonly Card[] =>
  diagram.cards.filter((card) => card.column === name)

/** The cards that a card leads to, in order: nearer the aim. */
export function parentsOf(diagram: Diagram, cardId: string): Card[] {
  const ids = new Set(diagram.links.filter((link) => link.from === cardId).map((link) => link.to))
  return diagram.cards.filter((card) => ids.has(card.id))
}

/** The cards that lead to a card, in order. */
export function childrenOf(diagram: Diagram, cardId: string): Card[] {
  const ids = new Set(diagram.links.filter((link) => link.to === cardId).map((link) => link.from))
  return diagram.cards.filter((card) => ids.has(card.id))
}

/** Whether a card of a column may lead to this parent. */
export function fits(diagram: Diagram, from: Column, parent: string): boolean {
  const card = diagram.cards.find(({ id }) => id === parent)
  return card !== undefined && mayLink(from, card.column)
}

export const titleOf = (diagram: Diagram, cardId: string): string =>
  diagram.cards.find(({ id }) => id === cardId)?.title ?? ''

/** Why a card of one column cannot lead to one of another. */
export function whyNot(from: Column, to: Column): string {
  switch (from) {
    case 'aim':
      return 'The aim leads nowhere: everything leads to it.'
    case 'primary':
      return 'A primary driver leads to the aim.'
    case 'secondary':
      return to === 'aim'
        ? 'A secondary driver leads to the aim through a primary driver.'
        : 'A secondary driver leads to primary drivers.'
    case 'idea':
      return to === 'aim'
        ? 'A change idea leads to the aim through a driver.'
        : 'A change idea leads to drivers.'
  }
}

/** What was left undone, in a sentence for the person who asked for it. */
export interface Refusal {
  readonly refused: string
}
