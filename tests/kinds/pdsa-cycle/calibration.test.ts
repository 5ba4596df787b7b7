import { describe, expect, it } from 'vitest'
import {
  calibrationOf,
  type Forecast,
  forecastKind,
  ownForecasts,
  sealedForecasts,
} from '../../../shared/kinds/pdsa-cycle/calibration.ts'
import type { SummaryQuestion } from '../../../shared/kinds/pdsa-cycle/summary.ts'
import { summaryWith } from './cycles.ts'

const question = (said: Partial<SummaryQuestion> & { readonly id: string }): SummaryQuestion => ({
  question: 'Q',
  prediction: '',
  unit: '',
  sealed: true,
  result: '',
  ...said,
})

const summaries = new Map([
  [
    'one',
    summaryWith({
      questions: [
        question({ id: 'repeat', unit: '%', low: 25, high: 31, number: 28, resultNumber: 33 }),
        question({ id: 'absent', unit: '%', number: 30, resultNumber: 31 }),
        question({ id: 'open', unit: '%', number: 30 }),
        question({ id: 'runs', verdict: 'worse' }),
        question({ id: 'unknown', verdict: 'cannot-tell' }),
      ],
    }),
  ],
  [
    'two',
    summaryWith({ questions: [question({ id: 'cases', unit: 'cases', low: 3, high: 5, resultNumber: 4 })] }),
  ],
])

const mine = (documentId: string, part: string, value: number, at = 0) => ({ documentId, part, value, at })

describe('a forecast', () => {
  it.each([
    [{}, 'percent'],
    [{ unit: '%' }, 'number'],
    [{ number: 0 }, 'number'],
    [{ low: 1 }, 'number'],
    [{ high: 1 }, 'number'],
  ] as const)('of a question with %j is a %s', (said, kind) => {
    expect(forecastKind({ unit: '', ...said })).toBe(kind)
  })

  it('of one’s own counts once there is a result, in the order in which it was given', () => {
    const found = ownForecasts(
      [
        mine('two', 'cases', 6, 4),
        mine('one', 'repeat', 36, 1),
        mine('one', 'question/absent', 27, 2),
        mine('one', 'open', 27, 3),
        mine('one', 'gone', 27, 3),
        mine('gone', 'repeat', 27, 3),
      ],
      summaries,
    )
    expect(
      found.map((each) => each.kind === 'number' && [each.forecast, each.result, each.error, each.isHit]),
    ).toEqual([
      [36, 33, -3, true],
      [27, 31, 4, undefined],
      [6, 4, -2, false],
    ])
  })

  it('of whether something comes true is right for what matched or did better', () => {
    expect(ownForecasts([mine('one', 'runs', 80)], summaries)).toMatchObject([
      { kind: 'percent', percent: 80, cameTrue: false },
    ])
    expect(ownForecasts([mine('one', 'unknown', 80)], summaries)).toEqual([])
    expect(ownForecasts([mine('one', 'runs', 180)], summaries)).toEqual([])
  })

  it('that a team sealed counts with its range and its confidence; what was not sealed does not', () => {
    const range = { id: 'a', unit: '%', number: 28, low: 25, high: 31 }
    const found = sealedForecasts([
      {
        documentId: 'd',
        summary: summaryWith({
          questions: [
            question({ ...range, resultNumber: 33, confidence: 45, verdict: 'worse' }),
            question({ ...range, id: 'b', resultNumber: 25, verdict: 'matched' }),
            question({ id: 'c', confidence: 70, verdict: 'better' }),
            question({
              ...range,
              id: 'd',
              resultNumber: 28,
              confidence: 50,
              verdict: 'matched',
              sealed: false,
            }),
          ],
        }),
      },
    ])
    expect(
      found.map((each) => (each.kind === 'number' ? each.isHit : [each.percent, each.cameTrue])),
    ).toEqual([false, [45, false], true, [70, true]])
  })
})

describe('calibration', () => {
  const number = (unit: string, forecast: number, result: number, isHit?: boolean): Forecast => ({
    kind: 'number',
    documentId: 'd',
    question: question({ id: 'q', unit }),
    forecast,
    result,
    error: result - forecast,
    ...(isHit === undefined ? {} : { isHit }),
  })
  const chance = (percent: number, cameTrue: boolean): Forecast => ({
    kind: 'percent',
    documentId: 'd',
    question: question({ id: 'q' }),
    percent,
    cameTrue,
  })

  it('has the mean error and its mean size, for each unit', () => {
    // % : errors 5, 1 and -4. Sum 2, sum of sizes 10, of three. cases: error -2.
    const { errors } = calibrationOf([
      number('%', 28, 33),
      number(' %', 30, 31),
      number('cases', 6, 4),
      number('%', 40, 36),
    ])
    expect(errors).toEqual([
      { unit: '%', count: 3, meanError: 2 / 3, meanAbsoluteError: 10 / 3 },
      { unit: 'cases', count: 1, meanError: -2, meanAbsoluteError: 2 },
    ])
  })

  it('counts hits of those that have a range', () => {
    const { hits } = calibrationOf([number('%', 1, 1, true), number('%', 1, 9, false), number('%', 1, 1)])
    expect(hits).toEqual({ count: 1, of: 2 })
  })

  it('has the share that came true of what was stated, in fifths', () => {
    const { buckets } = calibrationOf([
      chance(60, true),
      chance(70, true),
      chance(79, false),
      chance(80, true),
      chance(100, true),
      chance(0, false),
    ])
    expect(buckets).toEqual([
      { from: 0, to: 20, count: 1, stated: 0, cameTrue: 0 },
      { from: 60, to: 80, count: 3, stated: (60 + 70 + 79) / 3, cameTrue: 200 / 3 },
      { from: 80, to: 100, count: 2, stated: 90, cameTrue: 100 },
    ])
  })

  it('has the Brier score of what came true or not', () => {
    // (0.7 - 1)² = 0.09, (0.6 - 0)² = 0.36, (0.5 - 1)² = 0.25. Sum 0.70, of three.
    expect(calibrationOf([chance(70, true), chance(60, false), chance(50, true)]).brier).toBeCloseTo(
      0.7 / 3,
      12,
    )
    expect(calibrationOf([chance(100, true), chance(0, false)]).brier).toBe(0)
    expect(calibrationOf([chance(100, false)]).brier).toBe(1)
    expect(calibrationOf([number('%', 1, 1)])).not.toHaveProperty('brier')
  })

  it.each([
    [0, 'No forecast has a result yet.'],
    [
      1,
      'Only one forecast has a result: too few to tell skill from luck. From 10 on it begins to say something.',
    ],
    [
      9,
      'Only 9 forecasts have a result: too few to tell skill from luck. From 10 on it begins to say something.',
    ],
    [10, undefined],
  ])('of %i forecasts says: %s', (count, caution) => {
    expect(calibrationOf(Array.from({ length: count }, () => chance(50, true))).caution).toBe(caution)
  })
})
