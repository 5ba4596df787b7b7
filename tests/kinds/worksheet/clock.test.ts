import { describe, expect, it } from 'vitest'
import { readClock, wholeMonths } from '../../../shared/kinds/worksheet/clock.ts'
import { readWorksheet } from '../../../shared/kinds/worksheet/model.ts'
import { newWorksheet } from './people.ts'

const columns = [
  { name: 'Stage', holds: 'label' },
  'With whom',
  { name: 'Began', holds: 'date' },
  { name: 'Done', holds: 'date' },
]

const clock = (rows: readonly (readonly string[])[], today: string) =>
  readClock(readWorksheet(newWorksheet({ sections: [{ type: 'table', columns, rows }] })).sections[0]!, today)

describe('the clock of an agreement', () => {
  it('stands still before the first stage has begun', () => {
    expect(clock([['Find who may decide']], '2026-01-14')).toBeUndefined()
    const { sections } = readWorksheet(newWorksheet({ sections: [{ heading: 'Notes' }] }))
    expect(readClock(sections[0]!, '2026-01-14')).toBeUndefined()
  })

  it('counts from the first day on, and says what is under way since when', () => {
    const rows = [
      ['Legal review', '', '2025-10-16'],
      ['Purpose', 'Clinic', '2025-04-07', '2025-08-29'],
      ['Signatures'],
    ]
    expect(clock(rows, '2026-01-14')).toEqual({
      since: '2025-04-07',
      months: 9,
      now: { stage: 'Legal review', since: '2025-10-16', months: 2 },
    })
  })

  it('says of several open stages the one that began last', () => {
    const rows = [
      ['A', '', '2025-04-07'],
      ['B', '', '2025-06-01'],
      ['C', '', '2025-05-01', '2025-05-20'],
    ]
    expect(clock(rows, '2025-07-01')?.now?.stage).toBe('B')
  })

  it('stops on the day on which the last stage is done, and not before all are', () => {
    const rows = [
      ['A', '', '2024-03-15', '2024-12-01'],
      ['B', '', '2024-12-02', '2025-09-14'],
    ]
    expect(clock(rows, '2026-01-14')).toEqual({ since: '2024-03-15', until: '2025-09-14', months: 17 })
    expect(clock([...rows, ['C']], '2026-01-14')?.until).toBeUndefined()
  })

  it.each([
    ['2025-01-15', '2025-02-14', 0],
    ['2025-01-15', '2025-02-15', 1],
    ['2024-11-30', '2025-02-28', 2],
    ['2024-02-29', '2025-02-28', 11],
    ['2025-05-01', '2025-04-01', 0],
  ])('counts whole months from %s to %s: %i', (from, to, months) => {
    expect(wholeMonths(from, to)).toBe(months)
  })
})
