import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { kindFiles } from '#shared/kinds/files.ts'
import { createAccount } from '../../server/accounts/account.ts'
import { createPasswords } from '../../server/accounts/passwords.ts'
import type { Database, Statement } from '../../server/db/database.ts'
import { openDatabase } from '../../server/db/open.ts'
import { type CreationDeps, createDocument } from '../../server/documents/creation.ts'
import { recordsAreOthers } from '../../server/documents/store.ts'
import { createAccess } from '../../server/networks/access.ts'
import { insertNetwork } from '../../server/networks/store.ts'
import { createProjections, type Projections } from '../../server/projections.ts'

const log = pino({ level: 'silent' })

let folder: string
let db: Database
let projections: Projections
let deps: CreationDeps
let accountId: string
let id: string
let projected: string[]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'throughline-projections-'))
  db = await openDatabase({ url: `file:${join(folder, 'throughline.db')}`, commitEvery: 0 })
  projected = []
  projections = createProjections({ db, log, projected: (documentId) => projected.push(documentId) })
  const now = () => 1
  const account = { name: 'Imani Okafor', email: 'imani@example.org', password: 'vivid-harbor-lantern' }
  accountId = (await createAccount({ db, passwords: createPasswords(), now }, account)).id
  await db.write([insertNetwork({ id: 'n', name: 'Three Rivers', timeZone: 'UTC', createdAt: 1 })])
  deps = { db, access: createAccess({ db }), now, project: projections.project }
  const content = contentOf('Nurse calls home', 'Spare inhaler')
  id = await createDocument(deps, { networkId: 'n', kind: 'driver-diagram', title: 'T', content, accountId })
})
afterEach(async () => {
  await db.close()
  await rm(folder, { recursive: true, force: true })
})

const contentOf = (...ideas: readonly string[]) =>
  kindFiles['driver-diagram'].parseSeed({
    cards: [
      { id: 'P1', column: 'primary', title: 'Health' },
      ...ideas.map((title, index) => ({ id: `C${index}`, column: 'idea', title, leadsTo: ['P1'] })),
    ],
  })

/** The document's state with an idea renamed, as its owners would send it. */
async function renamed(from: string, to: string): Promise<Y.Doc> {
  const { doc } = await readLive()
  for (const card of doc.getMap<Y.Map<unknown>>('cards').values()) {
    const title = card.get('title') as Y.Text
    if (title.toString() !== from) continue
    title.delete(0, title.length)
    title.insert(0, to)
  }
  return doc
}

async function readLive() {
  const rows = await db.read<{ payload: Uint8Array; seq: number; epoch: string }>(
    'SELECT payload, seq, epoch FROM document_update WHERE document_id = ? ORDER BY seq',
    [id],
  )
  const doc = new Y.Doc()
  for (const { payload } of rows) Y.applyUpdate(doc, payload)
  return { doc, seq: rows.at(-1)?.seq ?? 0, epoch: rows.at(-1)?.epoch ?? '' }
}

const ideas = async () =>
  (await db.read<{ value: string }>("SELECT value FROM fact WHERE name = 'idea' ORDER BY rowid"))
    .map(({ value }) => JSON.parse(value) as string)
    .sort()

const found = async (words: string) =>
  (
    await db.read<{ text: string }>(
      `SELECT passage.text FROM passage_search JOIN passage ON passage.id = passage_search.rowid
       WHERE passage_search MATCH ?`,
      [words],
    )
  ).map(({ text }) => text)

const projectedSeq = async () =>
  (await db.read<{ projected_seq: number }>('SELECT projected_seq FROM document'))[0]?.projected_seq

/** A row as a step writes it. */
const stepTo = (stage: string): Statement => ({
  sql: `INSERT INTO stage_change (document_id, number, name, from_stage, to_stage, account_id, created_at)
    SELECT ?, count(*) + 1, 'a step', '', ?, ?, 0 FROM stage_change`,
  args: [id, stage, accountId],
})

describe('what is projected from a document', () => {
  it('is there once the document is: facts, and passages that search finds', async () => {
    expect(await ideas()).toEqual(['Nurse calls home', 'Spare inhaler'])
    expect(await found('inhaler')).toHaveLength(1)
    expect(await projectedSeq()).toBe(1)
    expect(projected).toEqual([id])
  })

  it('follows the document', async () => {
    await projections.project(id, await renamed('Spare inhaler', 'Asthma plan'), 2)
    expect(await ideas()).toEqual(['Asthma plan', 'Nurse calls home'])
    expect(await found('inhaler')).toEqual([])
    expect(await found('asthma')).toHaveLength(1)
    expect(await projectedSeq()).toBe(2)
  })

  it('is written anew only where it differs', async () => {
    const rows = () =>
      db.read<{ id: number; value: string }>('SELECT rowid AS id, value FROM fact ORDER BY rowid')
    const before = await rows()
    await projections.project(id, await renamed('Spare inhaler', 'Asthma plan'), 2)
    const kept = (await rows()).filter((row) =>
      before.some(({ id, value }) => id === row.id && value === row.value),
    )
    expect(kept).toHaveLength(before.length - 1)
  })

  it('is never of an earlier state than it was', async () => {
    const earlier = (await readLive()).doc
    await projections.project(id, await renamed('Spare inhaler', 'Asthma plan'), 3)
    await projections.project(id, earlier, 1)
    expect(await ideas()).toEqual(['Asthma plan', 'Nurse calls home'])
    expect(await projectedSeq()).toBe(3)
  })

  it('ends as the latest state when several are given at once', async () => {
    const states = await Promise.all(
      ['One', 'Two', 'Three', 'Four'].map((title) => renamed('Spare inhaler', title)),
    )
    await Promise.all(states.map((doc, index) => projections.project(id, doc, index + 2)))
    expect(await ideas()).toEqual(['Four', 'Nurse calls home'])
    expect(await found('one OR two OR three')).toEqual([])
  })

  it('is caught up with where the log went on without it, and only there', async () => {
    expect(await projections.catchUp(readLive)).toBe(0)
    await db.write([{ sql: 'DELETE FROM fact' }, { sql: 'UPDATE document SET projected_seq = -1' }])
    expect(await projections.catchUp(readLive)).toBe(1)
    expect(await ideas()).toEqual(['Nurse calls home', 'Spare inhaler'])
  })

  it('is caught up with where the records went on without it, e.g. because the server was killed', async () => {
    await db.write([recordsAreOthers(id)])
    await db.write([recordsAreOthers(id)])
    expect(await projections.catchUp(readLive)).toBe(1)
    expect(await projectedSeq()).toBe(1)
    expect(await projections.catchUp(readLive)).toBe(0)
  })

  it('is of the records as they are, also when they become others while they are read', async () => {
    const content = kindFiles['pdsa-cycle'].parseSeed({})
    const started = { networkId: 'n', kind: 'pdsa-cycle', title: 'T', content, accountId } as const
    id = await createDocument(deps, started)
    const steps = ['ready', 'doing']
    const read: Database['read'] = async (sql, args) => {
      const rows = await db.read(sql, args)
      const stage = sql.includes('FROM stage_change') ? steps.shift() : undefined
      if (stage !== undefined) await db.write([stepTo(stage), recordsAreOthers(id)])
      // What was read just before is what the caller asked for.
      return rows as never
    }
    const interrupted = createProjections({ db: { ...db, write: (all) => db.write(all), read }, log })
    await interrupted.projectAgain([id], readLive)
    expect(steps).toEqual([])
    const facts = await db.read<{ value: string }>('SELECT value FROM fact WHERE document_id = ?', [id])
    expect(facts.map(({ value }) => JSON.parse(JSON.parse(value)).stage)).toEqual(['doing'])
  })

  it('can be thrown away and built again', async () => {
    await db.write([
      { sql: 'UPDATE fact SET value = \'"wrong"\'' },
      {
        sql: "INSERT INTO reference (document_id, target_document_id, relation) VALUES (?, 'x', 'y')",
        args: [id],
      },
    ])
    expect(await projections.reindex(readLive)).toBe(1)
    expect(await ideas()).toEqual(['Nurse calls home', 'Spare inhaler'])
    expect(await db.read('SELECT relation FROM reference')).toEqual([])
    expect(await found('nurse')).toHaveLength(1)
  })

  it('holds any characters that people write', async () => {
    const title = 'Quote " back \\ tab\t nul? ümläut 學校 🙂 \u2028 </script>'
    const doc = await renamed('Spare inhaler', title)
    await projections.project(id, doc, 2)
    await projections.project(id, doc, 3)
    expect(await ideas()).toEqual(['Nurse calls home', title])
    expect(await db.read('SELECT part FROM passage WHERE text LIKE ?', [`%${title}%`])).toHaveLength(1)
  })

  it('does not fail what called for it when a document cannot be read', async () => {
    const broken = {
      getMap: () => {
        throw new Error('broken')
      },
    } as unknown as Y.Doc
    await expect(projections.project(id, broken, 2)).resolves.toBeUndefined()
    expect(await projectedSeq()).toBe(1)
    await expect(projections.catchUp(() => Promise.reject(new Error('no log')))).resolves.toBe(0)
  })
})
