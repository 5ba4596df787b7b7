import type { Drawing, Ink, Shape } from '../../drawing/drawing.ts'
import { measureText } from '../../drawing/measure-text.ts'
import { statementOf } from './aim.ts'
import { type CardPlace, columnStyles, type Layout, type LinkPlace, layoutDiagram } from './layout.ts'
import {
  type Card,
  type Column,
  columnNames,
  type Diagram,
  type IdeaStatus,
  ideaStatuses,
  type Link,
  statusNames,
} from './model.ts'

const sans = { type: 'text', family: 'sans', size: 14, weight: 400, ink: 'ink' } as const
/** From the top of a line to its baseline. */
const baseline = { sans: 15, serif: 19 }
const headHeight = 48
const titleHeight = 52
const footHeight = 56
const side = columnStyles.aim.x

export interface DrawOptions {
  /** The document's title, drawn above the diagram. */
  readonly title?: string
}

/** The whole diagram as one picture: title, columns, cards, links and what the marks mean. */
export function drawDiagram(diagram: Diagram, { title }: DrawOptions = {}): Drawing {
  const layout = layoutDiagram(diagram)
  const cards = new Map(diagram.cards.map((card) => [card.id, card]))
  const top = headHeight + (title === undefined ? 0 : titleHeight)
  const height = top + layout.height + footHeight
  const statement = statementOf(diagram)
  return {
    width: layout.width,
    height,
    title:
      [title, statement].filter((text) => text !== undefined && text !== '').join('. ') || 'Driver diagram',
    shapes: [
      ...(title === undefined ? [] : [titleText(title)]),
      ...heads(layout, top),
      ...diagram.links.flatMap((link) => drawLink(link, layout.links.get(link.id), top)),
      ...[...layout.cards.values()].flatMap((place) => drawCard(cards.get(place.id), place, top)),
      ...legend(diagram, height),
    ],
  }
}

const titleText = (text: string): Shape => ({
  type: 'text',
  x: side,
  y: 42,
  text,
  size: 26,
  family: 'serif',
  weight: 500,
  ink: 'ink',
})

function heads(layout: Layout, top: number): Shape[] {
  return layout.columns.flatMap(({ column, x, count }): Shape[] => {
    const y = top - 20
    const name = columnNames[column].many
    const nameWidth = measureText(name, { family: 'sans', weight: 600, size: 13 })
    return [
      ...columnGlyph(column, x, y - 10),
      { ...sans, x: x + 18, y, text: name, size: 13, weight: 600 },
      ...(column === 'aim'
        ? []
        : [{ ...sans, x: x + 18 + nameWidth + 6, y, text: String(count), size: 13, ink: 'ink-3' as const }]),
    ]
  })
}

function drawCard(card: Card | undefined, place: CardPlace, top: number): Shape[] {
  if (card === undefined) return []
  const { font, lineHeight, above } = columnStyles[card.column]
  const first = top + place.top + above + baseline[font.family]
  const words = place.lines.flatMap((text, index): Shape[] =>
    text === '' ? [] : [{ ...sans, ...font, x: place.textX, y: first + index * lineHeight, text }],
  )
  const status = card.status === undefined ? [] : statusGlyph(card.status, place.x, first - 10)
  const y = top + place.y - 1
  return [
    ...words,
    ...status,
    {
      type: 'path',
      d: `M${place.x} ${y}H${place.x + place.width}`,
      stroke: card.column,
      width: card.column === 'aim' ? 2 : 1.5,
    },
  ]
}

function drawLink(link: Link, place: LinkPlace | undefined, top: number): Shape[] {
  if (place === undefined) return []
  const stroke: Shape = { type: 'path', d: moved(place.d, top - 1), stroke: 'line-strong', ...strokeOf(link) }
  return link.polarity === 'hinders' ? [stroke, hinderMark(moved(place.bar, top - 1))] : [stroke]
}

const strokeOf = ({ strength }: Pick<Link, 'strength'>) =>
  strength === 'weak' ? { width: 2, dash: '0.1 5' } : { width: 1.25 }

const hinderMark = (d: string): Shape => ({ type: 'path', d, stroke: 'ink', width: 2 })

/** A path of our own layout (M, L, C and H with absolute figures), moved down. */
function moved(d: string, by: number): string {
  return d.replace(/([MLCH])([^MLCH]*)/g, (_, letter: string, figures: string) => {
    if (letter === 'H') return `H${figures}`
    return (
      letter +
      figures
        .trim()
        .split(' ')
        .map((figure, index) => (index % 2 === 1 ? Number(figure) + by : figure))
        .join(' ')
    )
  })
}

/** Ring, filled square, open square, triangle: the shape says the column, the color helps. Twelve pixels square. */
function columnGlyph(column: Column, x: number, y: number): Shape[] {
  switch (column) {
    case 'aim':
      return [
        { type: 'path', d: circle(x + 6, y + 6, 4.6), stroke: 'aim', width: 1.6 },
        { type: 'path', d: circle(x + 6, y + 6, 1.7), fill: 'aim' },
      ]
    case 'primary':
      return [{ type: 'path', d: `M${x + 1.5} ${y + 1.5}h9v9h-9z`, fill: 'primary' }]
    case 'secondary':
      return [{ type: 'path', d: `M${x + 2.1} ${y + 2.1}h7.8v7.8h-7.8z`, stroke: 'secondary', width: 1.6 }]
    case 'idea':
      return [{ type: 'path', d: `M${x + 6} ${y + 1.4}l5 9h-10z`, fill: 'idea' }]
  }
}

/** A small face that fills as an idea goes its way. */
function statusGlyph(status: IdeaStatus, x: number, y: number): Shape[] {
  const ink: Ink = 'idea'
  const cx = x + 6
  const cy = y + 6
  const ring: Shape = { type: 'path', d: circle(cx, cy, 4.8), stroke: ink, width: 1.3 }
  const filled = (d: string): Shape => ({ type: 'path', d, fill: ink })
  switch (status) {
    case 'proposed':
      return [ring]
    case 'accepted':
      return [ring, filled(`M${cx} ${cy}v-4a4 4 0 0 1 4 4z`)]
    case 'in-testing':
      return [ring, filled(`M${cx} ${cy - 4}a4 4 0 0 1 0 8z`)]
    case 'adapted':
      return [ring, filled(`M${cx} ${cy}v-4a4 4 0 1 1 -4 4z`)]
    case 'adopted':
      return [ring, filled(circle(cx, cy, 4.8))]
    case 'abandoned':
      return [
        ring,
        { type: 'path', d: `M${cx - 3.4} ${cy + 3.4}L${cx + 3.4} ${cy - 3.4}`, stroke: ink, width: 1.4 },
      ]
    case 'spread':
      return [ring, filled(circle(cx, cy, 2.4))]
  }
}

const circle = (x: number, y: number, r: number): string =>
  `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`

/** What the marks mean: kinds of links, then the statuses. */
function legend(diagram: Diagram, height: number): Shape[] {
  const y = height - 20
  const shapes: Shape[] = []
  let x = side
  const entry = (mark: readonly Shape[], width: number, text: string) => {
    shapes.push(...mark, { ...sans, x: x + width + 6, y, text, size: 13, ink: 'ink-3' })
    x += width + 6 + measureText(text, { family: 'sans', weight: 400, size: 13 }) + 18
  }
  const line = (strength: Link['strength']): Shape => ({
    type: 'path',
    d: `M${x} ${y - 4}H${x + 24}`,
    stroke: 'ink-3',
    ...strokeOf({ strength }),
  })
  entry([line('strong')], 24, 'strong')
  entry([line('weak')], 24, 'weak')
  entry([line('strong'), hinderMark(`M${x + 12} ${y - 10}V${y + 2}`)], 24, 'hinders')
  if (diagram.cards.some((card) => card.status !== undefined))
    for (const status of ideaStatuses)
      entry(statusGlyph(status, x, y - 10), 12, statusNames[status].toLowerCase())
  return shapes
}
