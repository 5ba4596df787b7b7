import type { Drawing, Ink, Shape } from './drawing.ts'
import { figureOf, withUnit } from './figures.ts'
import { type Font, measureText } from './measure-text.ts'
import { circlePath, coordinate } from './paths.ts'
import { roundScale, type Scale } from './scale.ts'

/** One value on the line, e.g. what was predicted. */
export interface NumberLineMark {
  readonly value: number
  /** What its figure is, in a word: "predicted". */
  readonly label: string
  /** A bar across the line, a dot on it, or a thin bar for what only stands beside. */
  readonly form: 'bar' | 'dot' | 'thin'
  readonly ink: Ink
}

export interface NumberLine {
  /** In CSS pixels. Letters keep their size: draw it for the width there is. */
  readonly width: number
  readonly unit: string
  readonly marks: readonly NumberLineMark[]
  /** What was held possible. */
  readonly range?: { readonly low: number; readonly high: number; readonly ink: Ink }
  /** Values without names above the line, e.g. private forecasts. */
  readonly crowd?: { readonly values: readonly number[]; readonly label: string; readonly ink: Ink }
  /** Where the crowd may not be shown one by one: from its lowest to its highest. */
  readonly crowdRange?: {
    readonly low: number
    readonly high: number
    readonly label: string
    readonly ink: Ink
  }
}

/** Values on one line, to be compared at a glance. Undefined when there is no value to draw. */
export function drawNumberLine(line: NumberLine): Drawing | undefined {
  const scale = roundScale(
    valuesOf(line),
    Math.max(3, Math.min(8, Math.floor(line.width / 55))),
    boundsOf(line),
  )
  if (scale === undefined) return undefined
  const x = (value: number) =>
    margin + ((value - scale.low) / (scale.high - scale.low)) * (line.width - 2 * margin)
  const labels = placeLabels(line, x)
  const stacks = stackCrowd(line, x)
  const axis = labels.height + crowdHeight(line, stacks) + 10
  return {
    width: line.width,
    height: axis + 26,
    title: describeNumberLine(line),
    shapes: [
      ...drawAxis(line, scale, x, axis),
      ...drawRanges(line, x, axis),
      ...stacks.map((dot) => ring(dot.x, axis - 14 - dot.level * 9, line.crowd?.ink ?? 'ink-3')),
      ...labels.placed.flatMap((label) => drawMark(label, axis)),
    ],
  }
}

/** The same in a sentence, for those who do not see it. */
function describeNumberLine({ unit, marks, range, crowd, crowdRange }: NumberLine): string {
  const say = (value: number) => withUnit(value, unit)
  const parts = marks.map(({ value, label }) => `${say(value)} ${label}`)
  if (range !== undefined) parts.push(`held possible from ${figureOf(range.low)} to ${say(range.high)}`)
  if (crowd !== undefined && crowd.values.length > 0)
    parts.push(
      `${crowd.label} from ${figureOf(Math.min(...crowd.values))} to ${say(Math.max(...crowd.values))}`,
    )
  if (crowdRange !== undefined)
    parts.push(`${crowdRange.label} from ${figureOf(crowdRange.low)} to ${say(crowdRange.high)}`)
  return `Number line: ${parts.join(', ')}.`
}

const margin = 14
const tickFont: Font = { family: 'sans', weight: 400, size: 13 }
const markFont: Font = { family: 'sans', weight: 600, size: 13 }

function valuesOf({ marks, range, crowd, crowdRange }: NumberLine): readonly number[] {
  return [
    ...marks.map(({ value }) => value),
    ...(range === undefined ? [] : [range.low, range.high]),
    ...(crowd?.values ?? []),
    ...(crowdRange === undefined ? [] : [crowdRange.low, crowdRange.high]),
  ]
}

const boundsOf = ({ unit }: NumberLine) => (unit.trim() === '%' ? { low: 0, high: 100 } : { low: 0 })

interface Placed {
  readonly mark: NumberLineMark
  readonly x: number
  /** Where its words begin. */
  readonly from: number
  readonly words: string
  readonly font: Font
  readonly baseline: number
}

const rowHeight = 18

/** Words over their marks, in as few rows as keep them apart: those that stand on the line in the lowest row. */
function placeLabels(
  line: NumberLine,
  x: (value: number) => number,
): { readonly placed: readonly Placed[]; readonly height: number } {
  const rows: { from: number; to: number }[][] = []
  const found = line.marks.map((mark) => {
    const font = mark.form === 'thin' ? tickFont : markFont
    const words = `${figureOf(mark.value)} ${mark.label}`
    const width = measureText(words, font)
    const at = x(mark.value)
    const from = Math.max(0, Math.min(at - width / 2, line.width - width))
    const span = { from: from - 6, to: from + width + 6 }
    const free = rows.findIndex((row) => row.every((other) => other.to <= span.from || span.to <= other.from))
    const row = free === -1 ? rows.length : free
    rows[row] = [...(rows[row] ?? []), span]
    return { mark, x: at, from, words, font, row }
  })
  return {
    placed: found.map(({ row, ...label }) => ({
      ...label,
      baseline: (rows.length - row) * rowHeight - 4,
    })),
    height: rows.length * rowHeight,
  }
}

interface Stacked {
  readonly x: number
  readonly level: number
}

/** Dots that would lie on each other stand on each other, up to a height where the line still reads as a line. */
function stackCrowd({ crowd }: NumberLine, x: (value: number) => number): readonly Stacked[] {
  const stacked: Stacked[] = []
  for (const value of crowd?.values ?? []) {
    const at = x(value)
    const level = stacked.filter((other) => Math.abs(other.x - at) < 8).length
    stacked.push({ x: at, level: Math.min(level, highestStack - 1) })
  }
  return stacked
}

const highestStack = 6

function crowdHeight({ crowdRange }: NumberLine, stacks: readonly Stacked[]): number {
  if (stacks.length > 0) return 12 + Math.max(...stacks.map(({ level }) => level)) * 9
  return crowdRange === undefined ? 0 : 8
}

function drawAxis(
  { width, unit }: NumberLine,
  { ticks }: Scale,
  x: (value: number) => number,
  axis: number,
): readonly Shape[] {
  const shapes: Shape[] = [
    {
      type: 'path',
      d: `M${margin} ${axis}H${width - margin}${ticks.map((tick) => `M${coordinate(x(tick))} ${axis}v5`).join('')}`,
      stroke: 'line-strong',
    },
  ]
  // From the right, where the unit stands: what would touch its neighbor is left out.
  let right = width
  for (const [index, tick] of [...ticks.entries()].reverse()) {
    const words = index === ticks.length - 1 ? withUnit(tick, unit) : figureOf(tick)
    const wide = measureText(words, tickFont)
    const from = Math.max(0, Math.min(x(tick) - wide / 2, width - wide))
    if (from + wide > right) continue
    right = from - 8
    shapes.push({ type: 'text', x: from, y: axis + 20, text: words, ...tickFont, ink: 'ink-3' })
  }
  return shapes
}

function drawRanges(
  { range, crowdRange }: NumberLine,
  x: (value: number) => number,
  axis: number,
): readonly Shape[] {
  const shapes: Shape[] = []
  if (range !== undefined)
    shapes.push({
      type: 'path',
      d: `M${coordinate(x(range.low))} ${axis}H${coordinate(x(range.high))}`,
      stroke: range.ink,
      width: 5,
      opacity: 0.45,
    })
  if (crowdRange !== undefined)
    shapes.push({
      type: 'path',
      d: `M${coordinate(x(crowdRange.low))} ${axis - 16}v8M${coordinate(x(crowdRange.low))} ${axis - 12}H${coordinate(x(crowdRange.high))}M${coordinate(x(crowdRange.high))} ${axis - 16}v8`,
      stroke: crowdRange.ink,
      width: 1.5,
    })
  return shapes
}

function drawMark({ mark, x, from, words, font, baseline }: Placed, axis: number): readonly Shape[] {
  return [
    ...drawForm(mark, x, axis),
    { type: 'text', x: from, y: baseline, text: words, ...font, ink: inkOfWords(mark) },
  ]
}

/** The lines of marks are drawn in their ink; so faint a one that its words would not be read is darkened. */
const inkOfWords = ({ ink }: NumberLineMark): Ink => (ink === 'line-strong' ? 'ink-3' : ink)

function drawForm({ form, ink }: NumberLineMark, x: number, axis: number): readonly Shape[] {
  switch (form) {
    case 'bar':
      return [{ type: 'path', d: `M${coordinate(x)} ${axis - 10}v20`, stroke: ink, width: 2.5 }]
    case 'thin':
      return [{ type: 'path', d: `M${coordinate(x)} ${axis - 8}v16`, stroke: ink, width: 1.5 }]
    case 'dot':
      return [{ type: 'path', d: circlePath(x, axis, 6.5), fill: ink, stroke: 'paper', width: 2 }]
  }
}

const ring = (x: number, y: number, ink: Ink): Shape => ({
  type: 'path',
  d: circlePath(x, y, 3.2),
  stroke: ink,
  width: 1.5,
  fill: 'paper',
})
