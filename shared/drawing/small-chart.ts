import type { Drawing, Ink, Shape } from './drawing.ts'
import { figureOf, withUnit } from './figures.ts'
import { type Font, measureText } from './measure-text.ts'
import { circlePath, coordinate } from './paths.ts'
import { roundScale, type Scale } from './scale.ts'

/** A value at one date. */
export interface ChartPoint {
  /** A day `2025-12-01` or a month `2025-12`. */
  readonly date: string
  readonly value: number
}

export interface SmallChart {
  /** In CSS pixels. Letters keep their size: draw it for the width there is. */
  readonly width: number
  readonly unit: string
  /** In any order. */
  readonly points: readonly ChartPoint[]
  /** A span of days on the time axis, e.g. when the test ran. Either end may be open. */
  readonly span?: {
    readonly from?: string | undefined
    readonly to?: string | undefined
    readonly label: string
    readonly ink: Ink
  }
}

/** A few values over time as a line. Undefined when there is no value to draw. */
export function drawSmallChart(chart: SmallChart): Drawing | undefined {
  const points = inTime(chart.points)
  const scale = roundScale(
    points.map(({ value }) => value),
    5,
    boundsOf(chart),
  )
  if (scale === undefined) return undefined
  const place = placesOf(chart, points, scale)
  return {
    width: chart.width,
    height,
    title: describeSmallChart(chart),
    shapes: [
      ...drawRules(chart, scale, place),
      ...drawSpan(chart, place),
      ...drawLine(points, place),
      ...drawDates(points, place, chart.width),
      ...drawLastValue(chart, points, place),
    ],
  }
}

/** The same in a sentence, for those who do not see it. */
function describeSmallChart({ unit, points }: SmallChart): string {
  const [first, ...rest] = inTime(points)
  if (first === undefined) return 'No values yet.'
  const last = rest.at(-1)
  if (last === undefined)
    return `One value: ${withUnit(first.value, unit)} ${first.date.length === 7 ? 'in' : 'on'} ${dayWords(first.date)}.`
  const values = points.map(({ value }) => value)
  return `${points.length} values from ${dayWords(first.date)} to ${dayWords(last.date)}: first ${withUnit(first.value, unit)}, last ${withUnit(last.value, unit)}, between ${figureOf(Math.min(...values))} and ${withUnit(Math.max(...values), unit)}.`
}

const height = 180
const top = 22
const bottom = height - 30
const font: Font = { family: 'sans', weight: 400, size: 13 }
const strong: Font = { family: 'sans', weight: 600, size: 13 }

const inTime = (points: readonly ChartPoint[]): readonly ChartPoint[] =>
  [...points].sort((a, b) => dayNumber(a.date) - dayNumber(b.date))

/** Days since 1970; a month counts from its first. */
const dayNumber = (date: string): number =>
  Date.parse(`${date.length === 7 ? `${date}-01` : date}T00:00:00Z`) / 86_400_000

function dayWords(date: string): string {
  const at = dayNumber(date) * 86_400_000
  const isMonth = date.length === 7
  return new Intl.DateTimeFormat('en-US', {
    timeZone: 'UTC',
    month: 'short',
    ...(isMonth ? { year: 'numeric' } : { day: 'numeric' }),
  }).format(at)
}

const boundsOf = ({ unit }: SmallChart) => (unit.trim() === '%' ? { low: 0, high: 100 } : { low: 0 })

interface Places {
  readonly left: number
  readonly right: number
  x(date: string): number
  y(value: number): number
}

function placesOf(chart: SmallChart, points: readonly ChartPoint[], scale: Scale): Places {
  const days = points.map(({ date }) => dayNumber(date))
  const ends = [chart.span?.from, chart.span?.to].flatMap((end) =>
    end === undefined ? [] : [dayNumber(end)],
  )
  const near = ends.filter((end) => isNear(end, days))
  const first = Math.min(...days, ...near)
  const length = Math.max(...days, ...near) - first
  const labels = scale.ticks.map((tick) => measureText(withUnit(tick, shortUnit(chart.unit)), font))
  const left = Math.max(...labels) + 12
  const last = points.at(-1)
  const right = chart.width - 12 - measureText(withUnit(last?.value ?? 0, chart.unit), strong) - 8
  return {
    left,
    right,
    x: (date) =>
      length === 0 ? (left + right) / 2 : left + ((dayNumber(date) - first) / length) * (right - left),
    y: (value) => bottom - ((value - scale.low) / (scale.high - scale.low)) * (bottom - top),
  }
}

/** The axis is the values': an end of the span that lies farther off than they lie apart would press them together. */
function isNear(day: number, days: readonly number[]): boolean {
  const first = Math.min(...days)
  const last = Math.max(...days)
  return day >= first - (last - first) && day <= last + (last - first)
}

/** A unit of a sign stands at the axis; a word of several letters only at the last value. */
const shortUnit = (unit: string): string => (unit.trim().length <= 2 ? unit : '')

function drawRules({ unit }: SmallChart, { ticks }: Scale, { left, right, y }: Places): readonly Shape[] {
  return ticks.flatMap((tick, index): readonly Shape[] => {
    const words = index === ticks.length - 1 ? withUnit(tick, shortUnit(unit)) : figureOf(tick)
    return [
      {
        type: 'path',
        d: `M${coordinate(left)} ${coordinate(y(tick))}H${coordinate(right)}`,
        stroke: index === 0 ? 'line-strong' : 'line',
      },
      {
        type: 'text',
        x: left - 8 - measureText(words, font),
        y: y(tick) + 4.5,
        text: words,
        ...font,
        ink: 'ink-3',
      },
    ]
  })
}

function drawSpan({ span }: SmallChart, { left, right, x }: Places): readonly Shape[] {
  if (span === undefined || (span.from === undefined && span.to === undefined)) return []
  // An end that is not said, or lies beyond the axis, is open.
  const at = (day: string | undefined, edge: number) =>
    day === undefined || x(day) < left || x(day) > right ? edge : x(day)
  const from = at(span.from, span.from !== undefined && x(span.from) > right ? right : left)
  const to = at(span.to, span.to !== undefined && x(span.to) < left ? left : right)
  if (to <= from) return []
  const marks = [span.from, span.to].flatMap((day) =>
    day === undefined || x(day) < left || x(day) > right
      ? []
      : [`M${coordinate(x(day))} ${top - 6}V${bottom}`],
  )
  const words = measureText(span.label, font)
  return [
    { type: 'path', d: marks.join(''), stroke: span.ink, dash: '0.1 4' },
    {
      type: 'path',
      d: `M${coordinate(from)} ${top - 6}H${coordinate(to)}`,
      stroke: span.ink,
      width: 1.5,
    },
    {
      type: 'text',
      x: Math.max(0, Math.min((from + to - words) / 2, right - words)),
      y: top - 11,
      text: span.label,
      ...font,
      ink: span.ink,
    },
  ]
}

function drawLine(points: readonly ChartPoint[], { x, y }: Places): readonly Shape[] {
  const at = points.map(({ date, value }) => `${coordinate(x(date))} ${coordinate(y(value))}`)
  return [
    { type: 'path', d: `M${at.join('L')}`, stroke: 'ink-2', width: 1.5 },
    ...points.map(
      ({ date, value }): Shape => ({
        type: 'path',
        d: circlePath(x(date), y(value), 4),
        fill: 'ink',
        stroke: 'paper',
        width: 1.5,
      }),
    ),
  ]
}

/** The days of the points, as many as stand apart; the first and the last before those between. */
function drawDates(points: readonly ChartPoint[], { x }: Places, width: number): readonly Shape[] {
  const labels = points.map(({ date }) => {
    const words = dayWords(date)
    const wide = measureText(words, font)
    return { words, from: Math.max(0, Math.min(x(date) - wide / 2, width - wide)), wide }
  })
  const shown: typeof labels = []
  for (const label of [labels[0], labels.at(-1), ...labels.slice(1, -1)]) {
    const fits = shown.every(
      (other) =>
        label !== undefined &&
        (other.from + other.wide + 12 <= label.from || label.from + label.wide + 12 <= other.from),
    )
    if (label !== undefined && fits) shown.push(label)
  }
  return shown.map(({ words, from }) => ({
    type: 'text',
    x: from,
    y: bottom + 20,
    text: words,
    ...font,
    ink: 'ink-3',
  }))
}

function drawLastValue(
  { unit }: SmallChart,
  points: readonly ChartPoint[],
  { x, y }: Places,
): readonly Shape[] {
  const last = points.at(-1)
  if (last === undefined) return []
  return [
    {
      type: 'text',
      x: x(last.date) + 10,
      y: y(last.value) + 4.5,
      text: withUnit(last.value, unit),
      ...strong,
      ink: 'ink',
    },
  ]
}
