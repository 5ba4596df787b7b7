import { align } from '../../content/align.ts'
import type { Block } from '../../content/blocks.ts'
import { type MarkedSpan, wordDifferences } from '../../content/word-differences.ts'
import { inOrder } from '../order.ts'
import { type Card, type Column, columns, type Diagram, type Link } from './model.ts'

/** What became of a card between two moments. */
export type CardDifference =
  | { readonly kind: 'added' | 'removed'; readonly card: Card }
  | {
      readonly kind: 'changed'
      /** As it is later. */
      readonly card: Card
      /** It stood in this column; absent where it stayed in its own. */
      readonly movedFrom?: Column
      /** It stands elsewhere among the cards of its column. */
      readonly isReordered: boolean
      /** Its title with what was taken away and what came; absent where it says the same. */
      readonly words?: readonly MarkedSpan[]
      /** Other things that are said of it differently. */
      readonly fields: readonly FieldDifference[]
    }

/** What became of a link between two moments. */
export type LinkDifference =
  | { readonly kind: 'added' | 'removed'; readonly link: Link }
  | { readonly kind: 'changed'; readonly link: Link; readonly fields: readonly FieldDifference[] }

export type CardField = 'status' | 'owner' | 'concept' | 'tags' | 'notes'
export type LinkField = 'strength' | 'polarity' | 'confidence' | 'why' | 'evidence'

export interface FieldDifference {
  readonly field: CardField | LinkField
  /** Short values as they are stored; absent for long texts and for what was not there. */
  readonly before?: string
  readonly after?: string
}

/** All that differs between two moments of a diagram, its aim's fields aside: by columns, and in order within them. */
export interface DiagramDifferences {
  readonly cards: readonly CardDifference[]
  readonly links: readonly LinkDifference[]
  /** Everything that stands at one of the moments: what was removed in the place that it had. */
  readonly both: Diagram
}

/** What was added, removed, moved and said differently between two moments of a diagram. */
export function diagramDifferences(before: Diagram, after: Diagram): DiagramDifferences {
  const both = together(before, after)
  const [cardsBefore, cardsAfter] = [byId(before.cards), byId(after.cards)]
  const [linksBefore, linksAfter] = [byId(before.links), byId(after.links)]
  const moved = reordered(before, after)
  return {
    both,
    cards: both.cards.flatMap(({ id }) =>
      cardDifference(cardsBefore.get(id), cardsAfter.get(id), moved.has(id)),
    ),
    links: both.links.flatMap(({ id }) => linkDifference(linksBefore.get(id), linksAfter.get(id))),
  }
}

const byId = <T extends { readonly id: string }>(all: readonly T[]): ReadonlyMap<string, T> =>
  new Map(all.map((each) => [each.id, each]))

function together(before: Diagram, after: Diagram): Diagram {
  const present = new Set(after.cards.map(({ id }) => id))
  const place = ({ column }: Card) => columns.indexOf(column)
  const linked = new Set(after.links.map(({ id }) => id))
  return {
    aim: after.aim,
    cards: [...after.cards, ...before.cards.filter(({ id }) => !present.has(id))].sort(
      (a, b) => place(a) - place(b) || inOrder(a, b),
    ),
    links: [...after.links, ...before.links.filter(({ id }) => !linked.has(id))],
  }
}

function cardDifference(
  before: Card | undefined,
  after: Card | undefined,
  isReordered: boolean,
): readonly CardDifference[] {
  if (after === undefined) return before === undefined ? [] : [{ kind: 'removed', card: before }]
  if (before === undefined) return [{ kind: 'added', card: after }]
  const movedFrom = before.column === after.column ? undefined : before.column
  const words = before.title === after.title ? undefined : titleDifference(before, after)
  const fields = cardFields(before, after)
  if (movedFrom === undefined && !isReordered && words === undefined && fields.length === 0) return []
  return [
    {
      kind: 'changed',
      card: after,
      ...(movedFrom === undefined ? {} : { movedFrom }),
      isReordered,
      ...(words === undefined ? {} : { words }),
      fields,
    },
  ]
}

const titleDifference = (before: Card, after: Card): readonly MarkedSpan[] =>
  wordDifferences([{ text: before.title }], [{ text: after.title }])

function cardFields(before: Card, after: Card): readonly FieldDifference[] {
  return [
    ...shortField('status', before.status, after.status),
    ...shortField('owner', before.owner, after.owner),
    ...shortField('concept', before.concept, after.concept),
    ...shortField('tags', before.tags.join(', '), after.tags.join(', ')),
    ...longField('notes', before.notes, after.notes),
  ]
}

function linkDifference(before: Link | undefined, after: Link | undefined): readonly LinkDifference[] {
  if (after === undefined) return before === undefined ? [] : [{ kind: 'removed', link: before }]
  if (before === undefined) return [{ kind: 'added', link: after }]
  const fields = [
    ...shortField('strength', before.strength, after.strength),
    ...shortField('polarity', before.polarity, after.polarity),
    ...shortField('confidence', before.confidence?.toString(), after.confidence?.toString()),
    ...longField('why', before.why, after.why),
    ...longField('evidence', before.evidence, after.evidence),
  ]
  return fields.length === 0 ? [] : [{ kind: 'changed', link: after, fields }]
}

function shortField(
  field: FieldDifference['field'],
  before: string | undefined,
  after: string | undefined,
): readonly FieldDifference[] {
  if (before === after) return []
  return [{ field, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }]
}

const longField = (
  field: FieldDifference['field'],
  before: string | readonly Block[] | Link['evidence'],
  after: string | readonly Block[] | Link['evidence'],
): readonly FieldDifference[] => (JSON.stringify(before) === JSON.stringify(after) ? [] : [{ field }])

/**
 * Cards that stand elsewhere among those of their column which both moments have: as few as explain the new order. What
 * comes or goes around a card does not move it.
 */
function reordered(before: Diagram, after: Diagram): ReadonlySet<string> {
  const moved = new Set<string>()
  for (const column of columns) {
    const alone = align(idsIn(before, column), idsIn(after, column), (a, b) => (a === b ? 1 : 0)).filter(
      (pair) => pair.before === undefined || pair.after === undefined,
    )
    const left = new Set(alone.flatMap((pair) => pair.before ?? []))
    for (const { after: id } of alone) if (id !== undefined && left.has(id)) moved.add(id)
  }
  return moved
}

const idsIn = ({ cards }: Diagram, column: Column): readonly string[] =>
  cards.flatMap((card) => (card.column === column ? [card.id] : []))
