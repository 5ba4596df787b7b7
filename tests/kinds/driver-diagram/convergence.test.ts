import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { checkDiagram } from '../../../shared/kinds/driver-diagram/checks.ts'
import { diagramBlocks, diagramFacts } from '../../../shared/kinds/driver-diagram/content.ts'
import { drawDiagram } from '../../../shared/kinds/driver-diagram/draw.ts'
import * as edits from '../../../shared/kinds/driver-diagram/edits.ts'
import { applyImport } from '../../../shared/kinds/driver-diagram/import.ts'
import * as linkEdits from '../../../shared/kinds/driver-diagram/link-edits.ts'
import {
  cardTitle,
  columns,
  linkEnds,
  linksMap,
  mayLink,
  readCard,
  readDiagram,
  readDiagramAll,
  readLink,
} from '../../../shared/kinds/driver-diagram/model.ts'
import { readIndented } from '../../../shared/kinds/driver-diagram/outline.ts'
import { diagramTable } from '../../../shared/kinds/driver-diagram/table.ts'
import { meet, newDiagram, type PersonAtWork, people, sampleSeed } from './people.ts'

/** Something that a person may do; figures choose cards and places. */
type Act = (person: PersonAtWork, figures: readonly number[]) => void

const pick = <T>(list: readonly T[], figure: number): T | undefined => list[figure % Math.max(1, list.length)]

const cardAt = (person: PersonAtWork, figure: number): string =>
  pick(readDiagramAll(person.doc).cards, figure)?.id ?? 'none'

const linkAt = (person: PersonAtWork, figure: number): string =>
  pick(
    [...linksMap(person.doc).keys()].filter((key) => linkEnds(key) !== undefined),
    figure,
  ) ?? 'a>b'

const acts: readonly Act[] = [
  ({ doc, edit, ...person }, [a = 0, b = 0]) =>
    edits.addCard(edit, doc, {
      column: (['primary', 'secondary', 'idea'] as const)[a % 3] as 'idea',
      title: `new ${a}`,
      parent: cardAt({ doc, edit, ...person }, b),
    }),
  (person, [a = 0]) => edits.removeCard(person.edit, person.doc, cardAt(person, a), person.name),
  (person, [a = 0]) => edits.restoreCard(person.edit, person.doc, cardAt(person, a)),
  (person, [a = 0, b = 0]) =>
    edits.removeFrom(person.edit, person.doc, cardAt(person, a), cardAt(person, b), person.name),
  (person, [a = 0, b = 0]) => edits.renameCard(person.edit, person.doc, cardAt(person, a), `renamed ${b}`),
  (person, [a = 0, b = 0]) =>
    edits.moveCard(person.edit, person.doc, cardAt(person, a), { before: cardAt(person, b) }),
  (person, [a = 0, b = 0]) =>
    edits.moveCardBy(person.edit, person.doc, cardAt(person, a), b % 2 === 0 ? 1 : -1),
  (person, [a = 0, b = 0, c = 0]) =>
    edits.reparent(person.edit, person.doc, cardAt(person, a), cardAt(person, b), cardAt(person, c)),
  (person, [a = 0]) => edits.promote(person.edit, person.doc, cardAt(person, a)),
  (person, [a = 0]) => edits.demote(person.edit, person.doc, cardAt(person, a)),
  (person, [a = 0, b = 0]) =>
    linkEdits.addLink(person.edit, person.doc, cardAt(person, a), cardAt(person, b)),
  (person, [a = 0]) => linkEdits.removeLink(person.edit, person.doc, linkAt(person, a)),
  (person, [a = 0, b = 0]) =>
    linkEdits.setLink(person.edit, person.doc, linkAt(person, a), { strength: 'weak', confidence: b % 100 }),
  (person, [a = 0, b = 0]) => linkEdits.setWhy(person.edit, person.doc, linkAt(person, a), `because ${b}`),
  (person, [a = 0]) => edits.setStatus(person.edit, person.doc, cardAt(person, a), 'adopted'),
  (person, [a = 0, b = 0]) => edits.addTag(person.edit, person.doc, cardAt(person, a), `tag ${b % 3}`),
  (person, [a = 0]) => person.edit(() => cardTitle(person.doc, cardAt(person, a))?.insert(0, 'x')),
  (person) => edits.repairDiagram(person.edit, person.doc),
  (person, [a = 0]) =>
    applyImport(person.edit, person.doc, readIndented(`Driver ${a % 3}\n\tSecond ${a % 2}\n\t\tIdea ${a}`)),
  (person) => person.undo.undo(),
  (person) => person.undo.redo(),
]

const act = fc.record({
  who: fc.nat(2),
  what: fc.nat(acts.length - 1),
  figures: fc.array(fc.nat(1000), { minLength: 3, maxLength: 3 }),
  meets: fc.boolean(),
})

/** Everything that is made of a document. */
function readEverything(doc: Y.Doc): void {
  const diagram = readDiagram(doc)
  const { cards, links } = readDiagramAll(doc)
  for (const { id } of cards) readCard(doc, id)
  for (const { id } of links) readLink(doc, id)
  checkDiagram(diagram)
  diagramBlocks(diagram)
  diagramFacts(diagram)
  diagramTable(diagram)
  drawDiagram(diagram)
}

describe('three people who do anything at once', () => {
  it('[I2] end with the same diagram, which reads without fault', () => {
    fc.assert(
      fc.property(fc.array(act, { minLength: 1, maxLength: 40 }), (done) => {
        const all = people(newDiagram(sampleSeed), 'Rafael', 'Marisol', 'Priya')
        for (const { who, what, figures, meets } of done) {
          acts[what]?.(all[who] as PersonAtWork, figures)
          if (meets) meet(...all)
        }
        meet(...all)
        const [first, ...others] = all.map(({ doc }) => readDiagramAll(doc))
        for (const other of others) expect(other).toEqual(first)
        const diagram = readDiagram((all[0] as PersonAtWork).doc)
        expectWellFormed(diagram)
        readEverything((all[0] as PersonAtWork).doc)
      }),
      { numRuns: 150 },
    )
  }, 60_000)

  it('[S4] a repair that somebody asks for leaves nothing to repair', () => {
    fc.assert(
      fc.property(fc.array(act, { minLength: 1, maxLength: 30 }), (done) => {
        const all = people(newDiagram(sampleSeed), 'Rafael', 'Marisol', 'Priya')
        for (const { who, what, figures } of done) acts[what]?.(all[who] as PersonAtWork, figures)
        meet(...all)
        const [rafael] = all as [PersonAtWork]
        edits.repairDiagram(rafael.edit, rafael.doc)
        expect(rafael.diagram().repairs).toBeUndefined()
      }),
      { numRuns: 80 },
    )
  }, 60_000)
})

function expectWellFormed({ cards, links }: ReturnType<typeof readDiagram>): void {
  const columnOf = new Map(cards.map((card) => [card.id, card.column]))
  expect(cards.filter(({ column }) => column === 'aim')).toHaveLength(1)
  expect(new Set(cards.map(({ id }) => id)).size).toBe(cards.length)
  for (const { from, to } of links) {
    const [start, end] = [columnOf.get(from), columnOf.get(to)]
    expect(start !== undefined && end !== undefined && mayLink(start, end)).toBe(true)
  }
}

describe('a document that holds anything', () => {
  const scalar = fc.oneof(
    fc.string(),
    fc.constantFrom('aim', 'primary', 'idea', 'weak', 'a0', 'a1V', '>', '|', 'true', '2025-12'),
    fc.boolean(),
    fc.double(),
    fc.constant(null),
    fc.record({ text: fc.string(), kind: fc.string() }, { noNullPrototype: true }),
    fc.array(fc.integer(), { maxLength: 3 }),
  )
  const key = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.constantFrom(
      'aim',
      'a',
      'b',
      'a>b',
      'b>a',
      'a>aim',
      'a>b|strength',
      'a>b|evidence:1',
      'a>b|confidence',
      'column',
      'order',
      'title',
      'removed',
      'tag:x',
      'tag:',
      'status',
    ),
  )
  const root = fc.constantFrom(
    'cards',
    'links',
    'aim',
    'signatories',
    'why/a>b',
    'notes/a',
    'notes/aim',
    'aim/what',
    'aim/boundary',
  )
  const junk = fc.oneof(
    fc.record({ root, key, value: scalar, as: fc.constantFrom('map', 'text', 'array', 'fragment') }),
    fc.record({
      root: fc.constant('cards'),
      key,
      value: fc.dictionary(key, scalar, { maxKeys: 6, noNullPrototype: true }),
      as: fc.constant('card'),
    }),
    fc.record({
      root: fc.constant('cards'),
      key,
      value: fc.string(),
      as: fc.constantFrom('cardText', 'cardArray', 'cardTitle'),
    }),
  )

  it('[I6] is read without a fault, by the page and by what the server makes of it', () => {
    fc.assert(
      fc.property(fc.array(junk, { maxLength: 25 }), fc.boolean(), (pieces, isFilled) => {
        const source = isFilled ? newDiagram(sampleSeed) : new Y.Doc()
        for (const piece of pieces) {
          // A fresh copy each time, as if another program had written this piece.
          const other = new Y.Doc()
          writeJunk(other, piece)
          Y.applyUpdate(source, Y.encodeStateAsUpdate(other))
        }
        const doc = new Y.Doc()
        Y.applyUpdate(doc, Y.encodeStateAsUpdate(source))
        const before = Y.encodeStateAsUpdate(doc)
        readEverything(doc)
        expectWellFormed(readDiagram(doc))
        expect(Y.encodeStateAsUpdate(doc)).toEqual(before)
      }),
      { numRuns: 300 },
    )
  }, 60_000)

  function writeJunk(
    doc: Y.Doc,
    { root, key, value, as }: { root: string; key: string; value: unknown; as: string },
  ) {
    switch (as) {
      case 'map':
        doc.getMap(root).set(key, value)
        break
      case 'text':
        doc.getText(root).insert(0, String(value))
        break
      case 'array':
        doc.getArray(root).push([value])
        break
      case 'fragment':
        doc.getXmlFragment(root).push([new Y.XmlElement(key), new Y.XmlText(String(value))])
        break
      case 'card':
        doc.getMap(root).set(key, new Y.Map(Object.entries(value as Record<string, unknown>)))
        break
      case 'cardText':
        doc.getMap(root).set(key, new Y.Text(String(value)))
        break
      case 'cardArray':
        doc.getMap(root).set(key, Y.Array.from([String(value)]))
        break
      case 'cardTitle':
        doc.getMap(root).set(
          key,
          new Y.Map<unknown>([
            ['column', pick(columns, String(value).length)],
            ['title', new Y.Text(String(value))],
          ]),
        )
    }
  }
})
