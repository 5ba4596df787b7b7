import { statSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { DocumentSummary } from '#shared/document.ts'
import type { PlacedFact } from '#shared/fact.ts'
import { type Cycle, readStageHint } from '#shared/kinds/pdsa-cycle/model.ts'
import {
  askStep,
  contentFor,
  startCycle,
  startIdea,
  stepsTo,
  type TestIdea,
  wholeCycle,
} from '../../support/cycles.ts'
import { readThroughSocket } from '../../support/live-edit.ts'
import { createPeople, expectOk, type FirstPerson } from '../../support/people.ts'
import { type EngineProcess, startServer } from '../../support/sync-process.ts'

let folder: string
let running: EngineProcess
let person: FirstPerson

/** After how many writes to its disk the server is killed, round by round. */
const rounds = [1, 2, 4]
const ofEach = 4
/** Each round starts and kills a process of its own. */
const patience = { timeout: 90_000 }

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'throughline-killed-'))
  running = await startServer({ folder, port: 0 })
  const origin = () => running.origin
  person = await createPeople({ address: origin, origin }).setup()
})
afterAll(async () => {
  await running.kill()
  await rm(folder, { recursive: true, force: true })
})

it(
  '[D7] killed around “start Do” and around a close that edits a diagram, it holds all of a step or nothing of it',
  patience,
  async () => {
    for (const afterWrites of rounds) {
      const idea = await startIdea(person, person.networkId)
      const planned = await newCycles(idea, wholeCycle)
      const acted = await newCycles(idea, {
        ...wholeCycle,
        decision: 'adapt',
        theory: 'strengthen',
        theoryLink: idea.link,
      })
      for (const id of acted) await stepsTo(person, id, 'acted')
      const before = await listCycles()
      const asked = planned.flatMap((id, index) => [
        { id, name: 'start-do' },
        { id: acted[index] ?? '', name: 'close' },
      ])
      const taken = await killedWhileTaking(asked, afterWrites)

      for (const id of planned) await expectWhollyStarted(id, taken.includes(id))
      const closed = await filter(
        acted,
        async (id) => (await contentFor(person, id)).records.stage === 'closed',
      )
      expect(closed).toEqual(expect.arrayContaining(acted.filter((id) => taken.includes(id))))
      expect(await evidenceOn(idea)).toEqual([...closed].sort())
      const opened = (await listCycles()).filter((id) => !before.includes(id))
      expect(await continuedBy(opened)).toEqual([...closed].sort())
    }
  },
)

async function newCycles(idea: TestIdea, content: object): Promise<readonly string[]> {
  const started = Array.from({ length: ofEach }, () =>
    startCycle(person, person.networkId, idea, { content }),
  )
  return Promise.all(started)
}

/** Takes these steps all at once and kills the server in the middle; answers of which it said that they were taken. */
async function killedWhileTaking(
  steps: readonly { readonly id: string; readonly name: string }[],
  afterWrites: number,
): Promise<readonly string[]> {
  const taken: string[] = []
  const written = writesToDisk(afterWrites)
  const asked = steps.map(async ({ id, name }) => {
    const answer = await askStep(person, id, name).catch(() => undefined)
    if (answer === undefined) return
    expect(answer.status).toBe(200)
    taken.push(id)
  })
  await written
  await running.kill()
  await Promise.all(asked)
  running = await startServer({ folder, port: Number(new URL(running.origin).port) })
  return taken
}

/** Resolves the moment that the database's log on disk has been written to so many times. */
async function writesToDisk(times: number): Promise<void> {
  const log = join(folder, 'throughline.db-wal')
  const lastWrite = () => statSync(log, { bigint: true }).mtimeNs
  let last = lastWrite()
  for (let left = times; left > 0; ) {
    await new Promise(setImmediate)
    const now = lastWrite()
    if (now !== last) left--
    last = now
  }
}

const reached = () => ({ origin: running.origin, port: Number(new URL(running.origin).port) })

/** The step, the seal, the version, the document's copy of the stage and what boards say: of all of them or of none. */
async function expectWhollyStarted(id: string, wasAnswered: boolean): Promise<void> {
  const { records } = await contentFor<Cycle>(person, id)
  const isStarted = records.stage === 'doing'
  if (wasAnswered) expect(isStarted).toBe(true)
  const { versions } = (await expectOk(await person.fetch(`/api/documents/${id}/versions`))) as {
    versions: { cause: string }[]
  }
  expect({
    steps: records.transitions?.length ?? 0,
    seals: records.seals?.length ?? 0,
    versions: versions.filter(({ cause }) => cause === 'transition').length,
    hint: readStageHint(await readThroughSocket(reached(), person, id)),
    board: await stageOnBoard(id),
  }).toEqual(
    isStarted
      ? { steps: 1, seals: 1, versions: 1, hint: 'doing', board: 'doing' }
      : { steps: 0, seals: 0, versions: 0, hint: undefined, board: 'draft' },
  )
}

async function stageOnBoard(id: string): Promise<unknown> {
  const path = `/api/networks/${person.networkId}/facts?name=cycle`
  const { facts } = (await expectOk(await person.fetch(path))) as { facts: PlacedFact[] }
  const value = facts.find(({ documentId }) => documentId === id)?.value
  return (JSON.parse(String(value)) as { stage: string }).stage
}

/** The cycles that the idea's link names as evidence. */
async function evidenceOn({ diagram, link }: TestIdea): Promise<readonly string[]> {
  interface Diagram {
    readonly links: readonly { id: string; evidence: readonly { id: string }[] }[]
  }
  const { model } = await contentFor<Diagram>(person, diagram)
  const evidence = model.links.find(({ id }) => id === link)?.evidence ?? []
  return evidence.map(({ id }) => id).sort()
}

/** The cycles that these ones continue. */
async function continuedBy(ids: readonly string[]): Promise<readonly string[]> {
  const models = await Promise.all(ids.map(async (id) => (await contentFor<Cycle>(person, id)).model))
  return models.map(({ continues = '' }) => continues).sort()
}

async function listCycles(): Promise<readonly string[]> {
  const answer = await person.fetch(`/api/networks/${person.networkId}/documents?kind=pdsa-cycle`)
  return ((await expectOk(answer)) as { documents: DocumentSummary[] }).documents.map(({ id }) => id)
}

async function filter<T>(all: readonly T[], holds: (one: T) => Promise<boolean>): Promise<readonly T[]> {
  const held = await Promise.all(all.map(holds))
  return all.filter((_, index) => held[index])
}
