import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sharing } from '../../client/ui/sharing.ts'

describe('what is fetched again', () => {
  it('is the very same where nothing has changed', () => {
    const before = {
      members: [
        { id: 'a', roles: ['lead'] },
        { id: 'b', roles: [] },
      ],
      name: 'Three Rivers',
    }
    expect(sharing(before, structuredClone(before))).toBe(before)
  })

  it('keeps items that stay, wherever they stand now, and draws only the changed ones anew', () => {
    const [a, b] = [
      { id: 'a', role: 'lead' },
      { id: 'b', role: 'coach' },
    ]
    const after = sharing(
      [a, b],
      [
        { id: 'c', role: 'member' },
        { id: 'b', role: 'coach' },
        { id: 'a', role: 'expert' },
      ],
    )
    expect(after.map(({ id }) => id)).toEqual(['c', 'b', 'a'])
    expect(after[1]).toBe(b)
    expect(after[2]).toEqual({ id: 'a', role: 'expert' })
  })

  it('says what was fetched, whatever was known', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (before, after) => {
        expect(sharing(before, structuredClone(after))).toEqual(after)
      }),
    )
  })
})
