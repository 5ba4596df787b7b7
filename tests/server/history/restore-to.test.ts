import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { restoreTo } from '../../../server/history/restore-to.ts'

/** Whatever people do to a document that is made as kinds make theirs (Y1 to Y5). */
type Act = (doc: Y.Doc, a: number, b: number) => void

const items = (doc: Y.Doc): Y.Map<Y.Map<unknown>> => doc.getMap('cards')
const itemAt = (doc: Y.Doc, at: number) => {
  const all = [...items(doc).entries()].sort(([one], [other]) => (one < other ? -1 : 1))
  return all[at % Math.max(1, all.length)] ?? ['none', undefined]
}
const words = ['bus', 'nurse', 'call', 'home', 'early', 'late', '🚌', 'each'] as const
const word = (at: number): string => words[at % words.length] as string

function typeInto(text: Y.Text, a: number, b: number): void {
  const at = a % (text.length + 1)
  if (b % 3 === 0 && text.length > 0) text.delete(Math.min(at, text.length - 1), 1)
  else if (b % 3 === 1 && text.length > 1)
    text.format(0, 1 + (a % (text.length - 1)), { bold: b % 2 === 0 ? true : null })
  else text.insert(at, ` ${word(a)}`)
}

const acts: readonly Act[] = [
  (doc, a) => {
    const map = new Y.Map<unknown>()
    map.set('title', new Y.Text(word(a)))
    map.set('order', `a${a}`)
    items(doc).set(`card-${items(doc).size}-${a}`, map)
  },
  (doc, a, b) => itemAt(doc, a)[1]?.set('status', `s${b % 3}`),
  (doc, a) => itemAt(doc, a)[1]?.delete('status'),
  (doc, a) => itemAt(doc, a)[1]?.set('removed', 'someone'),
  (doc, a) => itemAt(doc, a)[1]?.delete('removed'),
  (doc, a, b) => {
    const title = itemAt(doc, a)[1]?.get('title')
    if (title instanceof Y.Text) title.insert(b % (title.length + 1), word(b))
  },
  (doc, a, b) => doc.getMap('links').set(`x>${a % 4}`, b % 2 === 0),
  (doc, a, b) => typeInto(doc.getText(`why/${a % 2}`), a, b),
  (doc, a, b) => {
    const notes = doc.getXmlFragment(`notes/${itemAt(doc, a % 3)[0]}`)
    const paragraph = new Y.XmlElement(b % 4 === 0 ? 'bulletList' : 'paragraph')
    paragraph.insert(0, [new Y.XmlText(`${word(a)} ${word(b)} ${word(a + b)}`)])
    notes.insert(a % (notes.length + 1), [paragraph])
  },
  (doc, a, b) => {
    const notes = doc.getXmlFragment(`notes/${itemAt(doc, a % 3)[0]}`)
    if (notes.length > 0 && b % 4 === 0) notes.delete(a % notes.length, 1)
    const block = notes.length > 0 ? notes.get(a % notes.length) : undefined
    const text = block instanceof Y.XmlElement ? block.get(0) : undefined
    if (text instanceof Y.XmlText) typeInto(text, a, b)
    if (block instanceof Y.XmlElement && b % 5 === 0) block.setAttribute('level', `${a % 3}`)
  },
]

const history = fc.array(fc.tuple(fc.nat(acts.length - 1), fc.nat(40), fc.nat(40)), {
  minLength: 1,
  maxLength: 50,
})

function act(doc: Y.Doc, done: readonly (readonly [number, number, number])[]): void {
  for (const [what, a, b] of done) doc.transact(() => acts[what]?.(doc, a, b))
}

function copyOf(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  return copy
}

const restoring = { ofSteps: [], accountId: 'nora' }

/** All that a document says, without what is hidden. */
function said(doc: Y.Doc): unknown {
  const hidden = [...items(doc)].flatMap(([id, item]) => (item.get('removed') ? [id] : []))
  const shown = [...items(doc)].filter(([id]) => !hidden.includes(id)).sort()
  const texts = [...doc.share.keys()]
    .filter((name) => /^(notes|why)\//.test(name) && !hidden.some((id) => name.endsWith(id)))
    .sort()
    .map((name) => [
      name,
      name.startsWith('why') ? doc.getText(name).toDelta() : doc.getXmlFragment(name).toString(),
    ])
    .filter(([, text]) => text !== '' && JSON.stringify(text) !== '[]')
  return {
    cards: shown.map(([id, item]) => [id, item.toJSON()]),
    links: doc.getMap('links').toJSON(),
    texts,
  }
}

describe('a document that is restored', () => {
  it('[H4] says what it said then, whatever was done since', () => {
    fc.assert(
      fc.property(history, history, (before, since) => {
        const doc = new Y.Doc()
        act(doc, before)
        const past = copyOf(doc)
        act(doc, since)
        const live = copyOf(doc)
        live.transact(() => restoreTo(live, past, restoring))
        expect(said(live)).toEqual(said(past))
      }),
      { numRuns: 300 },
    )
  })

  it('[Y4] loses none of the items made since, nor their words', () => {
    fc.assert(
      fc.property(history, history, (before, since) => {
        const doc = new Y.Doc()
        act(doc, before)
        const past = copyOf(doc)
        act(doc, since)
        const live = copyOf(doc)
        live.transact(() => restoreTo(live, past, restoring))
        for (const [id, item] of items(doc)) {
          if (items(past).has(id)) continue
          expect(items(live).get(id)?.get('removed')).toBeTruthy()
          expect(`${items(live).get(id)?.get('title')}`).toBe(`${item.get('title')}`)
        }
      }),
    )
  })

  it('[H4] changes nothing where nothing differs', () => {
    fc.assert(
      fc.property(history, (before) => {
        const doc = new Y.Doc()
        act(doc, before)
        const live = copyOf(doc)
        let edits = 0
        live.on('update', () => edits++)
        live.transact(() => restoreTo(live, copyOf(doc), restoring))
        expect(edits).toBe(0)
      }),
    )
  })

  it('[I8] keeps what a colleague types at that moment into whatever both hold', () => {
    fc.assert(
      fc.property(history, history, fc.nat(100), (before, since, at) => {
        const doc = new Y.Doc()
        acts[0]?.(doc, 1, 0)
        act(doc, before)
        const past = copyOf(doc)
        act(doc, since)
        const [live, colleague] = [copyOf(doc), copyOf(doc)]
        const kept = [...items(past).keys()][at % items(past).size] as string
        const title = items(colleague).get(kept)?.get('title') as Y.Text
        title.insert(at % (title.length + 1), '«typed»')
        live.transact(() => restoreTo(live, past, restoring))
        Y.applyUpdate(live, Y.encodeStateAsUpdate(colleague))
        expect(`${items(live).get(kept)?.get('title')}`).toContain('«typed»')
      }),
    )
  })

  it('[I8] leaves the carets of others where they were', () => {
    const doc = new Y.Doc()
    const text = doc.getText('why/0')
    text.insert(0, 'Families answer a person whom they have met')
    const past = copyOf(doc)
    text.insert(0, 'Perhaps: ')
    text.delete(text.toString().indexOf('whom'), 5)
    const caret = Y.createRelativePositionFromTypeIndex(text, text.toString().indexOf('person'))
    doc.transact(() => restoreTo(doc, past, restoring))
    const found = Y.createAbsolutePositionFromRelativePosition(caret, doc)
    expect(text.toString()).toBe('Families answer a person whom they have met')
    expect(found?.index).toBe(text.toString().indexOf('person'))
  })

  it('where it stands is not content: what steps wrote stays', () => {
    const doc = new Y.Doc()
    doc.getMap('cycle').set('stage', 'draft')
    doc.getMap('cycle').set('sureBefore', 40)
    const past = copyOf(doc)
    doc.getMap('cycle').set('stage', 'doing')
    doc.getMap('cycle').set('started', '2026-01-14')
    doc.getMap('cycle').set('sureBefore', 80)
    doc.transact(() => restoreTo(doc, past, { ...restoring, ofSteps: ['cycle/stage', 'cycle/started'] }))
    expect(doc.getMap('cycle').toJSON()).toEqual({ stage: 'doing', started: '2026-01-14', sureBefore: 40 })
  })
})
