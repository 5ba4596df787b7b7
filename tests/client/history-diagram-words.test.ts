import { describe, expect, it } from 'vitest'
import { compareDiagrams } from '../../client/kinds/driver-diagram/create-compared.ts'
import {
  cardSentences,
  countsInWords,
  linkSentence,
} from '../../client/kinds/driver-diagram/difference-words.ts'
import { diagramDifferences } from '../../shared/kinds/driver-diagram/differences.ts'
import type { Card, Diagram, Link } from '../../shared/kinds/driver-diagram/model.ts'

const card = (id: string, title: string, more: Partial<Card> = {}): Card => ({
  id,
  column: 'idea',
  title,
  order: `a${id}`,
  tags: [],
  notes: [],
  ...more,
})

const link = (from: string, to: string, more: Partial<Link> = {}): Link => ({
  id: `${from}>${to}`,
  from,
  to,
  strength: 'strong',
  polarity: 'helps',
  why: '',
  evidence: [],
  ...more,
})

const before: Diagram = {
  aim: { what: '', forWhom: '', boundary: '', whyNow: '', signatories: [] },
  cards: [
    card('1', 'Families know early', { column: 'primary' }),
    card('2', 'Ride pool', { status: 'proposed', owner: 'nora' }),
    card('3', 'Posters'),
    card('4', 'Calls home', { column: 'secondary' }),
  ],
  links: [link('2', '1'), link('3', '1')],
}

const after: Diagram = {
  ...before,
  cards: [
    card('1', 'Families know early', { column: 'primary' }),
    card('2', 'Bike pool', { status: 'adopted' }),
    card('4', 'Calls home'),
    card('5', 'Walking bus'),
  ],
  links: [link('2', '1', { strength: 'weak' }), link('5', '1')],
}

describe('the difference of a diagram in words', () => {
  const { cards, links, both } = diagramDifferences(before, after)
  const nameOf = (owner: string) => (owner === 'nora' ? 'Nora Lindqvist' : owner)

  it('says of each card what became of it', () => {
    expect(Object.fromEntries(cards.map((each) => [each.card.id, cardSentences(each, nameOf)]))).toEqual({
      '2': [
        'The words of a change idea changed:',
        '“Bike pool”: the status was proposed, then adopted.',
        '“Bike pool”: the owner was Nora Lindqvist, then none.',
      ],
      '3': ['The change idea “Posters” was removed.'],
      '4': ['“Calls home” moved from Secondary drivers to Change ideas.'],
      '5': ['The change idea “Walking bus” was added.'],
    })
  })

  it('names the cards that a link joins, also one that is gone', () => {
    const titleOf = (id: string) => both.cards.find((each) => each.id === id)?.title ?? ''
    expect(links.map((each) => linkSentence(each, titleOf))).toEqual([
      'The link from “Bike pool” to “Families know early”: the strength was strong, then weak.',
      'A link was drawn from “Walking bus” to “Families know early”.',
      'The link from “Posters” to “Families know early” was removed.',
    ])
  })

  it('counts cards and links', () => {
    expect(countsInWords({ cards, links })).toBe(
      '1 card added, 1 card removed, 1 card moved, 1 card changed, 1 link added, 1 link removed, 1 link changed.',
    )
    expect(countsInWords({ cards: [], links: [] })).toBe('No card and no link differs.')
  })
})

describe('the drawing of two moments', () => {
  const signs = (side: 'both' | 'before' | 'after') =>
    compareDiagrams(before, after, side).cards.map(({ card, sign = '' }) => [card.id, sign].join(' ').trim())

  it('shows what was removed in its place beside what was added', () => {
    expect(signs('both')).toEqual(['1', '2 changed', '3 removed', '4 moved', '5 added'])
  })

  it('shows each moment alone with its own marks', () => {
    expect(signs('before')).toEqual(['1', '2 changed', '3 removed', '4 moved'])
    expect(signs('after')).toEqual(['1', '2 changed', '4 moved', '5 added'])
  })

  it('makes room for the words that went beside those that came', () => {
    const place = (side: 'both' | 'after') => compareDiagrams(before, after, side).layout.cards.get('2')
    expect(place('both')?.lines.join('')).toContain('RideBike pool')
    expect(place('after')?.lines).toEqual(['Bike pool'])
  })
})
