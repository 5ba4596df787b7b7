import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { plainLines } from '../../../shared/content/blocks.ts'
import {
  clonePlan,
  cycleReferences,
  nextCycle,
  planTemplate,
  startOnIdea,
  throughCycle,
} from '../../../shared/kinds/pdsa-cycle/lineage.ts'
import { type Cycle, readCycle, richFields, shortFields } from '../../../shared/kinds/pdsa-cycle/model.ts'
import { fillCycle } from '../../../shared/kinds/pdsa-cycle/seed.ts'
import { cycleOf, documentId, firstQuestion, fullPlan, planWith } from './cycles.ts'

/** A cycle in which every field is filled. */
const whole: Cycle = planWith({
  ...{ continues: 'first', clonedFrom: { documentId: 'far', title: 'Far' }, cycleKind: 'test' },
  ...{ started: '2024-11-04', ended: '2024-11-08', sureBefore: 40, sureAfter: 70, carriedOut: 'yes' },
  ...{
    decision: 'adapt',
    expand: true,
    shareLearning: true,
    theory: 'weaken',
    theoryLink: 'C1>S1',
    theoryTo: 'S2',
  },
  texts: Object.fromEntries(shortFields.map((field) => [field, `words of ${field}`])),
  rich: Object.fromEntries(richFields.map((field) => [field, [`words of ${field}`]])),
  questions: [
    {
      ...fullPlan.questions[0],
      answerKind: 'both',
      forecast: true,
      result: ['4 of 5'],
      resultNumber: 4,
      before: 1,
      verdict: 'matched',
    },
  ],
  tasks: [{ ...fullPlan.tasks[0], done: true }],
  observations: [{ text: 'Nobody came.', at: 1 }],
  points: [{ date: '2024-11-05', value: 4, note: '' }],
})

/** As the server writes it into a document of its own. */
function written(content: Cycle): Cycle {
  const doc = new Y.Doc()
  fillCycle(doc, content)
  return readCycle(doc)
}

const filledTexts = (cycle: Cycle) => shortFields.filter((field) => cycle.texts[field] !== '')
const filledRich = (cycle: Cycle) => richFields.filter((field) => cycle.rich[field].length > 0)

describe('what a cycle stands on', () => {
  it('is the idea, the cycle before it and the plan that it was cloned from', () => {
    expect(cycleReferences(whole)).toEqual([
      { relation: 'tests', documentId: 'diagram', targetPart: 'C1' },
      { relation: 'continues', documentId: 'first' },
      { relation: 'cloned-from', documentId: 'far' },
    ])
    expect(cycleReferences(cycleOf({}))).toEqual([])
  })

  it('is the idea that it is started from', () => {
    const idea = { documentId: 'd', part: 'C7' }
    expect(startOnIdea(cycleOf({}), idea).idea).toEqual(idea)
    expect(startOnIdea(whole, { documentId: 'd' }).idea).toEqual(fullPlan.idea)
  })

  it('is a piece of the through-line, as a whole and for each of its questions', () => {
    const { id } = firstQuestion(whole)
    expect(throughCycle(planWith(), '')).toEqual([
      { station: 'cycle', part: '', label: 'Cycle 2, 1 nurse, 5 families' },
    ])
    expect(throughCycle(whole, id)).toMatchObject([{ part: id }])
    expect(throughCycle(whole, `question/${id}`)).toHaveLength(1)
    expect(throughCycle(whole, 'none')).toEqual([])
    expect(throughCycle(cycleOf({}), '')).toMatchObject([{ label: 'Cycle 1' }])
  })
})

describe('a copy', () => {
  const copy = written(clonePlan(whole, { documentId, title: 'Nurse call', team: 'Alder Creek' }))

  it('says where its plan comes from, and goes on counting', () => {
    expect(copy.clonedFrom).toEqual({ documentId, title: 'Nurse call', team: 'Alder Creek' })
    expect(copy).toMatchObject({ idea: fullPlan.idea, number: 3, cycleKind: 'test' })
  })

  it('takes over the plan', () => {
    expect(filledTexts(copy)).toEqual(['overallPopulation', 'measure', 'balancing'])
    expect(filledRich(copy)).toEqual(['objective', 'actions', 'criterion', 'stopRule', 'harm'])
    expect(copy.tasks.map(({ what, who }) => [what, who])).toEqual([['Call', '']])
    expect(copy.data.map(({ measure, how, who }) => [measure, how, who])).toEqual([
      ['calls answered', 'tally', ''],
    ])
  })

  it('asks the same questions, without predictions and results', () => {
    const { id: _, order: __, method, ...question } = firstQuestion(copy)
    expect(plainLines(method)).toEqual(['Tally of calls.'])
    expect(question).toEqual({
      question: 'Are they reached at 7:30?',
      unit: 'families',
      answerKind: 'both',
      forecast: true,
      prediction: [],
      because: [],
      result: [],
    })
  })

  it('has nothing else: no dates, decisions, observations or values, no place on the old ramp', () => {
    const { texts: _, rich: __, questions: ___, tasks: ____, data: _____, ...rest } = copy
    expect(rest).toEqual({
      idea: fullPlan.idea,
      clonedFrom: copy.clonedFrom,
      number: 3,
      cycleKind: 'test',
      observations: [],
      points: [],
    })
  })

  it('of a plan of the network names no team', () => {
    expect(clonePlan(whole, { documentId, title: 'T' }).clonedFrom).toEqual({ documentId, title: 'T' })
  })

  it('as a template stands on nothing and comes from nowhere: it is the first cycle of whoever starts with it', () => {
    const { idea, continues, clonedFrom, number, rich } = planTemplate(whole)
    expect({ idea, continues, clonedFrom, number }).toEqual({ number: 1 })
    expect(plainLines(rich.objective)).toEqual(['words of objective'])
    expect(cycleReferences(planTemplate(whole))).toEqual([])
  })
})

describe('the next cycle', () => {
  const opening = nextCycle(whole, documentId)
  const next = written(opening.content)

  it('continues this one on the same idea, one step up where it expands', () => {
    expect(next).toMatchObject({ idea: fullPlan.idea, continues: documentId, number: 3, scaleStep: 'three' })
    expect(next.clonedFrom).toBeUndefined()
    expect(nextCycle(planWith({ expand: undefined }), documentId).content.scaleStep).toBe('one')
    expect(nextCycle(planWith({ expand: true, scaleStep: 'network' }), documentId).content.scaleStep).toBe(
      'network',
    )
    expect(
      nextCycle(planWith({ expand: true, scaleStep: undefined }), documentId).content.scaleStep,
    ).toBeUndefined()
  })

  it('begins its objective with what should change, and is named by it', () => {
    expect(plainLines(next.rich.objective)).toEqual(['words of changes'])
    expect(opening.title).toBe('Cycle 3: words of changes')
    const unchanged = nextCycle(planWith(), documentId)
    expect(unchanged.title).toBe('Cycle 3')
    expect(plainLines(unchanged.content.rich.objective)).toEqual([
      'Find out whether families can be reached at 7:30.',
    ])
  })

  it('has a title that fits, however much should change', () => {
    const long = nextCycle(planWith({ rich: { changes: ['word '.repeat(100), 'second'] } }), documentId)
    expect(long.title.length).toBeLessThan(200)
    expect(long.title).toMatch(/…$/)
  })

  it('takes over the plan of the same people', () => {
    expect(filledTexts(next)).toEqual([
      'site',
      'testers',
      'coach',
      'overallPopulation',
      'testPopulation',
      'measure',
      'balancing',
    ])
    expect(nextCycle(planWith(), documentId).content.texts.scale).toBe('1 nurse, 5 families')
    expect(filledRich(next)).toEqual([
      'objective',
      'actions',
      'criterion',
      'stopRule',
      'harm',
      'stakeholders',
    ])
    expect(next.tasks).toMatchObject([fullPlan.tasks[0]])
    expect(next.tasks[0]?.done).toBeUndefined()
    expect(next.data).toMatchObject([fullPlan.data[0]])
  })

  it('predicts anew, and nothing of what happened goes with it', () => {
    const { prediction, because, result, number, low, high, confidence, verdict, question } =
      firstQuestion(next)
    expect(question).toBe('Are they reached at 7:30?')
    expect([prediction, because, result]).toEqual([[], [], []])
    expect([number, low, high, confidence, verdict]).toEqual(Array(5).fill(undefined))
    expect([next.observations, next.points]).toEqual([[], []])
    const { start, plannedEnd, started, ended, decision, theory, sureAfter, consulted, carriedOut } = next
    expect([start, plannedEnd, started, ended, decision, theory, sureAfter, consulted, carriedOut]).toEqual(
      Array(9).fill(undefined),
    )
  })
})
