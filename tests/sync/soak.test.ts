import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterEach, expect, it } from 'vitest'
import { ManualTimers } from '../support/manual-timers.ts'
import { RawPeer, updateOf } from '../support/peer.ts'
import { below, randomFrom } from '../support/random-edits.ts'
import { Harness, type Someone, waitFor } from '../support/sync-harness.ts'

const isLong = process.env.THROUGHLINE_LONG === '1'
const cycles = isLong ? 10_000 : 500
const warmUp = isLong ? 500 : 150
const hours = isLong ? 24 : 1

let harness: Harness
afterEach(() => harness.close())

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

/** What is left after two collections: the first one may only mark what the second one frees. */
async function heapInUse(): Promise<number> {
  for (let turn = 0; turn < 2; turn++) {
    collect()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return process.memoryUsage().heapUsed
}

/** Not the harness's own, which remembers everyone until it is closed. */
const open = ({ cookie }: Someone, documentId: string): Promise<RawPeer> =>
  RawPeer.open({ origin: harness.origin, documentId, cookie })

/** Somebody opens a document, writes a word in the place of the last one, and leaves. */
async function openAndClose(someone: Someone, id: string, counter: number): Promise<void> {
  const peer = await open(someone, id)
  await write(peer, counter)
  peer.destroy()
}

async function write(peer: RawPeer, counter: number): Promise<void> {
  peer.sendUpdate(updateOf((doc) => doc.getMap('cycle').set('word', `word ${counter}`)))
  peer.ask(counter)
  expect(await peer.answered(counter)).toMatchObject({ kind: 'saved' })
}

it('[I5] opening and closing documents again and again leaves nothing behind', {
  timeout: 60_000 + cycles * 60,
}, async () => {
  harness = await Harness.open({ tuning: { settleAfter: 0, idleFor: 0, sweepEvery: 5 } })
  const people = await Promise.all(['Ana', 'Ben', 'Cleo'].map((name) => harness.person(name)))
  const documents = await Promise.all(Array.from({ length: 10 }, () => harness.document('')))
  const repeat = async (count: number): Promise<number> => {
    for (let cycle = 1; cycle <= count; cycle += 3) {
      await Promise.all(
        people.map((person, index) =>
          openAndClose(person, documents[(cycle + index) % documents.length] as string, cycle + index),
        ),
      )
    }
    await waitFor(() => harness.sync.gauges.rooms() === 0 && harness.sync.gauges.connections() === 0)
    return heapInUse()
  }
  const baseline = await repeat(warmUp)
  const after = await repeat(cycles)
  console.log(
    `heap: ${(baseline / 1e6).toFixed(1)} MB after ${warmUp} cycles, ${(after / 1e6).toFixed(1)} MB after ${cycles} more`,
  )
  expect(after).toBeLessThan(baseline * 1.1)
})

it('[I5] hours of people coming, writing and going leave neither rooms nor timers, and no more memory than the first one', {
  timeout: 60_000 + hours * 60_000,
}, async () => {
  const timers = new ManualTimers()
  const began = Date.UTC(2026, 0, 14, 8)
  harness = await Harness.open({ timers, now: () => began + timers.monotonic() })
  const idle = timers.size
  const random = randomFrom(9)
  const people = await Promise.all(['Ana', 'Ben', 'Cleo', 'Dana'].map((name) => harness.person(name)))
  const documents = await Promise.all(Array.from({ length: 4 }, () => harness.document('')))
  let here: RawPeer[] = []
  let counter = 0

  /** Of everybody who is here some write; then so much time passes. */
  const pass = async (milliseconds: number): Promise<void> => {
    const hereNow = here.filter(({ close }) => close === undefined)
    const written = hereNow.map((peer) => {
      counter++
      if (random() < 0.5) peer.sendPresence(1 + here.indexOf(peer), counter, { at: `card ${counter % 7}` })
      return write(peer, counter)
    })
    // A batch waits for its tick, and the tick for time.
    let isWritten = false
    const all = Promise.all(written).then(() => {
      isWritten = true
    })
    while (!isWritten) {
      timers.pass(10)
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
    await all
    timers.pass(milliseconds)
  }

  const hour = async (): Promise<number> => {
    for (let step = 0; step < 120; step++) {
      if (random() < 0.2 && here.length < 6) {
        const someone = people[below(random, people.length)] as Someone
        here.push(await open(someone, documents[below(random, documents.length)] as string))
      }
      if (random() < 0.15) here.splice(below(random, here.length), 1)[0]?.destroy()
      await pass(30_000 / (here.length > 0 ? 1 : 0.1))
    }
    for (const peer of here) peer.destroy()
    here = []
    await waitFor(() => harness.sync.gauges.connections() === 0)
    await waitFor(() => {
      timers.pass(60_000)
      return harness.sync.gauges.rooms() === 0
    })
    return heapInUse()
  }

  const baseline = await hour()
  for (let done = 0; done < hours; done++) await hour()
  const after = await heapInUse()
  console.log(
    `heap: ${(baseline / 1e6).toFixed(1)} MB after the first hour, ${(after / 1e6).toFixed(1)} MB after ${hours} more`,
  )
  expect(after).toBeLessThan(baseline * 1.1)
  expect(timers.size).toBe(idle)
  await harness.stop()
  expect(timers.size).toBe(0)
  await harness.start()
})
