import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layoutDiagram, linesOf } from '../../../shared/kinds/driver-diagram/layout.ts'
import {
  type Card,
  type Column,
  columns,
  type Diagram,
  type Link,
  linkId,
  mayLink,
} from '../../../shared/kinds/driver-diagram/model.ts'
import { parseSeed } from '../../../shared/kinds/driver-diagram/seed.ts'
import { firstKeys } from '../../../shared/kinds/order.ts'
import { sampleSeed } from './people.ts'

const emptyAim = { what: '', forWhom: '', boundary: '', whyNow: '', signatories: [] }

function diagramOf(
  counts: readonly number[],
  titles: readonly string[],
  pairs: readonly (readonly number[])[],
): Diagram {
  let made = 0
  const cards = columns.flatMap((column, at): Card[] => {
    const keys = firstKeys(counts[at] ?? 1)
    return keys.map((order) => {
      const id = column === 'aim' ? 'aim' : `c${made++}`
      return {
        id,
        column,
        title: titles[made % Math.max(1, titles.length)] ?? '',
        order,
        tags: [],
        notes: [],
      }
    })
  })
  const links = new Map<string, Link>()
  for (const [a = 0, b = 0] of pairs) {
    const from = cards[a % cards.length] as Card
    const to = cards[b % cards.length] as Card
    if (!mayLink(from.column, to.column)) continue
    const id = linkId(from.id, to.id)
    links.set(id, {
      id,
      from: from.id,
      to: to.id,
      strength: 'strong',
      polarity: 'helps',
      why: '',
      evidence: [],
    })
  }
  return { aim: emptyAim, cards, links: [...links.values()] }
}

const anyDiagram = fc
  .record({
    counts: fc.tuple(fc.constant(1), fc.nat(8), fc.nat(25), fc.nat(40)),
    titles: fc.array(fc.lorem({ maxCount: 12 }), { minLength: 1, maxLength: 20 }),
    pairs: fc.array(fc.tuple(fc.nat(200), fc.nat(60)), { maxLength: 150 }),
  })
  .map(({ counts, titles, pairs }) => diagramOf(counts, titles, pairs))

const idsIn = (diagram: Diagram, column: Column): string[] => {
  const { cards } = layoutDiagram(diagram)
  return [...cards.values()]
    .filter((card) => card.column === column)
    .sort((a, b) => a.y - b.y)
    .map((card) => card.id)
}

describe('the layout', () => {
  it('is the same for the same diagram, however its parts are listed', () => {
    fc.assert(
      fc.property(anyDiagram, (diagram) => {
        const copy = structuredClone(diagram)
        expect(layoutDiagram(copy)).toEqual(layoutDiagram(diagram))
        expect(layoutDiagram({ ...copy, links: [...copy.links].reverse() }).cards).toEqual(
          layoutDiagram(diagram).cards,
        )
      }),
    )
  })

  it('keeps the order of each column, and no card touches another or leaves the sheet', () => {
    fc.assert(
      fc.property(anyDiagram, (diagram) => {
        const layout = layoutDiagram(diagram)
        for (const column of columns) {
          const cards = diagram.cards
            .filter((card) => card.column === column)
            .map(({ id }) => layout.cards.get(id))
          let bottom = 0
          for (const card of cards) {
            if (card === undefined) throw new Error('a card has no place')
            expect(card.top).toBeGreaterThanOrEqual(bottom)
            expect(card.y).toBe(card.top + card.height)
            expect(card.y).toBeLessThanOrEqual(layout.height)
            expect(Number.isInteger(card.y)).toBe(true)
            bottom = card.y + 17
          }
        }
        expect(layout.cards.size).toBe(diagram.cards.length)
        expect(layout.links.size).toBe(diagram.links.length)
      }),
    )
  })

  it('is stable: adding, renaming or removing a card changes no other card’s column or order', () => {
    fc.assert(
      fc.property(anyDiagram, fc.nat(100), fc.lorem({ maxCount: 20 }), (diagram, at, title) => {
        const index = 1 + (at % Math.max(1, diagram.cards.length - 1))
        const card = diagram.cards[index]
        if (card === undefined) return
        const renamed = {
          ...diagram,
          cards: diagram.cards.map((other) => (other === card ? { ...card, title } : other)),
        }
        const removed = {
          ...diagram,
          cards: diagram.cards.filter((other) => other !== card),
          links: diagram.links.filter(({ from, to }) => from !== card.id && to !== card.id),
        }
        for (const column of columns) {
          const before = idsIn(diagram, column)
          expect(idsIn(renamed, column)).toEqual(before)
          expect(idsIn(removed, column)).toEqual(before.filter((id) => id !== card.id))
        }
        for (const [id, place] of layoutDiagram(renamed).cards)
          expect(place.x).toBe(layoutDiagram(diagram).cards.get(id)?.x)
      }),
    )
  })

  it('puts a driver before the middle of its ideas', () => {
    const { cards } = layoutDiagram(
      parseSeed({
        cards: [
          { id: 'P', column: 'primary', title: 'P' },
          { id: 'S', column: 'secondary', title: 'S', leadsTo: ['P'] },
          ...['1', '2', '3'].map((id) => ({ id, column: 'idea', title: id, leadsTo: ['S'] })),
        ],
      }),
    )
    const y = (id: string) => cards.get(id)?.y
    expect(y('S')).toBe(y('2'))
    expect(y('P')).toBe(y('2'))
    expect(y('aim')).toBe(y('2'))
  })

  it('draws a link from rule to rule', () => {
    const diagram = parseSeed(sampleSeed)
    const { cards, links } = layoutDiagram(diagram)
    const from = cards.get('S1')
    const to = cards.get('P1')
    expect(links.get('S1>P1')?.d).toBe(`M496 ${from?.y}C465 ${from?.y} 471 ${to?.y} 440 ${to?.y}`)
  })

  it('crosses a link with a bar that is square to it', () => {
    const level = layoutDiagram(parseSeed({ cards: [{ id: 'P', column: 'primary', title: 'P' }] })).links.get(
      'P>aim',
    )
    expect(level?.bar).toBe(
      `M${level?.mid.x} ${(level?.mid.y ?? 0) + 6}L${level?.mid.x} ${(level?.mid.y ?? 0) - 6}`,
    )
    const steep = layoutDiagram(parseSeed(sampleSeed)).links.get('P1>aim')
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = steep?.bar.match(/-?[\d.]+/g)?.map(Number) ?? []
    expect(Math.hypot(x2 - x1, y2 - y1)).toBeCloseTo(12, 0)
    expect([(x1 + x2) / 2, (y1 + y2) / 2]).toEqual([steep?.mid.x, steep?.mid.y])
  })

  it('leads a link past a whole column between its cards, never over their words', () => {
    fc.assert(
      fc.property(anyDiagram, (diagram) => {
        const { cards, links } = layoutDiagram(diagram)
        for (const link of links.values()) {
          const lane = /C\S+ \S+ \S+ (\S+) 692 (\S+)H496/.exec(link.d)?.[2]
          if (lane === undefined) continue
          for (const card of cards.values())
            if (card.column === 'secondary')
              expect(Number(lane) < card.top || Number(lane) > card.y).toBe(true)
        }
      }),
    )
  })

  it('gives an empty diagram a place for the aim', () => {
    const layout = layoutDiagram(parseSeed({}))
    expect(layout.cards.get('aim')?.lines).toEqual([''])
    expect(layout.columns.map(({ count }) => count)).toEqual([1, 0, 0, 0])
  })

  it('breaks titles by the width of their column', () => {
    const title = '15-minute weekly triage huddle with SRO and provider'
    expect(linesOf({ column: 'idea', title })).toEqual([
      '15-minute weekly triage huddle with',
      'SRO and provider',
    ])
    expect(linesOf({ column: 'primary', title }).length).toBeGreaterThan(2)
  })

  it('lays out 300 cards and 400 links in less than 10 ms', () => {
    const words = 'the nurse calls home on day two of an absence with a plan and a spare inhaler'.split(' ')
    const titles = Array.from({ length: 250 }, (_, at) =>
      Array.from({ length: 2 + (at % 9) }, (_, word) => words[(at * 7 + word * 3) % words.length]).join(' '),
    )
    const pairs = Array.from({ length: 20_000 }, (_, at) => [(at * 7919) % 300, (at * 104_729) % 90])
    const { cards, links, aim } = diagramOf([1, 9, 80, 210], titles, pairs)
    const diagram = { aim, cards, links: links.slice(0, 400) }
    expect(diagram.cards).toHaveLength(300)
    expect(diagram.links).toHaveLength(400)
    const times = Array.from({ length: 21 }, () => {
      const began = performance.now()
      layoutDiagram(diagram)
      return performance.now() - began
    })
    expect(times.sort((a, b) => a - b)[10]).toBeLessThan(10)
  })
})
