import { describe, expect, it } from 'vitest'
import { composeAim, hasAmount, hasDate, lintAim } from '../../../shared/kinds/driver-diagram/aim.ts'
import type { Aim } from '../../../shared/kinds/driver-diagram/model.ts'
import { parseSeed } from '../../../shared/kinds/driver-diagram/seed.ts'

const nbsp = '\u00a0'
const empty: Aim = { what: '', forWhom: '', boundary: '', whyNow: '', signatories: [] }
const about = (aim: object) => lintAim(parseSeed({ aim })).map((hint) => hint.about)

describe('the sentence made of the aim’s fields', () => {
  it.each([
    [empty, ''],
    [{ ...empty, what: 'missed school days' }, 'Bring missed school days.'],
    [
      {
        ...empty,
        what: 'the share of students who miss 10 % of days',
        forWhom: 'across the eight sites',
        baselineValue: 24.3,
        targetValue: 19,
        unit: '%',
        byWhen: '2025-12',
      },
      `By December 2025, lower the share of students who miss 10 % of days across the eight sites from a baseline of 24.3${nbsp}% to 19${nbsp}%.`,
    ],
    [
      {
        ...empty,
        what: 'referrals.',
        forWhom: 'students in grade 9',
        direction: 'decrease',
        baselineValue: 14.9,
        baselinePeriod: 'school year 2023-24',
        targetValue: 7,
        unit: 'a month',
        byWhen: '2025-06-05',
      },
      'By June 5, 2025, lower referrals for students in grade 9 from a baseline of 14.9 a month (school year 2023-24) to 7 a month.',
    ],
    [
      { ...empty, what: 'screenings', direction: 'increase', targetValue: 1500 },
      'Raise screenings to 1,500.',
    ],
    [
      { ...empty, targetValue: 200, unit: '$', byWhen: '2026-01' },
      'By January 2026, bring the outcome to $200.',
    ],
  ] as const)('reads well (%#)', (aim, sentence) => {
    expect(composeAim(aim as Aim)).toBe(sentence)
  })
})

describe('a statement', () => {
  it.each([
    'By December 2025, 19 % of students',
    'by 12/31/2025',
    'by June',
    'by the end of the school year',
    'within six months',
    'by spring',
    'in Q2 2026',
    'by 2026',
    'SY 2025-26',
    'by May 2026',
    'by the end of this school year',
    'within the next 12 months',
  ])('has a date: %s', (text) => expect(hasDate(text)).toBe(true))

  it.each([
    'Improve attendance',
    'Students may miss fewer days',
    'Across 2 schools',
    'from 24.3 % to 19 %',
    'march on',
  ])('has none: %s', (text) => expect(hasDate(text)).toBe(false))

  it.each([
    'to 19 %',
    'halve referrals',
    'one in five',
    'by ten percent',
    '40 fewer',
    'double the number',
    'to 7 or fewer',
  ])('says how much: %s', (text) => expect(hasAmount(text)).toBe(true))

  it.each([
    'by December 2025',
    'by 12/31/2025',
    'within 6 months',
    'across the eight sites',
    'Fewer students miss 10 % or more of their days',
    'in school year 2025-26',
  ])('does not: %s', (text) => expect(hasAmount(text)).toBe(false))
})

describe('hints for an aim', () => {
  it.each([
    [{}, ['statement']],
    [{ statement: 'Improve attendance' }, ['direction', 'date']],
    [{ statement: 'Reduce referrals by 50 %' }, ['date']],
    [{ statement: 'Reduce referrals by June 2026' }, ['amount']],
    [{ statement: 'By December 2025, halve referrals from 14.9 to 7 a month.' }, []],
    [
      {
        statement: 'Aim',
        what: 'referrals',
        forWhom: 'students',
        baselineValue: 14,
        targetValue: 7,
        byWhen: '2025-12',
      },
      [],
    ],
    [{ what: 'referrals', baselineValue: 14, targetValue: 7, byWhen: '2025-12' }, ['statement', 'whom']],
    [
      { statement: 'x', what: 'y', forWhom: 'z', baselineValue: 7, targetValue: 7, byWhen: '2025-12' },
      ['target'],
    ],
    [
      {
        statement: 'x',
        what: 'y',
        forWhom: 'z',
        direction: 'increase',
        baselineValue: 7,
        targetValue: 5,
        byWhen: '2025-12',
      },
      ['target'],
    ],
    [
      {
        statement: 'x',
        what: 'y',
        forWhom: 'z',
        direction: 'decrease',
        baselineValue: 7,
        targetValue: 9,
        byWhen: '2025-12',
      },
      ['target'],
    ],
    [
      { statement: 'Fewer miss 10 % or more of days', what: 'the share who miss 10 % or more of days' },
      ['whom', 'amount', 'date', 'baseline'],
    ],
    [{ statement: 'By June 2026, 12 fewer', what: 'y', forWhom: 'z', baselineValue: 3 }, []],
  ] as const)('%#: %j', (aim, expected) => {
    expect(about(aim)).toEqual(expected)
  })

  it('are whole, friendly sentences', () => {
    for (const hint of lintAim(parseSeed({ aim: { statement: 'Improve attendance' } })))
      expect(hint.sentence).toMatch(/^[A-Z“].*\.$/)
  })
})
