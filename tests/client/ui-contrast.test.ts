import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync(new URL('../../client/ui/theme.css', import.meta.url), 'utf8')

type Theme = 'light' | 'dark'

/** The tokens that are colors: what each is in the light and in the dark. */
const colors = new Map(
  [...css.matchAll(/--([\w-]+):\s*light-dark\(\s*(#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\s*\)/gi)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }] as const,
  ),
)

function colorOf(name: string, theme: Theme): string {
  const color = colors.get(name)
  if (!color) throw new Error(`theme.css has no color --${name}`)
  return color[theme]
}

/** WCAG 2: the relative luminance of a color. */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

const grounds = ['paper', 'sheet', 'sunk']
const hues = ['aim', 'primary', 'secondary', 'idea', 'plan', 'do', 'study', 'act', 'notice', 'danger']
const people = [1, 2, 3, 4, 5, 6, 7, 8].map((number) => `person-${number}`)

const texts: readonly (readonly [text: string, ground: string])[] = [
  ...['ink', 'ink-2', 'ink-3', 'accent'].flatMap((text) => grounds.map((ground) => [text, ground] as const)),
  ...hues.flatMap((hue) => ['paper', 'sheet', `${hue}-wash`].map((ground) => [hue, ground] as const)),
  ...hues.flatMap((hue) => ['ink', 'ink-2', 'ink-3'].map((text) => [text, `${hue}-wash`] as const)),
  ...['ink', 'ink-3', 'accent'].map((text) => [text, 'accent-wash'] as const),
  ...['accent', 'accent-hover'].map((ground) => ['on-accent', ground] as const),
  ...people.map((person) => ['on-person', person] as const),
  ['on-danger', 'danger'],
  // A toast is the page turned inside out.
  ['paper', 'ink'],
]

const shapes: readonly (readonly [shape: string, ground: string])[] = [
  ...['line-strong', 'accent'].flatMap((shape) => grounds.map((ground) => [shape, ground] as const)),
  ...people.flatMap((person) => ['paper', 'sheet'].map((ground) => [person, ground] as const)),
]

describe.each(['light', 'dark'] as const)('in the %s', (theme) => {
  it.each(texts)('text in %s can be read on %s', (text, ground) => {
    expect(contrast(colorOf(text, theme), colorOf(ground, theme))).toBeGreaterThanOrEqual(4.5)
  })

  it.each(shapes)('a shape in %s can be seen on %s', (shape, ground) => {
    expect(contrast(colorOf(shape, theme), colorOf(ground, theme))).toBeGreaterThanOrEqual(3)
  })
})

it('keeps to six sizes of type, none under 13 px', () => {
  const sizes = [...css.matchAll(/--text-\d:\s*([\d.]+)rem/g)].map(([, rem]) => Number(rem) * 16)
  expect(sizes).toHaveLength(6)
  expect(Math.min(...sizes)).toBe(13)
})
