import * as encoding from 'lib0/encoding'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { examineUpdate } from '../../server/sync/validate-update.ts'
import { updateOf } from '../support/peer.ts'
import { below, editAtRandom, randomFrom } from '../support/random-edits.ts'

const ana = { accountId: 'ana', ownerOf: () => undefined }

function holding(...updates: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc()
  for (const update of updates) Y.applyUpdate(doc, update)
  return doc
}

/** The updates of three people who edit together and hear of each other now and then. */
function session(seed: number, rounds: number): Uint8Array[] {
  const random = randomFrom(seed)
  const docs = [1, 2, 3].map((client) => {
    const doc = new Y.Doc()
    doc.clientID = client
    return doc
  })
  const updates: Uint8Array[] = []
  for (const doc of docs) doc.on('update', (update, origin) => origin !== 'remote' && updates.push(update))
  for (let round = 0; round < rounds; round++) {
    const doc = docs[below(random, 3)] as Y.Doc
    editAtRandom(doc, random)
    const other = docs[below(random, 3)] as Y.Doc
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(other)), 'remote')
  }
  return updates
}

const isPending = (doc: Y.Doc): boolean => doc.store.pendingStructs !== null || doc.store.pendingDs !== null

describe('an update is examined before it is applied', () => {
  it('[V2] and said to be missing something exactly when Yjs would leave something pending', () => {
    const seen = { nothing: 0, applies: 0, missing: 0 }
    for (let seed = 1; seed <= 60; seed++) {
      const random = randomFrom(seed)
      const doc = new Y.Doc()
      const all = session(seed, 25)
      for (const next of all) {
        if (random() < 0.25) continue
        const update = random() < 0.2 ? (all[0] ?? next) : next
        const before = Y.encodeStateAsUpdate(doc)
        const verdict = examineUpdate(doc, update, ana)
        const tried = holding(before)
        Y.applyUpdate(tried, update)
        if (verdict.kind === 'missing') expect(isPending(tried)).toBe(true)
        else expect(isPending(tried)).toBe(false)
        if (verdict.kind === 'nothing')
          expect(Y.encodeStateAsUpdate(tried)).toEqual(Y.encodeStateAsUpdate(holding(before)))
        if (verdict.kind === 'applies') Y.applyUpdate(doc, update)
        seen[verdict.kind as keyof typeof seen]++
      }
    }
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(20)
  })

  it('[D5] and a whole state that is known changes nothing, whatever it deletes', () => {
    const doc = holding(...session(7, 60))
    expect(examineUpdate(doc, Y.encodeStateAsUpdate(doc), ana)).toEqual({ kind: 'nothing' })
    const late = Y.encodeStateAsUpdate(doc, Y.encodeStateVector(doc))
    expect(late.byteLength).toBeGreaterThan(2)
    expect(examineUpdate(doc, late, ana)).toEqual({ kind: 'nothing' })
  })

  it('[V1] and no prefix of it passes that would break off', () => {
    const update = Y.encodeStateAsUpdate(holding(...session(3, 40)))
    for (let length = 0; length < update.byteLength; length++) {
      const prefix = update.slice(0, length)
      const verdict = examineUpdate(new Y.Doc(), prefix, ana)
      if (verdict.kind === 'malformed' || verdict.kind === 'missing') continue
      const doc = holding(prefix)
      expect(isPending(doc)).toBe(false)
    }
  })

  it('[V1] and random damage never makes an update that throws when it is applied', () => {
    const random = randomFrom(11)
    for (let round = 0; round < 2000; round++) {
      const updates = session(1 + (round % 20), 6)
      const update = Uint8Array.from(updates[below(random, updates.length)] ?? [])
      for (let damage = 1 + below(random, 3); damage > 0; damage--)
        update[below(random, update.length)] = below(random, 256)
      const doc = holding(...updates.slice(0, 3))
      const before = Y.encodeStateAsUpdate(doc)
      const verdict = examineUpdate(doc, update, ana)
      expect(Y.encodeStateAsUpdate(doc)).toEqual(before)
      if (verdict.kind === 'applies') Y.applyUpdate(doc, update)
      expect(isPending(doc)).toBe(false)
    }
  })

  it('[V7] and refused where it writes under the client id of someone else', () => {
    const theirs = updateOf((doc) => doc.getText('text').insert(0, 'mine'), { clientId: 5 })
    const ownerOf = (client: number) => (client === 5 ? 'ben' : undefined)
    expect(examineUpdate(new Y.Doc(), theirs, { accountId: 'ana', ownerOf })).toEqual({ kind: 'foreign' })
    expect(examineUpdate(new Y.Doc(), theirs, { accountId: 'ben', ownerOf }).kind).toBe('applies')
    expect(examineUpdate(new Y.Doc(), theirs, { accountId: 'ana', ownerOf: () => null })).toEqual({
      kind: 'foreign',
    })
    // What is known already may be sent back by anyone.
    expect(examineUpdate(holding(theirs), theirs, { accountId: 'ana', ownerOf })).toEqual({ kind: 'nothing' })
  })

  it('[V3] and refused where it nests deeper than anyone can read', () => {
    const nested = (levels: number) =>
      updateOf((doc) => {
        let holder: Y.XmlFragment = doc.getXmlFragment('notes')
        for (let level = 0; level < levels; level++) {
          const element = new Y.XmlElement('list')
          holder.insert(0, [element])
          holder = element
        }
      })
    expect(examineUpdate(new Y.Doc(), nested(60), ana).kind).toBe('applies')
    expect(examineUpdate(new Y.Doc(), nested(80), ana)).toEqual({ kind: 'malformed' })
    // Also in steps, each of which is shallow.
    const doc = new Y.Doc()
    const writer = new Y.Doc()
    let holder: Y.XmlFragment = writer.getXmlFragment('notes')
    let verdict = 'applies'
    for (let level = 0; level < 80 && verdict === 'applies'; level++) {
      const element = new Y.XmlElement('list')
      const before = Y.encodeStateVector(writer)
      holder.insert(0, [element])
      holder = element
      const update = Y.encodeStateAsUpdate(writer, before)
      verdict = examineUpdate(doc, update, ana).kind
      if (verdict === 'applies') Y.applyUpdate(doc, update)
    }
    expect(verdict).toBe('malformed')
    const deepJson = updateOf((doc) => {
      let value: unknown = 1
      for (let level = 0; level < 100; level++) value = [value]
      doc.getMap('cards').set('a', value)
    })
    expect(examineUpdate(new Y.Doc(), deepJson, ana)).toEqual({ kind: 'malformed' })
  })

  it('[V1] and refused where it holds a document, a clock beyond all writing, or numbers that are none', () => {
    const subdocument = updateOf((doc) => doc.getMap('cards').set('a', new Y.Doc()))
    expect(examineUpdate(new Y.Doc(), subdocument, ana)).toEqual({ kind: 'malformed' })

    const gc = (client: number, clock: number, length: number) =>
      encoding.encode((encoder) => {
        for (const number of [1, 1, client, clock]) encoding.writeVarUint(encoder, number)
        encoding.writeUint8(encoder, 0)
        encoding.writeVarUint(encoder, length)
        encoding.writeVarUint(encoder, 0)
      })
    expect(examineUpdate(new Y.Doc(), gc(9, 0, 5), ana).kind).toBe('applies')
    expect(examineUpdate(new Y.Doc(), gc(9, 0, 2 ** 52), ana)).toEqual({ kind: 'malformed' })
    expect(examineUpdate(new Y.Doc(), gc(9, 3, 5), ana)).toEqual({ kind: 'missing' })
    const padded = Uint8Array.from([1, 1, ...Array(200).fill(0x80), 0, 0, 0, 1, 0])
    expect(examineUpdate(new Y.Doc(), padded, ana)).toEqual({ kind: 'malformed' })
  })

  it('[V2] and structs that wait for each other in a circle are missing something, not endless', () => {
    // Client 1's struct stands right of client 2's, and client 2's right of client 1's.
    const item = (encoder: encoding.Encoder, client: number, origin: number) => {
      for (const number of [1, client, 0]) encoding.writeVarUint(encoder, number)
      encoding.writeUint8(encoder, 0b1000_0100)
      for (const number of [origin, 0]) encoding.writeVarUint(encoder, number)
      encoding.writeVarString(encoder, 'x')
    }
    const circle = encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, 2)
      item(encoder, 2, 1)
      item(encoder, 1, 2)
      encoding.writeVarUint(encoder, 0)
    })
    expect(examineUpdate(new Y.Doc(), circle, ana)).toEqual({ kind: 'missing' })
  })
})
