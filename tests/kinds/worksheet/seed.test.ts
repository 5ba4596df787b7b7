import { describe, expect, it } from 'vitest'
import { isOtherwise, readWorksheet, sectionsShown } from '../../../shared/kinds/worksheet/model.ts'
import { fillWorksheet, parseSeed } from '../../../shared/kinds/worksheet/seed.ts'
import { asType, newWorksheet } from './people.ts'

const refusal = (json: unknown): string => {
  try {
    parseSeed(json)
  } catch (error) {
    return (error as Error).message
  }
  throw new Error('It was accepted.')
}
const refused = (section: unknown): string => refusal({ sections: [section] })

describe('a worksheet as a file', () => {
  it('stands in the document as it was written', () => {
    const { sections, ...head } = readWorksheet(
      newWorksheet({
        sort: 'visit',
        guidance: 'Watch first.',
        sections: [
          {
            key: 'seen',
            heading: 'What we saw',
            guidance: 'In order.',
            prompts: ['And then?'],
            example: 'Two parents waited.',
            exampleFrom: 'A brief',
            source: 'A foundation',
            body: ['The door was open.'],
          },
          { heading: 'To do', type: 'checklist', items: ['Ask', { text: 'Tell', done: true }] },
          {
            heading: 'Who',
            type: 'table',
            check: 'elapsed',
            columns: [
              { name: 'Stage', holds: 'label' },
              { name: 'Began', holds: 'date' },
              { name: 'Done', holds: 'date' },
              'Note',
            ],
            rows: [['First', '2025-09-01'], ['Second']],
          },
          {
            heading: 'How it goes',
            type: 'rating',
            scale: { most: 7, lowest: 'badly', highest: 'well' },
            ratings: ['Schools', { subject: 'Courts', value: 3, comment: 'Slowly' }],
          },
          { heading: 'See', type: 'links', links: [{ documentId: 'd1', part: 'p1', note: 'The reason' }] },
        ],
      }),
    )
    expect(head).toEqual({ sort: 'visit', guidance: 'Watch first.', became: [] })
    expect(sections).toMatchObject([
      {
        key: 'seen',
        heading: 'What we saw',
        guidance: 'In order.',
        prompts: ['And then?'],
        example: 'Two parents waited.',
        exampleFrom: 'A brief',
        source: 'A foundation',
        body: [{ type: 'paragraph', spans: [{ text: 'The door was open.' }] }],
        type: 'text',
      },
      { type: 'checklist', items: [{ text: 'Ask' }, { text: 'Tell', done: true }] },
      {
        type: 'table',
        check: 'elapsed',
        rows: [{ cells: ['First', '2025-09-01', '', ''] }, { cells: ['Second', '', '', ''] }],
      },
      {
        type: 'rating',
        scale: { most: 7, lowest: 'badly', highest: 'well' },
        ratings: [
          { subject: 'Schools', comment: '' },
          { subject: 'Courts', value: 3, comment: 'Slowly' },
        ],
      },
      { type: 'links', links: [{ documentId: 'd1', part: 'p1', note: 'The reason' }] },
    ])
    expect(asType(sections[1]!, 'checklist').items[0]?.done).toBeUndefined()
  })

  it('asks the same in two wordings, each with its own order, over the same answers', () => {
    const doc = newWorksheet({
      wordings: [{ name: 'One' }, { name: 'Two', source: 'A book' }],
      sections: [
        { heading: 'A', otherwise: { heading: 'a', place: 1 }, body: ['answer a'] },
        { heading: 'Between' },
        { heading: 'B', otherwise: { heading: 'b', place: 3 } },
        { heading: 'C', otherwise: { heading: 'c', place: 2 } },
      ],
    })
    const first = readWorksheet(doc)
    expect(isOtherwise(first)).toBe(false)
    expect(sectionsShown(first).map(({ heading }) => heading)).toEqual(['A', 'Between', 'B', 'C'])
    doc.getMap('worksheet').set('isOther', true)
    const other = readWorksheet(doc)
    expect(sectionsShown(other).map((section) => section.otherwise?.heading ?? section.heading)).toEqual([
      'a',
      'Between',
      'c',
      'b',
    ])
    expect(other.sections.map(({ body }) => body)).toEqual(first.sections.map(({ body }) => body))
  })

  it('comes back from an export with its wording and both orders', () => {
    const doc = newWorksheet({
      wordings: [{ name: 'One' }, { name: 'Two' }],
      sections: [
        { heading: 'A', otherwise: { heading: 'a', place: 2 } },
        { heading: 'B', otherwise: { heading: 'b', place: 1 } },
      ],
    })
    doc.getMap('worksheet').set('isOther', true)
    const exported: unknown = JSON.parse(JSON.stringify(readWorksheet(doc)))
    const again = newWorksheet({})
    fillWorksheet(again, parseSeed(exported))
    const read = readWorksheet(again)
    expect(isOtherwise(read)).toBe(true)
    expect(read.sections.map(({ heading }) => heading)).toEqual(['A', 'B'])
    expect(sectionsShown(read).map(({ otherwise }) => otherwise?.heading)).toEqual(['b', 'a'])
  })

  it('is refused with the place and what is accepted there', () => {
    expect(refusal({ pages: [] })).toBe(
      'The content has no pages; it may have: sort, guidance, wordings, sections, became',
    )
    expect(refusal({ sections: {} })).toBe('sections is a list')
    expect(refused({ heading: 7 })).toBe('sections[0].heading is a text')
    expect(refused({ type: 'crossword' })).toBe(
      'sections[0].type is one of: text, checklist, table, rating, links',
    )
    expect(refused({ items: ['Ask'] })).toBe('sections[0].items: a section of the type text has none')
    expect(refused({ type: 'table' })).toBe('sections[0].columns are the names of 1 to 100 columns')
    expect(refused({ type: 'table', columns: [{ name: 'When', holds: 'time' }] })).toBe(
      'sections[0].columns[0].holds is one of: label, date',
    )
    expect(refused({ type: 'table', columns: ['A'], rows: [['a', 'b']] })).toBe(
      'sections[0].rows[0] has at most 1 entries',
    )
    expect(refused({ type: 'table', columns: [{ name: 'When', holds: 'date' }], rows: [['soon']] })).toBe(
      'sections[0].rows[0][0] is a day such as 2025-12-31',
    )
    expect(refused({ type: 'rating', scale: { most: 99 } })).toBe(
      'sections[0].scale.most is a whole number from 2 to 10',
    )
    expect(refused({ type: 'links', links: [{}] })).toBe(
      'sections[0].links[0].documentId is a text that is not empty',
    )
    expect(refused({ otherwise: { heading: 'b' } })).toBe('sections[0].otherwise needs a place, 1 or more')
    expect(refusal({ wordings: [{ name: 'One' }] })).toBe('wordings are two, the first of them shown')
    expect(refused({ body: [{ type: 'picture' }] })).toMatch(/^sections\[0\]\.body\[0\]\.type is one of/)
  })

  it('is refused where a check finds nothing to read', () => {
    expect(refused({ check: 'mood' })).toMatch(/^sections\[0\]\.check is one of: voices, /)
    expect(refused({ check: 'elapsed', type: 'table', columns: ['Stage'] })).toBe(
      'sections[0].check: elapsed time is read from a table with two columns that hold dates',
    )
    expect(refused({ check: 'signatures' })).toBe(
      'sections[0].check: signatures are read from a table with a column that holds dates',
    )
    expect(refused({ check: 'owners', type: 'table', columns: [{ name: 'What', holds: 'label' }] })).toBe(
      'sections[0].check: owners are read from a table with a column that holds an answer',
    )
  })

  it('is refused when it is larger than anybody writes', () => {
    expect(refusal({ sections: Array.from({ length: 201 }, () => ({})) })).toBe(
      'sections has at most 200 entries',
    )
    const rows = Array.from({ length: 1_900 }, () => ['a'])
    const table = { type: 'table', columns: ['A'], rows }
    expect(refusal({ sections: Array.from({ length: 11 }, () => table) })).toMatch(/has too much in it/)
  })
})
