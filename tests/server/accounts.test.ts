import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createAccounts } from '../../server/accounts/accounts.ts'
import { deviceInWords } from '../../server/accounts/device.ts'
import { createPasswordResetFor } from '../../server/accounts/password-resets.ts'
import { passwordProblem } from '../../server/accounts/password-rules.ts'
import { createSignInLimits } from '../../server/accounts/sign-in-limits.ts'
import { createOrigins } from '../../server/http/origins.ts'
import {
  cookieOf,
  expectOk,
  startTestServer,
  type TestPerson,
  type TestServer,
  testPassword,
} from '../support/server.ts'

const day = 24 * 60 * 60_000

interface Refusal {
  readonly code: string
  readonly message: string
  readonly fields?: Readonly<Record<string, string>>
}

const refusalOf = async (response: Response): Promise<Refusal> =>
  ((await response.json()) as { error: Refusal }).error

let server: TestServer
let imani: TestPerson & { readonly networkId: string }
beforeAll(async () => {
  server = await startTestServer()
  imani = await server.setup()
})
afterAll(() => server.close())

const signIn = (json: Record<string, unknown>, headers: Record<string, string> = {}) =>
  server.fetch('/api/session', { json, headers })

describe('setting up', () => {
  test('the first person has the first network as its coordinator', async () => {
    const { account, networks } = (await expectOk(await imani.fetch('/api/session'))) as {
      account: unknown
      networks: unknown
    }
    expect(account).toMatchObject({ name: 'Imani Okafor', email: 'imani@example.org' })
    expect(networks).toEqual([
      { id: imani.networkId, name: 'Three Rivers', roles: [{ role: 'coordinator' }] },
    ])
  })

  test('happens once', async () => {
    const form = { network: 'Another', name: 'Eve', email: 'eve@example.org', password: testPassword }
    const answer = await server.fetch('/api/setup', { json: form })
    expect(answer.status).toBe(409)
    expect((await refusalOf(answer)).message).toBe(
      'This server is set up already. Sign in, or ask for an invitation.',
    )
  })

  test('happens once also where two people send the form together', async () => {
    const fresh = await startTestServer()
    const form = (name: string) => ({
      network: name,
      name,
      email: `${name}@example.org`,
      password: testPassword,
    })
    const answers = await Promise.all(
      ['one', 'two'].map((name) => fresh.fetch('/api/setup', { json: form(name) })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
    expect(await fresh.db.read('SELECT count(*) AS count FROM network')).toEqual([{ count: 1 }])
    await fresh.close()
  })

  test('refuses what does not fit, each field with its sentence', async () => {
    const fresh = await startTestServer()
    const answer = await fresh.fetch('/api/setup', {
      json: { network: ' ', name: '', email: 'imani', password: 'short', timeZone: 'Mars/Base' },
    })
    expect(answer.status).toBe(400)
    expect((await refusalOf(answer)).fields).toEqual({
      network: 'Give the network a name.',
      name: 'Give a name.',
      email: 'This is not a mail address. It looks like name@example.org.',
      timeZone: 'A time zone is a name such as America/Chicago.',
    })
    await fresh.close()
  })
})

describe('signing in', () => {
  test('answers who one is and sets a cookie that scripts cannot read', async () => {
    const answer = await signIn({ email: ' Imani@Example.org ', password: testPassword })
    expect(answer.status).toBe(200)
    const [cookie = ''] = answer.headers.getSetCookie()
    expect(cookie).toContain('HttpOnly')
    expect(cookie).toContain('SameSite=Lax')
    expect(cookie).toContain(`Max-Age=${(30 * day) / 1000}`)
    expect(await answer.json()).toMatchObject({
      account: { name: 'Imani Okafor' },
      networks: [{ name: 'Three Rivers' }],
    })
  })

  test('a wrong password and an unknown address are answered alike', async () => {
    const wrong = await signIn({ email: 'imani@example.org', password: 'not-the-password' })
    const unknown = await signIn({ email: 'nobody@example.org', password: 'not-the-password' })
    expect([wrong.status, unknown.status]).toEqual([401, 401])
    expect(await wrong.text()).toBe(await unknown.text())
  })

  test('an unknown address takes as long as a known one', async () => {
    const time = async (email: string) => {
      const before = performance.now()
      await signIn({ email, password: 'not-the-password' })
      return performance.now() - before
    }
    await time('first@example.org')
    const [known, unknown] = [await time('imani@example.org'), await time('nobody.else@example.org')]
    expect(unknown).toBeGreaterThan(known / 4)
  })

  test('a program gets a token instead of a cookie', async () => {
    const answer = await signIn({ email: 'imani@example.org', password: testPassword, bearer: true })
    expect(answer.headers.getSetCookie()).toEqual([])
    const { token } = (await answer.json()) as { token: string }
    const who = await fetch(server.url('/api/session'), { headers: { Authorization: `Bearer ${token}` } })
    expect(who.status).toBe(200)
    const renamed = await fetch(server.url('/api/account'), {
      method: 'PUT',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ name: 'Imani Okafor', color: 3 }),
    })
    expect(renamed.status).toBe(200)
  })

  test('a token opens no browser, and a cookie’s secret is no token', async () => {
    const { token } = (await expectOk(
      await signIn({ email: 'imani@example.org', password: testPassword, bearer: true }),
    )) as { token: string }
    const [name, secret] = imani.cookie.split('=')
    const withCookie = await server.fetch('/api/session', { headers: { Cookie: `${name}=${token}` } })
    const withToken = await server.fetch('/api/session', { headers: { Authorization: `Bearer ${secret}` } })
    expect([withCookie.status, withToken.status]).toEqual([401, 401])
  })

  test('nobody is let in without, with a stale, or with a made-up cookie', async () => {
    const [name] = imani.cookie.split('=')
    for (const cookie of ['', `${name}=`, `${name}=made-up`, 'other=1']) {
      const answer = await server.fetch('/api/session', { headers: cookie === '' ? {} : { Cookie: cookie } })
      expect(answer.status).toBe(401)
      expect((await refusalOf(answer)).message).toBe('Please sign in.')
    }
  })

  test('the database keeps no secret that opens a session', async () => {
    const [, secret] = imani.cookie.split('=')
    const rows = await server.db.read<{ id: string }>('SELECT id FROM session')
    expect(rows.length).toBeGreaterThan(0)
    for (const { id } of rows) {
      expect(id).toMatch(/^[0-9a-f]{64}$/)
      expect(id).not.toBe(secret)
    }
  })
})

describe('how long a sign-in lasts', () => {
  let person: TestPerson
  beforeEach(async () => {
    const answer = await signIn({ email: 'imani@example.org', password: testPassword })
    const cookie = cookieOf(answer)
    const asked = (path: string) => server.fetch(path, { headers: { Cookie: cookie } })
    person = { ...imani, cookie, fetch: asked }
  })

  const change = async (assignments: string, ...args: number[]) => {
    const { sessions } = (await expectOk(await person.fetch('/api/sessions'))) as {
      sessions: { id: string; current: boolean }[]
    }
    const id = sessions.find(({ current }) => current)?.id ?? ''
    await server.db.write([
      { sql: `UPDATE session SET ${assignments} WHERE id = ?`, args: [...args, id], expect: 1 },
    ])
    return id
  }
  const isSignedIn = async () => (await person.fetch('/api/session')).status === 200

  test('unused, seven days', async () => {
    await change('expires_at = ?', Date.now() + 1000)
    expect(await isSignedIn()).toBe(true)
    await change('expires_at = ?', Date.now() - 1)
    expect(await isSignedIn()).toBe(false)
  })

  test('used, thirty days and no longer', async () => {
    await change('created_at = ?', Date.now() - 29 * day)
    expect(await isSignedIn()).toBe(true)
    await change('created_at = ?', Date.now() - 30 * day)
    expect(await isSignedIn()).toBe(false)
  })

  test('using it moves its end, though not on every request', async () => {
    const id = await change('last_seen_at = ?, expires_at = ?', Date.now() - 10 * 60_000, Date.now() + 1000)
    const read = async () =>
      (
        await server.db.read<{ seen: number; ends: number }>(
          'SELECT last_seen_at AS seen, expires_at AS ends FROM session WHERE id = ?',
          [id],
        )
      )[0]
    await person.fetch('/api/session')
    const first = await read()
    expect(Date.now() - (first?.seen ?? 0)).toBeLessThan(10_000)
    expect((first?.ends ?? 0) - (first?.seen ?? 0)).toBe(7 * day)
    await person.fetch('/api/session')
    expect(await read()).toEqual(first)
  })

  test('on a shared computer until the browser is closed, and twelve hours at most', async () => {
    const answer = await signIn({ email: 'imani@example.org', password: testPassword, sharedComputer: true })
    const [cookie = ''] = answer.headers.getSetCookie()
    expect(cookie).not.toContain('Max-Age')
    expect(cookie).not.toContain('Expires')
    const [row] = await server.db.read<{ idle: number }>(
      'SELECT expires_at - last_seen_at AS idle FROM session WHERE shared_computer = 1',
    )
    expect(row?.idle).toBe(day / 2)
  })

  test('on a shared computer an open page alone does not keep someone signed in, elsewhere it does', async () => {
    const accounts = createAccounts({
      db: server.db,
      origins: createOrigins({ publicUrl: undefined, port: server.port }),
    })
    const anHourAgo = Date.now() - 60 * 60_000
    for (const sharedComputer of [true, false]) {
      const json = { email: 'imani@example.org', password: testPassword, sharedComputer }
      const cookie = cookieOf(await server.fetch('/api/session', { json }))
      const headers = new Headers({ Cookie: cookie })
      const { sessionId = '' } = (await accounts.authenticate(headers)) ?? {}
      const seen = async () =>
        (
          await server.db.read<{ at: number }>('SELECT last_seen_at AS at FROM session WHERE id = ?', [
            sessionId,
          ])
        )[0]?.at
      const setSeen = {
        sql: 'UPDATE session SET last_seen_at = ? WHERE id = ?',
        args: [anHourAgo, sessionId],
      }
      await server.db.write([setSeen])
      await accounts.authenticate(headers, { isUse: false })
      if (sharedComputer) expect(await seen()).toBe(anHourAgo)
      else expect(await seen()).toBeGreaterThan(anHourAgo)
      await server.db.write([setSeen])
      await accounts.authenticate(headers)
      expect(await seen()).toBeGreaterThan(anHourAgo)
    }
  })

  test('what has ended is removed when someone signs in', async () => {
    const id = await change('expires_at = ?', Date.now() - 1)
    await signIn({ email: 'imani@example.org', password: testPassword })
    expect(await server.db.read('SELECT 1 FROM session WHERE id = ?', [id])).toEqual([])
  })
})

describe('my sign-ins', () => {
  test('are listed with their device, and can be ended one by one', async () => {
    const phone =
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile Safari/604'
    const answer = await signIn(
      { email: 'imani@example.org', password: testPassword },
      { 'User-Agent': phone },
    )
    const onPhone = cookieOf(answer)
    const { sessions } = (await expectOk(await imani.fetch('/api/sessions'))) as {
      sessions: { id: string; device: string; current: boolean }[]
    }
    const found = sessions.find(({ device }) => device === 'Safari on an iPhone')
    expect(found?.current).toBe(false)
    expect(sessions.filter(({ current }) => current)).toHaveLength(1)

    expect((await imani.fetch(`/api/sessions/${found?.id}`, { method: 'DELETE' })).status).toBe(200)
    expect((await server.fetch('/api/session', { headers: { Cookie: onPhone } })).status).toBe(401)
    expect((await imani.fetch(`/api/sessions/${found?.id}`, { method: 'DELETE' })).status).toBe(404)
  })

  test('nobody ends another person’s', async () => {
    const other = await server.person('Session Thief', 'coach')
    const { sessions } = (await expectOk(await imani.fetch('/api/sessions'))) as {
      sessions: { id: string }[]
    }
    const answer = await other.fetch(`/api/sessions/${sessions[0]?.id}`, { method: 'DELETE' })
    expect(answer.status).toBe(404)
    expect((await imani.fetch('/api/session')).status).toBe(200)
  })

  test('end with signing out, which removes the cookie', async () => {
    const cookie = cookieOf(await signIn({ email: 'imani@example.org', password: testPassword }))
    const out = await server.fetch('/api/session', { method: 'DELETE', headers: { Cookie: cookie } })
    expect(out.headers.getSetCookie()[0]).toContain('Max-Age=0')
    expect((await server.fetch('/api/session', { headers: { Cookie: cookie } })).status).toBe(401)
  })

  test.each([
    ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/130.0 Safari/537 Edg/130.0', 'Edge on Windows'],
    ['Mozilla/5.0 (X11; CrOS x86_64) AppleWebKit/537 Chrome/130.0 Safari/537', 'Chrome on a Chromebook'],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 14; rv:130.0) Gecko/20100101 Firefox/130.0', 'Firefox on a Mac'],
    ['curl/8.0', 'A program'],
  ])('%s is %s', (userAgent, words) => {
    expect(deviceInWords(userAgent)).toBe(words)
  })
})

describe('my account', () => {
  test('name and color can be changed', async () => {
    const person = await server.person('Kwame Asanti', 'coach')
    const answer = await person.fetch('/api/account', {
      method: 'PUT',
      json: { name: ' Kwame Asante ', color: 5 },
    })
    expect(await answer.json()).toMatchObject({ account: { name: 'Kwame Asante', color: 5 } })
    expect(await (await person.fetch('/api/session')).json()).toMatchObject({
      account: { name: 'Kwame Asante', color: 5 },
    })
  })

  test.each([
    [{ name: '', color: 1 }, { name: 'Give a name.' }],
    [{ name: 'x'.repeat(101), color: 1 }, { name: 'A name has at most 100 characters.' }],
    [{ name: 'a\nb', color: 1 }, { name: 'A name has no line breaks or control characters.' }],
    [{ name: 'Ada', color: 9 }, { color: 'A color is a number from 1 to 8.' }],
  ])('%j is refused', async (json, fields) => {
    const answer = await imani.fetch('/api/account', { method: 'PUT', json })
    expect(answer.status).toBe(400)
    expect((await refusalOf(answer)).fields).toEqual(fields)
  })

  test.each(['/api/session', '/api/sessions'])('%s is for people who are signed in', async (path) => {
    expect((await server.fetch(path)).status).toBe(401)
  })
})

describe('changing the password', () => {
  const wanted = 'orchid-tunnel-maple'

  test('ends the sign-ins elsewhere and keeps this one', async () => {
    const person = await server.person('Priya Raman', 'coach')
    const { email } = person.account
    const elsewhere = cookieOf(await signIn({ email, password: testPassword }))
    const answer = await person.fetch('/api/account/password', {
      method: 'PUT',
      json: { current: testPassword, password: wanted },
    })
    expect(await answer.json()).toEqual({ endedSessions: 1 })
    expect((await server.fetch('/api/session', { headers: { Cookie: elsewhere } })).status).toBe(401)
    expect((await person.fetch('/api/session')).status).toBe(200)
    expect((await signIn({ email, password: testPassword })).status).toBe(401)
    expect((await signIn({ email, password: wanted })).status).toBe(200)
  })

  test('needs the current one', async () => {
    const answer = await imani.fetch('/api/account/password', {
      method: 'PUT',
      json: { current: 'not-the-password', password: wanted },
    })
    expect(answer.status).toBe(400)
    expect((await refusalOf(answer)).fields).toEqual({ current: 'This is not your password.' })
  })

  test('leaves no sign-in behind that was on its way with the old one', async () => {
    const person = await server.person('Changes It Now', 'observer')
    const { email } = person.account
    const changed = person.fetch('/api/account/password', {
      method: 'PUT',
      json: { current: testPassword, password: 'quiet-magnet-olive' },
    })
    const attempts: Promise<Response>[] = []
    let isChanged = false
    void changed.then(() => {
      isChanged = true
    })
    while (!isChanged) {
      attempts.push(signIn({ email, password: testPassword }))
      await Promise.race([changed, attempts.at(-2)])
    }
    await expectOk(await changed)
    const answers = await Promise.all(attempts)
    const signedIn = answers.filter((answer) => answer.ok)
    for (const answer of signedIn) {
      const who = await server.fetch('/api/session', { headers: { Cookie: cookieOf(answer) } })
      expect(who.status).toBe(401)
    }
    const last = answers.filter((answer) => !answer.ok)
    for (const answer of last) expect([401, 429]).toContain(answer.status)
  })

  test('refuses an easy one', async () => {
    const answer = await imani.fetch('/api/account/password', {
      method: 'PUT',
      json: { current: testPassword, password: 'Welcome2024!' },
    })
    expect((await refusalOf(answer)).fields?.password).toMatch(/^Many people use this one/)
  })
})

describe('a new password', () => {
  const person = { email: 'ruth.yazzie-clark@example.org', name: 'Ruth Yazzie-Clark' }

  test.each([
    ['short', /at least 10 characters/],
    ['x'.repeat(201), /at most 200 characters/],
    ['aaaaaaaaaaaa', /repeats itself/],
    ['abcabcabcabc', /repeats itself/],
    ['1234567890', /Rows of keys/],
    ['qwertyuiop12', /Rows of keys/],
    ['0987654321', /Rows of keys/],
    ['ruth.yazzie-clark1', /Your name or address/],
    ['RuthYazzieClark!', /Your name or address/],
    ['password123', /Many people/],
    ['P@ssw0rd2024', /Many people/],
    ['iloveyou2023!', /Many people/],
    ['sunshine2024', /Many people/],
    ['SchoolNurse99', /Many people/],
    ['1q2w3e4r5t', /Many people/],
  ])('%s is refused', (password, reason) => {
    expect(passwordProblem(password, person)).toMatch(reason)
  })

  test.each([
    'vivid-harbor-lantern',
    'three-rivers',
    'correct horse battery staple',
    'tR7#mQ2$xW9z',
    'äpfel und birnen',
    'кошка-лампа-9',
  ])('%s will do', (password) => {
    expect(passwordProblem(password, person)).toBeUndefined()
  })
})

describe('failed sign-ins', () => {
  test('ten in a quarter of an hour close an account, and the answer says for how long', async () => {
    const fresh = await startTestServer()
    await fresh.setup()
    const attempt = (password: string) =>
      fresh.fetch('/api/session', { json: { email: 'imani@example.org', password } })
    for (let count = 0; count < 10; count += 1)
      expect((await attempt(`wrong-password-${count}`)).status).toBe(401)
    const closed = await attempt(testPassword)
    expect(closed.status).toBe(429)
    expect((await refusalOf(closed)).message).toBe('Too many sign-ins failed. Try again in 15 minutes.')
    expect(Number(closed.headers.get('Retry-After'))).toBeGreaterThan(600)
    await fresh.close()
  })

  test('many at one moment do not slip through together', async () => {
    const fresh = await startTestServer()
    await fresh.setup()
    const attempts = Array.from({ length: 25 }, (_, count) =>
      fresh.fetch('/api/session', {
        json: { email: 'imani@example.org', password: `wrong-password-${count}` },
      }),
    )
    const statuses = (await Promise.all(attempts)).map(({ status }) => status)
    expect(statuses.filter((status) => status === 401)).toHaveLength(10)
    expect(statuses.filter((status) => status === 429)).toHaveLength(15)
    await fresh.close()
  })

  test('a hundred close an address, but a school’s people who sign in rightly are not counted', async () => {
    const fresh = await startTestServer({ env: { TRUST_PROXY: 'on' } })
    await fresh.setup()
    const from = (address: string, email: string, password: string) =>
      fresh.fetch('/api/session', { json: { email, password }, headers: { 'X-Forwarded-For': address } })
    for (let count = 0; count < 12; count += 1) {
      expect((await from('198.51.100.7', 'imani@example.org', testPassword)).status).toBe(200)
    }
    const failed = Array.from({ length: 100 }, (_, count) =>
      from('198.51.100.7', `p${count}@example.org`, 'wrong'),
    )
    await Promise.all(failed)
    expect((await from('198.51.100.7', 'imani@example.org', testPassword)).status).toBe(429)
    expect((await from('198.51.100.8', 'imani@example.org', testPassword)).status).toBe(200)
    await fresh.close()
  })
})

test('a network of IPv6 addresses is one address to the limits, however its addresses are written', async () => {
  const limits = createSignInLimits()
  const fails = (count: number, address: string) =>
    limits.count(`p${count}@example.org`, address, async () => false)
  for (let count = 0; count < 100; count += 1) await fails(count, `2001:db8::${count.toString(16)}:1`)
  await expect(fails(100, '2001:db8:0:0:ffff::1')).rejects.toThrow('Too many sign-ins failed')
  await expect(fails(101, '2001:db8::1')).rejects.toThrow('Too many sign-ins failed')
  expect(await fails(102, '2001:db8:0:1::1')).toBe(false)
})

describe('a link to set a new password', () => {
  test('works once, ends all sign-ins, and signs in', async () => {
    const person = await server.person('Gus Halvorsen', 'data-steward')
    const path = await createPasswordResetFor(server.db, person.account.email.toUpperCase())
    expect(path).toMatch(/^\/reset\/[\w-]{43}$/)
    const token = path.split('/')[2]
    const described = await server.fetch(`/api/password-resets/${token}`)
    expect(await described.json()).toEqual({ email: person.account.email, name: 'Gus Halvorsen' })

    const easy = await server.fetch(`/api/password-resets/${token}`, { json: { password: 'password123' } })
    expect(easy.status).toBe(400)

    const done = await server.fetch(`/api/password-resets/${token}`, {
      json: { password: 'saddle-comet-birch' },
    })
    expect(done.status).toBe(200)
    const cookie = cookieOf(done)
    expect((await server.fetch('/api/session', { headers: { Cookie: cookie } })).status).toBe(200)
    expect((await person.fetch('/api/session')).status).toBe(401)

    const again = await server.fetch(`/api/password-resets/${token}`, {
      json: { password: 'another-good-phrase' },
    })
    expect(again.status).toBe(410)
    expect((await refusalOf(again)).message).toBe('This link was used already. Ask for a new one.')
  })

  test('ends the other ones, and so does a change of password', async () => {
    const person = await server.person('Has Many Links', 'coach')
    const { email } = person.account
    const newLink = async () =>
      `/api/password-resets/${(await createPasswordResetFor(server.db, email)).split('/')[2]}`
    const [first, second, third] = [await newLink(), await newLink(), await newLink()]
    await expectOk(await server.fetch(first, { json: { password: 'saddle-comet-birch' } }))
    expect((await server.fetch(second)).status).toBe(404)
    const later = await newLink()
    const signedIn = await signIn({ email, password: 'saddle-comet-birch' })
    const changed = await server.fetch('/api/account/password', {
      method: 'PUT',
      json: { current: 'saddle-comet-birch', password: 'quiet-magnet-olive' },
      headers: { Cookie: cookieOf(signedIn) },
    })
    await expectOk(changed)
    for (const link of [third, later]) expect((await server.fetch(link)).status).toBe(404)
  })

  test('expires after a day', async () => {
    const path = await createPasswordResetFor(server.db, 'imani@example.org')
    await server.db.write([{ sql: 'UPDATE password_reset SET expires_at = ?', args: [Date.now() - 1] }])
    const answer = await server.fetch(`/api/password-resets/${path.split('/')[2]}`)
    expect(answer.status).toBe(410)
    expect((await refusalOf(answer)).message).toBe('This link has expired. Ask for a new one.')
  })

  test('that is made up opens nothing', async () => {
    const answer = await server.fetch('/api/password-resets/made-up', {
      json: { password: 'saddle-comet-birch' },
    })
    expect(answer.status).toBe(404)
  })

  test('is not kept in the database', async () => {
    const path = await createPasswordResetFor(server.db, 'imani@example.org')
    const rows = await server.db.read('SELECT token_hash FROM password_reset')
    expect(JSON.stringify(rows)).not.toContain(path.split('/')[2])
  })

  test('for an unknown address is refused to whoever runs the server', async () => {
    await expect(createPasswordResetFor(server.db, 'nobody@example.org')).rejects.toThrow(
      'There is no account with the address nobody@example.org.',
    )
  })
})
