import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import * as Y from 'yjs'
import { HttpPeer } from '../support/http-peer.ts'
import { Peer, RawPeer } from '../support/peer.ts'
import { below, randomFrom } from '../support/random-edits.ts'
import { Harness, type Someone } from '../support/sync-harness.ts'
import { type EngineProcess, startEngine } from '../support/sync-process.ts'
import { waitFor } from '../support/wait-for.ts'

let folder: string
let networkId: string
let ana: Someone
let ben: Someone
const documents: string[] = []

const isLong = process.env.THROUGHLINE_LONG === '1'
const rounds = isLong ? 200 : 8
/** Each round starts and kills a process of its own. */
const patience = { timeout: 60_000 + rounds * 10_000 }
const seed = Number(process.env.KILL_SEED ?? (isLong ? Date.now() % 1e9 : 20))

beforeAll(async () => {
  const harness = await Harness.open()
  ana = await harness.person('Ana')
  ben = await harness.person('Ben')
  for (let round = 0; round < rounds; round++) documents.push(await harness.document(''))
  folder = harness.folder
  networkId = harness.networkId
  await harness.stop()
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** What the file says, read by a server that never met these people. */
async function storedText(documentId: string): Promise<string> {
  const harness = await Harness.open({ folder, networkId })
  const text = await harness.storedText(documentId)
  const { whole, fromSnapshot } = await harness.replayed(documentId)
  expect(fromSnapshot).toEqual(whole)
  await harness.close()
  return text
}

it(
  '[I0] [I1] killed at any instant, the server loses nothing that anyone has seen or was told is saved',
  patience,
  async () => {
    console.log(`seed ${seed}, ${rounds} rounds`)
    const random = randomFrom(seed)
    for (const [round, documentId] of documents.entries()) {
      // Every other round it is mostly in the midst of a snapshot, with its rows being folded.
      const engine = await startEngine({ folder, networkId, ...(round % 2 === 1 && { snapshotRows: 3 }) })
      const writer = await RawPeer.open({ origin: engine.origin, documentId, cookie: ana.cookie })
      const watcher = await RawPeer.open({ origin: engine.origin, documentId, cookie: ben.cookie })
      watcher.sendStepOne()
      await waitFor(() => watcher.hasHeard('step-2').length === 1)

      const doc = new Y.Doc()
      doc.on('update', (update) => writer.send(syncUpdate(update)))
      let written = 0
      const typing = setInterval(() => {
        doc.getText('text').insert(written, letterAt(written))
        written++
        writer.ask(written)
      }, 1)
      await waitFor(() => writer.hasHeard('saved').length > 0)
      await new Promise((resolve) => setTimeout(resolve, below(random, 150)))
      await engine.kill()
      clearInterval(typing)

      const saved = Math.max(...writer.hasHeard('saved').map(({ counter }) => counter))
      const seen = watcher.document().getText('text').toString()
      const stored = await storedText(documentId)
      expect(stored.length).toBeGreaterThanOrEqual(saved)
      expect(stored.startsWith(seen)).toBe(true)
      expect(stored).toBe(Array.from({ length: stored.length }, (_, index) => letterAt(index)).join(''))
      writer.destroy()
      watcher.destroy()
    }
  },
)

it(
  '[I0] [I1] killed at any instant, it loses nothing of those whose network blocks sockets either',
  patience,
  async () => {
    const random = randomFrom(seed + 1)
    for (let round = 0; round < rounds / 4; round++) {
      const documentId = documents[round + 1] as string
      const engine = await startEngine({ folder, networkId })
      const at = { origin: engine.origin, documentId }
      const writer = await HttpPeer.open({ ...at, cookie: ana.cookie })
      const watcher = await HttpPeer.open({ ...at, cookie: ben.cookie })
      await Promise.all([writer.sendStepOne(), watcher.sendStepOne()])
      await waitFor(() => writer.hasHeard('step-2').length === 1 && watcher.hasHeard('step-2').length === 1)

      const doc = documentOf(writer)
      const before = doc.getText('text').toString()
      let isTyping = true
      let answered = 0
      const typing = (async () => {
        let update: Uint8Array = new Uint8Array()
        doc.on('update', (made: Uint8Array) => (update = made))
        for (let written = 0; isTyping; written++) {
          doc.getText('text').insert(before.length + written, letterAt(written))
          const status = await writer.post(syncUpdate(update)).catch(() => 0)
          if (status !== 204) return
          answered = written + 1
        }
      })()
      await waitFor(() => answered > 0)
      await new Promise((resolve) => setTimeout(resolve, below(random, 150)))
      await engine.kill()
      isTyping = false
      await typing

      const stored = await storedText(documentId)
      expect(stored.length).toBeGreaterThanOrEqual(before.length + answered)
      expect(stored.startsWith(documentOf(watcher).getText('text').toString())).toBe(true)
      expect(stored.slice(before.length)).toBe(
        Array.from({ length: stored.length - before.length }, (_, index) => letterAt(index)).join(''),
      )
      writer.destroy()
      watcher.destroy()
    }
  },
)

it(
  '[I0] [I2] killed again and again while two people type, it ends with all words in all places',
  patience,
  async () => {
    const documentId = documents[0] as string
    let engine: EngineProcess = await startEngine({ folder, networkId })
    const first = new Peer({ origin: engine.origin, documentId, cookie: ana.cookie })
    const second = new Peer({ origin: engine.origin, documentId, cookie: ben.cookie })
    const words = new Set<string>()
    for (let round = 0; round < 4; round++) {
      for (const peer of [first, second]) {
        peer.provider.disconnect()
        peer.provider.serverUrl = `${engine.origin.replace('http', 'ws')}/sync`
        peer.connect()
      }
      await Promise.all([first.synced(), second.synced()])
      for (let i = 0; i < 20; i++) {
        for (const [name, peer] of [
          ['a', first],
          ['b', second],
        ] as const) {
          const word = ` ${name}${round}-${i}`
          peer.text.insert(peer.text.length, word)
          words.add(word.trim())
        }
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
      await engine.kill()
      for (const peer of [first, second]) peer.text.insert(0, `offline${round} `)
      engine = await startEngine({ folder, networkId })
    }
    for (const peer of [first, second]) {
      peer.provider.disconnect()
      peer.provider.serverUrl = `${engine.origin.replace('http', 'ws')}/sync`
      peer.connect()
    }
    await waitFor(
      () =>
        first.text.toString() === second.text.toString() &&
        // Each wrote it, so one of them alone may still be their own.
        first.text.toString().startsWith('offline3 offline3'),
    )
    const marker = await RawPeer.open({ origin: engine.origin, documentId, cookie: ana.cookie })
    marker.ask(1)
    await marker.answered(1)
    const text = first.text.toString()
    await engine.kill()
    expect(await storedText(documentId)).toBe(text)
    for (const word of words) expect(text).toContain(word)
    for (const peer of [first, second]) peer.destroy()
    marker.destroy()
  },
)

function documentOf(peer: HttpPeer): Y.Doc {
  const doc = new Y.Doc()
  for (const { payload } of [...peer.hasHeard('step-2'), ...peer.hasHeard('update')])
    Y.applyUpdate(doc, payload)
  return doc
}

const letterAt = (index: number): string => String.fromCharCode(97 + (index % 26))

const syncUpdate = (update: Uint8Array): Uint8Array =>
  Uint8Array.from([0, 2, ...lengthOf(update.byteLength), ...update])

const lengthOf = (length: number): number[] => (length < 128 ? [length] : [(length & 127) | 128, length >> 7])
