import { describe, expect, it } from 'vitest'
import { readDate, readNumber } from '../../client/form/read-fields.ts'

describe('a number that someone types', () => {
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

describe('a date that someone types', () => {
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
