import { describe, expect, test } from 'vitest'
import { colorForNext, firstName, initials, personColors } from '#shared/people.ts'

describe('the color of a newcomer', () => {
  test('differs from those of the first seven', () => {
    const given: number[] = []
    for (const _ of personColors) given.push(colorForNext(given))
    expect(new Set(given).size).toBe(personColors.length)
  })

  test('is the one that fewest people have', () => {
    expect(colorForNext([1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 4])).toBe(3)
  })
})

describe('initials', () => {
  test.each([
    ['Nora Lindqvist', 'NL'],
    ['Dr. Lena Whitfield', 'LW'],
    ['Sgt. Colleen Marsh', 'CM'],
    ['Ruth Yazzie-Clark', 'RY'],
    ['Madonna', 'M'],
    ['', '?'],
  ])('of %s are %s', (name, letters) => {
    expect(initials(name)).toBe(letters)
  })
})

test('someone is named by their first name, without a rank', () => {
  expect(firstName('Sgt. Colleen Marsh')).toBe('Colleen')
  expect(firstName('Dr. Lena Whitfield')).toBe('Lena')
  expect(firstName('Prince')).toBe('Prince')
})
