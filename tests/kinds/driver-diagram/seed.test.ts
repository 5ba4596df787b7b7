import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { Block } from '../../../shared/content/blocks.ts'
import { type Diagram, ideaStatuses, readDiagram } from '../../../shared/kinds/driver-diagram/model.ts'
import { fillDiagram, parseSeed } from '../../../shared/kinds/driver-diagram/seed.ts'
import { linkTitles } from './people.ts'

function readBack(seed: Diagram): Diagram {
  const doc = new Y.Doc()
  fillDiagram(doc, seed)
  return readDiagram(doc)
}

/** A diagram with its cards named by their place, and without order keys. */
function byPlace({ aim, cards, links }: Diagram) {
  const names = new Map(cards.map(({ id }, at) => [id, `card ${at}`]))
  return {
    aim: { ...aim, signatories: aim.signatories.map(({ id: _, ...signatory }) => signatory) },
    cards: cards.map(({ id: _, order: __, ...card }) => card),
    links: links.map(({ id: _, from, to, evidence, ...link }) => ({
      ...link,
      from: names.get(from),
      to: names.get(to),
      evidence: evidence.map(({ id: __, ...entry }) => entry),
    })),
  }
}

describe('a diagram written by hand', () => {
  it('keeps everything that is said in it', () => {
    const seed = parseSeed({
      aim: {
        statement: 'By December 2025, 19 %.',
        what: 'missed days',
        forWhom: 'eight sites',
        direction: 'decrease',
        baselineValue: 24.3,
        baselinePeriod: '2023-24',
        targetValue: 19,
        unit: '%',
        byWhen: '2025-12',
        boundary: 'all absences',
        whyNow: 'now',
        signatories: [
          { organization: 'Ridgeway', sector: 'Education', date: '2024-08-14' },
          { organization: 'B' },
        ],
      },
      cards: [
        { id: 'P1', column: 'primary', title: 'P1', owner: 'Nora' },
        { id: 'P2', column: 'primary', title: 'P2', leadsTo: [] },
        {
          id: 'S1',
          column: 'secondary',
          title: 'S1',
          leadsTo: [
            'P1',
            {
              to: 'P2',
              strength: 'weak',
              polarity: 'hinders',
              confidence: 40,
              why: 'Because',
              evidence: ['a book', { kind: 'cycle', text: 'cycle 3', documentId: 'd1' }],
            },
          ],
        },
        {
          id: 'C1',
          column: 'idea',
          title: 'C1',
          status: 'spread',
          concept: 'Contact',
          tags: ['b', 'a', 'b'],
          notes: ['One', { type: 'list', ordered: true, items: [['Two']] }],
          leadsTo: ['S1'],
        },
        { id: 'C2', column: 'idea', title: 'C2' },
      ],
    })
    const read = readBack(seed)
    expect(byPlace(read)).toEqual(byPlace(seed))
    expect(linkTitles(read)).toEqual(['P1 > By December 2025, 19 %.', 'S1 > P1', 'S1 ~> P2', 'C1 > S1'])
    expect(read.cards.find(({ title }) => title === 'C1')).toMatchObject({
      tags: ['a', 'b'],
      status: 'spread',
    })
    expect(read.links[2]?.evidence.map(({ text }) => text)).toEqual(['a book', 'cycle 3'])
  })

  it('reads back whatever it holds', () => {
    const text = fc.string({ maxLength: 20 })
    const word = fc.stringMatching(/^[a-z]{1,8}$/)
    const span = fc
      .record({ text: fc.stringMatching(/^[a-z ]{1,8}$/), bold: fc.boolean(), italic: fc.boolean() })
      .map(({ text: words, bold, italic }) => ({
        text: words,
        ...(bold ? { bold } : {}),
        ...(italic ? { italic } : {}),
      }))
    const spans = fc.array(span, { maxLength: 4 })
    const { block } = fc.letrec<{ block: Block }>((tie) => ({
      block: fc.oneof(
        { depthSize: 'small', maxDepth: 3 },
        fc.record({ type: fc.constant('paragraph'), spans }, { noNullPrototype: true }),
        fc.record(
          { type: fc.constant('heading'), level: fc.constantFrom(1, 2, 3, 4), spans },
          { noNullPrototype: true },
        ),
        fc.record(
          { type: fc.constant('code'), text: fc.stringMatching(/^[a-z\n]{0,9}$/) },
          { noNullPrototype: true },
        ),
        fc.constant({ type: 'rule' }),
        fc.record(
          { type: fc.constant('quote'), blocks: fc.array(tie('block'), { maxLength: 3 }) },
          { noNullPrototype: true },
        ),
        fc.record(
          {
            type: fc.constant('list'),
            ordered: fc.boolean(),
            items: fc.array(fc.array(tie('block'), { minLength: 1, maxLength: 3 }), {
              minLength: 1,
              maxLength: 3,
            }),
          },
          { noNullPrototype: true },
        ),
      ) as fc.Arbitrary<Block>,
    }))
    const card = fc.record(
      {
        column: fc.constantFrom('primary', 'secondary', 'idea'),
        title: text,
        tags: fc.array(word, { maxLength: 3 }),
        owner: word,
        notes: fc.array(block, { maxLength: 3 }),
      },
      { requiredKeys: ['column', 'title'], noNullPrototype: true },
    )
    fc.assert(
      fc.property(
        fc.array(card, { maxLength: 12 }),
        text,
        fc.constantFrom(...ideaStatuses),
        (cards, what, status) => {
          const seed = parseSeed({
            aim: { what },
            cards: cards.map((given, at) => ({
              ...given,
              id: `c${at}`,
              ...(given.column === 'idea' ? { status } : {}),
            })),
          })
          expect(byPlace(readBack(seed))).toEqual(byPlace(seed))
        },
      ),
      { numRuns: 200 },
    )
  })

  it.each([
    [[], 'The content is an object'],
    [{ card: [] }, 'The content has no card; it may have: aim, cards, links, repairs'],
    [{ cards: {} }, 'cards is a list'],
    [{ cards: [{ id: 'a' }] }, 'cards[0] needs a column, one of: aim, primary, secondary, idea'],
    [{ cards: [{ id: 'a', column: 'first' }] }, 'cards[0].column is one of: aim, primary, secondary, idea'],
    [{ cards: [{ id: 'a', column: 'aim' }] }, 'cards[0]: the one card of the column aim is called aim'],
    [{ cards: [{ id: 'aim', column: 'idea' }] }, 'cards[0]: the one card of the column aim is called aim'],
    [{ cards: [{ id: 'a>b', column: 'idea' }] }, 'cards[0].id may not be empty or contain > or |'],
    [
      {
        cards: [
          { id: 'a', column: 'idea' },
          { id: 'a', column: 'idea' },
        ],
      },
      'cards: two are called a',
    ],
    [{ cards: [{ id: 'a', column: 'idea', leadsTo: ['b'] }] }, 'cards[0].leadsTo[0]: no card is called b'],
    [
      { cards: [{ id: 'a', column: 'idea', leadsTo: ['aim'] }] },
      'cards[0].leadsTo[0]: a card of the column idea cannot lead to one of the column aim',
    ],
    [
      { cards: [{ id: 'p', column: 'primary', leadsTo: ['aim', 'aim'] }] },
      'cards[0].leadsTo[1]: p leads to aim twice',
    ],
    [
      { cards: [{ id: 'p', column: 'primary', status: 'adopted' }] },
      'cards[0].status: only change ideas have one',
    ],
    [
      { cards: [{ id: 'c', column: 'idea', status: 'done' }] },
      'cards[0].status is one of: proposed, accepted, in-testing, adapted, adopted, abandoned, spread',
    ],
    [{ cards: [{ id: 'c', column: 'idea', tags: [' '] }] }, 'cards[0].tags[0] is a text that is not empty'],
    [
      { cards: [{ id: 'c', column: 'idea', notes: [7] }] },
      'cards[0].notes[0] is a text or an object with a type',
    ],
    [
      { cards: [{ id: 'c', column: 'idea', notes: [{ type: 'table' }] }] },
      'cards[0].notes[0].type is one of heading, paragraph, quote, list, code, rule',
    ],
    [
      { cards: [{ id: 'p', column: 'primary', leadsTo: [{ to: 'aim', confidence: 101 }] }] },
      'cards[0].leadsTo[0].confidence is a number from 0 to 100',
    ],
    [{ aim: { byWhen: 'soon' } }, 'aim.byWhen is a month such as 2025-12 or a day such as 2025-12-31'],
    [{ aim: { targetValue: '19' } }, 'aim.targetValue is a number'],
    [{ aim: { what: 7 } }, 'aim.what is a text'],
    [{ aim: { what: 'x'.repeat(20_001) } }, 'aim.what has at most 20000 characters'],
  ])('%# is refused with its place', (content, sentence) => {
    expect(() => parseSeed(content)).toThrow(new Error(sentence))
  })
})
