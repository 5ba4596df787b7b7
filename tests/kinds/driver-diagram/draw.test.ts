import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { writeSvg } from '../../../shared/drawing/svg.ts'
import { drawDiagram } from '../../../shared/kinds/driver-diagram/draw.ts'
import { parseSeed } from '../../../shared/kinds/driver-diagram/seed.ts'

const sample = parseSeed(
  JSON.parse(
    readFileSync(join(import.meta.dirname, '../../../templates/sample/fewer-missed-days.json'), 'utf8'),
  ).content,
)

describe('the drawing of a diagram', () => {
  it('is as it was when somebody last looked at it', async () => {
    const svg = writeSvg(drawDiagram(sample, { title: 'Fewer missed school days' }))
    await expect(svg).toMatchFileSnapshot('expected/fewer-missed-days.svg')
  })

  it('dots weak links, crosses hindering ones and explains both', () => {
    const seed = (link: object) =>
      parseSeed({ cards: [{ id: 'P', column: 'primary', title: 'P', leadsTo: [{ to: 'aim', ...link }] }] })
    const dotted = (diagram: ReturnType<typeof seed>) =>
      drawDiagram(diagram).shapes.filter((shape) => shape.type === 'path' && shape.dash !== undefined).length
    // One in the legend, always.
    expect(dotted(seed({}))).toBe(1)
    expect(dotted(seed({ strength: 'weak' }))).toBe(2)
    const bars = (diagram: ReturnType<typeof seed>) =>
      drawDiagram(diagram).shapes.filter((shape) => shape.type === 'path' && shape.stroke === 'ink').length
    expect(bars(seed({ polarity: 'hinders' })) - bars(seed({}))).toBe(1)
    const words = drawDiagram(seed({})).shapes.flatMap((shape) => (shape.type === 'text' ? [shape.text] : []))
    expect(words).toEqual(expect.arrayContaining(['strong', 'weak', 'hinders', 'Primary drivers']))
  })

  it('says in words what it shows', () => {
    expect(drawDiagram(sample, { title: 'Days' }).title).toMatch(/^Days\. By December 2025, lower the share/)
    expect(drawDiagram(parseSeed({})).title).toBe('Driver diagram')
  })
})
