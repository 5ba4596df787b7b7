import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Shape } from '../../shared/drawing/drawing.ts'
import { figureOf, withUnit } from '../../shared/drawing/figures.ts'
import { measureText } from '../../shared/drawing/measure-text.ts'
import { drawNumberLine, type NumberLine } from '../../shared/drawing/number-line.ts'
import { roundScale } from '../../shared/drawing/scale.ts'

type Words = Extract<Shape, { type: 'text' }>

const wordsOf = (line: NumberLine): readonly Words[] =>
  (drawNumberLine(line)?.shapes ?? []).filter((shape) => shape.type === 'text')

const calls: NumberLine = {
  width: 720,
  unit: '%',
  marks: [
    { value: 28, label: 'predicted', form: 'bar', ink: 'plan' },
    { value: 33, label: 'happened', form: 'dot', ink: 'study' },
    { value: 39, label: 'before', form: 'thin', ink: 'ink-3' },
  ],
  range: { low: 25, high: 31, ink: 'plan' },
  crowd: { values: [24, 27, 28, 30, 33, 36], label: 'six private forecasts', ink: 'plan' },
}

describe('figures', () => {
  it('have at most two decimals, separators and a real minus', () => {
    expect([figureOf(1234.567), figureOf(-3), figureOf(0.1 + 0.2)]).toEqual(['1,234.57', '−3', '0.3'])
  })

  it('stand with their unit, and a currency stands in front', () => {
    expect([withUnit(28, '%'), withUnit(3, ' families '), withUnit(40, '$'), withUnit(2, '')]).toEqual([
      '28\u00a0%',
      '3\u00a0families',
      '$40',
      '2',
    ])
  })
})

describe('a scale of round numbers', () => {
  it('ends in round numbers around what it holds', () => {
    expect(roundScale([24, 39], 8)).toEqual({ low: 20, high: 40, ticks: [20, 25, 30, 35, 40] })
    expect(roundScale([0.31, 0.48], 6)?.ticks).toEqual([0.3, 0.35, 0.4, 0.45, 0.5])
  })

  it('stays within its bounds where the values do, and shows those that do not', () => {
    expect(roundScale([1, 97], 6, { low: 0, high: 100 })).toMatchObject({ low: 0, high: 100 })
    expect(roundScale([-4, 120], 6, { low: 0, high: 100 })).toMatchObject({ low: -50, high: 150 })
  })

  it('counts whole things in whole steps', () => {
    expect(roundScale([2], 8)?.ticks).toEqual([1, 2, 3])
    expect(roundScale([0], 8, { low: 0 })?.ticks).toEqual([0, 1])
  })

  it('holds every set of numbers, in even steps', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { minLength: 1 }),
        fc.integer({ min: 3, max: 9 }),
        (values, most) => {
          const scale = roundScale(values, most)
          expect(scale?.low).toBeLessThanOrEqual(Math.min(...values))
          expect(scale?.high).toBeGreaterThanOrEqual(Math.max(...values))
          expect(scale?.ticks.length).toBeLessThanOrEqual(most * 2 + 2)
        },
      ),
    )
  })

  it('is none for nothing', () => {
    expect(roundScale([], 5)).toBeUndefined()
  })
})

describe('a number line', () => {
  it('says in a sentence all that it shows', () => {
    expect(drawNumberLine(calls)?.title).toBe(
      'Number line: 28\u00a0% predicted, 33\u00a0% happened, 39\u00a0% before, held possible from 25 to 31\u00a0%, six private forecasts from 24 to 36\u00a0%.',
    )
  })

  it('draws one ring for each answer, and for a range alone none', () => {
    const rings = (line: NumberLine) =>
      drawNumberLine(line)?.shapes.filter((shape) => shape.type === 'path' && shape.fill === 'paper').length
    expect(rings(calls)).toBe(6)
    const { crowd: _crowd, ...without } = calls
    const few: NumberLine = {
      ...without,
      crowdRange: { low: 24, high: 30, label: 'two private forecasts', ink: 'plan' },
    }
    expect(rings(few)).toBe(0)
    expect(drawNumberLine(few)?.title).toContain('two private forecasts from 24 to 30')
  })

  it('is none without any value', () => {
    expect(drawNumberLine({ width: 300, unit: '%', marks: [] })).toBeUndefined()
  })

  it('keeps all words within its width and apart from each other, however near the values are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 260, max: 900 }),
        fc.constantFrom('%', 'families', ''),
        (values, width, unit) => {
          const marks = values.map((value) => ({ ...calls.marks[0]!, value, form: 'bar' as const }))
          const spans = wordsOf({ width, unit, marks }).map((words) => ({
            from: words.x,
            to: words.x + measureText(words.text, words),
            y: words.y,
          }))
          for (const [index, one] of spans.entries()) {
            expect(one.from).toBeGreaterThanOrEqual(0)
            expect(one.to).toBeLessThanOrEqual(width + 0.1)
            for (const other of spans.slice(index + 1).filter(({ y }) => y === one.y))
              expect(one.to <= other.from || other.to <= one.from).toBe(true)
          }
        },
      ),
    )
  })
})
