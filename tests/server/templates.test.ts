import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { kindNames } from '#shared/kinds/index.ts'
import { inProject } from '../../server/http/project.ts'
import { readTemplates } from '../../server/templates.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'throughline-templates-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

const blank = readTemplates(inProject('templates')).find('driver-diagram', 'blank')
const right = {
  id: 'blank',
  kind: 'driver-diagram',
  name: 'Blank',
  sentence: 'An empty diagram.',
  content: { cards: [] },
}

function write(name: string, template: unknown): void {
  writeFileSync(join(folder, name), typeof template === 'string' ? template : JSON.stringify(template))
}

const reading = () => readTemplates(folder)

describe('templates', () => {
  it('come with the product, a blank one first', () => {
    const list = readTemplates(inProject('templates')).list()
    expect(list[0]).toMatchObject({ id: 'blank', kind: 'driver-diagram' })
    expect(list.map(({ id }) => id)).toEqual(expect.arrayContaining(['blank']))
    expect(list.every((template) => !('content' in template))).toBe(true)
    expect(blank?.content).toBeDefined()
  })

  it('may be added as a file without programming', () => {
    for (const kind of kindNames) write(`${kind}.json`, { ...right, kind, content: {} })
    write('ours.json', { ...right, id: 'ours', name: 'Ours', sources: ['A brief of 2019'] })
    const templates = reading()
    expect(templates.list().map(({ id }) => id)).toEqual([...kindNames.map(() => 'blank'), 'ours'])
    expect(templates.find('driver-diagram', 'ours')?.sources).toEqual(['A brief of 2019'])
    expect(templates.find('driver-diagram', 'theirs')).toBeUndefined()
  })

  it('stop the start when a file is not JSON, naming the file', () => {
    write('blank.json', '{ oops')
    expect(reading).toThrow(/^blank\.json, line 1 cannot be read as JSON: /)
    write('blank.json', '{\n  "id": "blank",\n  "kind": oops\n}')
    expect(reading).toThrow(/^blank\.json, line 3 cannot be read as JSON: /)
  })

  it('stop the start when a part is missing or wrong, naming file, line and place', () => {
    const { name, ...nameless } = right
    write('blank.json', nameless)
    expect(reading).toThrow('blank.json, line 1, name: is missing')
    write('blank.json', JSON.stringify({ ...right, kind: 'opera' }, null, 2))
    expect(reading).toThrow('blank.json, line 3, kind: needs a kind, one of: driver-diagram')
    write('blank.json', { ...right, sources: ['one', 2] })
    expect(reading).toThrow('blank.json, line 1, sources.1: lists its sources as texts')
    write('blank.json', [])
    expect(reading).toThrow('blank.json, line 1 holds a list, but a template is an object')
    write('blank.json', 'null')
    expect(reading).toThrow(
      'blank.json, line 1 needs to be an object with id, kind, name, sentence and content',
    )
  })

  it('stop the start when the kind refuses the content, naming file, line and what is wrong', () => {
    write('blank.json', { ...right, content: { cards: [{ column: 'nowhere' }] } })
    expect(reading).toThrow(/^blank\.json, line 1, content: cards\[0\]\.column is one of: /)
    const sections = [{ heading: 'One' }, { heading: 'Two', type: 'crossword' }]
    const strange = { ...right, kind: 'worksheet', content: { sections } }
    write('blank.json', JSON.stringify(strange, null, 2))
    expect(reading).toThrow(
      'blank.json, line 13, content: sections[1].type is one of: text, checklist, table, rating, links',
    )
  })

  it('stop the start when two have the same name, or a kind has no blank one', () => {
    write('blank.json', right)
    write('second.json', right)
    expect(reading).toThrow(/Two templates in .+ are for a driver-diagram and called blank/)
    rmSync(join(folder, 'second.json'))
    write('blank.json', { ...right, id: 'not-blank' })
    expect(reading).toThrow(/No template in .+ is for a driver-diagram and called blank/)
  })
})
