import { describe, expect, it } from 'vitest'
import { readDate, readNumber } from '../../client/kinds/driver-diagram/read-fields.ts'
import { firstName, quoted, spelledCount } from '../../client/kinds/driver-diagram/words.ts'

describe('a number in the aim', () => {
  it.each([
    ['24.3', 24.3],
    ['24,3', 24.3],
    ['1,250', 1250],
    ['19 %', 19],
    ['-4', -4],
    ['', undefined],
    ['half', 'unreadable'],
    ['1.2.3', 'unreadable'],
  ])('%j is read as %j', (typed, value) => {
    expect(readNumber(typed)).toBe(value)
  })
})

describe('a date in the aim', () => {
  it.each([
    ['2025-12', '2025-12'],
    ['2025-12-31', '2025-12-31'],
    ['December 2025', '2025-12'],
    ['Dec. 31, 2025', '2025-12-31'],
    ['31 December 2025', '2025-12-31'],
    ['12/2025', '2025-12'],
    ['6/30/2026', '2026-06-30'],
    ['', undefined],
    ['February 30, 2025', 'unreadable'],
    ['2025-13', 'unreadable'],
    ['soon', 'unreadable'],
  ])('%j is read as %j', (typed, value) => {
    expect(readDate(typed)).toBe(value)
  })
})

describe('words on the screen', () => {
  it('names people by their first name, without a rank', () => {
    expect(firstName('Sgt. Colleen Marsh')).toBe('Colleen')
    expect(firstName('Dr. Lena Whitfield')).toBe('Lena')
    expect(firstName('Prince')).toBe('Prince')
  })

  it('quotes a title, short, and never an empty one', () => {
    expect(quoted('Ride pool')).toBe('“Ride pool”')
    expect(quoted('  ')).toBe('a card without words')
    expect(quoted('Ride pool for everyone', 10)).toBe('“Ride pool…”')
  })

  it('spells small counts', () => {
    expect([0, 2, 11].map(spelledCount)).toEqual(['No', 'Two', '11'])
  })
})
