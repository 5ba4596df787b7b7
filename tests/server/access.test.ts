import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { writeUpdate } from 'y-protocols/sync'
import * as Y from 'yjs'
import { type Level, levelOn, managesPeople, rawDataOf, savesTemplates, type Viewer } from '#shared/access.ts'
import { type Network, type Role, roleNames } from '#shared/network.ts'
import { close, marker, message } from '#shared/sync-protocol.ts'
import { type Access, createAccess } from '../../server/networks/access.ts'
import { cookieOf, expectOk, startTestServer, type TestPerson, type TestServer } from '../support/server.ts'

/** Who looks at it: each role, and the team's roles also from another team. */
const readers = [
  'coordinator',
  'facilitator',
  'coach',
  'expert',
  'data-steward',
  'observer',
  'lead',
  'member',
  'lead of another team',
  'member of another team',
] as const
type Reader = (typeof readers)[number]

const columns = ['network document', 'network draft', 'team document', 'team draft'] as const
type Column = (typeof columns)[number]

const none = undefined

/** The table of the access rules, written out once more by hand. */
const expected: Readonly<Record<Reader, Readonly<Record<Column, Level | undefined>>>> = {
  coordinator: row('edit', 'edit', 'edit', none),
  facilitator: row('edit', 'edit', 'edit', none),
  coach: row('edit', none, 'edit', none),
  expert: row('comment', none, 'comment', none),
  'data-steward': row('comment', none, 'view', none),
  observer: row('view', none, 'view', none),
  lead: row('comment', none, 'edit', 'edit'),
  member: row('comment', none, 'edit', 'edit'),
  'lead of another team': row('comment', none, 'comment', none),
  'member of another team': row('comment', none, 'comment', none),
}

function row(...levels: readonly (Level | undefined)[]): Readonly<Record<Column, Level | undefined>> {
  const cells = columns.map((column, index) => [column, levels[index]] as const)
  return Object.fromEntries(cells) as Record<Column, Level | undefined>
}

let server: TestServer
let networkId: string
let access: Access
const people = new Map<Reader, TestPerson>()
const documents = new Map<Column, string>()
let ownTeam: string

beforeAll(async () => {
  server = await startTestServer()
  const coordinator = await server.setup()
  networkId = coordinator.networkId
  access = createAccess({ db: server.db })
  ownTeam = await createTeam(coordinator, 'Harbor Point')
  const otherTeam = await createTeam(coordinator, 'Dunmore High')
  people.set('coordinator', coordinator)
  for (const reader of readers.slice(1)) {
    const [role] = reader.split(' ') as [Role]
    const team = reader.endsWith('another team') ? otherTeam : ownTeam
    const isOfTeam = role === 'lead' || role === 'member'
    people.set(reader, await server.person(reader, role, isOfTeam ? { team } : {}))
  }
  documents.set('network document', await createDocument(coordinator, { shared: true }))
  documents.set('network draft', await createDocument(coordinator, {}))
  documents.set('team document', await createDocument(person('lead'), { team: ownTeam, shared: true }))
  documents.set('team draft', await createDocument(person('lead'), { team: ownTeam }))
})
afterAll(() => server.close())

async function createTeam(coordinator: TestPerson, name: string): Promise<string> {
  const answer = await coordinator.fetch(`/api/networks/${networkId}/teams`, { json: { name } })
  return ((await expectOk(answer)) as { id: string }).id
}

async function createDocument(
  by: TestPerson,
  { team, shared }: { team?: string; shared?: boolean },
): Promise<string> {
  const json = { kind: 'driver-diagram', title: 'Attendance', ...(team !== undefined && { team }) }
  const answer = await by.fetch(`/api/networks/${networkId}/documents`, { json })
  const { id } = (await expectOk(answer)) as { id: string }
  if (shared)
    await expectOk(await by.fetch(`/api/documents/${id}`, { method: 'PUT', json: { shared: true } }))
  return id
}

const person = (reader: Reader): TestPerson => found(people, reader)
const documentOf = (column: Column): string => found(documents, column)

function found<K, V>(map: ReadonlyMap<K, V>, key: K): V {
  const value = map.get(key)
  if (value === undefined) throw new Error(`There is no ${String(key)}`)
  return value
}

/** What a client that speaks markers is told of one edit, or the code that its socket is closed with. */
function editThroughSocket(by: TestPerson, documentId: string): Promise<'saved' | 'refused' | number> {
  const doc = new Y.Doc()
  doc.getMap('probe').set('seen', true)
  const socket = new WebSocket(server.url(`/sync/${documentId}`).replace('http', 'ws'), {
    headers: { Cookie: by.cookie, Origin: server.origin },
  })
  socket.binaryType = 'arraybuffer'
  return new Promise((resolve, reject) => {
    socket.on('error', reject)
    socket.on('close', resolve)
    socket.on('open', () => {
      socket.send(messageOf(message.marker, (to) => writeNumbers(to, marker.ask, 1)))
      socket.send(messageOf(message.sync, (to) => writeUpdate(to, Y.encodeStateAsUpdate(doc))))
      socket.send(messageOf(message.marker, (to) => writeNumbers(to, marker.ask, 2)))
    })
    socket.on('message', (data: ArrayBuffer) => {
      const from = decoding.createDecoder(new Uint8Array(data))
      if (decoding.readVarUint(from) !== message.marker) return
      const answer = decoding.readVarUint(from)
      if (decoding.readVarUint(from) < 2 && answer === marker.saved) return
      resolve(answer === marker.saved ? 'saved' : 'refused')
      socket.close()
    })
  })
}

function messageOf(kind: number, write: (to: encoding.Encoder) => void): Uint8Array {
  const to = encoding.createEncoder()
  encoding.writeVarUint(to, kind)
  write(to)
  return encoding.toUint8Array(to)
}

function writeNumbers(to: encoding.Encoder, ...numbers: readonly number[]): void {
  for (const number of numbers) encoding.writeVarUint(to, number)
}

const guarded = (column: Column) => ({
  id: documentOf(column),
  networkId,
  kind: 'driver-diagram',
  shared: !column.endsWith('draft'),
  ...(column.startsWith('team') && { teamId: ownTeam }),
})

test('the table', () => {
  const width = 24
  const line = (cells: readonly string[]) => cells.map((cell) => cell.padEnd(width)).join('')
  const lines = readers.map((reader) =>
    line([reader, ...columns.map((column) => expected[reader][column] ?? '–')]),
  )
  console.log([line(['', ...columns]), ...lines].join('\n'))
  expect(lines).toHaveLength(readers.length)
})

const cells = readers.flatMap((reader) =>
  columns.map((column) => [reader, column, expected[reader][column]] as const),
)

describe.each(cells)('%s on a %s: %s', (reader, column, level) => {
  test('at the guard', async () => {
    expect(await access.levelOn(person(reader).account.id, guarded(column))).toBe(level)
  })

  test('when the document is opened', async () => {
    const answer = await person(reader).fetch(`/api/documents/${documentOf(column)}`)
    expect(answer.status).toBe(level === undefined ? 404 : 200)
    if (level !== undefined) expect(await answer.json()).toMatchObject({ level })
  })

  test('when its content is read', async () => {
    const answer = await person(reader).fetch(`/api/documents/${documentOf(column)}/content`)
    expect(answer.status).toBe(level === undefined ? 404 : 200)
  })

  test('when it is listed', async () => {
    const answer = await person(reader).fetch(`/api/networks/${networkId}/documents`)
    const { documents: listed } = (await expectOk(answer)) as { documents: { id: string; level: Level }[] }
    expect(listed.find(({ id }) => id === documentOf(column))?.level).toBe(level)
  })

  test('[P1] when a socket is opened on it, and [I3] an edit is sent', async () => {
    const happened = await editThroughSocket(person(reader), documentOf(column))
    expect(happened).toBe(level === undefined ? close.noAccess : level === 'edit' ? 'saved' : 'refused')
  })

  test('when it is renamed', async () => {
    const answer = await person(reader).fetch(`/api/documents/${documentOf(column)}`, {
      method: 'PUT',
      json: { title: `Renamed by ${reader}` },
    })
    expect(answer.status).toBe(level === undefined ? 404 : level === 'edit' ? 200 : 403)
  })
})

describe('[I7] what changes about people acts on their live connections within two seconds', () => {
  const within = 2000

  /** Waits until the socket is in use, does `change`, and answers the code that the socket is closed with. */
  async function closedAfter(by: TestPerson, change: () => Promise<unknown>): Promise<number | undefined> {
    const socket = new WebSocket(
      server.url(`/sync/${documentOf('network document')}`).replace('http', 'ws'),
      {
        headers: { Cookie: by.cookie, Origin: server.origin },
      },
    )
    await new Promise((resolve) => socket.once('message', resolve))
    const closed = new Promise<number>((resolve) => socket.once('close', resolve))
    const began = performance.now()
    await change()
    const code = await closed
    return performance.now() - began <= within ? code : undefined
  }

  const membershipOf = async (someone: TestPerson): Promise<string> => {
    const network = (await expectOk(
      await person('coordinator').fetch(`/api/networks/${networkId}`),
    )) as Network
    return network.members.find((membership) => membership.person.id === someone.account.id)?.id ?? ''
  }

  test('someone is removed', async () => {
    const someone = await server.person('Removed Rita', 'coach')
    const path = `/api/networks/${networkId}/members/${someone.account.id}`
    const remove = () => person('coordinator').fetch(path, { method: 'DELETE' })
    expect(await closedAfter(someone, remove)).toBe(close.noAccess)
  })

  test('a role is another one', async () => {
    const someone = await server.person('Changed Chen', 'coach')
    const path = `/api/memberships/${await membershipOf(someone)}`
    const change = () => person('coordinator').fetch(path, { method: 'PUT', json: { role: 'observer' } })
    expect(await closedAfter(someone, change)).toBe(close.levelChanged)
  })

  test('someone signs out', async () => {
    const someone = await server.person('Leaving Lee', 'coach')
    const signOut = () => someone.fetch('/api/session', { method: 'DELETE' })
    expect(await closedAfter(someone, signOut)).toBe(close.sessionEnded)
  })

  test('someone ends a sign-in elsewhere by changing the password', async () => {
    const someone = await server.person('Careful Cora', 'coach')
    const json = { email: someone.account.email, password: someone.password }
    const elsewhere = cookieOf(await server.fetch('/api/session', { json }))
    const change = () =>
      someone.fetch('/api/account/password', {
        method: 'PUT',
        json: { current: someone.password, password: 'orchid-tunnel-maple' },
      })
    expect(await closedAfter({ ...someone, cookie: elsewhere }, change)).toBe(close.sessionEnded)
  })
})

describe('people from outside of the network', () => {
  test.each(columns)('see no %s', async (column) => {
    const own = await expectOk(
      await person('coordinator').fetch('/api/networks', { json: { name: 'Other' } }),
    )
    const { id } = own as { id: string }
    const invited = await person('coordinator').fetch(`/api/networks/${id}/invitations`, {
      json: { role: 'facilitator' },
    })
    const { link } = (await expectOk(invited)) as { link: string }
    const joined = await server.fetch(`/api${new URL(link).pathname}`, {
      json: {
        name: 'Outsider',
        email: `outsider.${columns.indexOf(column)}@example.org`,
        password: 'vivid-harbor-lantern',
      },
    })
    const cookie = joined.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    const asked = await server.fetch(`/api/documents/${documentOf(column)}`, { headers: { Cookie: cookie } })
    expect(asked.status).toBe(404)
  })

  test.each(columns)('who are not signed in are asked to: %s', async (column) => {
    expect((await server.fetch(`/api/documents/${documentOf(column)}`)).status).toBe(401)
  })
})

describe('who starts documents', () => {
  const start = async (reader: Reader, team?: string) => {
    const json = { kind: 'driver-diagram', title: 'New', ...(team !== undefined && { team }) }
    return (await person(reader).fetch(`/api/networks/${networkId}/documents`, { json })).status
  }

  test.each(readers)('%s', async (reader) => {
    const forNetwork = ['coordinator', 'facilitator', 'coach'].includes(reader)
    expect(await start(reader)).toBe(forNetwork ? 201 : 403)
    expect(await start(reader, ownTeam)).toBe(reader === 'lead' || reader === 'member' ? 201 : 403)
  })
})

describe('who manages people', () => {
  const invite = async (reader: Reader, json: unknown) =>
    (await person(reader).fetch(`/api/networks/${networkId}/invitations`, { json })).status

  test.each(readers)('%s', async (reader) => {
    expect(await invite(reader, { role: 'coach' })).toBe(reader === 'coordinator' ? 201 : 403)
    const ofTeam = reader === 'coordinator' || reader === 'lead'
    expect(await invite(reader, { role: 'member', team: ownTeam })).toBe(ofTeam ? 201 : 403)
  })
})

describe('what follows from the table alone', () => {
  const document = { id: 'd', shared: true, membersEdit: false }
  const viewer = (role: Role, teamId?: string): Viewer => ({
    roles: [{ role, ...(teamId !== undefined && { teamId }) }],
  })

  test.each(['lead', 'member'] as const)(
    'a %s edits network documents of kinds that members edit',
    (role) => {
      expect(levelOn(viewer(role, 'a'), { ...document, membersEdit: true })).toBe('edit')
      expect(levelOn(viewer(role, 'a'), { ...document, membersEdit: true, shared: false })).toBeUndefined()
    },
  )

  test.each(['expert', 'data-steward', 'observer'] as const)(
    'a kind that members edit changes nothing for an %s',
    (role) => {
      expect(levelOn(viewer(role), { ...document, membersEdit: true })).toBe(levelOn(viewer(role), document))
    },
  )

  test('an expert comments on a team’s draft when asked to review it', () => {
    const draft = { ...document, teamId: 'a', shared: false }
    expect(levelOn({ ...viewer('expert'), reviews: ['d'] }, draft)).toBe('comment')
    expect(levelOn({ ...viewer('expert'), reviews: ['other'] }, draft)).toBeUndefined()
    expect(levelOn({ ...viewer('coach'), reviews: ['d'] }, draft)).toBeUndefined()
  })

  test('a guest has the link’s level on one document', () => {
    const guest: Viewer = { roles: [], link: { documentId: 'd', level: 'comment' } }
    expect(levelOn(guest, { ...document, teamId: 'a', shared: false })).toBe('comment')
    expect(levelOn(guest, { ...document, id: 'other' })).toBeUndefined()
  })

  test('with several roles the highest level counts', () => {
    const both: Viewer = { roles: [{ role: 'observer' }, { role: 'member', teamId: 'a' }] }
    expect(levelOn(both, { ...document, teamId: 'a' })).toBe('edit')
    expect(levelOn(both, { ...document, teamId: 'b' })).toBe('comment')
  })

  test('without a role there is no level', () => {
    expect(levelOn({ roles: [] }, document)).toBeUndefined()
  })

  test.each([
    ['coordinator', 'suppressed'],
    ['facilitator', 'suppressed'],
    ['coach', 'suppressed'],
    ['expert', 'suppressed'],
    ['data-steward', 'raw'],
    ['observer', 'suppressed'],
  ] as const)('a %s sees a team’s data points %s', (role, seen) => {
    expect(rawDataOf(viewer(role), 'a')).toBe(seen)
  })

  test.each(['lead', 'member'] as const)('a %s sees raw data points of the own team alone', (role) => {
    expect(rawDataOf(viewer(role, 'a'), 'a')).toBe('raw')
    expect(rawDataOf(viewer(role, 'b'), 'a')).toBe('suppressed')
  })

  test('a coordinator who is also data steward sees raw data points', () => {
    expect(rawDataOf({ roles: [{ role: 'coordinator' }, { role: 'data-steward' }] }, 'a')).toBe('raw')
  })

  test.each(Object.keys(roleNames) as Role[])('who manages people: %s', (role) => {
    const own = viewer(role, role === 'lead' || role === 'member' ? 'a' : undefined)
    expect(managesPeople(own)).toBe(role === 'coordinator')
    expect(managesPeople(own, 'a')).toBe(role === 'coordinator' || role === 'lead')
    expect(managesPeople(own, 'b')).toBe(role === 'coordinator')
  })

  test.each(Object.keys(roleNames) as Role[])('who saves templates for the network: %s', (role) => {
    const own = viewer(role, role === 'lead' || role === 'member' ? 'a' : undefined)
    expect(savesTemplates(own)).toBe(role === 'coordinator' || role === 'facilitator')
  })
})

describe('what the guard remembers', () => {
  test('[P1] is not believed for longer than half a minute, should the news of a change be lost', async () => {
    const { id } = person('coach').account
    const document = guarded('network document')
    const setRole = (role: string) =>
      server.db.write([
        { sql: 'UPDATE membership SET role = ? WHERE account_id = ?', args: [role, id], expect: 1 },
      ])
    expect(await access.levelOn(id, document)).toBe('edit')
    await setRole('observer')
    const now = performance.now()
    const clock = vi.spyOn(performance, 'now').mockReturnValue(now + 31_000)
    expect(await access.levelOn(id, document)).toBe('view')
    clock.mockRestore()
    await setRole('coach')
    access.changed({ networkId, accountId: id })
  })

  test('is forgotten when a role changes, for that person and that network', async () => {
    const { id } = person('observer').account
    const document = guarded('network document')
    expect(await access.levelOn(id, document)).toBe('view')
    await server.db.write([
      { sql: "UPDATE membership SET role = 'coach' WHERE account_id = ?", args: [id], expect: 1 },
    ])
    expect(await access.levelOn(id, document)).toBe('view')
    access.changed({ networkId, accountId: id })
    expect(await access.levelOn(id, document)).toBe('edit')
    await server.db.write([
      { sql: "UPDATE membership SET role = 'observer' WHERE account_id = ?", args: [id] },
    ])
    access.changed({ networkId })
    expect(await access.levelOn(id, document)).toBe('view')
  })

  test('does not hold a read that failed', async () => {
    let fails = true
    const failing = createAccess({
      db: {
        ...server.db,
        read: (sql, args) => (fails ? Promise.reject(new Error('disk')) : server.db.read(sql, args)),
      },
    })
    const { id } = person('coach').account
    await expect(failing.viewerIn(networkId, id)).rejects.toThrow('disk')
    fails = false
    expect(await failing.viewerIn(networkId, id)).toEqual({ roles: [{ role: 'coach' }] })
  })
})
