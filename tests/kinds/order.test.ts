import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { byCodeUnit, firstKeys, inOrder, keyBetween, placeAt, readOrder } from '../../shared/kinds/order.ts'

/** A list that was made by inserting at these places. */
function listMadeBy(places: readonly number[]): { id: string; order: string }[] {
  const list: { id: string; order: string }[] = []
  places.forEach((place, made) => {
    const index = place % (list.length + 1)
    const { key, rekeyed } = placeAt(list, index)
    expect(rekeyed).toEqual([])
    list.splice(index, 0, { id: String(made), order: key })
  })
  return list
}

describe('order keys', () => {
  it('[Y7] put a new member exactly where it was asked for, however often', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { maxLength: 120 }), (places) => {
        const list = listMadeBy(places)
        expect([...list].sort(inOrder)).toEqual(list)
        expect(new Set(list.map(({ order }) => order)).size).toBe(list.length)
      }),
    )
  })

  it('[Y7] stay short when people keep inserting at one place', () => {
    for (const place of [0, 1, 500]) {
      const list = listMadeBy(Array.from({ length: 500 }, () => place))
      expect(Math.max(...list.map(({ order }) => order.length))).toBeLessThan(120)
    }
  })

  it('[Y7] differ when two people insert at one place at once', () => {
    const made = new Set(Array.from({ length: 1000 }, () => keyBetween('a0', 'a1')))
    expect(made.size).toBeGreaterThan(990)
  })

  it('[Y7] are made without ever throwing, whatever the keys beside them are', () => {
    const anyKey = fc.option(
      fc.oneof(
        fc.string(),
        fc.stringMatching(/^[0-9A-Za-z]{1,30}$/),
        fc.constantFrom('a0', 'Zz', 'z', 'A', ''),
      ),
      { nil: undefined },
    )
    fc.assert(
      fc.property(anyKey, anyKey, fc.double({ min: 0, max: 0.999, noNaN: true }), (before, after, figure) => {
        const key = keyBetween(before, after, () => figure)
        expect(readOrder(key)).toBe(key)
        const low = readOrder(before)
        const high = readOrder(after)
        if (low !== '') expect(byCodeUnit(low, key)).toBeLessThan(0)
        if (high !== '' && low < high) expect(byCodeUnit(key, high)).toBeLessThan(0)
      }),
      { numRuns: 2000 },
    )
  })

  it('[Y7] re-key the later of members with equal keys, and only those', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a0', 'a1', 'a2', '', 'junk!'), { maxLength: 12 }),
        fc.nat(12),
        (keys, at) => {
          const list = keys
            .map((order, index) => ({ id: `m${index}`, order: readOrder(order) }))
            .sort(inOrder)
          const index = at % (list.length + 1)
          const { key, rekeyed } = placeAt(list, index)
          const after = new Map(rekeyed.map((member) => [member.id, member.key]))
          const result = list.map(({ id, order }) => ({ id, order: after.get(id) ?? order }))
          result.splice(index, 0, { id: 'new', order: key })
          expect([...result].sort(inOrder)).toEqual(result)
          for (const { id } of rekeyed)
            expect(list.findIndex((member) => member.id === id)).toBeGreaterThanOrEqual(index)
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('[Y7] read as "first" when they are none', () => {
    for (const junk of [undefined, null, 7, '', 'a', '!', 'a00', 'x'.repeat(500)])
      expect(readOrder(junk)).toBe('')
    expect(readOrder('a0')).toBe('a0')
  })

  it('[Y7] are in order when a list is written at once', () => {
    const keys = firstKeys(300)
    expect([...keys].sort(byCodeUnit)).toEqual(keys)
  })
})
