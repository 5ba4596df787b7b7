import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { erasedCharacter, findWords, valueWithoutWords, withoutWords } from '#shared/erasure.ts'
import { holds, rewriteLog, WordsLeft } from '../../../server/erasing/rewriting.ts'

const words = 'Zuleika Quimby'
const mask = erasedCharacter.repeat(words.length)

/** A log: what each of these edits, made one after the other by these clients, put into it. */
function logOf(edits: readonly (readonly [number, (doc: Y.Doc) => void])[]): readonly Uint8Array[] {
  const docs = new Map<number, Y.Doc>()
  const log: Uint8Array[] = []
  for (const [client, edit] of edits) {
    const doc = docs.get(client) ?? new Y.Doc()
    doc.clientID = client
    docs.set(client, doc)
    for (const payload of log) Y.applyUpdate(doc, payload)
    const before = Y.encodeStateVector(doc)
    doc.transact(() => edit(doc))
    log.push(Y.encodeStateAsUpdate(doc, before))
  }
  return log
}

function rewritten(log: readonly Uint8Array[]): readonly Uint8Array[] {
  const { changed } = rewriteLog(log, words)
  return log.map((payload, index) => changed.get(index) ?? payload)
}

const replayed = (log: readonly Uint8Array[]): Y.Doc => {
  const doc = new Y.Doc()
  for (const payload of log) Y.applyUpdate(doc, payload)
  return doc
}

const text = (doc: Y.Doc) => doc.getText('why/a')

describe('finding words', () => {
  it('finds them in capitals, with other spaces, composed or not', () => {
    expect(findWords('and zuleika\u00a0QUIMBY came', words)).toEqual([{ start: 4, end: 18 }])
    expect(withoutWords('José came', 'jose\u0301'.normalize('NFC'))).toBe(`${erasedCharacter.repeat(4)} came`)
    expect(withoutWords('Jose\u0301 came', 'José')).toBe(`${erasedCharacter.repeat(5)} came`)
  })

  it('takes them out of every string of a value and leaves what has none as it is', () => {
    const value = { a: [1, `so ${words}`], b: null, c: { d: 'no' } }
    expect(valueWithoutWords(value, words)).toEqual({ a: [1, `so ${mask}`], b: null, c: { d: 'no' } })
    expect(valueWithoutWords(value.c, words)).toBe(value.c)
  })
})

describe('a log without words', () => {
  it('holds none of the letters of a name that was typed letter by letter by two people', () => {
    const typed = [...words].map(
      (letter, index) =>
        [index % 2 === 0 ? 7 : 8, (doc: Y.Doc) => text(doc).insert(4 + index, letter)] as const,
    )
    const log = logOf([[7, (doc) => text(doc).insert(0, 'Ask  again.')], ...typed])
    const docs = rewritten(log).map((_, index, rows) => replayed(rows.slice(0, index + 1)))
    expect(docs.map((doc) => text(doc).toString()).at(-1)).toBe(`Ask ${mask} again.`)
    for (const [index, doc] of docs.entries())
      expect(text(doc).toString()).toBe(`Ask ${erasedCharacter.repeat(index)} again.`)
  })

  it('holds none of a name that was deleted or overwritten long ago', () => {
    const log = logOf([
      [7, (doc) => text(doc).insert(0, `Ask ${words} again.`)],
      [7, (doc) => text(doc).delete(4, 8)],
      [8, (doc) => text(doc).insert(4, 'the family ')],
      [8, (doc) => doc.getMap('cycle').set('where', { room: words })],
      [8, (doc) => doc.getMap('cycle').set('where', 'the office')],
    ])
    const rows = rewritten(log)
    expect(rows.some((row) => holds(row, 'Quimby') || holds(row, 'Zuleika'))).toBe(false)
    expect(text(replayed(rows)).toString()).toBe(text(replayed(log)).toString().replace('Quimby', '██████'))
    expect(replayed(rows.slice(0, 4)).getMap('cycle').get('where')).toEqual({ room: mask })
  })

  it('reads words across marks, in formatted text, in links and in attributes', () => {
    const log = logOf([
      [
        7,
        (doc) => {
          const paragraph = new Y.XmlElement('paragraph')
          const inline = new Y.XmlText()
          doc.getXmlFragment('notes/a').insert(0, [paragraph])
          paragraph.setAttribute('title', `of ${words}`)
          paragraph.insert(0, [inline])
          inline.insert(0, words)
          inline.format(0, 7, { bold: true, link: { href: `mailto:${words}` } })
        },
      ],
    ])
    const [row = new Uint8Array()] = rewritten(log)
    expect(holds(row, 'Zuleika')).toBe(false)
    expect(replayed([row]).getXmlFragment('notes/a').toString()).toContain(erasedCharacter.repeat(7))
  })

  it('leaves rows without them as they are, to the byte', () => {
    const log = logOf([
      [7, (doc) => text(doc).insert(0, 'Nothing of anyone.')],
      [7, (doc) => text(doc).insert(0, `${words}. `)],
    ])
    expect([...rewriteLog(log, words).changed.keys()]).toEqual([1])
  })

  it('is refused where another program made them the name of something', () => {
    const log = logOf([[7, (doc) => doc.getMap('cycle').set(words, 1)]])
    expect(() => rewriteLog(log, words)).toThrow(WordsLeft)
  })

  it('goes on as it went, whatever was typed and deleted where: same length, same authors, no words at any moment', () => {
    const piece = fc.constantFrom('Zul', 'eika', ' ', 'Quim', 'by', words, ' and ', 'x', '😀')
    const step = fc.record({
      client: fc.constantFrom(7, 8, 9),
      at: fc.nat(40),
      cut: fc.nat(6),
      piece,
    })
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 25 }), (steps) => {
        const log = logOf(
          steps.map(({ client, at, cut, piece }) => [
            client,
            (doc) => {
              const place = Math.min(at, text(doc).length)
              text(doc).delete(place, Math.min(cut, text(doc).length - place))
              text(doc).insert(place, piece)
            },
          ]),
        )
        const rows = rewritten(log)
        for (let end = 1; end <= rows.length; end++) {
          const [before, after] = [replayed(log.slice(0, end)), replayed(rows.slice(0, end))]
          const said = text(after).toString()
          expect(findWords(said, words)).toEqual([])
          expect(said.length).toBe(text(before).length)
          expect(Y.encodeStateVector(after)).toEqual(Y.encodeStateVector(before))
        }
      }),
      { numRuns: 150 },
    )
  })
})
