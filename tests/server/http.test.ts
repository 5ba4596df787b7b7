import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hono } from 'hono'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { StorageFailed } from '../../server/db/database.ts'
import { clientAddress } from '../../server/http/client-address.ts'
import { answerError } from '../../server/http/errors.ts'
import { createOrigins } from '../../server/http/origins.ts'
import { cookieOf, expectOk, startTestServer, type TestServer, testPassword } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const errorOf = async (response: Response) =>
  ((await response.json()) as { error: { code: string; message: string } }).error

describe('health', () => {
  test('a running server is alive and ready', async () => {
    expect((await server.fetch('/healthz')).status).toBe(200)
    expect((await server.fetch('/readyz')).status).toBe(200)
  })

  test('readiness leaves nothing behind', async () => {
    await server.fetch('/readyz')
    expect(await server.db.read("SELECT id FROM audit WHERE id = 'readiness'")).toEqual([])
  })

  test('this computer may read the metrics', async () => {
    const answer = await server.fetch('/metrics')
    expect(answer.status).toBe(200)
    const text = await answer.text()
    expect(text).toMatch(/^throughline_memory_bytes \d+/m)
    expect(text).toMatch(/^throughline_rooms 0/m)
    expect(text).toMatch(/^throughline_connections 0/m)
    expect(text).toMatch(/^throughline_commit_seconds_median \d/m)
    expect(text).toMatch(/^throughline_tick_seconds_p99 \d/m)
    expect(text).toMatch(/^throughline_waiting_edits 0/m)
    expect(text).toMatch(/^throughline_damaged_rows 0/m)
  })

  test('others read the metrics with the token alone, also through a proxy on this computer', async () => {
    const guarded = await startTestServer({ env: { METRICS_TOKEN: 'a-token-for-metrics' } })
    const ask = (headers: Record<string, string>) => guarded.fetch('/metrics', { headers })
    const forwarded = { 'X-Forwarded-For': '203.0.113.9' }
    expect((await ask(forwarded)).status).toBe(403)
    expect((await ask({ ...forwarded, Authorization: 'Bearer wrong' })).status).toBe(403)
    expect((await ask({ ...forwarded, Authorization: 'Bearer a-token-for-metrics' })).status).toBe(200)
    await guarded.close()
  })
})

describe('headers', () => {
  test('a page may load nothing from elsewhere and nothing inline, and stands in no frame', async () => {
    const { headers } = await server.fetch('/api/start')
    const policy = headers.get('Content-Security-Policy') ?? ''
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("style-src 'self';")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toContain(
      `connect-src 'self' ws://localhost:${server.port} ws://127.0.0.1:${server.port};`,
    )
    expect(policy).not.toContain('unsafe')
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
    expect(headers.get('X-Frame-Options')).toBe('DENY')
  })

  test('only over https are browsers told to stay there', async () => {
    expect((await server.fetch('/api/start')).headers.get('Strict-Transport-Security')).toBeNull()
    const secure = await startTestServer({ env: { PUBLIC_URL: 'https://learn.example.org' } })
    expect((await secure.fetch('/api/start')).headers.get('Strict-Transport-Security')).toMatch(/^max-age=/)
    await secure.close()
  })

  test('no answer of the API is stored by a browser', async () => {
    expect((await server.fetch('/api/start')).headers.get('Cache-Control')).toBe('no-store')
  })
})

describe('whose page may write', () => {
  const signOut = (headers: Record<string, string>) =>
    fetch(server.url('/api/session'), { method: 'DELETE', headers })

  test('the pages of localhost and of 127.0.0.1 may', async () => {
    expect((await signOut({ Origin: `http://localhost:${server.port}` })).status).toBe(200)
    expect((await signOut({ Origin: `http://127.0.0.1:${server.port}` })).status).toBe(200)
  })

  test.each(['https://elsewhere.example', 'null', 'http://localhost', 'http://localhost.evil.example'])(
    'a page of %s may not, and is told what to set',
    async (origin) => {
      const answer = await signOut({ Origin: origin })
      expect(answer.status).toBe(403)
      expect((await errorOf(answer)).message).toContain('PUBLIC_URL')
    },
  )

  test('a JSON body from elsewhere is refused like any other', async () => {
    const answer = await server.fetch('/api/session', {
      json: { email: 'a@example.org', password: 'x' },
      headers: { Origin: 'https://elsewhere.example' },
    })
    expect(answer.status).toBe(403)
  })

  test('without an Origin nobody may write in the name of a cookie', async () => {
    const { cookie } = await server.setup()
    expect((await signOut({ Cookie: cookie })).status).toBe(403)
  })

  test('a program without cookies needs no Origin', async () => {
    expect((await signOut({})).status).toBe(200)
  })

  test('with PUBLIC_URL that is the only origin', async () => {
    const origins = createOrigins({ publicUrl: 'https://learn.example.org', port: 3000 })
    expect(origins.isAllowed('https://learn.example.org')).toBe(true)
    expect(origins.isAllowed('http://localhost:3000')).toBe(false)
    expect(origins.refusal('http://localhost:3000').message).toContain('https://learn.example.org')
    expect(origins.cookieName).toBe('__Host-throughline')
  })
})

describe('bad requests', () => {
  test('an unknown address of the API says so in JSON', async () => {
    const answer = await server.fetch('/api/nothing')
    expect(answer.status).toBe(404)
    expect((await errorOf(answer)).code).toBe('not-found')
  })

  test('an unknown method is no page', async () => {
    expect((await server.fetch('/api/start', { method: 'PATCH' })).status).toBe(404)
    expect((await server.fetch('/', { method: 'POST' })).status).toBe(404)
  })

  test('an upgrade to something that is no WebSocket is answered', async () => {
    const status = await new Promise((resolve, reject) => {
      const headers = { Connection: 'Upgrade', Upgrade: 'h2c' }
      request(server.url('/healthz'), { headers }, (answer) => resolve(answer.statusCode))
        .on('error', reject)
        .end()
    })
    expect(status).toBe(400)
  })

  test('an upgrade at an address without sockets is refused', async () => {
    const status = await new Promise((resolve, reject) => {
      const headers = {
        Connection: 'Upgrade',
        Upgrade: 'websocket',
        'Sec-WebSocket-Version': '13',
        'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
      }
      request(server.url('/api/start/sockets'), { headers }, (answer) => resolve(answer.statusCode))
        .on('error', reject)
        .end()
    })
    expect(status).toBe(404)
  })

  test.each([
    ['a host that is none', { Host: 'a b' }, 500],
    ['a host that breaks off', { Host: '[::' }, 500],
    ['a key that is none', { 'Sec-WebSocket-Key': 'x' }, 400],
    ['a version that is none', { 'Sec-WebSocket-Version': '99' }, 400],
    ['an origin in capitals', { Origin: 'HTTP://LOCALHOST' }, 403],
    ['two origins', { Origin: 'http://localhost, http://localhost' }, 403],
  ])('an upgrade with %s is refused, and the server lives', async (_, headers, expected) => {
    const status = await new Promise((resolve, reject) => {
      const all = {
        Connection: 'Upgrade',
        Upgrade: 'websocket',
        Origin: server.origin,
        'Sec-WebSocket-Version': '13',
        'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
        ...headers,
      }
      const path = '/sync/01a2075a-ebde-7ccf-9ed5-d6572bbd696c'
      request(server.url(path), { headers: all }, (answer) => resolve(answer.statusCode))
        .on('error', reject)
        .end()
    })
    expect(status).toBe(expected)
    expect((await server.fetch('/healthz')).status).toBe(200)
  })

  test('a request that ends in the middle of its body is no fault of ours', async () => {
    const faults: string[] = []
    const log = pino({ level: 'error' }, { write: (line: string) => void faults.push(line) })
    const patient = await startTestServer({ log })
    const socket = connect(patient.port, '127.0.0.1')
    const head = ['POST /api/session HTTP/1.1', 'Host: localhost', `Origin: ${patient.origin}`]
    const body = ['Content-Type: application/json', 'Transfer-Encoding: chunked', '', '9', '{"email":']
    await new Promise<void>((resolve) => socket.write([...head, ...body].join('\r\n'), () => resolve()))
    // Asked behind it, so the broken request has been read by then.
    await patient.fetch('/api/start')
    socket.destroy()
    await patient.close()
    expect(faults).toEqual([])
  })

  test('a body that is not JSON is refused', async () => {
    const answer = await server.fetch('/api/session', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{"email": ',
    })
    expect(answer.status).toBe(400)
    expect((await errorOf(answer)).message).toContain('not valid JSON')
  })

  test('a body that is too large is refused', async () => {
    const answer = await server.fetch('/api/session', {
      json: { email: 'x'.repeat(3_000_000), password: 'y' },
    })
    expect(answer.status).toBe(413)
    expect((await errorOf(answer)).code).toBe('too-large')
  })

  test('what was sent is never said back', async () => {
    const sent = { email: 12345, password: ['hunter2hunter2'], network: 'N', name: 'Zebedee' }
    const answer = await server.fetch('/api/setup', { json: sent })
    expect(answer.status).toBe(400)
    const text = await answer.text()
    expect(text).not.toContain('hunter2')
    expect(text).not.toContain('12345')
    expect(JSON.parse(text).error.fields).toEqual({
      email: 'Give a mail address.',
      password: 'Give a password.',
    })
  })

  test('what is missing is named', async () => {
    const answer = await server.fetch('/api/session', { json: {} })
    const { error } = (await answer.json()) as { error: { fields: Record<string, string> } }
    expect(error.fields).toEqual({ email: 'This is missing.', password: 'This is missing.' })
  })

  test('a fault of ours is reported with a number, without what it was', async () => {
    const broken = await startTestServer()
    await broken.db.write([{ sql: 'ALTER TABLE account RENAME TO elsewhere' }])
    const answer = await broken.fetch('/api/session', { json: { email: 'a@example.org', password: 'x' } })
    expect(answer.status).toBeGreaterThanOrEqual(500)
    const text = await answer.text()
    expect(text).not.toMatch(/SELECT|account|sqlite/i)
    await broken.close()
  })
})

test('what the log says of a fault holds no secret of a link and no password', async () => {
  const lines: string[] = []
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) })
  const broken = await startTestServer({ log })
  const rename = (table: string) => ({ sql: `ALTER TABLE ${table} RENAME TO ${table}_elsewhere` })
  await broken.db.write(['invitation', 'password_reset', 'account'].map(rename))
  const secret = 'Zq3_-'.repeat(9).slice(0, 43)
  const asked = [
    broken.fetch(`/api/invitations/${secret}`),
    broken.fetch(`/api/password-resets/${secret}`, { json: { password: secret } }),
    broken.fetch('/api/session', { json: { email: 'a@example.org', password: secret } }),
    broken.fetch('/api/session', { headers: { Authorization: `Bearer ${secret}` } }),
  ]
  for (const answer of await Promise.all(asked)) expect(answer.status).toBe(500)
  await broken.close()
  expect(lines.length).toBeGreaterThanOrEqual(4)
  expect(lines.join()).not.toContain('Zq3_-')
})

describe('the address that limits count by', () => {
  const addressOf = (trusted: number, forwarded: string | undefined) =>
    clientAddress(trusted)({
      env: { incoming: { socket: { remoteAddress: '::ffff:10.0.0.1' } } },
      req: { header: () => forwarded },
      // Only these two are read.
    } as never)

  test('is the socket’s where no proxy is trusted', () => {
    expect(addressOf(0, '198.51.100.7')).toBe('10.0.0.1')
  })

  test('is what the outermost trusted proxy saw, whatever the sender wrote before it', () => {
    expect(addressOf(1, '1.2.3.4, 198.51.100.7')).toBe('198.51.100.7')
    expect(addressOf(2, '1.2.3.4, 198.51.100.7, 10.0.0.9')).toBe('198.51.100.7')
  })

  test('is the socket’s where the proxy wrote nothing', () => {
    expect(addressOf(1, undefined)).toBe('10.0.0.1')
  })
})

describe('pages', () => {
  let folder: string
  let pages: TestServer
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'throughline-pages-'))
    await mkdir(join(folder, 'assets'))
    await writeFile(join(folder, 'index.html'), '<!doctype html><title>Throughline</title>')
    await writeFile(join(folder, 'assets', 'main-abc123.js'), 'export {}')
    await writeFile(join(folder, 'assets', 'main-abc123.js.br'), 'smaller')
    await writeFile(join(folder, 'service-worker.js'), '// files')
    await writeFile(join(folder, '..', 'throughline-secret.txt'), 'secret')
    pages = await startTestServer({ pagesFolder: folder })
  })
  afterAll(async () => {
    await pages.close()
    await rm(folder, { recursive: true })
    await rm(join(folder, '..', 'throughline-secret.txt'))
  })

  test.each(['/', '/sign-in', '/documents/018f0000-0000-7000-8000-000000000000', '/networks/x/people'])(
    '%s is the app, asked for anew each time',
    async (path) => {
      const answer = await pages.fetch(path)
      expect(answer.status).toBe(200)
      expect(answer.headers.get('Content-Type')).toMatch(/^text\/html/)
      expect(answer.headers.get('Cache-Control')).toBe('no-cache')
      expect(await answer.text()).toContain('Throughline')
    },
  )

  test('a file with a hash in its name is kept for ever', async () => {
    const answer = await pages.fetch('/assets/main-abc123.js', { headers: { 'Accept-Encoding': 'identity' } })
    expect(answer.headers.get('Content-Type')).toMatch(/javascript/)
    expect(answer.headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable')
  })

  test('the compressed file goes to browsers that can read it', async () => {
    const encoding = await new Promise((resolve) => {
      request(
        pages.url('/assets/main-abc123.js'),
        { headers: { 'Accept-Encoding': 'gzip, br' } },
        (answer) => {
          answer.resume()
          resolve(answer.headers['content-encoding'])
        },
      ).end()
    })
    expect(encoding).toBe('br')
  })

  test('the service worker is asked for anew each time', async () => {
    expect((await pages.fetch('/service-worker.js')).headers.get('Cache-Control')).toBe('no-cache')
  })

  test('a file of an older build is missing, and is not the app', async () => {
    const answer = await pages.fetch('/assets/main-old.js')
    expect(answer.status).toBe(404)
    expect(await answer.text()).not.toContain('<!doctype')
  })

  test.each(['/../throughline-secret.txt', '/%2e%2e/throughline-secret.txt', '/..%2fthroughline-secret.txt'])(
    'nothing outside of the folder is served: %s',
    async (path) => {
      const text = await new Promise<string>((resolve) => {
        request({ port: pages.port, host: '127.0.0.1', path }, (answer) => {
          let body = ''
          answer.on('data', (part) => (body += part))
          answer.on('end', () => resolve(body))
        }).end()
      })
      expect(text).not.toBe('secret')
    },
  )

  test('without a build the answer says what to do', async () => {
    const bare = await startTestServer({ pagesFolder: join(folder, 'none') })
    const answer = await bare.fetch('/')
    expect(answer.status).toBe(503)
    expect((await errorOf(answer)).message).toContain('npm start')
    await bare.close()
  })
})

describe('starting', () => {
  test('a port that is in use stops the start with one sentence', async () => {
    await expect(startTestServer({ env: { PORT: String(server.port) } })).rejects.toThrow(
      `Port ${server.port} on 127.0.0.1 is in use: stop what uses it, or set PORT to another one.`,
    )
  })

  test('a host that is not this computer stops the start with one sentence', async () => {
    await expect(startTestServer({ env: { HOST: '203.0.113.1' } })).rejects.toThrow(
      /^HOST is "203.0.113.1", but must be/,
    )
  })

  test('beyond this computer without PUBLIC_URL the start warns, and setup asks for the code that it prints', async () => {
    const open = await startTestServer({ env: { HOST: '0.0.0.0' } })
    expect(open.running.notices[0]).toContain('set PUBLIC_URL')
    const code = /code: ([A-Z0-9]{8})$/.exec(open.running.notices[1] ?? '')?.[1]
    expect(await (await open.fetch('/api/start')).json()).toMatchObject({
      setupNeeded: true,
      setupCodeNeeded: true,
    })

    const form = { network: 'N', name: 'Ada Park', email: 'ada@example.org', password: testPassword }
    expect((await open.fetch('/api/setup', { json: form })).status).toBe(403)
    expect((await open.fetch('/api/setup', { json: { ...form, code: 'ABCDEFGH' } })).status).toBe(403)
    const done = await open.fetch('/api/setup', { json: { ...form, code: code?.toLowerCase() } })
    expect(done.status).toBe(201)
    await open.close()
  })

  test('a person stays signed in when the server starts again', async () => {
    const again = await startTestServer()
    const { fetch } = await again.setup()
    await again.restart()
    expect((await fetch('/api/session')).status).toBe(200)
    await again.close()
  })

  test('closing twice is closing once', async () => {
    const closed = await startTestServer()
    await Promise.all([closed.running.close(), closed.running.close()])
    await closed.close()
  })
})

describe('the demo', () => {
  test('tells the browser its people and how far its clock is from the real one', async () => {
    const account = {
      name: 'Imani Okafor',
      email: 'imani.okafor@threerivers.example',
      roles: ['Coordinator'],
    }
    const demoTime = Date.UTC(2026, 0, 14, 15)
    const demo = await startTestServer({
      now: () => demoTime,
      demo: { accounts: [account], password: 'three-rivers', notice: 'This is a demonstration.' },
    })
    const told = (await expectOk(await demo.fetch('/api/start'))) as { clockOffset: number; demo: unknown }
    expect(told.demo).toEqual({
      accounts: [account],
      password: 'three-rivers',
      notice: 'This is a demonstration.',
    })
    expect(Math.abs(told.clockOffset - (demoTime - Date.now()))).toBeLessThan(5000)

    const { fetch } = await demo.setup()
    const { sessions } = (await expectOk(await fetch('/api/sessions'))) as {
      sessions: { lastSeenAt: number }[]
    }
    expect(Math.abs((sessions[0]?.lastSeenAt ?? 0) - demoTime)).toBeLessThan(60_000)
    await demo.close()
  })
})

test('the cookie’s name carries the port, and with https it is bound to the host', async () => {
  const form = { network: 'N', name: 'Ada Park', email: 'ada@example.org', password: testPassword }
  const plain = await startTestServer()
  expect(cookieOf(await plain.fetch('/api/setup', { json: form }))).toMatch(
    new RegExp(`^throughline-${plain.port}=`),
  )
  await plain.close()

  const secure = await startTestServer({ env: { PUBLIC_URL: 'https://learn.example.org' } })
  const answer = await secure.fetch('/api/setup', { json: form })
  const [cookie] = answer.headers.getSetCookie()
  expect(cookie).toMatch(/^__Host-throughline=/)
  for (const flag of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/']) expect(cookie).toContain(flag)
  await secure.close()
})

describe('a disk without room', () => {
  test('answers 507 with a sentence that says what to do', async () => {
    const app = new Hono().onError(answerError(pino({ level: 'silent' }))).post('/', () => {
      throw new StorageFailed('database or disk is full', true)
    })
    const answer = await app.request('/', { method: 'POST' })
    expect(answer.status).toBe(507)
    expect((await errorOf(answer)).message).toBe(
      'The server has no room to save this. Nothing was changed; tell whoever runs the server, and try again.',
    )
  })
})
