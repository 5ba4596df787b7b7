import { describe, expect, it } from 'vitest'
import { drawSmallChart, type SmallChart } from '../../shared/drawing/small-chart.ts'

const absences: SmallChart = {
  width: 358,
  unit: '%',
  points: [
    { date: '2025-12-19', value: 33 },
    { date: '2025-12-01', value: 39 },
    { date: '2025-12-12', value: 34 },
  ],
}

const wordsOf = (chart: SmallChart) =>
  drawSmallChart(chart)?.shapes.flatMap((shape) => (shape.type === 'text' ? [shape.text] : []))

describe('a small chart', () => {
  it('says in a sentence what it shows, in the order of time', () => {
    expect(drawSmallChart(absences)?.title).toBe(
      '3 values from Dec 1 to Dec 19: first 39\u00a0%, last 33\u00a0%, between 33 and 39\u00a0%.',
    )
    expect(drawSmallChart({ ...absences, points: [{ date: '2025-12', value: 3 }] })?.title).toBe(
      'One value: 3\u00a0% in Dec 2025.',
    )
  })

  it('joins its values in the order of time, whatever order they were written in', () => {
    const line = drawSmallChart(absences)?.shapes.find(
      (shape) => shape.type === 'path' && shape.stroke === 'ink-2',
    )
    const path = line?.type === 'path' ? line.d : ''
    const across = [...path.matchAll(/[ML](\d+(?:\.\d+)?)/g)].map(([, x]) => Number(x))
    expect(across).toHaveLength(3)
    expect(across).toEqual([...across].sort((a, b) => a - b))
  })

  it('names the last value, the days, and when the test ran', () => {
    const words = wordsOf({
      ...absences,
      span: { from: '2025-12-02', to: '2025-12-19', label: 'Do', ink: 'do' },
    })
    expect(words).toEqual(expect.arrayContaining(['33\u00a0%', 'Do', 'Dec 1', 'Dec 19']))
  })

  it('leaves the width to the values where the test ran at another time', () => {
    const span = { from: '2027-01-01', to: '2027-02-01', label: 'Do', ink: 'do' as const }
    expect(wordsOf({ ...absences, span })).not.toContain('Do')
    expect(drawSmallChart({ ...absences, span })?.shapes).toEqual(drawSmallChart(absences)?.shapes)
    expect(wordsOf({ ...absences, span: { ...span, from: '2025-12-10' } })).toContain('Do')
  })

  it('is none without any value', () => {
    expect(drawSmallChart({ width: 358, unit: '%', points: [] })).toBeUndefined()
  })
})
