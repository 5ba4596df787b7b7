import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { type Block, plainLines } from '../../../shared/content/blocks.ts'
import { wrapText } from '../../../shared/drawing/measure-text.ts'
import { composeAim, hasAmount, hasDate } from '../../../shared/kinds/driver-diagram/aim.ts'
import { diagramBlocks } from '../../../shared/kinds/driver-diagram/content.ts'
import { aimId, cardsMap, linksMap, readDiagram } from '../../../shared/kinds/driver-diagram/model.ts'
import { readIndented } from '../../../shared/kinds/driver-diagram/outline.ts'
import { fillDiagram, parseSeed } from '../../../shared/kinds/driver-diagram/seed.ts'
import { findKind } from '../../../shared/kinds/index.ts'

/** Generous for a machine that is busy; what is guarded against here takes minutes, or more memory than there is. */
const soon = 10_000

function within<T>(work: () => T): T {
  const begun = performance.now()
  const done = work()
  expect(performance.now() - begun).toBeLessThan(soon)
  return done
}

/** Ideas that all lead to all secondary drivers. */
const dense = ({ secondary, ideas, title }: { secondary: number; ideas: number; title: string }) => {
  const drivers = Array.from({ length: secondary }, (_, index) => ({
    id: `s${index}`,
    column: 'secondary',
    title: `${index} ${title}`,
  }))
  const leadsTo = drivers.map(({ id }) => id)
  return {
    cards: [
      ...drivers,
      ...Array.from({ length: ideas }, (_, index) => ({ column: 'idea', title: `${index}`, leadsTo })),
    ],
  }
}

function filled(seed: unknown): Y.Doc {
  const doc = new Y.Doc()
  fillDiagram(doc, parseSeed(seed))
  return doc
}

const length = (blocks: readonly Block[]) => plainLines(blocks).reduce((sum, line) => sum + line.length, 0)

describe('a diagram in which everything leads to everything', () => {
  it('does not say each title at each of its links', () => {
    const doc = filled(dense({ secondary: 100, ideas: 90, title: 'x'.repeat(5000) }))
    const blocks = within(() => diagramBlocks(readDiagram(doc)))
    // Each long title once, and a few shortened ones in each of 9,000 lines: not 9,000 times all of the other titles.
    expect(length(blocks)).toBeLessThan(16_000_000)
    expect(plainLines(blocks).filter((line) => line.length > 4000)).toHaveLength(100)
  })

  it('names at most ten other parents', () => {
    const doc = filled(dense({ secondary: 30, ideas: 1, title: 'driver' }))
    const remarks = plainLines(diagramBlocks(readDiagram(doc))).filter((line) => line.includes('also under'))
    expect(remarks).toHaveLength(30)
    for (const line of remarks) expect(line.split(';')).toHaveLength(10)
  })
})

describe('a diagram beyond all reason', () => {
  /** A document as a hostile program could write it, in one order or the other. */
  function beyond({ cards, links, reversed }: { cards: number; links: number; reversed: boolean }): Y.Doc {
    const doc = new Y.Doc()
    doc.transact(() => {
      const numbers = [...Array(cards).keys()]
      for (const number of reversed ? numbers.reverse() : numbers) {
        const card = new Y.Map<unknown>()
        card.set('column', number < 200 ? 'secondary' : 'idea')
        cardsMap(doc).set(`c${number}`, card)
      }
      const aim = new Y.Map<unknown>()
      cardsMap(doc).set(aimId, aim)
      const pairs = [...Array(links).keys()].map(
        (link) => `c${200 + (link % 500)}>c${Math.floor(link / 500)}`,
      )
      for (const id of reversed ? pairs.reverse() : pairs) linksMap(doc).set(id, true)
    })
    return doc
  }

  it('[V3] is shown in part, the same part on every machine, and always with its aim', () => {
    const size = { cards: 12_000, links: 25_000 }
    const one = within(() => readDiagram(beyond({ ...size, reversed: false })))
    const other = readDiagram(beyond({ ...size, reversed: true }))
    expect(one.cards).toHaveLength(10_000)
    expect(one.links.length).toBeLessThanOrEqual(20_000)
    expect(one.cards[0]?.id).toBe(aimId)
    expect(other.cards.map(({ id }) => id)).toEqual(one.cards.map(({ id }) => id))
    expect(other.links.map(({ id }) => id)).toEqual(one.links.map(({ id }) => id))
  })

  it('is not what removed cards add up to over the years', () => {
    const doc = beyond({ cards: 12_000, links: 0, reversed: false })
    doc.transact(() => {
      for (const [id, card] of cardsMap(doc).entries())
        if (id !== 'c11999' && card instanceof Y.Map) card.set('removed', true)
    })
    expect(readDiagram(doc).cards.map(({ id }) => id)).toEqual([aimId, 'c11999'])
  })
})

describe('content of one’s own', () => {
  it('has so many links', () => {
    expect(() => parseSeed(dense({ secondary: 100, ideas: 101, title: '' }))).toThrow(
      'links: at most 10000 are accepted',
    )
  })

  it.each([
    ['paragraphs', { notes: Array(20_001).fill('a') }],
    ['paragraphs in lists', { notes: [{ type: 'list', items: Array(10_001).fill(['a']) }] }],
    ['tags', { tags: [...Array(20_001).keys()].map(String) }],
    ['evidence', { leadsTo: [{ to: aimId, evidence: Array(20_001).fill('x') }] }],
  ])('has so many %s', (_, card) => {
    expect(() => parseSeed({ cards: [{ column: 'primary', ...card }] })).toThrow(
      /(in it: at most 20000 paragraphs|has at most 20000 entries)/,
    )
  })
})

describe('text of a megabyte', () => {
  it.each([
    ['full stops', '.'],
    ['spaces', ' '],
    ['line ends', '\n'],
    ['no-break spaces', '\u00a0'],
  ])('of %s keeps nobody waiting', (_, piece) => {
    const text = `1${piece.repeat(1_000_000)}x`
    within(() => {
      composeAim({ what: text, forWhom: text, boundary: '', whyNow: '', signatories: [] })
      hasAmount(text)
      hasDate(text)
      readIndented(text)
    })
  })

  it('in another script is broken into lines at once', () => {
    const lines = within(() => wrapText('學'.repeat(300_000), { family: 'sans', weight: 400, size: 14 }, 160))
    expect(lines.length).toBeGreaterThan(1000)
  })
})

it('no kind is called as something that every object has', () => {
  for (const name of ['constructor', 'toString', '__proto__']) expect(findKind(name)).toBeUndefined()
})
