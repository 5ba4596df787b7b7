import { describe, expect, it } from 'vitest'
import {
  describeFidelity,
  fidelityInChain,
  fidelityOf,
  type Habit,
  habits,
} from '../../../shared/kinds/pdsa-cycle/fidelity.ts'
import { cycleOf, fullStudy, planWith, recordsOf, sealOfCycle } from './cycles.ts'

const met = (...args: Parameters<typeof fidelityOf>): readonly Habit[] => {
  const fidelity = fidelityOf(...args)
  return habits.filter((_, index) => fidelity[index])
}

const learned = { learned: ['Mornings work.'] }
const values = ['2024-11-05', '2024-11-06', '2024-11-07'].map((date) => ({ date, value: 4 }))

describe('the seven habits', () => {
  it('are none at first', () => {
    expect(met(cycleOf({}), {})).toEqual([])
  })

  it('are five of a cycle by itself, once it is closed', () => {
    const cycle = planWith({ ...fullStudy, rich: learned, points: values })
    const records = recordsOf(['doing', 'studying', 'acted', 'closed'], { seals: [sealOfCycle(cycle)] })
    expect(met(cycle, records)).toEqual(['documented', 'studied-after', 'learning', 'predicted', 'over-time'])
  })

  it.each([
    ['all four stages', { ...fullStudy, rich: learned }, true],
    ['no plan', { ...fullStudy, questions: [], rich: { ...learned, objective: [], actions: [] } }, false],
    ['no doing', { decision: 'adapt', rich: learned }, false],
    ['no study', { ...fullStudy }, false],
    ['no act', { carriedOut: 'no', rich: learned }, false],
  ])('1 documented: with %s', (_, changes, isMet) => {
    expect(met(planWith(changes), {}).includes('documented')).toBe(isMet)
  })

  it.each([
    [['doing'], false],
    [['doing', 'studying'], true],
    [['doing', 'studying', 'paused'], true],
    [['doing', 'paused'], false],
    [['doing', 'studying', 'acted', 'closed'], true],
  ] as const)('2 Study after Do: having gone through %j', (path, isMet) => {
    expect(met(planWith({ rich: learned }), recordsOf(path)).includes('studied-after')).toBe(isMet)
  })

  it('2 Study after Do: not while nothing is written of it', () => {
    expect(met(planWith(), recordsOf(['doing', 'studying']))).not.toContain('studied-after')
  })

  it('4 predicted: before Do what the plan says, from then on only what was sealed', () => {
    const unpredicted = planWith({ questions: [{ question: 'Why?' }] })
    const predicted = planWith()
    expect(met(predicted, {})).toContain('predicted')
    expect(met(unpredicted, {})).not.toContain('predicted')
    expect(met(predicted, { seals: [sealOfCycle(unpredicted)] })).not.toContain('predicted')
    expect(met(predicted, { seals: [sealOfCycle(predicted)] })).toContain('predicted')
  })

  it('4 predicted: a question added after the seal was not', () => {
    const seal = sealOfCycle(planWith())
    const more = planWith({ questions: [{ question: 'A', number: 1 }] })
    expect(met(more, { seals: [seal] })).not.toContain('predicted')
  })

  it('5 chained: with a cycle before or after it', () => {
    expect(met(planWith({ continues: 'before' }), {})).toContain('chained')
    const { transitions = [] } = recordsOf(['closed'])
    const opened = transitions.map((each) => ({ ...each, opened: ['after'] }))
    expect(met(planWith(), { transitions: opened })).toContain('chained')
    expect(met(planWith(), {})).not.toContain('chained')
  })

  it.each([
    [values, true],
    [values.slice(1), false],
    [[...values.slice(1), values[1]], false],
    [[...values.slice(1), { date: '2024-11-08' }], false],
  ])('7 over time: with values %j', (points, isMet) => {
    expect(met(planWith({ points }), {}).includes('over-time')).toBe(isMet)
  })
})

describe('what a ramp adds', () => {
  const alone = fidelityOf(planWith(), {})
  const inChain = (...chain: Parameters<typeof fidelityInChain>[1]) => {
    const fidelity = fidelityInChain(alone, chain)
    return habits.filter((_, index) => fidelity[index] && !alone[index])
  }

  it.each([
    ['itself alone', [{ points: 0 }], []],
    [
      'one of the same size',
      [
        { points: 1, scaleStep: 'one' },
        { points: 1, scaleStep: 'one' },
      ],
      ['chained'],
    ],
    [
      'a smaller one',
      [
        { points: 0, scaleStep: 'five' },
        { points: 0, scaleStep: 'three' },
      ],
      ['chained'],
    ],
    [
      'a larger one',
      [
        { points: 0, scaleStep: 'one' },
        { points: 0, scaleStep: 'three' },
      ],
      ['chained', 'rising'],
    ],
    [
      'a rise after a fall',
      [
        { points: 0, scaleStep: 'five' },
        { points: 0, scaleStep: 'one' },
        { points: 0 },
        { points: 0, scaleStep: 'three' },
      ],
      ['chained', 'rising'],
    ],
    ['values of others', [{ points: 2 }, { points: 1 }], ['chained', 'over-time']],
  ] as const)('%s', (_, chain, added) => {
    expect(inChain(...chain)).toEqual(added)
  })

  it('takes nothing away', () => {
    expect(
      fidelityInChain(
        habits.map(() => true),
        [],
      ),
    ).toEqual(habits.map(() => true))
  })
})

describe('the dots', () => {
  it('say each habit in a sentence, when it is there and when it is not', () => {
    const all = describeFidelity(habits.map((_, index) => index % 2 === 0))
    expect(all).toHaveLength(7)
    expect(new Set(all.map(({ sentence }) => sentence)).size).toBe(7)
    for (const { sentence } of all) expect(sentence).toMatch(/^[A-Z].+\.$/)
    expect(describeFidelity([])[0]).toEqual({
      habit: 'documented',
      isMet: false,
      sentence: 'Not all four stages are written down yet.',
    })
  })
})
