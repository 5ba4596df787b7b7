import { describe, expect, it } from 'vitest'
import { writeMarkdown } from '../../../server/export/markdown.ts'
import { passagesOf } from '../../../server/search/passages.ts'
import { plainLines } from '../../../shared/content/blocks.ts'
import { cycleBlocks } from '../../../shared/kinds/pdsa-cycle/content.ts'
import { cycleDates } from '../../../shared/kinds/pdsa-cycle/dates.ts'
import { readSummary, summaryOf } from '../../../shared/kinds/pdsa-cycle/summary.ts'
import { cyclesTable, cycleTable } from '../../../shared/kinds/pdsa-cycle/table.ts'
import type { Records } from '../../../shared/records.ts'
import {
  amendmentOf,
  cycleOf,
  firstQuestion,
  fullPlan,
  fullStudy,
  placed,
  planWith,
  recordsOf,
  sealOfCycle,
} from './cycles.ts'

const [asked] = fullPlan.questions
const studied = planWith({
  ...fullStudy,
  started: '2024-11-04',
  ended: '2024-11-08',
  carriedOut: 'partly',
  sureBefore: 40,
  sureAfter: 60,
  clonedFrom: { documentId: 'far', title: 'Call at noon', team: 'Eastfield' },
  observations: [
    { text: 'Two families asked who was calling.', at: Date.UTC(2024, 10, 5, 12, 40), unexpected: true },
    { text: '' },
  ],
  texts: { setting: 'Urban elementary', length: 'one week' },
  rich: {
    deviations: ['No calls on Thursday.'],
    learned: [
      'Mornings work.',
      { type: 'list', ordered: false, items: [['before 7:45'], ['not on Mondays']] },
    ],
    changes: ['Text first.'],
    theoryWhy: ['Four of five.'],
  },
  questions: [
    { ...asked, result: ['All but one.'], resultNumber: 4, before: 1, verdict: 'matched' },
    { question: 'Do they call back?', resultNumber: 0 },
    {},
  ],
  points: [{ date: '2024-11-05', value: 4, note: 'rain' }],
})

/** As it is after the seal: the number amended, then changed once more, and a question added. */
const sealed = { ...studied, questions: [firstQuestion(studied)] }
const later = (number: number) => {
  const [first, ...others] = studied.questions
  return { ...studied, questions: first === undefined ? [] : [{ ...first, number }, ...others] }
}
const seal = sealOfCycle(sealed)
const records: Records = recordsOf(['doing', 'studying', 'acted'], {
  seals: [{ ...seal, amendments: [amendmentOf(later(5), firstQuestion(studied).id)] }],
})

describe('a cycle in words', () => {
  it('is a report: the plan, what was sealed beside what came out, and what was decided', async () => {
    const report = writeMarkdown('Call at 7:30', cycleBlocks(later(3), records))
    await expect(report.replace(seal.hash, '(the hash)')).toMatchFileSnapshot('expected/cycle.md')
  })

  it('carries the hash of the seal', () => {
    expect(plainLines(cycleBlocks(studied, records)).join('\n')).toContain(`SHA-256: ${seal.hash}`)
  })

  it('shows a prediction as sealed, whatever the document says since', () => {
    const text = plainLines(cycleBlocks(later(3), records)).join('\n')
    expect(text).toContain('Sealed prediction: 4 of 5 (4\u00a0families')
    expect(text).toContain('Written since: 4 of 5 (3\u00a0families')
    expect(text).toContain('Predicted: 4 of 5 (4\u00a0families')
  })

  it('shows every amendment with who, when and why, and a question that is asked in other words', () => {
    const { id } = firstQuestion(studied)
    const first = amendmentOf(later(5), id)
    const second = { ...amendmentOf(later(2), id), reason: 'Two are away.' }
    const strange = { ...first, text: '{', reason: 'None.' }
    const amended = { seals: [{ ...seal, amendments: [first, second, strange] }] }
    const [asks, ...others] = studied.questions
    const reworded = asks === undefined ? [] : [{ ...asks, question: 'Who answers?' }, ...others]
    const lines = plainLines(cycleBlocks({ ...studied, questions: reworded }, amended))
    expect(lines.filter((text) => text.startsWith('Amended 2024-11-05 09:00 UTC by Priya Raman'))).toEqual([
      expect.stringContaining('(5\u00a0families'),
      expect.stringContaining('(reason: Two are away.)'),
      expect.stringContaining('a text that cannot be read'),
    ])
    expect(lines.find((text) => text.startsWith('Written since'))).toContain('“Who answers?” 4 of 5')
  })

  it('says of a question that was added after the seal that it was not predicted', () => {
    const lines = plainLines(cycleBlocks(studied, records))
    expect(lines.filter((line) => line.endsWith('not predicted before Do'))).toHaveLength(2)
  })

  it('keeps what was sealed of a question that is gone', () => {
    const gone = plainLines(cycleBlocks({ ...studied, questions: [] }, records))
    expect(gone).toContain('Sealed and no longer asked: Are they reached at 7:30?')
  })

  it('of a new one is a line', () => {
    expect(plainLines(cycleBlocks(cycleOf({ questions: [{}], tasks: [{}], data: [{}] }), {}))).toEqual([
      'Cycle 1. Stage: Draft.',
    ])
  })

  it('names the place of each passage', () => {
    const { id } = firstQuestion(studied)
    const partOf = (words: string) =>
      passagesOf(cycleBlocks(studied, records)).find(({ text }) => text.includes(words))?.part
    expect(partOf('Alder Creek')).toBe('site')
    expect(partOf('Find out whether')).toBe('objective')
    expect(partOf('Are they reached')).toBe(`question/${id}`)
    expect(partOf('daily, 7:30')).toBe('tasks')
    expect(partOf('calls answered')).toBe('measure')
    expect(partOf('Two families asked')).toBe('observations')
    expect(partOf('Mornings work')).toBe('learned')
    expect(partOf('Strengthen')).toBe('theory')
  })
})

describe('the days of a cycle', () => {
  it('are the planned ones until it begins and ends', () => {
    expect(cycleDates(planWith())).toEqual([
      { date: '2024-11-04', label: 'Cycle 2 is to begin', part: 'start' },
      { date: '2024-11-08', label: 'Cycle 2 is to end', part: 'plannedEnd' },
    ])
    expect(cycleDates(planWith({ started: '2024-11-05', ended: '2024-11-09' }))).toMatchObject([
      { date: '2024-11-05', label: 'Cycle 2 began' },
      { date: '2024-11-09', label: 'Cycle 2 ended' },
    ])
  })

  it('are none where only a month is known, or nothing', () => {
    expect(cycleDates(planWith({ start: '2024-11', plannedEnd: undefined }))).toEqual([])
  })
})

describe('the table of a cycle', () => {
  it('has a row for each question, with the prediction as it was sealed', () => {
    const { columns, rows } = cycleTable(later(3), records)
    expect(rows.map((row) => Object.fromEntries(row.map((cell, index) => [columns[index], cell])))).toEqual([
      {
        question: 'Are they reached at 7:30?',
        prediction: '4 of 5',
        number: 4,
        low: 3,
        high: 5,
        unit: 'families',
        confidence_percent: 60,
        predicted_before_do: 'yes',
        result: 'All but one.',
        result_number: 4,
        verdict: 'Matched',
        because: 'Noon failed: people were at work.',
        before: 1,
      },
      expect.objectContaining({
        question: 'Do they call back?',
        predicted_before_do: 'no',
        result_number: 0,
      }),
    ])
  })
})

describe('the table of all cycles', () => {
  const cycle = {
    documentId: 'a2',
    title: 'Call at 7:30',
    team: 'Alder Creek',
    idea: 'Nurse calls on day 2',
    summary: readSummary(JSON.stringify(summaryOf(studied, records))) ?? placed('none').summary,
  }
  const { columns, rows } = cyclesTable([cycle, placed('a3', { stage: 'ready', number: 3 })])
  const cell = (row: number, column: string) => rows[row]?.[columns.indexOf(column)]

  it('has a row for each question of each cycle, and one for a cycle that asks nothing yet', () => {
    expect(rows.map((row) => [row[0], row[columns.indexOf('question')]])).toEqual([
      ['a2', 'Are they reached at 7:30?'],
      ['a2', 'Do they call back?'],
      ['a3', undefined],
    ])
    for (const row of rows) expect(row).toHaveLength(columns.length)
  })

  it('says of each where it stands, and what was learned', () => {
    expect(cell(0, 'stage')).toBe('Act')
    expect(cell(0, 'change_idea')).toBe('Nurse calls on day 2')
    expect(cell(0, 'scale_step')).toBe('1 student or 1 adult')
    expect(cell(0, 'decision')).toBe('Adapt')
    expect(cell(0, 'learned')).toBe('Mornings work. before 7:45 not on Mondays')
    expect(cell(2, 'stage')).toBe('Ready')
  })
})
