import * as Y from 'yjs'
import { plainLines } from '../../shared/content/blocks.ts'
import { writeSvg } from '../../shared/drawing/svg.ts'
import type { AnyKind } from '../../shared/kinds/index.ts'
import type { Records } from '../../shared/records.ts'

const taken = {
  documentId: 'here',
  by: { id: 'nora', name: 'Nora' },
  at: 0,
  day: '2026-01-14',
  to: 'nowhere',
  opened: [],
}

/** Asks a kind for all that it can say of a document; throws where any of it does. */
export function sayEverything(kind: AnyKind, doc: Y.Doc, records: Records): void {
  const model: unknown = kind.read(doc)
  plainLines(kind.blocks(model, records))
  kind.facts(model, records)
  kind.references(model)
  kind.tables?.(model, records)
  kind.dates?.(model, records)
  if (kind.drawing) writeSvg(kind.drawing(model))
  for (const part of ['', 'x']) kind.through?.(model, part)
  kind.copy?.(model, { documentId: 'there', title: 'There' })
  kind.emptied?.(model)
  for (const seal of Object.values(kind.seals ?? {})) {
    seal.text(model, 'here')
    seal.partText(model, 'here', 'x')
  }
  for (const step of Object.values(kind.transitions ?? {})) {
    step.problems(model, records, { schoolDomains: ['students.example'] })
    step.asks?.(model, records, taken)
    step.opens?.(model, records, taken)
    if (typeof step.to === 'function') step.to(records)
  }
  for (const action of Object.values(kind.actions ?? {}))
    for (const args of [undefined, null, 7, 'x', [], {}]) action.problems(model, args)
}

/** The names of all roots that a kind looks for. */
export function rootNames(kind: AnyKind, docs: readonly Y.Doc[]): readonly string[] {
  const names = new Set(docs.flatMap((doc) => [...doc.share.keys()]))
  const asking = new Y.Doc()
  const { share } = asking
  share.has = (name) => {
    names.add(name)
    return Map.prototype.has.call(share, name)
  }
  kind.read(asking)
  return [...names]
}

/** What may stand in a root instead of what a kind expects there. */
export const junkRoots: Readonly<Record<string, (doc: Y.Doc, name: string) => void>> = {
  'a map of anything': (doc, name) => {
    const map = doc.getMap(name)
    junkValues().forEach((value, index) => {
      map.set(`k${index}`, value)
    })
  },
  'a list': (doc, name) => doc.getArray(name).push(junkValues()),
  'a text': (doc, name) => doc.getText(name).insert(0, 'junk'),
  'rich text': (doc, name) => {
    const strange = new Y.XmlElement('strange')
    strange.insert(0, [new Y.XmlText('junk'), new Y.XmlElement('table')])
    doc.getXmlFragment(name).insert(0, [strange, new Y.XmlText('loose')])
  },
}

/** Values of every sort that a document can hold, shared types too. */
export function junkValues(): unknown[] {
  const inner = new Y.Map<unknown>()
  for (const [index, value] of [7, null, 'x', ['x'], { a: 1 }, new Y.Text('x'), new Y.Array()].entries())
    inner.set(`k${index}`, value)
  return [
    null,
    true,
    -1e308,
    '',
    '2025-02-31',
    'x>y|z',
    [],
    ['x'],
    {},
    { a: null },
    new Y.Text('x'),
    inner,
    new Y.Array(),
  ]
}

/** Gives every key of every map in a document the value that `junk` makes. */
export function junkEveryKey(doc: Y.Doc, junk: () => unknown): void {
  const roots: readonly unknown[] = [...doc.share.values()]
  const waiting = roots.filter(isMap)
  const found: Y.Map<unknown>[] = []
  for (let map = waiting.pop(); map !== undefined; map = waiting.pop()) {
    found.push(map)
    waiting.push(...[...map.values()].filter(isMap))
  }
  // The innermost first, so that none is replaced before what lies in it.
  for (const map of found.reverse()) for (const key of [...map.keys()]) map.set(key, junk())
}

const isMap = (value: unknown): value is Y.Map<unknown> => value instanceof Y.Map

/** One person's words at the start of every text, short or rich. */
export function writeInEveryText(doc: Y.Doc, word: string): void {
  doc.transact(() => {
    const waiting: unknown[] = [...doc.share.values()]
    while (waiting.length > 0) {
      const type = waiting.pop()
      if (type instanceof Y.XmlFragment) type.insert(0, [paragraphOf(word)])
      else if (type instanceof Y.Text) type.insert(0, word)
      else if (type instanceof Y.Map) waiting.push(...type.values())
    }
  })
}

function paragraphOf(word: string): Y.XmlElement {
  const paragraph = new Y.XmlElement('paragraph')
  paragraph.insert(0, [new Y.XmlText(word)])
  return paragraph
}
