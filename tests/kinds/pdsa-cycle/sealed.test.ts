import { describe, expect, it } from 'vitest'
import { changedSince } from '../../../shared/kinds/pdsa-cycle/changed-since.ts'
import { addCycleRow, removeCycleRow, setQuestionNumber } from '../../../shared/kinds/pdsa-cycle/edits.ts'
import { readSealed, sealOf, standing } from '../../../shared/kinds/pdsa-cycle/sealed.ts'
import { rowRich, rowText } from '../../../shared/kinds/rows.ts'
import { amendmentOf, firstQuestion, fullPlan, sealOfCycle } from './cycles.ts'
import { newCycle, personAtWork } from './people.ts'

function atWork() {
  const nora = personAtWork(newCycle(fullPlan))
  const { id } = firstQuestion(nora.cycle())
  const seal = sealOfCycle(nora.cycle())
  return { ...nora, id, seal, changes: () => changedSince(nora.cycle(), seal) }
}

describe('reading a seal', () => {
  it('gives what was stated, by question', () => {
    const { seal, id } = atWork()
    expect(readSealed(seal).get(id)?.sealed).toEqual({
      id,
      question: 'Are they reached at 7:30?',
      prediction: '4 of 5',
      because: 'Noon failed: people were at work.',
      number: 4,
      low: 3,
      high: 5,
      unit: 'families',
      confidence: 60,
    })
  })

  it('keeps what was sealed beside its newest amendment', () => {
    const { seal, id, doc, edit, cycle } = atWork()
    setQuestionNumber(edit, doc, id, 'number', 3)
    const first = amendmentOf(cycle(), id)
    setQuestionNumber(edit, doc, id, 'number', 2)
    const second = { ...amendmentOf(cycle(), id), reason: 'Two are away.' }
    const stated = readSealed({ ...seal, amendments: [first, second] }).get(id)
    expect(stated?.sealed.number).toBe(4)
    expect(stated?.amended?.statement.number).toBe(2)
    expect(stated?.amended?.by.reason).toBe('Two are away.')
    expect(stated && standing(stated).number).toBe(2)
  })

  it('does not let an amendment make a prediction of a question that was not sealed', () => {
    const { seal, doc, edit, cycle } = atWork()
    const late = addCycleRow(edit, doc, 'questions')
    rowText(doc, 'questions', late, 'question')?.insert(0, 'Do they call back?')
    const amended = { ...seal, amendments: [amendmentOf(cycle(), late)] }
    expect(readSealed(amended).has(late)).toBe(false)
    expect(changedSince(cycle(), amended)).toMatchObject([{ kind: 'added', id: late }])
  })

  it('takes the first of several seals, and none but those of predictions', () => {
    const { seal } = atWork()
    const other = { ...seal, id: 'other', name: 'something-else' }
    expect(sealOf({ seals: [other, seal, { ...seal, id: 'later' }] })?.id).toBe('seal')
    expect(sealOf({})).toBeUndefined()
  })

  it.each([
    '',
    'null',
    '[]',
    '{"questions":7}',
    '{"questions":[null,{"id":4},{"id":""}]}',
    '{"questions":[{"id":"a","number":"4"}]}',
  ])('never throws on a text that is none: %j', (text) => {
    const { seal, id, cycle } = atWork()
    const strange = { ...seal, text, amendments: [{ ...amendmentOf(cycle(), id), text }] }
    expect(() => readSealed(strange)).not.toThrow()
  })
})

describe('what changed since the seal', () => {
  it('is nothing right after it, and nothing without one', () => {
    const { changes, cycle } = atWork()
    expect(changes()).toEqual([])
    expect(changedSince(cycle(), undefined)).toEqual([])
  })

  it('is said by question and field, with what was stated and what is there now', () => {
    const { changes, doc, edit, id } = atWork()
    setQuestionNumber(edit, doc, id, 'number', 5)
    setQuestionNumber(edit, doc, id, 'low', undefined)
    rowText(doc, 'questions', id, 'question')?.insert(0, 'Well: ')
    expect(changes()).toEqual([
      {
        kind: 'changed',
        id,
        fields: [
          { field: 'question', stated: 'Are they reached at 7:30?', now: 'Well: Are they reached at 7:30?' },
          { field: 'number', stated: 4, now: 5 },
          { field: 'low', stated: 3, now: undefined },
        ],
      },
    ])
  })

  it('compares with the newest amendment', () => {
    const { seal, doc, edit, id, cycle } = atWork()
    setQuestionNumber(edit, doc, id, 'number', 5)
    const amended = { ...seal, amendments: [amendmentOf(cycle(), id)] }
    expect(changedSince(cycle(), amended)).toEqual([])
    setQuestionNumber(edit, doc, id, 'number', 4)
    expect(changedSince(cycle(), amended)).toMatchObject([
      { kind: 'changed', fields: [{ field: 'number', stated: 5, now: 4 }] },
    ])
  })

  it('names questions that were added, once something is written in them, and those that are gone', () => {
    const { changes, doc, edit, id } = atWork()
    const late = addCycleRow(edit, doc, 'questions')
    expect(changes()).toEqual([])
    rowText(doc, 'questions', late, 'question')?.insert(0, 'Do they call back?')
    removeCycleRow(edit, doc, 'questions', id)
    expect(changes()).toMatchObject([
      { kind: 'added', id: late, now: { question: 'Do they call back?' } },
      { kind: 'removed', id, stated: { prediction: '4 of 5' } },
    ])
  })

  it('is not disturbed by results, methods and verdicts, which are not sealed', () => {
    const { changes, doc, edit, id } = atWork()
    setQuestionNumber(edit, doc, id, 'resultNumber', 4)
    setQuestionNumber(edit, doc, id, 'before', 1)
    rowRich(doc, 'questions', 'method', id).delete(0, 1)
    expect(changes()).toEqual([])
  })
})
