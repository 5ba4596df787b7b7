import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseSeed } from '../../../shared/kinds/worksheet/seed.ts'

const folder = join(import.meta.dirname, '../../../templates')

const templates = readdirSync(folder)
  .filter((name) => name.startsWith('worksheet-'))
  .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Template)

interface Template {
  readonly id: string
  readonly sources: readonly string[]
  readonly content: { readonly sort: string; readonly sections: readonly { readonly body?: unknown }[] }
}

const find = (id: string) => {
  const template = templates.find((each) => each.id === id)
  if (template === undefined) throw new Error(`There is no template ${id}`)
  return { ...template, worksheet: parseSeed(template.content) }
}

describe('the worksheets that come with the product', () => {
  it('are these, each of its own sort, and nothing is written in them yet', () => {
    expect(templates.map(({ id }) => id).sort()).toEqual([
      'backbone-functions',
      'blank',
      'common-agenda',
      'data-sharing-plan',
      'go-and-see',
      'six-principles',
      'team-charter',
      'three-questions',
    ])
    for (const { id, content } of templates) {
      expect(content.sort).toBe(id === 'blank' ? 'notes' : id)
      expect(content.sections.every(({ body }) => body === undefined)).toBe(true)
    }
  })

  it('say in each section what to write, in a sentence', () => {
    for (const { id } of templates.filter((template) => template.id !== 'blank'))
      for (const { heading, guidance } of find(id).worksheet.sections)
        expect(guidance, `${id}: ${heading}`).toMatch(/^[A-Z].+\.$/)
  })

  it('ask Carnegie’s three questions in its order and words, and the Model for Improvement’s in its own', () => {
    const { worksheet, sources } = find('three-questions')
    expect(worksheet.sections.map(({ key, heading }) => [key, heading])).toEqual([
      ['aim', 'What specifically are we trying to accomplish?'],
      ['changes', 'What changes might we introduce and why?'],
      ['measures', 'How will we know that a change is an improvement?'],
    ])
    const other = [...worksheet.sections].sort((a, b) =>
      (a.otherwise?.order ?? '') < (b.otherwise?.order ?? '') ? -1 : 1,
    )
    expect(other.map(({ key, otherwise }) => [key, otherwise?.heading])).toEqual([
      ['aim', 'What are we trying to accomplish?'],
      ['measures', 'How will we know that a change is an improvement?'],
      ['changes', 'What change can we make that will result in improvement?'],
    ])
    expect(worksheet.wordings).toMatchObject({
      first: { name: 'Carnegie Foundation', source: expect.stringContaining('Carnegie Foundation') },
      other: { name: 'Model for Improvement', source: expect.stringContaining('Associates in Process') },
    })
    expect(sources.join()).toMatch(/Carnegie Foundation.+Model for Improvement/)
  })

  it('quote the six principles with their source, and give each its prompts, its example and its check', () => {
    const principles = find('six-principles').worksheet.sections.slice(0, 6)
    expect(principles.map(({ heading }) => heading)).toEqual([
      'Make the work problem-specific and user-centered',
      'Variation in performance is the core problem to address',
      'See the system that produces the current outcomes',
      'We cannot improve at scale what we cannot measure',
      'Anchor practice improvement in disciplined inquiry',
      'Accelerate improvements through networked communities',
    ])
    expect(principles.map(({ check }) => check)).toEqual([
      'voices',
      'variation',
      'system',
      'measures',
      'inquiry',
      'exchange',
    ])
    for (const { heading, prompts, example, exampleFrom, source } of principles) {
      expect(prompts.length, heading).toBeGreaterThan(1)
      expect(example, heading).toMatch(/school|student/i)
      expect(exampleFrom).toContain('School responder model')
      expect(source).toBe('Carnegie Foundation for the Advancement of Teaching')
    }
  })

  it('name the six backbone functions, each with room for several owners, their time, what shows and what lacks', () => {
    const [functions] = find('backbone-functions').worksheet.sections
    expect(functions).toMatchObject({
      check: 'owners',
      columns: [{ holds: 'label' }, {}, {}, {}, {}],
      rows: [
        'Guide vision and strategy',
        'Support aligned activities',
        'Establish shared measurement practices',
        'Build public will',
        'Advance policy',
        'Mobilize funding',
      ].map((name) => ({ cells: [name, '', '', '', ''] })),
    })
  })

  it('hold the five conditions of collective impact, each rated by sector', () => {
    const { sections } = find('common-agenda').worksheet
    const rated = sections.filter(({ type }) => type === 'rating')
    expect(rated.map(({ heading }) => heading)).toEqual([
      'Common agenda',
      'Shared measurement',
      'Mutually reinforcing activities',
      'Continuous communication',
      'Backbone support',
    ])
    expect(sections.map(({ key, check }) => [key, check])).toContainEqual(['partners', 'signatures'])
  })

  it('guide a data-sharing plan, and say that this is no legal advice', () => {
    const { worksheet } = find('data-sharing-plan')
    expect(worksheet.guidance).toContain('not legal advice')
    expect(worksheet.sections.map(({ check }) => check)).toContain('elapsed')
    expect(JSON.stringify(worksheet.sections)).toMatch(/FERPA.+HIPAA/)
  })

  it('hear voices in a go-and-see note', () => {
    expect(find('go-and-see').worksheet.sections.find(({ key }) => key === 'voices')?.type).toBe('table')
  })
})
