import { describe, expect, it } from 'vitest'
import { readJsonLines } from '../../server/json-lines.ts'

const text = `{
  "id": "one",
  "list": [1, "two\\" ]",
    { "deep": [
      true,
      null
    ] }
  ],
  "empty": {}, "none": []
}`

describe('lines of a JSON text', () => {
  it('are known by the path of each value', () => {
    const { lineOf, broken } = readJsonLines(text)
    expect(broken).toBeUndefined()
    expect(['', 'id', 'list', 'list[0]', 'list[1]', 'list[2]'].map(lineOf)).toEqual([1, 2, 3, 3, 3, 4])
    expect(['list[2].deep[1]', 'empty', 'none'].map(lineOf)).toEqual([6, 9, 9])
  })

  it('are those of the nearest value around a path that is not there', () => {
    const { lineOf } = readJsonLines(text)
    expect(lineOf('list[2].deep[7].name')).toBe(4)
    expect(lineOf('elsewhere')).toBe(1)
  })

  it.each([
    ['{\n"a": oops }', 2],
    ['{ "a": 1,\n\n}', 3],
    ['[1,\n2', 2],
    ['{ 1: 2 }', 1],
    ['{}\n{}', 2],
    ['"never\nclosed"', 1],
    ['', 1],
  ])('end where it is no JSON any more: %j', (broken, line) => {
    expect(() => JSON.parse(broken)).toThrow()
    expect(readJsonLines(broken).broken).toBe(line)
  })
})
