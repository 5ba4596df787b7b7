import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as tar from 'tar'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type * as Y from 'yjs'
import { close } from '#shared/sync-protocol.ts'
import { hashOf } from '../../server/backup/manifest.ts'
import { finishRestoring } from '../../server/backup/restoring.ts'
import { listTaken } from '../../server/backup/taken.ts'
import { runCommand } from '../../server/cli/cli.ts'
import { readConfig } from '../../server/config.ts'
import { start } from '../../server/start.ts'
import { editLive, openSocket } from '../support/live-edit.ts'
import { RawPeer } from '../support/peer.ts'
import { expectOk, startTestServer, type TestPerson, type TestServer } from '../support/server.ts'
import { startDiagram } from '../support/three-rivers.ts'
import { temporaryFolder } from './db/temporary.ts'

let server: TestServer
let nora: TestPerson
let networkId: string
let id: string
let attachment: string
/** A backup that was made while someone had the document open, and a folder that it was restored into. */
let file: string
let base: string

beforeAll(async () => {
  server = await startTestServer()
  const first = await server.setup()
  nora = first
  networkId = first.networkId
  id = await startDiagram(nora, networkId, { title: 'Fewer missed days' })
  await editLive(server, nora, id, (doc) =>
    doc.getText('why/a').insert(0, 'Families answer a person whom they met.'),
  )
  const answer = await nora.fetch(
    `/api/documents/${id}/attachments?id=01a21812-bb90-75eb-8ae1-fd4d78a4baf6&name=n.txt`,
    {
      method: 'POST',
      body: 'Nobody answers at noon.',
    },
  )
  attachment = ((await expectOk(answer)) as { id: string }).id
  file = await makeBackup()
  base = await restored(file)
})
afterAll(() => server.close())

/** What a command printed on this data folder; rejects as it did. */
async function run(dataDir: string, ...words: readonly string[]): Promise<string> {
  const printed: string[] = []
  await runCommand(words, {
    env: { DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'silent' },
    print: (line) => printed.push(line),
    readSecret: async () => '',
    stopAsked: async () => {},
  })
  return printed.join('\n')
}

async function makeBackup(): Promise<string> {
  const socket = await openSocket(server, nora, id)
  const made = join(temporaryFolder(), 'monday.tar.gz')
  await run(server.dataDir, 'backup', made)
  socket.destroy()
  return made
}

/** A folder with a backup in it, as a district's new computer has it. */
async function restored(file: string): Promise<string> {
  const dataDir = temporaryFolder()
  await run(dataDir, 'restore', file)
  return dataDir
}

/** The restored folder once more, to do something with. */
function copyOfBase(): string {
  const dataDir = temporaryFolder()
  cpSync(base, dataDir, { recursive: true })
  return dataDir
}

async function whileServing<T>(
  dataDir: string,
  look: (running: Awaited<ReturnType<typeof start>>) => Promise<T>,
): Promise<T> {
  const running = await start({ config: readConfig({ DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'silent' }) })
  try {
    return await look(running)
  } finally {
    await running.close()
  }
}

const wordsIn = async (dataDir: string): Promise<string> =>
  whileServing(dataDir, async ({ live }) => (await live.readLive(id)).doc.getText('why/a').toString())

/** The archive once more, with something changed in it. */
async function tampered(file: string, change: (folder: string) => void): Promise<string> {
  const folder = temporaryFolder()
  await tar.extract({ file, cwd: folder })
  change(folder)
  const changed = join(temporaryFolder(), 'changed.tar.gz')
  await tar.create({ file: changed, cwd: folder, gzip: true }, readdirSync(folder))
  return changed
}

function editManifest(folder: string, change: (manifest: Record<string, unknown>) => void): void {
  const path = join(folder, 'manifest.json')
  const manifest = JSON.parse(readFileSync(path, 'utf8'))
  change(manifest)
  writeFileSync(path, JSON.stringify(manifest))
}

describe('a backup', () => {
  it('is made while people work, is one file, and brings all of it back elsewhere', async () => {
    expect(readdirSync(join(file, '..'))).toEqual(['monday.tar.gz'])
    const dataDir = copyOfBase()
    expect(await wordsIn(dataDir)).toBe('Families answer a person whom they met.')
    expect(readFileSync(join(dataDir, 'uploads', attachment.slice(0, 2), attachment), 'utf8')).toBe(
      'Nobody answers at noon.',
    )
    expect(await run(dataDir, 'verify')).toBe('Looked at 1 document: all is as it should be.')
  })

  it('says what it holds, how to know it again, and what is not in it', async () => {
    const second = join(temporaryFolder(), 'tuesday.tar.gz')
    const said = await run(server.dataDir, 'backup', second)
    expect(said).toContain(`${second}: 1 document, 1 file`)
    expect(said).toContain((await hashOf(second)).sha256)
    expect(said).toContain('Keep SMTP_URL, METRICS_TOKEN and DATABASE_AUTH_TOKEN apart')
  })

  it('is known to what is restored from it, with those that were known before', async () => {
    const dataDir = copyOfBase()
    const later = join(temporaryFolder(), 'later.tar.gz')
    await run(dataDir, 'backup', later)
    await run(dataDir, 'restore', file)
    const known = (await listTaken(dataDir, 0)).map((each) => each.file)
    expect(known.filter((each) => each.endsWith('.gz'))).toEqual([later, file])
  })

  it('is made without a running server too', async () => {
    const dataDir = copyOfBase()
    const again = join(temporaryFolder(), 'again.tar.gz')
    await run(dataDir, 'backup', again)
    expect(await wordsIn(await restored(again))).toBe('Families answer a person whom they met.')
  })

  it('leaves nothing unfinished behind', async () => {
    expect(readdirSync(server.dataDir).filter((name) => name.includes('unfinished'))).toEqual([])
  })

  it.each([
    [
      'a file that is there already',
      () => join(import.meta.dirname, 'backup.test.ts'),
      /There is a file .* already/,
    ],
    ['a folder that is not there', () => '/nowhere/at/all.tar.gz', /There is no folder \/nowhere\/at/],
  ])('is refused for %s', async (_, file, sentence) => {
    await expect(run(server.dataDir, 'backup', file())).rejects.toThrow(sentence)
  })

  it('does not disturb another that is made at the same time', async () => {
    const files = ['one', 'two'].map((name) => join(temporaryFolder(), `${name}.tar.gz`))
    await Promise.all(files.map((each) => run(server.dataDir, 'backup', each)))
    for (const each of files)
      expect(await run(await restored(each), 'verify')).toContain('all is as it should be')
  })

  it('needs one file, and says so', async () => {
    await expect(run(server.dataDir, 'backup')).rejects.toThrow('throughline backup FILE')
    await expect(run(server.dataDir, 'restore', 'a', 'b')).rejects.toThrow('throughline restore FILE')
  })
})

describe('restoring', () => {
  it('[C2] gives every document a new epoch: who has been ahead keeps a copy instead of mixing it in', async () => {
    const [before] = await server.db.read<{ epoch: string }>('SELECT epoch FROM document')
    const dataDir = copyOfBase()
    await whileServing(dataDir, async ({ origin, port, db }) => {
      const [after] = await db.read<{ epoch: string }>('SELECT epoch FROM document')
      expect(after?.epoch).not.toBe(before?.epoch)
      const peer = await RawPeer.open({
        origin: `http://127.0.0.1:${port}`,
        originHeader: origin,
        documentId: id,
        // A cookie on this computer is named for the port.
        cookie: nora.cookie.replace(/^throughline-\d+=/, `throughline-${port}=`),
        params: { epoch: before?.epoch ?? '' },
      })
      expect(await peer.closed()).toMatchObject({ code: close.epochChanged })
    })
  })

  it('keeps what it replaces', async () => {
    const dataDir = copyOfBase()
    await whileServing(dataDir, ({ live }) =>
      live.commit([id], () => ({
        edits: [{ documentId: id, edit: (doc: Y.Doc) => doc.getText('why/a').insert(0, 'Later: ') }],
        statements: [],
        via: 'system',
        answer: undefined,
      })),
    )
    await run(dataDir, 'restore', file)
    expect(await wordsIn(dataDir)).not.toContain('Later')
    const [kept = ''] = readdirSync(dataDir)
      .filter((name) => name.startsWith('replaced-'))
      .sort()
      .reverse()
    const old = temporaryFolder()
    cpSync(join(dataDir, kept), old, { recursive: true })
    expect(await wordsIn(old)).toContain('Later')
  })

  it('is refused while a server works on the folder', async () => {
    await expect(run(server.dataDir, 'restore', file)).rejects.toThrow('Another Throughline server is using')
  })

  it.each<[string, (folder: string) => void, RegExp]>([
    [
      'a file was changed',
      (folder) => writeFileSync(join(folder, 'throughline.db'), 'x'),
      /throughline\.db is not what it was/,
    ],
    [
      'a file is missing',
      (folder) =>
        editManifest(folder, ({ files }) =>
          (files as unknown[]).push({
            path: `uploads/01/${attachment.replace('b', 'c')}`,
            bytes: 1,
            sha256: 'a'.repeat(64),
          }),
        ),
      /is missing/,
    ],
    [
      'a file is too much',
      (folder) => editManifest(folder, ({ files }) => (files as unknown[]).pop()),
      /does not name/,
    ],
    [
      'it is of a newer version',
      (folder) => editManifest(folder, (manifest) => Object.assign(manifest, { step: 9999 })),
      /newer version/,
    ],
    [
      'its manifest is of another form',
      (folder) => editManifest(folder, (manifest) => Object.assign(manifest, { format: 2 })),
      /manifest does not fit/,
    ],
    [
      'it has no manifest',
      (folder) => renameSync(join(folder, 'manifest.json'), join(folder, 'm.json')),
      /is no backup/,
    ],
  ])('is refused where %s, and changes nothing', async (_, change, sentence) => {
    const changed = await tampered(file, change)
    const dataDir = temporaryFolder()
    writeFileSync(join(dataDir, 'throughline.db'), 'what was there')
    await expect(run(dataDir, 'restore', changed)).rejects.toThrow(sentence)
    expect(readFileSync(join(dataDir, 'throughline.db'), 'utf8')).toBe('what was there')
    expect(readdirSync(dataDir).filter((name) => /unfinished|replaced|restore/.test(name))).toEqual([])
  })

  it('takes nothing out of an archive that a backup does not hold', async () => {
    const changed = await tampered(file, (folder) => {
      mkdirSync(join(folder, 'uploads', 'zz'))
      writeFileSync(join(folder, 'uploads', 'zz', 'evil.sh'), 'rm -rf /')
      writeFileSync(join(folder, 'lock.db'), 'x')
    })
    const dataDir = await restored(changed)
    expect(existsSync(join(dataDir, 'uploads', 'zz'))).toBe(false)
  })

  it('is refused for what is no archive', async () => {
    const other = join(temporaryFolder(), 'x.tar.gz')
    await expect(run(temporaryFolder(), 'restore', other)).rejects.toThrow('There is no file')
    writeFileSync(other, 'no archive at all')
    await expect(run(temporaryFolder(), 'restore', other)).rejects.toThrow('is no backup of Throughline')
  })

  // Each file that is moved is one step; a computer may lose its power after any of them.
  it.each([0, 1, 2, 3])(
    'goes through at the next start when it is broken off after %i steps',
    async (steps) => {
      const dataDir = copyOfBase()
      const old = temporaryFolder()
      cpSync(dataDir, old, { recursive: true })
      const staging = 'restore-01a21812-bb90-75eb-8ae1-fd4d78a4baf6.unfinished'
      const folders = [staging, 'replaced-X'].map((name) => join(dataDir, name))
      for (const folder of folders) mkdirSync(folder)
      const moves = ['throughline.db', 'uploads'].flatMap((name) => {
        cpSync(join(old, name), join(dataDir, staging, name), { recursive: true })
        return [
          [join(dataDir, name), join(dataDir, 'replaced-X', name)],
          [join(dataDir, staging, name), join(dataDir, name)],
        ]
      })
      writeFileSync(join(dataDir, 'restore.json'), JSON.stringify({ staging, replaced: 'replaced-X' }))
      for (const [from = '', to = ''] of moves.slice(0, steps)) renameSync(from, to)
      expect(await wordsIn(dataDir)).toBe('Families answer a person whom they met.')
      expect(readdirSync(join(dataDir, 'replaced-X')).sort()).toEqual(['throughline.db', 'uploads'])
      expect(existsSync(join(dataDir, 'restore.json'))).toBe(false)
      await finishRestoring(dataDir)
    },
  )
})

describe('what was broken off', () => {
  it('is removed at the next start', async () => {
    const dataDir = copyOfBase()
    const left = ['backup', 'readback', 'restore'].map((name) => `${name}-01a21812-bb90-75eb.unfinished`)
    for (const name of left) mkdirSync(join(dataDir, name))
    await wordsIn(dataDir)
    expect(readdirSync(dataDir).filter((name) => left.includes(name))).toEqual([])
  })

  /** As it is when the computer stopped after the old files had been moved away, and before the new ones were there. */
  function brokenOff(): string {
    const dataDir = copyOfBase()
    const staging = 'restore-01a21812-bb90-75eb-8ae1-fd4d78a4baf6.unfinished'
    for (const folder of [staging, 'replaced-X']) mkdirSync(join(dataDir, folder))
    for (const name of ['throughline.db', 'uploads'])
      renameSync(join(dataDir, name), join(dataDir, staging, name))
    writeFileSync(join(dataDir, 'restore.json'), JSON.stringify({ staging, replaced: 'replaced-X' }))
    return dataDir
  }

  it('as a restoration that had begun to move files outlives another that is refused', async () => {
    const dataDir = brokenOff()
    const damaged = await tampered(file, (folder) => writeFileSync(join(folder, 'throughline.db'), 'x'))
    await expect(run(dataDir, 'restore', damaged)).rejects.toThrow('is not what it was')
    expect(await wordsIn(dataDir)).toBe('Families answer a person whom they met.')
  })

  it('as such a restoration is finished before another one, which keeps what it brought', async () => {
    const dataDir = brokenOff()
    await run(dataDir, 'restore', file)
    const replaced = readdirSync(dataDir).filter((name) => name.startsWith('replaced-2'))
    const kept = replaced.sort().at(-1) ?? ''
    expect(readdirSync(join(dataDir, kept)).sort()).toEqual(['throughline.db', 'uploads'])
  })
})

describe('verifying', () => {
  it('names a document whose log has a hole, and goes on with the others', async () => {
    const dataDir = copyOfBase()
    await whileServing(dataDir, async ({ db }) => {
      await db.write([{ sql: 'DELETE FROM document_update WHERE document_id = ? AND seq = 1', args: [id] }])
      await db.write([{ sql: 'DELETE FROM document_segment WHERE document_id = ?', args: [id] }])
      await db.write([{ sql: 'DELETE FROM document_snapshot WHERE document_id = ?', args: [id] }])
    })
    const printed: string[] = []
    const asked = runCommand(['verify'], {
      env: { DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'silent' },
      print: (line) => printed.push(line),
      readSecret: async () => '',
      stopAsked: async () => {},
    })
    await expect(asked).rejects.toThrow('not all is as it should be')
    expect(printed.join('\n')).toMatch(/“Fewer missed days” \([0-9a-f-]+\): Its log does not replay/)
  })

  it('finds facts that are not what the document says', async () => {
    const dataDir = copyOfBase()
    await whileServing(dataDir, ({ db }) =>
      db.write([
        { sql: "INSERT INTO fact (document_id, name, value) VALUES (?, 'made-up', '1')", args: [id] },
      ]),
    )
    await expect(run(dataDir, 'verify')).rejects.toThrow('not all is as it should be')
    await run(dataDir, 'reindex')
    expect(await run(dataDir, 'verify')).toContain('all is as it should be')
  })
})
