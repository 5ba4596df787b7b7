import * as Y from 'yjs'

/** A number from 0 up to 1, the same series for the same seed. */
export type Random = () => number

export function randomFrom(seed: number): Random {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export const below = (random: Random, limit: number): number => Math.floor(random() * limit)

/** One transaction with one to three edits of every sort that a document knows: text, marks, maps, nested types. */
export function editAtRandom(doc: Y.Doc, random: Random, origin?: unknown): void {
  doc.transact(() => {
    for (let left = 1 + below(random, 3); left > 0; left--) edits[below(random, edits.length)]?.(doc, random)
  }, origin)
}

type Edit = (doc: Y.Doc, random: Random) => void

const edits: readonly Edit[] = [
  typeText,
  typeText,
  deleteText,
  markText,
  addCard,
  setOnCard,
  removeCard,
  typeTitle,
  addNote,
  removeNote,
  typeNote,
  markNote,
]

function typeText(doc: Y.Doc, random: Random): void {
  const text = doc.getText('text')
  text.insert(below(random, text.length + 1), 'abc'.slice(0, 1 + below(random, 3)))
}

function deleteText(doc: Y.Doc, random: Random): void {
  const text = doc.getText('text')
  if (text.length === 0) return
  const start = below(random, text.length)
  text.delete(start, Math.min(1 + below(random, 5), text.length - start))
}

function markText(doc: Y.Doc, random: Random): void {
  const text = doc.getText('text')
  if (text.length < 3) return
  text.format(below(random, text.length - 2), 2, random() < 0.5 ? { bold: true } : { bold: null })
}

const cardsOf = (doc: Y.Doc): Y.Map<Y.Map<unknown>> => doc.getMap('cards')

function addCard(doc: Y.Doc, random: Random): void {
  const card = new Y.Map<unknown>()
  cardsOf(doc).set(`card ${below(random, 8)}`, card)
  card.set('title', new Y.Text('title'))
  card.set('order', below(random, 9))
}

function setOnCard(doc: Y.Doc, random: Random): void {
  cardsOf(doc)
    .get(`card ${below(random, 8)}`)
    ?.set(`field ${below(random, 3)}`, below(random, 99))
}

function removeCard(doc: Y.Doc, random: Random): void {
  cardsOf(doc).delete(`card ${below(random, 8)}`)
}

function typeTitle(doc: Y.Doc, random: Random): void {
  const title = cardsOf(doc)
    .get(`card ${below(random, 8)}`)
    ?.get('title')
  if (title instanceof Y.Text) title.insert(below(random, title.length + 1), 'xy')
}

const notesOf = (doc: Y.Doc): Y.XmlFragment => doc.getXmlFragment('notes')

function addNote(doc: Y.Doc, random: Random): void {
  const paragraph = new Y.XmlElement('paragraph')
  notesOf(doc).insert(below(random, notesOf(doc).length + 1), [paragraph])
  paragraph.insert(0, [new Y.XmlText('words')])
}

function removeNote(doc: Y.Doc, random: Random): void {
  if (notesOf(doc).length > 0) notesOf(doc).delete(below(random, notesOf(doc).length), 1)
}

function someNote(doc: Y.Doc, random: Random): Y.XmlText | undefined {
  if (notesOf(doc).length === 0) return undefined
  const paragraph = notesOf(doc).get(below(random, notesOf(doc).length))
  const text = paragraph instanceof Y.XmlElement ? paragraph.get(0) : undefined
  return text instanceof Y.XmlText ? text : undefined
}

function typeNote(doc: Y.Doc, random: Random): void {
  const text = someNote(doc, random)
  text?.insert(below(random, text.length + 1), 'zz')
}

function markNote(doc: Y.Doc, random: Random): void {
  const text = someNote(doc, random)
  if (text === undefined || text.length < 2) return
  text.format(0, 1 + below(random, text.length - 1), { emphasis: random() < 0.5 ? {} : null })
}
