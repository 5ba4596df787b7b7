import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ErrorBody } from '#shared/errors.ts'
import { newId } from '#shared/ids.ts'
import { type Attachment, attachmentLimits, type Records } from '#shared/records.ts'
import { createStorage, type Storage } from '../../server/attachments/storage.ts'
import { createStoring } from '../../server/attachments/storing.ts'
import { bytes, chunk, jpeg, phoneNotes, png } from '../support/pictures.ts'
import { expectOk, type TestPerson } from '../support/server.ts'
import { share, startDiagram, startThreeRivers, type ThreeRivers } from '../support/three-rivers.ts'

let rivers: ThreeRivers
let lead: TestPerson
let member: TestPerson
let expert: TestPerson
let id: string

const firstDay = Date.parse('2026-01-14T15:00:00Z')
let now = firstDay

beforeAll(async () => {
  rivers = await startThreeRivers({ now: () => now })
  lead = await rivers.person('lead of Alder')
  member = await rivers.person('member of Alder')
  expert = await rivers.person('expert')
})
afterAll(() => rivers.server.close())

beforeEach(async () => {
  now = firstDay
  id = await startDiagram(lead, rivers.networkId, { team: rivers.alder })
  await share(lead, id)
})

interface Sent {
  readonly id?: string
  readonly name?: string
  readonly part?: string
  readonly documentId?: string
}

function send(person: TestPerson, body: BodyInit, sent: Sent = {}): Promise<Response> {
  const { documentId = id, ...query } = { id: newId(), name: 'Board.jpg', ...sent }
  return person.fetch(`/api/documents/${documentId}/attachments?${new URLSearchParams(query)}`, {
    method: 'POST',
    body,
    headers: { 'Content-Type': 'image/gif' },
  })
}

const stored = async (person: TestPerson, body: BodyInit, sent?: Sent): Promise<Attachment> =>
  (await expectOk(await send(person, body, sent))) as Attachment

const open = (person: TestPerson, attachmentId: string, init?: RequestInit) =>
  person.fetch(`/api/attachments/${attachmentId}`, init)

const remove = (person: TestPerson, attachmentId: string) => open(person, attachmentId, { method: 'DELETE' })

const restore = (person: TestPerson, attachmentId: string) =>
  person.fetch(`/api/attachments/${attachmentId}/restoration`, { method: 'POST' })

async function listed(person: TestPerson, documentId = id): Promise<readonly Attachment[]> {
  const response = await person.fetch(`/api/documents/${documentId}/records`)
  return ((await expectOk(response)) as { records: Records }).records.attachments ?? []
}

async function refusal(response: Response) {
  const { error } = (await response.json()) as ErrorBody
  return { status: response.status, ...error }
}

const uploads = () => join(rivers.server.dataDir, 'uploads')

/** The names of all files on the disk. */
async function onDisk(): Promise<readonly string[]> {
  const entries = await readdir(uploads(), { recursive: true, withFileTypes: true }).catch(() => [])
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name)
}

const pathOf = (attachmentId: string) => join(uploads(), attachmentId.slice(0, 2), attachmentId)

let pretended: string[] = []
afterEach(() => {
  const ids = JSON.stringify(pretended)
  pretended = []
  return rivers.server.db.write([
    { sql: 'DELETE FROM attachment WHERE id IN (SELECT value FROM json_each(?))', args: [ids] },
  ])
})

/** A row without its bytes. */
async function pretend(size: number, removedAt?: number): Promise<string> {
  const attachmentId = newId()
  pretended.push(attachmentId)
  await rivers.server.db.write([
    {
      sql: `INSERT INTO attachment (id, document_id, name, type, bytes, hash, account_id, created_at, removed_at)
        VALUES (?, ?, 'large.pdf', 'application/pdf', ?, '', ?, 1, ?)`,
      args: [attachmentId, id, size, lead.account.id, removedAt ?? null],
    },
  ])
  return attachmentId
}

/** Leaves the network place for so many bytes. */
async function fillAllBut(left: number): Promise<void> {
  const [row] = await rivers.server.db.read<{ readonly taken: number }>(
    'SELECT coalesce(sum(bytes), 0) AS taken FROM attachment WHERE removed_at IS NULL',
  )
  await pretend(attachmentLimits.network - (row?.taken ?? 0) - left)
}

const textBytes = (text: string) => new TextEncoder().encode(text)

describe('a file that is sent', () => {
  it('is stored, listed with the document, and opens as it was', async () => {
    const file = await stored(lead, textBytes('31 of 44 answered'), { name: 'Tally.txt', part: 'q1' })
    expect(file).toEqual({
      id: expect.any(String),
      part: 'q1',
      name: 'Tally.txt',
      type: 'text/plain',
      bytes: 17,
      by: { id: lead.account.id, name: 'Nora Lindqvist', color: lead.account.color },
      at: firstDay,
    })
    expect(await listed(expert)).toEqual([file])
    const opened = await open(expert, file.id)
    expect(opened.status).toBe(200)
    expect(await opened.text()).toBe('31 of 44 answered')
  })

  it('has its own limit: larger than other requests, and kept from everybody else on the disk', async () => {
    const large = Buffer.alloc(attachmentLimits.file, 'a line of a long table\n')
    const file = await stored(lead, large, { name: 'long.txt' })
    expect(file.bytes).toBe(10 * 1024 * 1024)
    expect((await stat(pathOf(file.id))).mode & 0o777).toBe(0o600)
    expect((await stat(uploads())).mode & 0o777).toBe(0o700)
    expect(Buffer.from(await (await open(lead, file.id)).arrayBuffer()).equals(large)).toBe(true)
  })

  it('as a picture loses where and when it was taken before it reaches the disk', async () => {
    const file = await stored(lead, jpeg(phoneNotes))
    const kept = await readFile(pathOf(file.id), 'latin1')
    expect(kept).not.toMatch(/Exif|GPS|Imani|Nora|Alder|thumbnail|Photoshop|MPF/)
    expect(kept.length).toBe(file.bytes)
  })

  it('is what its bytes say, whatever its name and its sender say', async () => {
    expect(await stored(lead, png(), { name: 'photo.jpg' })).toMatchObject({ type: 'image/png' })
    expect(await stored(lead, '%PDF-1.7', { name: 'x.png' })).toMatchObject({ type: 'application/pdf' })
    expect(await stored(lead, 'a,b\n1,2\n', { name: 'x.html' })).toMatchObject({ type: 'text/csv' })
  })

  it('tells the open pages that there is something new', async () => {
    const listening = new AbortController()
    const feed = await expert.fetch(`/api/networks/${rivers.networkId}/feed`, { signal: listening.signal })
    const reader = feed.body?.pipeThrough(new TextDecoderStream()).getReader()
    await stored(lead, png())
    let heard = ''
    while (!heard.includes('"records"')) heard += (await reader?.read())?.value ?? ''
    listening.abort()
    expect(heard).toContain(`{"documentId":"${id}","change":"records"}`)
  })
})

describe('sent again', () => {
  it('with the same id, because the answer was lost, it is stored once and answered as before', async () => {
    const sent = { id: newId() }
    const first = await stored(lead, png(), sent)
    now += 60_000
    const second = await send(lead, png(), sent)
    expect(second.status).toBe(201)
    expect(await second.json()).toEqual(first)
    expect(await listed(lead)).toEqual([first])
  })

  it('twice at the same time it is stored once', async () => {
    const sent = { id: newId() }
    const answers = await Promise.all([1, 2, 3].map(() => send(lead, png(), sent)))
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201])
    expect(await listed(lead)).toHaveLength(1)
  })

  it('an id that exists with other bytes, another document or by another person is refused', async () => {
    const sent = { id: newId() }
    await stored(lead, png(), sent)
    const other = await startDiagram(lead, rivers.networkId, { team: rivers.alder })
    const again = [
      send(lead, jpeg(), sent),
      send(lead, png(), { ...sent, documentId: other }),
      send(member, png(), sent),
    ]
    for (const answer of await Promise.all(again))
      expect(await refusal(answer)).toMatchObject({ status: 409, code: 'conflict' })
    expect(Buffer.from(await (await open(lead, sent.id)).arrayBuffer()).equals(png())).toBe(true)
  })

  it('of two different files with one id at the same time, the one that is answered is the one that is kept', async () => {
    const sent = { id: newId() }
    const texts = ['first', 'second', 'third']
    const answers = await Promise.all(texts.map((text) => send(lead, text, sent)))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409])
    const winner = texts[answers.findIndex(({ status }) => status === 201)]
    expect(await (await open(lead, sent.id)).text()).toBe(winner)
  })
})

describe('what is refused', () => {
  let before: readonly string[]
  beforeEach(async () => {
    before = await onDisk()
  })
  const nothingStored = async () => {
    expect(await onDisk()).toEqual(before)
    expect(await listed(lead)).toEqual([])
  }

  it.each([
    ['a page that calls itself a picture', 'GIF89a/*<html><script>alert(1)</script>*/=1;', 'photo.jpg'],
    ['a page', '<!doctype html><script>alert(1)</script>', 'notes.txt'],
    ['a drawing that can run', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'drawing.png'],
    ['a program', 'MZ\x90\0', 'photo.jpg'],
  ])('is %s, and nothing is stored', async (_, body, name) => {
    expect(await refusal(await send(lead, body, { name }))).toMatchObject({
      status: 415,
      code: 'invalid',
      fields: {
        file: 'Pictures (JPEG, PNG, WebP), PDF, text and CSV can be attached. This file is none of them.',
      },
    })
    await nothingStored()
  })

  it('is a picture that leads nowhere', async () => {
    const hostile = png(chunk('tEXt', bytes('x'), 0xffff_ffff))
    expect(await refusal(await send(lead, hostile))).toMatchObject({ status: 400, code: 'invalid' })
    await nothingStored()
  })

  it('is one byte too many, also where the size was not said before', async () => {
    const body = () => Buffer.alloc(attachmentLimits.file + 1, 'a')
    expect(await refusal(await send(lead, body()))).toMatchObject({
      status: 413,
      code: 'too-large',
      message: 'A file has at most 10 MB.',
    })
    const unsaid = await lead.fetch(`/api/documents/${id}/attachments?id=${newId()}&name=x`, {
      method: 'POST',
      body: new Blob([body()]).stream(),
      duplex: 'half',
    } as RequestInit)
    expect(await refusal(unsaid)).toMatchObject({ status: 413, code: 'too-large' })
    await nothingStored()
  })

  it('is nothing at all', async () => {
    expect(await refusal(await send(lead, ''))).toMatchObject({ status: 400, message: 'This file is empty.' })
    await nothingStored()
  })

  it.each([
    ['an id in capitals', { id: newId().toUpperCase() }, 'id'],
    ['an id that is a path', { id: '../../../throughline.db' }, 'id'],
    ['no id', { id: '' }, 'id'],
    ['a name that is only a folder', { name: '../' }, 'name'],
    ['a name without an end', { name: 'x'.repeat(201) }, 'name'],
    ['a part without an end', { part: 'x'.repeat(121) }, 'part'],
    ['a part that cannot be seen', { part: 'q\n1' }, 'part'],
  ])('is %s', async (_, sent, field) => {
    const refused = await refusal(await send(lead, png(), sent))
    expect(refused).toMatchObject({ status: 400, code: 'invalid' })
    expect(Object.keys(refused.fields ?? {})).toEqual([field])
    await nothingStored()
  })

  it('is a file by someone who may not edit, or into an archived document', async () => {
    expect((await send(expert, png())).status).toBe(403)
    expect((await send(await rivers.person('observer'), png())).status).toBe(403)
    await expectOk(await lead.fetch(`/api/documents/${id}/archive`, { method: 'POST' }))
    expect((await send(lead, png())).status).toBe(409)
    await nothingStored()
  })

  it('is the fifth of five that one person sends at once', async () => {
    const closers: (() => void)[] = []
    const slowly = () =>
      lead.fetch(`/api/documents/${id}/attachments?id=${newId()}&name=x`, {
        method: 'POST',
        body: new ReadableStream({
          start(controller) {
            controller.enqueue(textBytes('slowly'))
            closers.push(() => controller.close())
          },
        }),
        duplex: 'half',
      } as RequestInit)
    const slow = Array.from({ length: 5 }, slowly)
    const first = await Promise.race(slow)
    expect(first.status).toBe(429)
    expect(first.headers.get('Retry-After')).toBe('5')
    // Others are not kept waiting by it.
    expect((await send(member, 'quickly')).status).toBe(201)
    for (const close of closers) close()
    const statuses = (await Promise.all(slow)).map(({ status }) => status)
    expect(statuses.sort()).toEqual([201, 201, 201, 201, 429])
    expect((await send(lead, 'again')).status).toBe(201)
  })
})

describe('the place of a network', () => {
  it('is 1 GB of files that are not removed', async () => {
    await pretend(1_000_000, firstDay)
    await fillAllBut(10)
    expect((await send(lead, 'ten bytes.')).status).toBe(201)
    const before = await onDisk()
    expect(await refusal(await send(lead, 'x'))).toMatchObject({
      status: 413,
      code: 'too-large',
      message: 'The files of this network take up all of its 1 GB. Remove some that are no longer needed.',
    })
    expect(await onDisk()).toEqual(before)
  })

  it('is looked at before anything is written', async () => {
    await fillAllBut(5)
    const written: string[] = []
    const storage = { write: async (fileId: string) => void written.push(fileId) } as unknown as Storage
    const { networkId, server } = rivers
    const { id: accountId, name, color } = lead.account
    const file = {
      id: newId(),
      documentId: id,
      networkId,
      name: 'x',
      type: 'text/plain',
      by: { id: accountId, name, color },
      at: now,
      pieces: [textBytes('ten bytes.')],
    }
    await expect(createStoring({ db: server.db, storage })(file)).rejects.toMatchObject({ code: 'too-large' })
    expect(written).toEqual([])
  })

  it('is counted with the row: of several that come at once no more are stored than there is place for', async () => {
    await fillAllBut(25)
    const before = await onDisk()
    const senders = [lead, lead, member, member, rivers.coordinator, rivers.coordinator]
    const answers = await Promise.all(senders.map((person) => send(person, 'ten bytes.')))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 413, 413, 413, 413])
    const added = (await listed(lead)).filter(({ bytes }) => bytes === 10).map((file) => file.id)
    expect([...(await onDisk())].sort()).toEqual([...before, ...added].sort())
  })

  it('is not made by removing without end', async () => {
    const [row] = await rivers.server.db.read<{ readonly taken: number }>(
      'SELECT coalesce(sum(bytes), 0) AS taken FROM attachment',
    )
    await pretend(2 * attachmentLimits.network - (row?.taken ?? 0) - 15, firstDay)
    const answers = await Promise.all(
      [lead, member, rivers.coordinator].map((person) => send(person, 'ten bytes.')),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 413, 413])
  })

  it('is asked for again when a file is brought back', async () => {
    const file = await stored(lead, 'ten bytes.')
    await expectOk(await remove(lead, file.id))
    await fillAllBut(9)
    expect((await restore(lead, file.id)).status).toBe(413)
    expect((await open(lead, file.id)).status).toBe(410)
  })
})

describe('opening a file', () => {
  const headersOf = async (file: Attachment) => (await open(lead, file.id)).headers

  it('shows a picture in the browser, and runs nothing', async () => {
    const file = await stored(lead, jpeg(), { name: 'Board "of" the 14th; №1.html' })
    const headers = await headersOf(file)
    expect(headers.get('Content-Type')).toBe('image/jpeg')
    expect(headers.get('Content-Length')).toBe(String(file.bytes))
    expect(headers.get('Content-Disposition')).toBe(
      `inline; filename="Board -of- the 14th; No1.html.jpg"; filename*=UTF-8''Board%20-of-%20the%2014th%3B%20%E2%84%961.html.jpg`,
    )
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
    expect(headers.get('Content-Security-Policy')).toBe("sandbox; default-src 'none'")
    expect(headers.get('Cache-Control')).toBe('private, no-store')
    expect(headers.get('Cross-Origin-Resource-Policy')).toBe('same-origin')
  })

  it.each([
    ['%PDF-1.7', 'Plan', 'application/pdf', 'Plan.pdf'],
    ['a,b\n1,2\n', 'data.csv', 'text/csv; charset=utf-8', 'data.csv'],
    ['@echo off', '..\\run-me.bat', 'text/plain; charset=utf-8', 'run-me.bat.txt'],
  ])('has the browser save everything else: %j', async (body, name, type, saved) => {
    const headers = await headersOf(await stored(lead, body, { name }))
    expect(headers.get('Content-Type')).toBe(type)
    expect(headers.get('Content-Disposition')).toBe(
      `attachment; filename="${saved}"; filename*=UTF-8''${saved}`,
    )
    expect(headers.get('Content-Security-Policy')).toBe("sandbox; default-src 'none'")
  })

  it('leaves the pages of the product their own policy', async () => {
    const page = await rivers.server.fetch('/api/start')
    expect(page.headers.get('Content-Security-Policy')).toMatch(/^default-src 'none'; script-src 'self'/)
  })

  it('asks for its headers alone without holding the file open', async () => {
    const file = await stored(lead, png())
    const head = await open(lead, file.id, { method: 'HEAD' })
    expect(head.headers.get('Content-Length')).toBe(String(file.bytes))
    expect(await head.text()).toBe('')
  })

  it('is for those who may open the document, for as long as they may', async () => {
    const draft = await startDiagram(lead, rivers.networkId, { team: rivers.alder })
    const file = await stored(lead, png(), { documentId: draft })
    const hidden = await refusal(await open(expert, file.id))
    expect(hidden.status).toBe(404)
    expect(hidden.message).toBe((await refusal(await open(expert, newId()))).message)
    expect((await rivers.server.fetch(`/api/attachments/${file.id}`)).status).toBe(401)
    await share(lead, draft)
    expect((await open(expert, file.id)).status).toBe(200)
  })

  it('says so when its bytes are gone', async () => {
    expect((await open(lead, await pretend(5))).status).toBe(404)
  })
})

describe('removing a file', () => {
  it('takes it off the list and brings it back', async () => {
    const file = await stored(lead, png())
    await expectOk(await remove(member, file.id))
    expect(await listed(lead)).toEqual([])
    expect(await refusal(await open(lead, file.id))).toMatchObject({ status: 410, code: 'gone' })
    await expectOk(await restore(member, file.id))
    expect(await listed(lead)).toEqual([file])
    expect((await open(lead, file.id)).status).toBe(200)
  })

  it('is as good as done where someone was first', async () => {
    const file = await stored(lead, png())
    for (const person of [lead, member]) await expectOk(await remove(person, file.id))
    for (const person of [lead, member]) await expectOk(await restore(person, file.id))
    const rows = await rivers.server.db.read(
      `SELECT action, account_id FROM audit WHERE subject = ? ORDER BY action`,
      [file.id],
    )
    expect(rows).toEqual([
      { action: 'attachment-removed', account_id: lead.account.id },
      { action: 'attachment-restored', account_id: lead.account.id },
    ])
  })

  it('is for those who may edit', async () => {
    const file = await stored(lead, png())
    expect((await remove(expert, file.id)).status).toBe(403)
    await remove(lead, file.id)
    expect((await restore(expert, file.id)).status).toBe(403)
  })

  it('takes the bytes off the disk after thirty days', async () => {
    const [old, other] = [await stored(lead, 'old'), await stored(lead, 'other')]
    await remove(lead, old.id)
    now += 29 * 86_400_000
    await remove(lead, other.id)
    expect(await onDisk()).toContain(old.id)
    await restore(lead, other.id)
    now += 2 * 86_400_000
    await remove(lead, other.id)
    expect(await onDisk()).not.toContain(old.id)
    expect(await onDisk()).toContain(other.id)
    expect((await restore(lead, old.id)).status).toBe(404)
  })
})

describe('a disk that takes nothing', () => {
  it('is said in a sentence, and the log says why', async () => {
    const entries: string[] = []
    const log = pino({}, { write: (entry: string) => entries.push(entry) })
    const folder = join(rivers.server.dataDir, 'a file, no folder')
    await writeFile(folder, '')
    const writing = createStorage({ folder, log }).write(newId(), [textBytes('x')])
    await expect(writing).rejects.toMatchObject({ code: 'unavailable', message: /could not store this file/ })
    expect(entries.join()).toMatch(/EEXIST|ENOTDIR/)
  })
})

describe('after a crash', () => {
  it('the next start sweeps away files without a row and what was not written to its end', async () => {
    const file = await stored(lead, png())
    const stray = newId()
    await writeFile(pathOf(stray), 'written, but its row never was')
    await writeFile(`${pathOf(newId())}.0a1b2c.unfinished`, 'half of it')
    await writeFile(join(uploads(), 'note of the operator.txt'), 'not ours')
    await rivers.server.restart()
    const names = await onDisk()
    expect(names).toContain(file.id)
    expect(names).not.toContain(stray)
    expect(names.filter((name) => name.endsWith('.unfinished'))).toEqual([])
    expect(names).toContain('note of the operator.txt')
    expect((await open(lead, file.id)).status).toBe(200)
  })

  it('but touches none where so many are unknown that the database must be another one', async () => {
    const strangers = Array.from({ length: 17 }, () => newId())
    await mkdir(join(uploads(), strangers[0]?.slice(0, 2) ?? ''), { recursive: true })
    for (const stranger of strangers) await writeFile(pathOf(stranger), 'of another database')
    await rivers.server.restart()
    const names = await onDisk()
    for (const stranger of strangers) expect(names).toContain(stranger)
  })
})
