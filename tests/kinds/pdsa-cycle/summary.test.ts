import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cycleFacts, readSummary, summaryOf } from '../../../shared/kinds/pdsa-cycle/summary.ts'
import { cycleOf, firstQuestion, fullPlan, fullStudy, planWith, recordsOf, sealOfCycle } from './cycles.ts'

const studied = planWith({
  ...fullStudy,
  texts: { setting: 'Urban elementary.', length: 'one week' },
  rich: { learned: ['Mornings work.', 'Noon does not.'], conditions: ['With a nurse whom families know.'] },
  questions: [{ ...fullPlan.questions[0], result: ['4 of 5'], resultNumber: 4, verdict: 'matched' }],
  points: [{ date: '2024-11-06', value: 4 }, { date: '2024-02-31', value: 1 }, { value: 2 }],
})

describe('the summary of a cycle', () => {
  it('is its one fact, and is read back from it as it was', () => {
    const records = recordsOf(['ready', 'doing', 'studying'], { seals: [sealOfCycle(studied)] })
    const facts = cycleFacts(studied, records)
    expect(facts.map(({ name, part }) => [name, part])).toEqual([['cycle', undefined]])
    expect(readSummary(facts[0]?.value)).toEqual(summaryOf(studied, records))
  })

  it('says what ramps, boards and calibration need', () => {
    const records = recordsOf(['ready', 'doing', 'studying'], { seals: [sealOfCycle(studied)] })
    expect(summaryOf(studied, records)).toEqual({
      idea: fullPlan.idea,
      number: 2,
      stage: 'studying',
      stageSince: Date.UTC(2024, 10, 6),
      scaleStep: 'one',
      scale: '1 nurse, 5 families',
      owner: 'Nora Lindqvist',
      due: '2024-11-08',
      questions: [
        {
          id: firstQuestion(studied).id,
          question: 'Are they reached at 7:30?',
          prediction: '4 of 5',
          number: 4,
          low: 3,
          high: 5,
          unit: 'families',
          confidence: 60,
          sealed: true,
          result: '4 of 5',
          resultNumber: 4,
          verdict: 'matched',
        },
      ],
      decision: 'adapt',
      learned: 'Mornings work. Noon does not.',
      conditions: 'Setting: Urban elementary. Length: one week. With a nurse whom families know.',
      fidelity: [true, true, true, true, false, false, false],
      points: 2,
      notedAt: Date.UTC(2024, 10, 6),
      isAgreed: true,
      isStudied: true,
    })
  })

  it('says of a sealed question what was sealed, whatever the document says since', () => {
    const seal = sealOfCycle(studied)
    const [question] = studied.questions
    const changed = {
      ...studied,
      questions: [{ ...firstQuestion(studied), ...question, number: 1, prediction: [] }],
    }
    expect(summaryOf(changed, { seals: [seal] }).questions[0]).toMatchObject({
      number: 4,
      prediction: '4 of 5',
      sealed: true,
    })
  })

  it('says of a question without a prediction under the seal that it was not predicted', () => {
    const unpredicted = planWith({ questions: [{ question: 'Why?' }] })
    expect(summaryOf(unpredicted, { seals: [sealOfCycle(unpredicted)] }).questions[0]?.sealed).toBe(false)
    expect(summaryOf(planWith(), { seals: [sealOfCycle(unpredicted)] }).questions[0]?.sealed).toBe(false)
    expect(summaryOf(planWith(), {}).questions[0]?.sealed).toBe(false)
  })

  it('says where a cycle rests and why', () => {
    expect(summaryOf(planWith(), recordsOf(['ready', 'stalled']))).toMatchObject({
      stage: 'stalled',
      restsIn: 'ready',
      reason: 'No agreement who calls.',
    })
    expect(summaryOf(planWith(), recordsOf(['ready', 'stalled', 'ready']))).not.toHaveProperty('reason')
  })

  it('leaves out rows in which nothing is written, and is short however much is written', () => {
    const long = 'word '.repeat(4_000)
    const questions = [{}, ...Array.from({ length: 60 }, () => ({ question: long, prediction: [long] }))]
    const text = JSON.stringify(summaryOf(cycleOf({ questions, rich: { learned: [long] } }), {}))
    expect(JSON.parse(text).questions).toHaveLength(50)
    expect(text.length).toBeLessThan(40_000)
  })

  it.each([
    [{ consulted: false }, false],
    [{ tasks: [] }, false],
    [{ tasks: [{ what: 'Call' }] }, false],
    [{}, true],
  ])('with %j it is agreed: %s', (changes, isAgreed) => {
    expect(summaryOf(planWith(changes), {}).isAgreed).toBe(isAgreed)
  })
})

describe('reading a summary', () => {
  it('never throws, and answers nothing for what is none', () => {
    for (const value of [undefined, null, 7, '', '{', '[]', '{"stage":"flying"}', true])
      expect(readSummary(value)).toBeUndefined()
    fc.assert(
      fc.property(fc.json(), fc.jsonValue(), (text, value) => {
        readSummary(text)
        readSummary(value)
      }),
      { numRuns: 50 },
    )
  })

  it('leaves out what does not fit, as another version may have written it', () => {
    const strange = {
      stage: 'doing',
      number: '2',
      idea: { documentId: 'd' },
      scaleStep: 'two',
      due: 'Monday',
      questions: [null, 7, { id: '' }, { id: 'q', number: '4', sealed: 'yes', verdict: 'fine' }],
      fidelity: 'good',
      restsIn: 'doing',
    }
    expect(readSummary(strange)).toEqual({
      stage: 'doing',
      number: 1,
      scale: '',
      owner: '',
      questions: [{ id: 'q', question: '', prediction: '', unit: '', sealed: false, result: '' }],
      learned: '',
      conditions: '',
      fidelity: Array(7).fill(false),
      points: 0,
      isAgreed: false,
      isStudied: false,
    })
  })
})
