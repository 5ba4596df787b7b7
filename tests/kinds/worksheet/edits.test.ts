import { describe, expect, it } from 'vitest'
import { writeRichText } from '../../../shared/content/rich-text.ts'
import { addRow, readRows, rowText } from '../../../shared/kinds/rows.ts'
import {
  addLink,
  addSection,
  moveSection,
  recordBecame,
  removeSection,
  restoreSection,
  setDay,
  setDone,
  setGuidance,
  setRating,
  showWording,
} from '../../../shared/kinds/worksheet/edits.ts'
import { itemsOf, readRemovedSections, sectionBody } from '../../../shared/kinds/worksheet/model.ts'
import { asType, meet, type PersonAtWork, two } from './people.ts'

const plain = { sections: [{ heading: 'One' }, { heading: 'Two' }, { heading: 'Three' }] }

const questions = {
  wordings: [{ name: 'First' }, { name: 'Second' }],
  sections: [
    { heading: 'A', otherwise: { heading: 'a', place: 1 } },
    { heading: 'B', otherwise: { heading: 'b', place: 3 } },
    { heading: 'C', otherwise: { heading: 'c', place: 2 } },
  ],
}

const type = ({ doc, edit }: PersonAtWork, list: string, row: string, field: string, words: string) =>
  edit(() => {
    const text = rowText(doc, list, row, field)
    text?.insert(text.length, words)
  })

function expectAlike(one: PersonAtWork, other: PersonAtWork): void {
  meet(one, other)
  expect(other.worksheet()).toEqual(one.worksheet())
}

describe('two people at one worksheet', () => {
  it('type into one heading, and all their letters stay', () => {
    const [rafael, marisol] = two(plain)
    const { id } = rafael.section(0)
    type(rafael, 'sections', id, 'heading', ' and more')
    marisol.edit(() => rowText(marisol.doc, 'sections', id, 'heading')?.insert(0, 'The '))
    expectAlike(rafael, marisol)
    expect(rafael.headings()[0]).toBe('The One and more')
  })

  it('begin one answer at once, and both beginnings stay', () => {
    const [rafael, marisol] = two(plain)
    const { id } = rafael.section(1)
    rafael.edit(() =>
      writeRichText(sectionBody(rafael.doc, id), [{ type: 'paragraph', spans: [{ text: 'His' }] }]),
    )
    marisol.edit(() =>
      writeRichText(sectionBody(marisol.doc, id), [{ type: 'paragraph', spans: [{ text: 'Hers' }] }]),
    )
    expectAlike(rafael, marisol)
    expect(JSON.stringify(rafael.section(1).body)).toMatch(/His.*Hers|Hers.*His/)
  })

  it('add sections at one place, and both are there in one order', () => {
    const [rafael, marisol] = two(plain)
    const after = rafael.section(0).id
    addSection(rafael.edit, rafael.doc, { heading: 'His', form: { type: 'text' }, after })
    addSection(marisol.edit, marisol.doc, { heading: 'Hers', form: { type: 'links', links: [] }, after })
    expectAlike(rafael, marisol)
    expect([...rafael.headings()].sort()).toEqual(['Hers', 'His', 'One', 'Three', 'Two'])
    expect(rafael.headings()[0]).toBe('One')
  })

  it('move one section, and it stands at one of the two places', () => {
    const [rafael, marisol] = two(plain)
    const { id } = rafael.section(0)
    moveSection(rafael.edit, rafael.doc, id, 1)
    moveSection(marisol.edit, marisol.doc, id, 2)
    expectAlike(rafael, marisol)
    expect([
      ['Two', 'One', 'Three'],
      ['Two', 'Three', 'One'],
    ]).toContainEqual(rafael.headings())
  })

  it('fill one row of a table, tick one item and rate for one sector, and nothing is lost', () => {
    const [rafael, marisol] = two({
      sections: [
        { type: 'table', columns: ['What', { name: 'When', holds: 'date' }], rows: [['']] },
        { type: 'checklist', items: ['Ask'] },
        { type: 'rating', ratings: ['Schools'] },
      ],
    })
    const [table, list, rating] = [0, 1, 2].map((place) => rafael.section(place).id) as [
      string,
      string,
      string,
    ]
    const rowOf = (section: string) => readRows(rafael.doc, itemsOf(section))[0]?.id as string
    type(rafael, itemsOf(table), rowOf(table), 'c0', 'Call')
    setDay(marisol.edit, marisol.doc, table, rowOf(table), 1, '2026-01-23')
    setDone(rafael.edit, rafael.doc, list, rowOf(list), true)
    type(marisol, itemsOf(list), rowOf(list), 'text', ' the nurse')
    setRating(rafael.edit, rafael.doc, rating, rowOf(rating), 4)
    type(marisol, itemsOf(rating), rowOf(rating), 'comment', 'Since fall')
    expectAlike(rafael, marisol)
    expect(asType(rafael.section(0), 'table').rows[0]?.cells).toEqual(['Call', '2026-01-23'])
    expect(asType(rafael.section(1), 'checklist').items).toMatchObject([
      { text: 'Ask the nurse', done: true },
    ])
    expect(asType(rafael.section(2), 'rating').ratings).toMatchObject([{ value: 4, comment: 'Since fall' }])
  })

  it('of whom one removes the section in which the other writes: the words are kept and can be brought back', () => {
    const [rafael, marisol] = two(plain)
    const { id } = rafael.section(1)
    removeSection(rafael.edit, rafael.doc, id, 'rafael')
    marisol.edit(() =>
      writeRichText(sectionBody(marisol.doc, id), [{ type: 'paragraph', spans: [{ text: 'Still here' }] }]),
    )
    expectAlike(rafael, marisol)
    expect(rafael.headings()).toEqual(['One', 'Three'])
    expect(readRemovedSections(marisol.doc)).toMatchObject([{ id, heading: 'Two', by: 'rafael' }])
    restoreSection(marisol.edit, marisol.doc, id)
    expectAlike(rafael, marisol)
    expect(rafael.headings()).toEqual(['One', 'Two', 'Three'])
    expect(JSON.stringify(rafael.section(1).body)).toContain('Still here')
  })
})

describe('undo', () => {
  it('takes back what was done, one step at a time, and brings it again', () => {
    const [rafael] = two(plain)
    addSection(rafael.edit, rafael.doc, { heading: 'Four', form: { type: 'text' } })
    removeSection(rafael.edit, rafael.doc, rafael.section(0).id)
    expect(rafael.headings()).toEqual(['Two', 'Three', 'Four'])
    rafael.undo.undo()
    expect(rafael.headings()).toEqual(['One', 'Two', 'Three', 'Four'])
    rafael.undo.undo()
    expect(rafael.headings()).toEqual(['One', 'Two', 'Three'])
    rafael.undo.redo()
    expect(rafael.headings()).toEqual(['One', 'Two', 'Three', 'Four'])
  })

  it('of an added section destroys no words that a colleague wrote in it meanwhile', () => {
    const [rafael, marisol] = two(plain)
    const id = addSection(rafael.edit, rafael.doc, { heading: '', form: { type: 'text' } })
    meet(rafael, marisol)
    type(marisol, 'sections', id, 'heading', 'Her heading')
    meet(rafael, marisol)
    rafael.undo.undo()
    meet(rafael, marisol)
    expect(marisol.headings()).toEqual(['One', 'Two', 'Three'])
    restoreSection(marisol.edit, marisol.doc, id)
    expect(marisol.headings().at(-1)).toBe('Her heading')
  })
})

describe('the other wording', () => {
  it('changes headings and order for everyone, and no answer', () => {
    const [rafael, marisol] = two(questions)
    const answers = rafael.worksheet().sections.map(({ id }) => id)
    showWording(rafael.edit, rafael.doc, true)
    meet(rafael, marisol)
    expect(marisol.headings()).toEqual(['a', 'c', 'b'])
    expect(marisol.worksheet().sections.map(({ id }) => id)).toEqual(answers)
    showWording(marisol.edit, marisol.doc, false)
    expect(marisol.headings()).toEqual(['A', 'B', 'C'])
  })

  it('has an order of its own: moving a section there leaves the first one alone', () => {
    const [rafael] = two(questions)
    showWording(rafael.edit, rafael.doc, true)
    moveSection(rafael.edit, rafael.doc, rafael.section(2).id, 0)
    expect(rafael.headings()).toEqual(['b', 'a', 'c'])
    const added = addSection(rafael.edit, rafael.doc, { heading: 'New', form: { type: 'text' } })
    moveSection(rafael.edit, rafael.doc, added, 1)
    expect(rafael.headings()).toEqual(['b', 'New', 'a', 'c'])
    showWording(rafael.edit, rafael.doc, false)
    expect(rafael.headings().filter((heading) => heading !== 'New')).toEqual(['A', 'B', 'C'])
  })
})

describe('what a section says', () => {
  it('can be put into words of one’s own, which come from nobody else', () => {
    const [rafael] = two({
      sections: [{ heading: 'One', guidance: 'Theirs.', example: 'Their example.', exampleFrom: 'A brief' }],
    })
    const { id } = rafael.section(0)
    setGuidance(rafael.edit, rafael.doc, id, { guidance: ' Ours. ', example: 'Their example.' })
    expect(rafael.section(0)).toMatchObject({ guidance: 'Ours.', exampleFrom: 'A brief' })
    setGuidance(rafael.edit, rafael.doc, id, { guidance: '', example: 'Our example.' })
    expect(rafael.section(0)).toMatchObject({ example: 'Our example.' })
    expect(rafael.section(0).guidance).toBeUndefined()
    expect(rafael.section(0).exampleFrom).toBeUndefined()
  })

  it('names documents, and notes what became of it once', () => {
    const [rafael] = two({ sections: [{ heading: 'See', type: 'links' }] })
    addLink(rafael.edit, rafael.doc, rafael.section(0).id, { documentId: 'd1', part: 'p1' })
    expect(asType(rafael.section(0), 'links').links).toMatchObject([
      { documentId: 'd1', part: 'p1', note: '' },
    ])
    recordBecame(rafael.edit, rafael.doc, 'd2')
    recordBecame(rafael.edit, rafael.doc, 'd2')
    expect(rafael.worksheet().became.map(({ documentId }) => documentId)).toEqual(['d2'])
  })

  it('can be taken back: a tick, a rating, a day', () => {
    const [rafael] = two({
      sections: [
        { type: 'checklist', items: [{ text: 'Ask', done: true }] },
        { type: 'rating', ratings: [{ subject: 'Schools', value: 4 }] },
        { type: 'table', columns: [{ name: 'When', holds: 'date' }], rows: [['2026-01-23']] },
      ],
    })
    const [list, rating, table] = [0, 1, 2].map((place) => rafael.section(place).id) as [
      string,
      string,
      string,
    ]
    const rowOf = (section: string) => readRows(rafael.doc, itemsOf(section))[0]?.id as string
    setDone(rafael.edit, rafael.doc, list, rowOf(list), false)
    setRating(rafael.edit, rafael.doc, rating, rowOf(rating), undefined)
    setDay(rafael.edit, rafael.doc, table, rowOf(table), 0, undefined)
    expect(asType(rafael.section(0), 'checklist').items[0]?.done).toBeUndefined()
    expect(asType(rafael.section(1), 'rating').ratings[0]?.value).toBeUndefined()
    expect(asType(rafael.section(2), 'table').rows[0]?.cells).toEqual([''])
  })

  it('does nothing to a section that is gone', () => {
    const [rafael] = two(plain)
    moveSection(rafael.edit, rafael.doc, 'nowhere', 0)
    setGuidance(rafael.edit, rafael.doc, 'nowhere', { guidance: 'x', example: '' })
    setDone(rafael.edit, rafael.doc, 'nowhere', 'x', true)
    expect(rafael.headings()).toEqual(['One', 'Two', 'Three'])
  })
})

describe('rows of a section', () => {
  it('that one adds and another removes at once do not disturb each other', () => {
    const [rafael, marisol] = two({ sections: [{ type: 'checklist', items: ['Ask', 'Tell'] }] })
    const list = itemsOf(rafael.section(0).id)
    addRow(rafael.edit, rafael.doc, list, { texts: { text: 'Wait' } })
    const [first] = readRows(marisol.doc, list)
    marisol.edit(() => first?.map.set('removed', 'marisol'))
    expectAlike(rafael, marisol)
    expect(asType(rafael.section(0), 'checklist').items.map(({ text }) => text)).toEqual(['Tell', 'Wait'])
  })
})
