import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Font, measureText, wrapText } from '../../shared/drawing/measure-text.ts'
import { lightInks, writeSvg } from '../../shared/drawing/svg.ts'

const card: Font = { family: 'sans', weight: 400, size: 14 }
const strong: Font = { family: 'sans', weight: 600, size: 14 }
const aim: Font = { family: 'serif', weight: 500, size: 20 }

describe('measuring text', () => {
  it('gives what the browser gives, from the fonts’ own widths', () => {
    // Measured in Chromium, with the fonts of the product and without kerning.
    expect(Math.abs(measureText('Five-question check-in at the counselor', card) - 256.98)).toBeLessThan(0.5)
    expect(Math.abs(measureText('Behavioral-health response', strong) - 181.99)).toBeLessThan(0.5)
    expect(Math.abs(measureText('By December 2025, lower', aim) - 219.48)).toBeLessThan(0.5)
  })

  it('grows with the size and with every character', () => {
    expect(measureText('abc', { ...card, size: 28 })).toBeCloseTo(2 * measureText('abc', card))
    expect(measureText('', card)).toBe(0)
  })

  it('guesses what the fonts do not hold: marks nothing, letters with marks as their base, signs wide', () => {
    expect(measureText('e\u0301', card)).toBe(measureText('e', card))
    expect(measureText('ẽ', card)).toBe(measureText('e', card))
    expect(measureText('漢', card)).toBeGreaterThanOrEqual(14)
    expect(measureText('👋', card)).toBeGreaterThanOrEqual(14)
    expect(measureText('א', card)).toBeGreaterThan(0)
  })
})

describe('breaking lines', () => {
  it('breaks at spaces and behind hyphens, and holds no-break spaces together', () => {
    expect(wrapText('one two three', card, 60)).toEqual(['one two', 'three'])
    expect(wrapText('cross-system-team', card, 60)).toEqual(['cross-', 'system-', 'team'])
    expect(wrapText('to 24.3\u00a0%', card, 50)).toEqual(['to', '24.3\u00a0%'])
  })

  it('drops white space at the ends, takes line ends for spaces, and leaves an empty title one line', () => {
    expect(wrapText('  one\n\ttwo  ', card, 200)).toEqual(['one two'])
    expect(wrapText('', card, 200)).toEqual([''])
    expect(wrapText('   ', card, 200)).toEqual([''])
  })

  it('breaks a word that is longer than a line where it must', () => {
    const lines = wrapText('Donaudampfschifffahrtsgesellschaft now', card, 80)
    expect(lines.length).toBeGreaterThan(2)
    expect(lines.join('')).toBe(
      'Donaudampfschifffahrtsgesellschaft now'.replace(/ (?=now)/, lines.at(-1) === 'now' ? '' : ' '),
    )
  })

  it('never makes a line too wide and never loses a word', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.lorem({ maxCount: 20 }), fc.string({ unit: 'grapheme' })),
        fc.integer({ min: 20, max: 300 }),
        (text, width) => {
          const lines = wrapText(text, card, width)
          for (const line of lines)
            expect(measureText(line, card) <= width + 0.001 || [...line].length === 1).toBe(true)
          const bare = (words: string) => words.replace(/[ \t\n\r\f\u2028\u2029]/g, '')
          expect(bare(lines.join(''))).toBe(bare(text))
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('a drawing as SVG', () => {
  const drawing = {
    width: 10,
    height: 20,
    title: 'A <title> & "more"',
    shapes: [
      {
        type: 'text',
        x: 1,
        y: 2.004,
        text: '<b>\u0000 & \ud800',
        size: 14,
        family: 'sans',
        weight: 400,
        ink: 'ink',
      },
      { type: 'path', d: 'M0 0H9', stroke: 'line', width: 2, dash: '0.1 5' },
    ],
  } as const

  it('holds its shapes, and words as words', () => {
    expect(writeSvg(drawing)).toBe(
      [
        '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="20" viewBox="0 0 10 20" role="img">',
        '<title>A &lt;title&gt; &amp; &quot;more&quot;</title>',
        '<rect width="100%" height="100%" fill="#F7F5EF"/>',
        `<text x="1" y="2" font-family="'Public Sans Variable','Public Sans',system-ui,sans-serif" font-size="14" font-weight="400" fill="#1B2427" xml:space="preserve">&lt;b&gt; &amp; </text>`,
        '<path d="M0 0H9" fill="none" stroke="#DAD5C8" stroke-width="2" stroke-dasharray="0.1 5" stroke-linecap="round"/>',
        '</svg>\n',
      ].join('\n'),
    )
  })

  it('takes styles along', () => {
    expect(writeSvg(drawing, { css: '@font-face{}' })).toContain('<style>@font-face{}</style>')
  })

  it('has the colors of the light theme', () => {
    const theme = readFileSync(join(import.meta.dirname, '../../client/ui/theme.css'), 'utf8')
      .replace(/\s+/g, '')
      .toLowerCase()
    for (const [name, color] of Object.entries(lightInks))
      expect(theme, name).toContain(`--${name}:light-dark(${color.toLowerCase()},`)
  })
})
