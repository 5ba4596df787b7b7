import { describe, expect, it } from 'vitest'
import { plainLines } from '../../../shared/content/blocks.ts'
import { worksheet as kind } from '../../../shared/kinds/worksheet/index.ts'
import { readWorksheet, type Worksheet } from '../../../shared/kinds/worksheet/model.ts'
import { newWorksheet } from './people.ts'

const read = (seed: unknown): Worksheet => readWorksheet(newWorksheet(seed))

const full = read({
  sort: 'visit',
  sections: [
    { key: 'aim', heading: 'What do we want?', body: ['Fewer days lost.', 'For everyone.'] },
    { key: 'changes', heading: 'What changes?' },
    {
      key: 'voices',
      heading: 'Voices',
      type: 'table',
      columns: ['Who', 'Words', { name: 'On', holds: 'date' }],
      rows: [['A parent', 'Nobody called', '2026-01-12'], ['']],
    },
    { heading: 'To do', type: 'checklist', items: [{ text: 'Ask', done: true }, 'Tell', ''] },
    {
      heading: 'How it goes',
      type: 'rating',
      ratings: [{ subject: 'Schools', value: 4, comment: 'since fall' }, 'Courts'],
    },
    { heading: 'See', type: 'links', links: [{ documentId: 'd1', part: 'p1', note: 'the reason' }] },
  ],
  became: [{ documentId: 'd2' }],
})

const idOf = (heading: string) => full.sections.find((section) => section.heading === heading)?.id

describe('a worksheet in words', () => {
  it('has each heading, what is written and what is said in its items', () => {
    expect(plainLines(kind.blocks(full, {}))).toEqual([
      'What do we want?',
      'Fewer days lost.',
      'For everyone.',
      'What changes?',
      'Voices',
      'Who: A parent; Words: Nobody called; On: 2026-01-12',
      'To do',
      'Done: Ask',
      'To do: Tell',
      'How it goes',
      'Schools: 4 of 5. since fall',
      'See',
      'the reason',
    ])
  })

  it('says with each passage in which section it stands, so that search leads there', () => {
    const parts = kind.blocks(full, {}).flatMap((block) => {
      if (block.type === 'paragraph') return [block.part]
      if (block.type !== 'list') return []
      return block.items.flatMap(([first]) => (first?.type === 'paragraph' ? [first.part] : []))
    })
    expect(new Set(parts)).toEqual(
      new Set(['What do we want?', 'Voices', 'To do', 'How it goes', 'See'].map(idOf)),
    )
  })

  it('asks as its wording is shown', () => {
    const other = read({
      wordings: { first: { name: 'One' }, other: { name: 'Two' }, isOther: true },
      sections: [
        { heading: 'A', otherwise: { heading: 'a', place: 2 } },
        { heading: 'B', otherwise: { heading: 'b', place: 1 } },
      ],
    })
    expect(plainLines(kind.blocks(other, {}))).toEqual(['b', 'a'])
  })
})

describe('what boards may count of a worksheet', () => {
  it('is its sort, how far it is, the voices in it and the answers to the three questions', () => {
    expect(kind.facts(full, {})).toEqual([
      { name: 'worksheet', value: 'visit' },
      { name: 'sections', value: 6 },
      { name: 'sections-answered', value: 5 },
      { name: 'voices', part: idOf('Voices'), value: 1 },
      { name: 'answer-aim', part: idOf('What do we want?'), value: 'Fewer days lost.' },
    ])
  })

  it('counts no section as answered for what its template wrote in it', () => {
    const asked = read({
      sections: [
        { type: 'checklist', items: ['Ask'] },
        { type: 'rating', ratings: ['Schools'] },
        { type: 'table', columns: [{ name: 'Stage', holds: 'label' }, 'Who'], rows: [['First']] },
      ],
    })
    expect(kind.facts(asked, {})).toContainEqual({ name: 'sections-answered', value: 0 })
    expect(kind.facts(asked, {})).toContainEqual({ name: 'worksheet', value: 'notes' })
  })
})

describe('what a worksheet stands on and leads to', () => {
  it('are the documents that it names and those that it became', () => {
    expect(kind.references(full)).toEqual([
      { part: idOf('See'), documentId: 'd1', targetPart: 'p1', relation: 'names' },
      { part: idOf('What do we want?'), documentId: 'd2', relation: 'became' },
    ])
  })

  it('is the aim, of which its sections speak', () => {
    const part = idOf('What do we want?') as string
    expect(kind.through?.(full, part)).toEqual([{ station: 'aim', part, label: 'Fewer days lost.' }])
    const unanswered = idOf('What changes?') as string
    expect(kind.through?.(full, unanswered)[0]?.label).toBe('What changes?')
    expect(kind.through?.(full, 'nowhere')).toEqual([])
  })
})

describe('a worksheet as tables', () => {
  it('is one list of all that is said, and the tables of its sections', () => {
    const [all, ...own] = kind.tables?.(full, {}) ?? []
    expect(all?.columns).toEqual(['Section', 'Row', 'Column', 'Text'])
    expect(all?.rows).toContainEqual(['What do we want?', undefined, undefined, 'For everyone.'])
    expect(all?.rows).toContainEqual(['Voices', 1, 'Words', 'Nobody called'])
    expect(all?.rows).toContainEqual(['How it goes', 1, 'From 1 to 5', 4])
    expect(own.map(({ name, rows }) => [name, rows.length])).toEqual([
      ['Voices', 2],
      ['To do', 3],
      ['How it goes', 2],
      ['See', 1],
    ])
  })

  it('has the days that stand in its tables', () => {
    expect(kind.dates?.(full, {})).toEqual([
      { date: '2026-01-12', label: 'A parent: on', part: idOf('Voices') },
    ])
  })
})

describe('a copy', () => {
  it('has not become what its original became', () => {
    const copied = kind.copy?.(full, { documentId: 'd0', title: 'The first' })
    expect(copied).toMatchObject({ became: [], sections: full.sections })
  })

  it('without answers keeps what is asked alone', () => {
    const asked = kind.emptied?.(
      read({
        guidance: 'Together.',
        sections: [
          { heading: 'One', guidance: 'Short.', body: ['An answer'] },
          { heading: 'Two', type: 'checklist', items: [{ text: 'Ask', done: true }] },
          {
            heading: 'Three',
            type: 'table',
            columns: [{ name: 'Stage', holds: 'label' }, 'Who'],
            rows: [
              ['First', 'Nora'],
              ['', 'Nobody'],
            ],
          },
          {
            heading: 'Four',
            type: 'table',
            columns: ['Who', 'Words'],
            rows: [['A parent', 'Nobody called']],
          },
          {
            heading: 'Five',
            type: 'rating',
            ratings: [{ subject: 'Schools', value: 4, comment: 'since fall' }],
          },
          { heading: 'Six', type: 'links', links: [{ documentId: 'd1' }] },
        ],
      }),
    )
    expect(asked).toMatchObject({
      guidance: 'Together.',
      sections: [
        { heading: 'One', guidance: 'Short.', body: [] },
        { items: [{ text: 'Ask' }] },
        { rows: [{ cells: ['First', ''] }] },
        { rows: [] },
        { ratings: [{ subject: 'Schools', comment: '' }] },
        { links: [] },
      ],
    })
    expect(JSON.stringify(asked)).not.toMatch(/answer|"done"|Nora|Nobody|"value"|fall|documentId/)
  })
})
