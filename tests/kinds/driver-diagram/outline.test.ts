import { describe, expect, it } from 'vitest'
import { applyImport, type Import } from '../../../shared/kinds/driver-diagram/import.ts'
import { type Column, readDiagram } from '../../../shared/kinds/driver-diagram/model.ts'
import { type OutlineRow, readOutline } from '../../../shared/kinds/driver-diagram/outline.ts'
import { readPaste } from '../../../shared/kinds/driver-diagram/paste.ts'
import { parseSeed } from '../../../shared/kinds/driver-diagram/seed.ts'
import { plainEdit } from '../../../shared/kinds/edit.ts'
import { linkTitles, newDiagram, type PersonAtWork, people, sampleSeed } from './people.ts'

describe('the outline', () => {
  const lines = (rows: readonly OutlineRow[], depth = 0): string[] =>
    rows.flatMap((row) => [
      `${'  '.repeat(depth)}${row.card.title}${row.isRepeated ? ' (again)' : ''}${row.alsoUnder.map(({ title }) => ` also ${title}`).join()}`,
      ...lines(row.rows, depth + 1),
    ])

  it('lists a shared card under each parent and what leads to it where it comes first', () => {
    const { aim, rows, loose } = readOutline(parseSeed(sampleSeed))
    expect(aim.title).toBe('Aim')
    expect(lines(rows)).toEqual([
      'P1',
      '  S1',
      '    C1',
      '    C2 also S3',
      '  S2 also P2',
      '    C3',
      'P2',
      '  S2 (again) also P1',
      '  S3',
      '    C2 (again) also S1',
      '  C4',
    ])
    expect(loose).toEqual([])
  })

  it('lists what leads nowhere at the end, with what leads to it', () => {
    const { loose } = readOutline(
      parseSeed({
        cards: [
          { id: 'S', column: 'secondary', title: 'S' },
          { id: 'C', column: 'idea', title: 'C', leadsTo: ['S'] },
          { id: 'D', column: 'idea', title: 'D' },
        ],
      }),
    )
    expect(lines(loose)).toEqual(['S', '  C', 'D'])
  })
})

/** A paste as the diagram that it becomes. */
function pasted(text: string, onto: unknown = {}) {
  const [person] = people(newDiagram(onto), 'Rafael') as [PersonAtWork]
  const source = readPaste(text)
  expect(source.problems).toEqual([])
  const done = applyImport(person.edit, person.doc, source)
  return { person, source, done, links: linkTitles(person.diagram()) }
}

const shape = (source: Import) => ({
  cards: source.cards.map(({ column, title }) => `${column}: ${title}`),
  notes: source.notes,
})

const expected = ['Health > ', 'Asthma > Health', 'Access > Health', 'Calls > Asthma', 'Plans > Asthma']

describe('pasting an outline', () => {
  it.each([
    ['tabs', 'Health\n\tAsthma\n\t\tCalls\n\t\tPlans\n\tAccess'],
    ['spaces', 'Health\n  Asthma\n    Calls\n    Plans\n  Access'],
    ['bullets', '- Health\n  - Asthma\n    * Calls\n    + Plans\n  • Access'],
    ['numbers', '1. Health\n   1) Asthma\n      a) Calls\n      b) Plans\n   2) Access'],
    ['numbers without indentation', '1 Health\n1.1 Asthma\n1.1.1 Calls\n1.1.2 Plans\n1.2 Access'],
    [
      'Markdown',
      '- **Health**\n\n  - Asthma\n    - Calls *(adopted, also under X)*\n    - Plans\n\n  - Access',
    ],
    [
      'check boxes and empty lines',
      '\r\n- [ ] Health\r\n\r\n    - [x] Asthma\r\n        - [ ] Calls\r\n        - Plans\r\n    - Access\r\n',
    ],
    [
      'everything further in',
      '    Health\n        Asthma\n            Calls\n            Plans\n        Access',
    ],
    [
      'words that say the column',
      'Primary driver: Health\nSecondary driver: Asthma\nChange idea: Calls\nIdea: Plans\nSecondary: Access',
    ],
  ])('reads %s', (_, text) => {
    expect(pasted(text).links).toEqual(expected)
  })

  it('takes the one line above four levels as the aim, where the diagram has none', () => {
    const text = 'Fewer missed days\n\tHealth\n\t\tAsthma\n\t\t\tCalls'
    const { person, done } = pasted(text)
    expect(person.titles('aim')).toEqual(['Fewer missed days'])
    expect(done).toMatchObject({ links: 3, found: 0, keptAim: false })
    const other = pasted(text, { aim: { statement: 'Our own aim' } })
    expect(other.person.titles('aim')).toEqual(['Our own aim'])
    expect(other.done).toMatchObject({ keptAim: true })
  })

  it('makes one card of the same words in one column, with every parent', () => {
    const { person, links } = pasted('Health\n\tScreening\nPolicy\n\tScreening\n\t\tCheck-in')
    expect(person.titles('secondary')).toEqual(['Screening'])
    expect(links).toEqual([
      'Health > ',
      'Policy > ',
      'Screening > Health',
      'Screening > Policy',
      'Check-in > Screening',
    ])
  })

  it('keeps what lies deeper than change ideas beside the one above it, and says so', () => {
    const source = readPaste('A\n\tB\n\t\tC\n\t\t\tD\nE')
    expect(shape(source)).toEqual({
      cards: ['primary: A', 'secondary: B', 'idea: C', 'idea: D', 'primary: E'],
      notes: [
        { row: 4, message: 'It lies deeper than change ideas and becomes one beside the one above it.' },
      ],
    })
    expect(source.links).toContainEqual({ from: source.cards[3]?.key, to: source.cards[1]?.key })
  })

  it('does not take a figure at the start of a line for a number of the outline', () => {
    expect(shape(readPaste('24.3 % are away\n\tAsthma')).cards).toEqual([
      'primary: 24.3 % are away',
      'secondary: Asthma',
    ])
  })

  it('goes under a card when it is pasted there, after its other children', () => {
    const [person] = people(newDiagram(sampleSeed), 'Rafael') as [PersonAtWork]
    const under = person.card('S1')
    const done = applyImport(person.edit, person.doc, readPaste('New 1\nNew 2', under.column), {
      under: under.id,
    })
    expect(done).toMatchObject({ links: 2 })
    expect(person.titles('idea')).toEqual(['C1', 'C2', 'New 1', 'New 2', 'C3', 'C4'])
    expect(linkTitles(person.diagram())).toEqual(expect.arrayContaining(['New 1 > S1', 'New 2 > S1']))
  })

  it('refuses what does not fit under the card', () => {
    const [person] = people(newDiagram(sampleSeed), 'Rafael') as [PersonAtWork]
    const done = applyImport(person.edit, person.doc, readPaste('Idea: x', 'idea'), {
      under: person.id('C1'),
    })
    expect(done).toMatchObject({ added: [expect.any(String)], links: 0 })
    const misfit = { ...readPaste('A'), top: [readPaste('A').cards[0]?.key as string] }
    expect(applyImport(person.edit, person.doc, misfit, { under: person.id('C1') })).toEqual({
      refused: '“A” does not fit under that card.',
    })
    expect(applyImport(person.edit, person.doc, misfit, { under: 'gone' })).toEqual({
      refused: 'The card to paste under is no longer here.',
    })
  })

  it('is one undo step, and what a colleague typed in a pasted card outlives it', () => {
    const { person } = pasted('Health\n\tAsthma')
    expect(person.undo.undoStack).toHaveLength(1)
    person.undo.undo()
    expect(person.diagram().cards).toHaveLength(1)
    person.undo.redo()
    expect(person.titles('secondary')).toEqual(['Asthma'])
  })

  it('uses cards that are there already instead of doubling them', () => {
    const { person } = pasted('Health\n\tAsthma\n\t\tCalls')
    const again = applyImport(person.edit, person.doc, readPaste('health\n\tAsthma \n\t\tPlans'))
    expect(again).toMatchObject({ found: 2, links: 1 })
    expect(person.titles('idea')).toEqual(['Calls', 'Plans'])
    expect(applyImport(person.edit, person.doc, readPaste('Health\n\tAsthma\n\t\tPlans'))).toMatchObject({
      added: [],
      links: 0,
    })
  })

  it('says when there is nothing, or too much', () => {
    expect(readPaste(' \n \n').problems).toEqual([{ message: 'There is nothing to paste.' }])
    const many = Array.from({ length: 1001 }, (_, at) => `Card ${at}`).join('\n')
    expect(readPaste(many).problems[0]?.message).toBe(
      'These are 1001 cards; at most 1000 can be taken in at once.',
    )
    expect(readPaste(`ok\n${'x'.repeat(2001)}`).problems).toEqual([
      { row: 2, message: 'A card has at most 2000 characters; put the rest into its notes.' },
    ])
    const long = Array.from({ length: 101 }, (_, at) => `${at} ${'x'.repeat(1990)}`).join('\n')
    expect(readPaste(long).problems[0]?.message).toBe(
      'This is too much text at once: at most 200,000 characters can be taken in.',
    )
    const doc = newDiagram({})
    expect(applyImport(plainEdit(doc), doc, readPaste(many))).toHaveProperty('refused')
    expect(readDiagram(doc).cards).toHaveLength(1)
  })
})

describe('pasting rows of a spreadsheet', () => {
  const rows = (...lines: string[][]) => lines.map((cells) => cells.join('\t')).join('\r\n')

  it.each([
    [
      'with every cell filled',
      [
        ['Health', 'Asthma', 'Calls'],
        ['Health', 'Asthma', 'Plans'],
        ['Health', 'Access', ''],
      ],
    ],
    [
      'with empty cells that mean the one above',
      [
        ['Health', 'Asthma', 'Calls'],
        ['', '', 'Plans'],
        ['', 'Access', ''],
      ],
    ],
    [
      'with a header',
      [
        ['Primary drivers', 'Secondary driver', 'Change ideas'],
        ['Health', 'Asthma', 'Calls'],
        ['', '', 'Plans'],
        ['', 'Access', ''],
      ],
    ],
  ])('reads them %s', (_, lines) => {
    expect(pasted(rows(...lines)).links).toEqual(expected)
  })

  it('reads columns in any order when they are named', () => {
    const { links } = pasted(
      rows(['Secondary', 'Primary', 'Idea'], ['Asthma', 'Health', 'Calls'], ['Access', 'Health', '']),
    )
    expect(links).toEqual(['Health > ', 'Asthma > Health', 'Access > Health', 'Calls > Asthma'])
  })

  it('reads the aim from the first of four columns', () => {
    const { person, links } = pasted(
      rows(['Fewer days', 'Health', 'Asthma', 'Calls'], ['', 'Policy', '', 'Handbook']),
    )
    expect(person.titles('aim')).toEqual(['Fewer days'])
    expect(links).toEqual([
      'Health > Fewer days',
      'Policy > Fewer days',
      'Asthma > Health',
      'Calls > Asthma',
      'Handbook > Policy',
    ])
  })

  it('reads quoted cells with line ends, and cells guarded against formulas', () => {
    const { person } = pasted('Health\tAsthma\t"Calls\nat 7:30"\nHealth\tAsthma\t\'=2 calls')
    expect(person.titles('idea')).toEqual(['Calls at 7:30', '=2 calls'])
  })

  it('asks for names where there are more columns than it knows', () => {
    expect(readPaste(rows(['a', 'b', 'c', 'd', 'e'])).problems).toEqual([
      {
        row: 1,
        message: 'It has 5 columns. Name them in the first row: aim, primary, secondary, change idea.',
      },
    ])
    expect(readPaste(rows(['a', 'b', 'c']), 'primary' satisfies Column).problems[0]?.row).toBe(1)
    expect(readPaste('a\t"b').problems[0]?.message).toBe('A quotation mark is opened and never closed.')
  })
})
