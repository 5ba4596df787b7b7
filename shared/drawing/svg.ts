import type { Drawing, Ink, Shape } from './drawing.ts'

/** The light theme's colors, for files that leave the product. A test compares them with the theme. */
export const lightInks: Readonly<Record<Ink, string>> = {
  paper: '#F7F5EF',
  sheet: '#FEFDFA',
  ink: '#1B2427',
  'ink-2': '#434D51',
  'ink-3': '#5E676A',
  line: '#DAD5C8',
  'line-strong': '#88857A',
  accent: '#0C5A66',
  aim: '#1B2427',
  primary: '#7A2A0E',
  secondary: '#776100',
  idea: '#17688F',
  plan: '#1F52A3',
  do: '#955700',
  study: '#7C2A66',
  act: '#006B4A',
  notice: '#7A4E00',
}

const families = {
  sans: "'Public Sans Variable','Public Sans',system-ui,sans-serif",
  serif: "'Newsreader Variable',Newsreader,Georgia,serif",
}

/** How a drawing is written as SVG. */
export interface SvgOptions {
  /** Styles put into the file, e.g. `@font-face` rules with embedded fonts, which a picture cannot load by itself. */
  readonly css?: string
}

/** A drawing as an SVG file on paper, in the light theme's colors. */
export function writeSvg(drawing: Drawing, { css }: SvgOptions = {}): string {
  const { width, height } = drawing
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${figure(width)}" height="${figure(height)}" viewBox="0 0 ${figure(width)} ${figure(height)}" role="img">`,
    `<title>${escapeXml(drawing.title)}</title>`,
    ...(css === undefined ? [] : [`<style>${escapeXml(css)}</style>`]),
    `<rect width="100%" height="100%" fill="${lightInks.paper}"/>`,
    ...drawing.shapes.map(writeShape),
    '</svg>\n',
  ].join('\n')
}

function writeShape(shape: Shape): string {
  switch (shape.type) {
    case 'text':
      return `<text x="${figure(shape.x)}" y="${figure(shape.y)}" font-family="${families[shape.family]}" font-size="${figure(shape.size)}" font-weight="${figure(shape.weight)}" fill="${lightInks[shape.ink]}" xml:space="preserve">${escapeXml(shape.text)}</text>`
    case 'path':
      return `<path d="${escapeXml(shape.d)}" fill="${shape.fill === undefined ? 'none' : lightInks[shape.fill]}"${strokeOf(shape)}${opacityOf(shape)}/>`
  }
}

function strokeOf({ stroke, width = 1, dash }: Extract<Shape, { type: 'path' }>): string {
  if (stroke === undefined) return ''
  const dashes = dash === undefined ? '' : ` stroke-dasharray="${escapeXml(dash)}" stroke-linecap="round"`
  return ` stroke="${lightInks[stroke]}" stroke-width="${figure(width)}"${dashes}`
}

const opacityOf = ({ opacity }: Extract<Shape, { type: 'path' }>): string =>
  opacity === undefined ? '' : ` opacity="${figure(opacity)}"`

const figure = (value: number): string => String(Math.round(value * 100) / 100)

/** Text as it may stand in XML: what XML cannot hold at all is left out. */
function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
