import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { plainLines } from '../../shared/content/blocks.ts'
import { writeSvg } from '../../shared/drawing/svg.ts'
import { kindFiles } from '../../shared/kinds/files.ts'
import { type AnyKind, findKind, type KindName, kindNames, kinds } from '../../shared/kinds/index.ts'
import { stations } from '../../shared/kinds/kind.ts'
import {
  junkEveryKey,
  junkRoots,
  junkValues,
  rootNames,
  sayEverything,
  writeInEveryText,
} from './everything.ts'

const folder = join(import.meta.dirname, '../../templates')

interface Template {
  readonly file: string
  readonly id: string
  readonly kind: string
  readonly name: string
  readonly sentence: string
  readonly sources: readonly string[]
  readonly content: unknown
}

const templates: readonly Template[] = [folder, join(folder, 'sample')]
  .filter((place) => existsSync(place))
  .flatMap((place) => readdirSync(place).map((name) => join(place, name)))
  .filter((file) => file.endsWith('.json'))
  .map((file) => ({ file, ...JSON.parse(readFileSync(file, 'utf8')) }))
  .filter((template) => 'content' in template)

/** A model without what a template leaves out: ids (here: names by place) and order keys. */
function withoutIds(model: unknown): unknown {
  const names = new Map<string, string>()
  const text = JSON.stringify(model, (key, value: unknown) => (key === 'order' ? '' : value))
  const ids = JSON.stringify(model).matchAll(/"id":"([^">|]+)"/g)
  for (const [, id] of ids) if (id !== undefined && !names.has(id)) names.set(id, `#${names.size}`)
  // The longest first, so that no id is replaced inside another.
  const known = [...names].sort(([a], [b]) => b.length - a.length)
  return JSON.parse(
    known.reduce((json, [id, name]) => {
      const whole = new RegExp(`(?<=[">])${id.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?=[">])`, 'g')
      return json.replace(whole, name)
    }, text),
  )
}

function filled(kind: AnyKind, model: unknown): Y.Doc {
  const doc = new Y.Doc()
  kind.fill(doc, model)
  return doc
}

describe.each(kindNames)('the kind %s', (name: KindName) => {
  const kind = kinds[name]
  const files = kindFiles[name]
  const own = templates.filter((template) => template.kind === name)

  it('is found by its name, and says what it is called', () => {
    expect(findKind(name)).toBe(kind)
    expect(kind.label).toMatch(/^[A-Z]/)
    expect(kind.plural).toMatch(/^[A-Z]/)
    expect(Number.isInteger(kind.schema) && kind.schema > 0).toBe(true)
    expect(stations).toContain(kind.station)
  })

  it('has a blank template', () => {
    expect(own.map(({ id }) => id)).toContain('blank')
  })

  it.each(own)('reads the template $id as it was written: read(fill(seed)) is the seed', ({ content }) => {
    const seed = files.parseSeed(content)
    const read: unknown = kind.read(filled(kind, seed))
    expect(withoutIds(read)).toEqual(withoutIds(seed))
    // What was read can be a seed again: so a document is duplicated, and an export read back.
    const again: unknown = kind.read(filled(kind, files.parseSeed(JSON.parse(JSON.stringify(read)))))
    expect(withoutIds(again)).toEqual(withoutIds(read))
  })

  it.each(own)('gives the template $id other ids in every document', ({ content }) => {
    const seed = files.parseSeed(content)
    const ids = (doc: Y.Doc) =>
      new Set([...JSON.stringify(kind.read(doc)).matchAll(/"id":"([^"]{36})"/g)].map(([, id]) => id))
    const [first, second] = [ids(filled(kind, seed)), ids(filled(kind, seed))]
    expect([...first].filter((id) => second.has(id))).toEqual([])
  })

  it.each(own)('makes blocks, facts, references, tables and a drawing of the template $id', ({ content }) => {
    const model: unknown = kind.read(filled(kind, files.parseSeed(content)))
    expect(plainLines(kind.blocks(model, {})).length).toBeGreaterThan(0)
    for (const fact of kind.facts(model, {})) expect(fact.name).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect(Array.isArray(kind.references(model))).toBe(true)
    for (const table of kind.tables?.(model, {}) ?? [])
      for (const row of table.rows) expect(row).toHaveLength(table.columns.length)
    if (kind.drawing) {
      const svg = writeSvg(kind.drawing(model))
      expect(svg).toContain('<svg')
      expect(svg).not.toMatch(/NaN|undefined|Infinity/)
    }
    for (const { date } of kind.dates?.(model, {}) ?? []) expect(date).toMatch(/^\d{4}-\d{2}-\d{2}/)
  })

  it('reads an empty document, and one that another kind wrote, without a fault', () => {
    expect(() => kind.read(new Y.Doc())).not.toThrow()
    const strange = new Y.Doc()
    strange.getMap('cards').set('a', 7)
    strange.getArray('links').push([1])
    strange.getXmlFragment('aim').push([new Y.XmlText('x')])
    expect(() => kind.read(strange)).not.toThrow()
  })

  const documents = () => own.map(({ content }) => filled(kind, files.parseSeed(content)))

  it('[S3] keeps things in maps and words in texts: no list of things that move', () => {
    for (const doc of documents()) {
      for (const [name, root] of doc.share) {
        for (let item = root._start; item !== null; item = item.right)
          expect(item.content, name).not.toBeInstanceOf(Y.ContentAny)
      }
    }
  })

  it.each(Object.keys(junkRoots))('reads %s in each of its roots, and says what it can of it', (junk) => {
    for (const root of rootNames(kind, documents())) {
      const doc = new Y.Doc()
      junkRoots[junk]?.(doc, root)
      expect(() => sayEverything(kind, doc, {}), root).not.toThrow()
    }
    const whole = new Y.Doc()
    for (const root of rootNames(kind, documents())) junkRoots[junk]?.(whole, root)
    expect(() => sayEverything(kind, whole, {})).not.toThrow()
  })

  it('reads junk in each key of each of its maps, and says what it can of it', () => {
    for (let junk = 0; junk < junkValues().length; junk++) {
      // Another document for each sort of junk: all of all would be the same again.
      const doc = filled(kind, files.parseSeed(own[junk % own.length]?.content))
      junkEveryKey(doc, () => junkValues()[junk])
      expect(() => sayEverything(kind, doc, {}), `junk ${junk}`).not.toThrow()
    }
  })

  it('bears records that another version wrote', () => {
    const by = { id: 'nora', name: 'Nora', color: 1 } as const
    const seal = { id: 's', hash: '', by, present: [], at: -1, text: '{"questions":[{"id":7}]}' }
    const amendment = { id: 'a', part: 'x', text: '[', hash: '', reason: '', by, at: Number.MAX_VALUE }
    const strange = {
      stage: 'nowhere',
      transitions: [{ number: 1, name: 'x', from: 'nowhere', to: 'elsewhere', by, at: Number.MAX_VALUE }],
      seals: Object.keys(kind.seals ?? { none: 1 }).map((each) => ({
        ...seal,
        name: each,
        amendments: [amendment],
      })),
      ballots: [{ part: 'x', answers: 1 }],
    }
    for (const doc of documents()) expect(() => sayEverything(kind, doc, strange)).not.toThrow()
  })

  it('says the same of a document twice, and after it was stored and loaded', () => {
    for (const doc of documents()) {
      const say = (from: Y.Doc) => {
        const model: unknown = kind.read(from)
        return [
          kind.facts(model, {}),
          kind.references(model),
          kind.blocks(model, {}),
          kind.tables?.(model, {}),
        ]
      }
      const loaded = new Y.Doc()
      Y.applyUpdate(loaded, Y.encodeStateAsUpdate(doc))
      expect(say(doc)).toEqual(say(doc))
      expect(say(loaded)).toEqual(say(doc))
    }
  })

  const meet = (one: Y.Doc, other: Y.Doc) => {
    Y.applyUpdate(one, Y.encodeStateAsUpdate(other))
    Y.applyUpdate(other, Y.encodeStateAsUpdate(one))
  }

  /** Two people who opened the same document. Only a root that someone asked for is known as what it is. */
  const twoPeople = (doc: Y.Doc): [Y.Doc, Y.Doc] => {
    const open = () => {
      const copy = new Y.Doc()
      Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
      kind.read(copy)
      return copy
    }
    return [open(), open()]
  }

  it('keeps the words of two people who write everywhere at once', () => {
    for (const doc of documents()) {
      const [one, other] = twoPeople(doc)
      writeInEveryText(one, 'Nora')
      const isAnythingWritten = JSON.stringify(kind.read(one)).includes('Nora')
      writeInEveryText(other, 'Priya')
      meet(one, other)
      const read: unknown = kind.read(one)
      expect(kind.read(other)).toEqual(read)
      const words = JSON.stringify(read)
      expect([words.includes('Nora'), words.includes('Priya')]).toEqual([
        isAnythingWritten,
        isAnythingWritten,
      ])
    }
  })

  it('shows two people the same once they meet, whatever values they gave to everything', () => {
    for (const doc of documents()) {
      const [one, other] = twoPeople(doc)
      junkEveryKey(one, () => 'Nora')
      junkEveryKey(other, () => 7)
      meet(one, other)
      expect(kind.read(other)).toEqual(kind.read(one))
      expect(kind.facts(kind.read(other), {})).toEqual(kind.facts(kind.read(one), {}))
    }
  })

  it('refuses content that is none, in a sentence', () => {
    for (const content of [null, 7, 'text', [], { nonsense: true }])
      expect(() => files.parseSeed(content)).toThrow(/^[A-Za-z].{5,}/)
  })
})

describe('templates', () => {
  it.each(templates)('$file names its kind, itself and its sources', ({ kind, name, sentence, sources }) => {
    expect(kindNames).toContain(kind)
    expect(name).not.toBe('')
    expect(sentence).toMatch(/\.$/)
    expect(Array.isArray(sources)).toBe(true)
  })

  it('are written in American English', () => {
    for (const { file } of templates)
      expect(readFileSync(file, 'utf8'), file).not.toMatch(
        /behaviour|counsellor|\bcentre|organis|recognis|programme\b|colour/i,
      )
  })

  it('of the network’s own knowledge name where it comes from', () => {
    for (const { file, id, sources } of templates)
      if (!file.includes('sample') && id !== 'blank') expect(sources.length, file).toBeGreaterThan(0)
  })
})
