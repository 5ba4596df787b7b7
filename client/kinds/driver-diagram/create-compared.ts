import type { MarkedSpan } from '#shared/content/word-differences.ts'
import {
  type DiagramDifferences,
  diagramDifferences,
  type LinkDifference,
} from '#shared/kinds/driver-diagram/differences.ts'
import { type Layout, layoutDiagram } from '#shared/kinds/driver-diagram/layout.ts'
import type { Card, Diagram, Link } from '#shared/kinds/driver-diagram/model.ts'
import { isOn, type Side } from '../../form/MarkedWords.tsx'
import { type DifferenceSign, signOfCard } from './difference-words.ts'

/** Two moments of a diagram as one picture. */
export interface Compared {
  readonly differences: DiagramDifferences
  readonly layout: Layout
  readonly cards: readonly ComparedCard[]
  readonly links: readonly ComparedLink[]
}

export interface ComparedCard {
  readonly card: Card
  readonly sign?: DifferenceSign
  /** Its title, with what was taken away and what came. */
  readonly words: readonly MarkedSpan[]
}

export interface ComparedLink {
  readonly link: Link
  readonly sign?: LinkDifference['kind']
}

/** What is drawn of two moments: both in one, or one of them with what the other has not marked. */
export function compareDiagrams(before: Diagram, after: Diagram, side: Side): Compared {
  const differences = diagramDifferences(before, after)
  const shown = side === 'both' ? differences.both : side === 'before' ? before : after
  const ofCard = new Map(differences.cards.map((each) => [each.card.id, each]))
  const ofLink = new Map(differences.links.map((each) => [each.link.id, each.kind]))
  const cards = shown.cards.map((card): ComparedCard => {
    const difference = ofCard.get(card.id)
    const spans = (difference?.kind === 'changed' && difference.words) || [{ text: card.title }]
    return {
      card,
      words: spans.filter(({ mark }) => isOn(side, mark)),
      ...(difference === undefined ? {} : { sign: signOfCard(difference) }),
    }
  })
  const links = shown.links.map((link): ComparedLink => {
    const sign = ofLink.get(link.id)
    return { link, ...(sign === undefined ? {} : { sign }) }
  })
  return { differences, cards, links, layout: layoutDiagram(withAllWords(shown, cards)) }
}

/** Words that went need room beside those that came. */
const withAllWords = (diagram: Diagram, cards: readonly ComparedCard[]): Diagram => ({
  ...diagram,
  cards: cards.map(({ card, words }) => ({ ...card, title: words.map(({ text }) => text).join('') })),
})
