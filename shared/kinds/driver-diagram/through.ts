import type { Station, ThroughPart } from '../kind.ts'
import { aimInShort } from './aim.ts'
import { aimId, type Column, type Diagram } from './model.ts'

/** Where a card of each column stands on the through-line. */
export const stationOf: Readonly<Record<Column, Station>> = {
  aim: 'aim',
  primary: 'driver',
  secondary: 'driver',
  idea: 'idea',
}

/**
 * The way from the aim to a card along the first link of each, that card last; empty when there is no such card. A card
 * that leads nowhere yet stands alone.
 */
export function throughDiagram(diagram: Diagram, part: string): readonly ThroughPart[] {
  const cards = new Map(diagram.cards.map((card) => [card.id, card]))
  const way: ThroughPart[] = []
  // Links lead one column on, so a way has at most four cards.
  for (let id: string | undefined = part; id !== undefined; id = parentOf(diagram, id)) {
    const card = cards.get(id)
    if (card === undefined) return way
    const label = id === aimId ? aimInShort(diagram.aim, card.title) : card.title.trim()
    way.unshift({ station: stationOf[card.column], part: id, label })
  }
  return way
}

function parentOf(diagram: Diagram, id: string): string | undefined {
  return id === aimId ? undefined : diagram.links.find(({ from }) => from === id)?.to
}
