import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { calibrationWords, forecastLine } from '../../client/kinds/pdsa-cycle/calibration-words.ts'
import { closedWords, surenessWords } from '../../client/kinds/pdsa-cycle/closed-words.ts'
import { lineOf } from '../../client/kinds/pdsa-cycle/compared-line.ts'
import { answeredWords, crowdOf, revealedWords } from '../../client/kinds/pdsa-cycle/forecast-words.ts'
import { missingWords } from '../../client/kinds/pdsa-cycle/missing-words.ts'
import { byTime } from '../../client/kinds/pdsa-cycle/observed.ts'
import { becauseWords, rangeWords } from '../../client/kinds/pdsa-cycle/prediction-words.ts'
import type { Block } from '../../shared/content/blocks.ts'
import { type Answer, calibrationOf, ownForecasts } from '../../shared/kinds/pdsa-cycle/calibration.ts'
import type { Statement } from '../../shared/kinds/pdsa-cycle/canonical.ts'
import { readCycle } from '../../shared/kinds/pdsa-cycle/model.ts'
import { type CycleSummary, readSummary } from '../../shared/kinds/pdsa-cycle/summary.ts'
import type { Ballot } from '../../shared/records.ts'

const stated: Statement = {
  id: 'q1',
  question: 'How many miss school again?',
  prediction: 'Fewer than in September.',
  because: 'ours know the counselor less.',
  unit: '%',
  number: 28,
  low: 31,
  high: 25,
  confidence: 45,
}

const emptyCycle = readCycle(new Y.Doc())
const paragraph = (text: string): readonly Block[] => [{ type: 'paragraph', spans: [{ text }] }]

const { low: _low, high: _high, ...pointOnly } = stated
const revealed = (values: readonly number[]): Ballot => ({
  part: 'q1',
  answers: values.length,
  revealed: {
    at: 0,
    lowest: Math.min(...values),
    highest: Math.max(...values),
    shared: [],
    ...(values.length < 3 ? {} : { values }),
  },
})

describe('a prediction in words', () => {
  it('says its range and how sure one was, as far as they were given', () => {
    expect(rangeWords(stated)).toBe('Between 25 and 31\u00a0%, 45\u00a0% sure.')
    expect(rangeWords({ ...pointOnly, low: 4 })).toBe('At least 4\u00a0%, 45\u00a0% sure.')
    expect(rangeWords({ ...pointOnly, high: 9 })).toBe('At most 9\u00a0%, 45\u00a0% sure.')
    expect(rangeWords({ id: 'q', question: '', prediction: '', because: '', unit: '' })).toBe('')
  })

  it('gives the reason as one', () => {
    expect(becauseWords(stated)).toBe('Because: ours know the counselor less.')
    expect(becauseWords({ ...stated, because: 'because the bus is late' })).toBe('Because the bus is late')
    expect(becauseWords({ ...stated, because: ' ' })).toBe('')
  })
})

describe('private forecasts', () => {
  it('are a count before the reveal, and nothing of them is drawn', () => {
    expect(answeredWords(undefined)).toBe('Nobody has answered yet.')
    expect(answeredWords({ part: 'q1', answers: 1 })).toBe('1 person has answered.')
    expect(answeredWords({ part: 'q1', answers: 4, own: { value: 30, at: 0, isShared: false } })).toBe(
      '4 people have answered.',
    )
    expect(crowdOf({ part: 'q1', answers: 4 })).toEqual({})
  })

  it('are drawn one by one once they are revealed, of fewer than three only the range', () => {
    expect(crowdOf(revealed([24, 28, 36]))).toMatchObject({ crowd: { values: [24, 28, 36] } })
    expect(crowdOf(revealed([24, 36]))).toEqual({
      crowdRange: { low: 24, high: 36, label: '2 private forecasts', ink: 'plan' },
    })
  })

  it('are said in a sentence', () => {
    expect(revealedWords(revealed([24, 28, 36]), '%')).toBe('3 private forecasts, from 24 to 36\u00a0%.')
    expect(revealedWords(revealed([24]), '%')).toBe('1 private forecast: 24\u00a0%.')
    expect(revealedWords({ part: 'q1', answers: 0, revealed: { at: 0, shared: [] } }, '%')).toBe(
      'Nobody answered before it was revealed.',
    )
  })
})

describe('the number line of a question', () => {
  it('shows what was predicted, what happened, what was before and what people forecast', () => {
    const line = lineOf({
      question: { unit: '%', resultNumber: 33, before: 39 },
      stated,
      ballot: revealed([24, 28, 36]),
    })
    expect(line?.marks.map(({ value, label }) => `${value} ${label}`)).toEqual([
      '28 predicted',
      '33 happened',
      '39 before',
    ])
    expect(line?.range).toMatchObject({ low: 25, high: 31 })
    expect(line?.crowd?.values).toEqual([24, 28, 36])
  })

  it('is not drawn before there is something to compare', () => {
    expect(lineOf({ question: { unit: '%' }, stated, ballot: undefined })).toBeUndefined()
    expect(
      lineOf({ question: { unit: '%', resultNumber: 33 }, stated: undefined, ballot: undefined }),
    ).toBeUndefined()
    expect(lineOf({ question: { unit: '%' }, stated, ballot: revealed([24, 36]) })).toBeDefined()
  })
})

describe('my own forecasts over time, in words', () => {
  const summary = (question: object) =>
    readSummary({ stage: 'closed', questions: [{ id: 'q', unit: '%', ...question }] }) as CycleSummary
  const cycles = new Map<string, CycleSummary>([
    ['one', summary({ number: 28, low: 25, high: 31, resultNumber: 33 })],
    ['two', summary({ number: 4, low: 3, high: 5, unit: 'replies', resultNumber: 5 })],
    ['three', summary({ prediction: 'Most will.', unit: '', verdict: 'better' })],
  ])
  const mine = (answers: Readonly<Record<string, number>>) =>
    ownForecasts(
      Object.entries(answers).map(
        ([documentId, value], at): Answer => ({ documentId, part: 'q', value, at }),
      ),
      cycles,
    )

  it('says of each what I said and what happened', () => {
    expect(mine({ one: 30, three: 70 }).map(forecastLine)).toEqual([
      { said: '30\u00a0%', happened: '33\u00a0%' },
      { said: '70\u00a0% sure', happened: 'came true' },
    ])
  })

  it('says how near and on which side, unit by unit, and how little so few can say', () => {
    expect(calibrationWords(calibrationOf(mine({ one: 30, two: 5, three: 70 })))).toEqual([
      '2 of 2 numbers came as near as the team wanted to know it.',
      'You were off by 3\u00a0%.',
      'You were right to the point in replies.',
      'Of what you held 60 to 80\u00a0% likely, 1 of 1 came true.',
      'Only 3 forecasts have a result: too few to tell skill from luck. From 10 on it begins to say something.',
    ])
  })

  it('says on which side they lie once there are several', () => {
    const twice = [...mine({ one: 30 }), ...mine({ one: 28 })]
    expect(calibrationWords(calibrationOf(twice))[1]).toBe(
      'You were off by 4\u00a0% on average, over 2 forecasts, and rather too low.',
    )
  })

  it('says that there is nothing yet', () => {
    expect(calibrationWords(calibrationOf([]))).toEqual(['No forecast has a result yet.'])
  })
})

it('observations stand by the time at which they were seen, whenever they were written down', () => {
  const seen = (id: string, at?: number) => ({ id, order: id, text: id, ...(at === undefined ? {} : { at }) })
  expect(byTime([seen('b', 20), seen('a', 10), seen('c', 20)]).map(({ id }) => id)).toEqual(['a', 'b', 'c'])
})

describe('what is missing before a step', () => {
  const verdict = { message: '“Does it work?” has no verdict yet.', part: 'verdict/q2' }
  const learned = { message: 'Write down what you learned.', part: 'learned', mayGoOn: true } as const

  it('is said beside its button, with the way to it', () => {
    expect(missingWords([verdict])).toEqual({ sentence: verdict.message, part: 'verdict/q2' })
    expect(missingWords([])).toBeUndefined()
  })

  it('names first what no reason replaces', () => {
    expect(missingWords([learned, verdict])).toEqual({
      sentence: '“Does it work?” has no verdict yet. And 1 more.',
      part: 'verdict/q2',
    })
  })
})

describe('a decision as a result', () => {
  const rich = {
    ...emptyCycle.rich,
    changes: paragraph('Text first.'),
    abandonReason: paragraph('Nobody reads it.'),
  }

  it('is said in the same tone, whatever was decided', () => {
    expect(closedWords({ rich, decision: 'adapt' })).toBe('Adapted: Text first.')
    expect(closedWords({ rich, decision: 'adapt', expand: true })).toBe(
      'Adapted, on a larger scale: Text first.',
    )
    expect(closedWords({ rich, decision: 'adopt' })).toBe('Adopted.')
    expect(closedWords({ rich, decision: 'adopt', expand: true })).toBe(
      'Adopted, and tried on a larger scale: Text first.',
    )
    expect(closedWords({ rich, decision: 'abandon' })).toBe('Let go here: Nobody reads it.')
    expect(closedWords({ rich: emptyCycle.rich, decision: 'abandon' })).toBe('Let go here.')
    expect(closedWords({ rich })).toBe('Closed without a decision.')
  })

  it('says how sure the team became, as far as it said so', () => {
    expect(surenessWords({ sureBefore: 45, sureAfter: 60 })).toBe(
      '60\u00a0% sure that it works, 45\u00a0% before the test.',
    )
    expect(surenessWords({ sureAfter: 60 })).toBe('60\u00a0% sure that it works.')
    expect(surenessWords({ sureBefore: 45 })).toBe('')
  })
})
