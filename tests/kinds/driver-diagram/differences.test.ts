import { describe, expect, it } from 'vitest'
import { diagramDifferences } from '../../../shared/kinds/driver-diagram/differences.ts'
import { type Card, type Diagram, type Link, linkId } from '../../../shared/kinds/driver-diagram/model.ts'

const card = (id: string, order: string, more: Partial<Card> = {}): Card => ({
  id,
  column: 'secondary',
  title: `The words of ${id}`,
  order,
  tags: [],
  notes: [],
  ...more,
})

const link = (from: string, to: string, more: Partial<Link> = {}): Link => ({
  id: linkId(from, to),
  from,
  to,
  strength: 'strong',
  polarity: 'helps',
  why: '',
  evidence: [],
  ...more,
})

const diagram = (cards: readonly Card[], links: readonly Link[] = []): Diagram => ({
  aim: { what: '', forWhom: '', boundary: '', whyNow: '', signatories: [] },
  cards,
  links,
})

const differences = (before: Diagram, after: Diagram) => diagramDifferences(before, after)

describe('what differs between two moments of a diagram', () => {
  it('is nothing where nothing changed', () => {
    const same = diagram([card('a', 'a1')], [link('a', 'p')])
    expect(differences(same, structuredClone(same))).toEqual({ cards: [], links: [], both: same })
  })

  it('cards and links that came and went, and a picture in which both stand', () => {
    const before = diagram([card('a', 'a1'), card('b', 'a2')], [link('b', 'p')])
    const after = diagram([card('a', 'a1'), card('c', 'a3')], [link('c', 'p')])
    const { cards, links, both } = differences(before, after)
    expect(cards.map(({ kind, card }) => [kind, card.id])).toEqual([
      ['removed', 'b'],
      ['added', 'c'],
    ])
    expect(links.map(({ kind, link }) => [kind, link.id])).toEqual([
      ['added', 'c>p'],
      ['removed', 'b>p'],
    ])
    expect(both.cards.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  })

  it('a card in another column was moved', () => {
    const before = diagram([card('a', 'a1')])
    const after = diagram([card('a', 'a1', { column: 'idea' })])
    expect(differences(before, after).cards).toMatchObject([
      { kind: 'changed', movedFrom: 'secondary', isReordered: false },
    ])
  })

  it('one card that was carried elsewhere is moved, those that it passed are not', () => {
    const before = diagram([card('a', 'a1'), card('b', 'a2'), card('c', 'a3'), card('d', 'a4')])
    const after = diagram([card('b', 'a2'), card('c', 'a3'), card('d', 'a4'), card('a', 'a5')])
    expect(differences(before, after).cards).toMatchObject([
      { kind: 'changed', isReordered: true, card: { id: 'a' } },
    ])
  })

  it('cards that came and went around a card do not move it', () => {
    const before = diagram([card('x', 'a0'), card('a', 'a1'), card('b', 'a2')])
    const after = diagram([card('a', 'a1'), card('y', 'a11'), card('b', 'a2')])
    expect(differences(before, after).cards.map(({ kind }) => kind)).toEqual(['removed', 'added'])
  })

  it('changed words stand beside what they were, and fields with both values', () => {
    const idea = { column: 'idea' } as const
    const before = diagram(
      [card('a', 'a1', { ...idea, title: 'Ride pool', status: 'proposed' })],
      [link('a', 'p')],
    )
    const after = diagram(
      [card('a', 'a1', { ...idea, title: 'Bike pool', status: 'adopted' })],
      [link('a', 'p', { strength: 'weak', why: 'It rained.' })],
    )
    const { cards, links } = differences(before, after)
    expect(cards).toMatchObject([
      {
        words: [{ text: 'Ride', mark: 'removed' }, { text: 'Bike', mark: 'added' }, { text: ' pool' }],
        fields: [{ field: 'status', before: 'proposed', after: 'adopted' }],
      },
    ])
    expect(links).toMatchObject([
      { kind: 'changed', fields: [{ field: 'strength', before: 'strong', after: 'weak' }, { field: 'why' }] },
    ])
  })
})
