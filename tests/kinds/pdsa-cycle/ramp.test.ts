import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scaleSteps } from '../../../shared/kinds/pdsa-cycle/model.ts'
import { type PlacedCycle, type Ramp, rampsOf } from '../../../shared/kinds/pdsa-cycle/ramp.ts'
import { placed } from './cycles.ts'

const ids = (ramps: readonly Ramp[]): string[] =>
  ramps.map(({ steps, branchOf }) => {
    const chain = steps.map(({ cycle }) => cycle.documentId).join(' ')
    return branchOf === undefined ? chain : `${branchOf.documentId} ${branchOf.by}: ${chain}`
  })

describe('ramps', () => {
  it('are chains of cycles, whatever order they come in', () => {
    const chain = [
      placed('a', { number: 1 }),
      placed('b', { number: 2, continues: 'a' }),
      placed('c', { number: 3, continues: 'b' }),
    ]
    expect(ids(rampsOf(chain))).toEqual(['a b c'])
    expect(ids(rampsOf([...chain].reverse()))).toEqual(['a b c'])
  })

  it('stand beside each other, the one that began first first', () => {
    const parallel = [
      placed('late', { started: '2025-02-01' }),
      placed('new'),
      placed('early', { started: '2025-01-01' }),
      placed('later', { number: 2, continues: 'early' }),
    ]
    expect(ids(rampsOf(parallel))).toEqual(['early later', 'late', 'new'])
  })

  it('stand by the number of their first cycle before anything else', () => {
    const numbered = [placed('a', { number: 2, started: '2025-01-01' }), placed('b', { number: 1 })]
    expect(ids(rampsOf(numbered))).toEqual(['b', 'a'])
  })

  it('of the sample: four cycles at one school, and a clone at another as a branch', () => {
    const nurse = [
      placed('a1', { number: 1, scaleStep: 'one' }),
      placed('a2', { number: 2, scaleStep: 'one', continues: 'a1' }),
      placed('a3', { number: 3, scaleStep: 'five', continues: 'a2' }),
      placed('a4', { number: 4, scaleStep: 'all', continues: 'a3' }),
      placed('e5', { number: 5, scaleStep: 'five', clonedFrom: 'a4' }),
      placed('x1', { number: 1, scaleStep: 'one' }),
    ]
    const ramps = rampsOf(nurse)
    expect(ids(ramps)).toEqual(['a1 a2 a3 a4', 'a4 clone: e5', 'x1'])
    expect(ramps[0]?.steps.map(({ level, rise }) => [level, rise])).toEqual([
      [0, 'level'],
      [0, 'level'],
      [2, 'up'],
      [3, 'up'],
    ])
  })

  it('keep the height of the cycle before where one does not say its scale', () => {
    const [ramp] = rampsOf([
      placed('a', { number: 1 }),
      placed('b', { number: 2, continues: 'a', scaleStep: 'five' }),
      placed('c', { number: 3, continues: 'b' }),
      placed('d', { number: 4, continues: 'c', scaleStep: 'three' }),
    ])
    expect(ramp?.steps.map(({ level, rise }) => [level, rise])).toEqual([
      [0, 'level'],
      [2, 'up'],
      [2, 'level'],
      [1, 'down'],
    ])
  })

  it('branch where two cycles continue the same one: the earlier goes on, the other begins a branch', () => {
    const forked = [
      placed('a', { number: 1 }),
      placed('c', { number: 2, continues: 'a', started: '2025-02-02' }),
      placed('b', { number: 2, continues: 'a', started: '2025-02-01' }),
      placed('d', { number: 1, continues: 'c' }),
    ]
    expect(ids(rampsOf(forked))).toEqual(['a b', 'a continues: c d'])
  })

  it('begin where the cycle before is not among them', () => {
    expect(ids(rampsOf([placed('b', { continues: 'gone', clonedFrom: 'gone' })]))).toEqual(['b'])
    expect(rampsOf([])).toEqual([])
  })

  it.each([
    [[placed('a', { continues: 'a', clonedFrom: 'a' })], ['a']],
    [[placed('b', { number: 2, continues: 'a' }), placed('a', { number: 1, continues: 'b' })], ['a b']],
    [
      [placed('a', { clonedFrom: 'b' }), placed('b', { clonedFrom: 'a' })],
      ['b clone: a', 'a clone: b'],
    ],
  ])('come out of circles with each cycle once', (circle, expected) => {
    expect(ids(rampsOf(circle)).sort()).toEqual([...expected].sort())
  })

  it('hold each cycle exactly once, whatever they say of each other', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f']
    const other = fc.option(fc.constantFrom(...names, 'gone'), { nil: undefined })
    const any = fc.record({
      number: fc.nat({ max: 4 }),
      continues: other,
      clonedFrom: other,
      scaleStep: fc.option(fc.constantFrom(...scaleSteps), { nil: undefined }),
    })
    fc.assert(
      fc.property(
        fc.array(any, { minLength: 6, maxLength: 6 }),
        fc.shuffledSubarray(names),
        (said, order) => {
          const cycles: PlacedCycle[] = order.map((name) => {
            const defined = Object.entries(said[names.indexOf(name)] ?? {}).filter(
              ([, value]) => value !== undefined,
            )
            return placed(name, Object.fromEntries(defined))
          })
          const ramps = rampsOf(cycles)
          const found = ramps.flatMap(({ steps }) => steps.map(({ cycle }) => cycle.documentId))
          expect([...found].sort()).toEqual([...order].sort())
          expect(ids(rampsOf([...cycles].reverse()))).toEqual(ids(ramps))
        },
      ),
      { numRuns: 50 },
    )
  })

  it('of thousands of cycles are found at once', () => {
    const many = Array.from({ length: 5_000 }, (_, index) =>
      placed(`c${index}`, { number: index + 1, ...(index === 0 ? {} : { continues: `c${index - 1}` }) }),
    )
    expect(rampsOf(many)[0]?.steps).toHaveLength(5_000)
  })
})
