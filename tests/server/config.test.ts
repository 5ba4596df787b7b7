import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { ConfigError, readConfig } from '../../server/config.ts'

const refusalOf = (env: Record<string, string>): string => {
  try {
    readConfig(env)
  } catch (refusal) {
    if (refusal instanceof ConfigError) return refusal.message
    throw refusal
  }
  throw new Error('The settings were accepted')
}

test('without any setting the server listens on this computer, port 3000, and keeps its data in ./data', () => {
  expect(readConfig({})).toEqual({
    host: '127.0.0.1',
    port: 3000,
    dataDir: resolve('data'),
    databaseUrl: pathToFileURL(resolve('data', 'throughline.db')).href,
    trustedProxies: 0,
    logLevel: 'info',
    limits: { userConnections: 60, roomConnections: 500, upgradesPerMinute: 600 },
  })
})

test('an empty value counts as unset', () => {
  expect(readConfig({ PORT: '', PUBLIC_URL: '', REDIS_URL: '', SMTP_URL: '' })).toEqual(readConfig({}))
})

test('every setting is read', () => {
  const config = readConfig({
    HOST: '0.0.0.0',
    PORT: '8080',
    DATA_DIR: '/srv/throughline',
    DATABASE_URL: 'libsql://db.example.org',
    DATABASE_AUTH_TOKEN: 'abc',
    PUBLIC_URL: 'https://learn.example.org/',
    SMTP_URL: 'smtps://user:pass@mail.example.org',
    MAIL_FROM: 'Throughline <throughline@example.org>',
    TRUST_PROXY: 'on',
    LOG_LEVEL: 'debug',
    METRICS_TOKEN: '0123456789abcdef',
    LIMIT_USER_CONNECTIONS: '0',
    LIMIT_ROOM_CONNECTIONS: '12',
    LIMIT_UPGRADES_PER_MINUTE: '34',
  })
  expect(config).toEqual({
    host: '0.0.0.0',
    port: 8080,
    dataDir: '/srv/throughline',
    databaseUrl: 'libsql://db.example.org',
    databaseAuthToken: 'abc',
    publicUrl: 'https://learn.example.org',
    mail: { url: 'smtps://user:pass@mail.example.org', from: 'Throughline <throughline@example.org>' },
    trustedProxies: 1,
    logLevel: 'debug',
    metricsToken: '0123456789abcdef',
    limits: { userConnections: 0, roomConnections: 12, upgradesPerMinute: 34 },
  })
})

test('a file named by DATABASE_URL is found from the folder that the server was started in', () => {
  expect(readConfig({ DATABASE_URL: 'file:some data.db' }).databaseUrl).toBe(
    pathToFileURL(resolve('some data.db')).href,
  )
  expect(readConfig({ DATABASE_URL: 'file:///srv/a%20b.db' }).databaseUrl).toBe('file:///srv/a%20b.db')
})

describe('a wrong value stops the start with one sentence that names the variable, the value and what is accepted', () => {
  test.each([
    ['HOST', 'my host', 'HOST is "my host", but must be a host name or an IP address.'],
    ['PORT', 'http', 'PORT is "http", but must be a whole number from 0 to 65535.'],
    ['PORT', '65536', 'PORT is "65536", but must be a whole number from 0 to 65535.'],
    ['PORT', '-1', 'PORT is "-1", but must be a whole number from 0 to 65535.'],
    ['PORT', '80.5', 'PORT is "80.5", but must be a whole number from 0 to 65535.'],
    [
      'DATABASE_URL',
      'postgres://db',
      'DATABASE_URL is "postgres://db", but must be a libSQL address: file:, libsql:, http:, https:, ws: or wss:.',
    ],
    [
      'PUBLIC_URL',
      'learn.example.org',
      'PUBLIC_URL is "learn.example.org", but must be a web address without a path, e.g. https://learn.example.org.',
    ],
    [
      'PUBLIC_URL',
      'https://example.org/learn',
      'PUBLIC_URL is "https://example.org/learn", but must be a web address without a path, e.g. https://learn.example.org.',
    ],
    [
      'TRUST_PROXY',
      'yes',
      'TRUST_PROXY is "yes", but must be off, on (one proxy), or the number of proxies from 0 to 10.',
    ],
    [
      'LOG_LEVEL',
      'loud',
      'LOG_LEVEL is "loud", but must be one of fatal, error, warn, info, debug, trace, silent.',
    ],
    [
      'LIMIT_ROOM_CONNECTIONS',
      'many',
      'LIMIT_ROOM_CONNECTIONS is "many", but must be a whole number from 0 (no limit) to 1000000.',
    ],
    ['METRICS_TOKEN', 'short', 'METRICS_TOKEN has 5 characters, but must have at least 16.'],
  ])('%s=%s', (name, value, sentence) => {
    expect(refusalOf({ [name]: value })).toBe(sentence)
  })

  test('SMTP_URL without MAIL_FROM, and the reverse', () => {
    expect(refusalOf({ SMTP_URL: 'smtp://mail.example.org' })).toMatch(
      /^MAIL_FROM is unset, but SMTP_URL needs it/,
    )
    expect(refusalOf({ MAIL_FROM: 'a@example.org' })).toMatch(/^SMTP_URL is unset, but MAIL_FROM needs it/)
  })

  test('a password in an address is not said back', () => {
    expect(
      refusalOf({ SMTP_URL: 'imap://someone:hunter2@mail.example.org', MAIL_FROM: 'a@example.org' }),
    ).toBe(
      'SMTP_URL is "imap://…@mail.example.org", but must be an address that begins with smtp:// or smtps://.',
    )
    for (const value of ['imap://me:hun/ter2@h', 'imap://me:hun@ter2@h', 'smtp:me:hunter2@h'])
      expect(refusalOf({ SMTP_URL: value, MAIL_FROM: 'a@example.org' })).not.toMatch(/hun|ter2/)
    expect(refusalOf({ DATABASE_URL: 'postgres://h/db?authToken=hunter2' })).not.toContain('hunter2')
  })
})

test.each(['REDIS_URL', 'OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_NAME'])(
  '%s is not supported in this version, and stops the start',
  (name) => {
    expect(refusalOf({ [name]: 'anything' })).toBe(
      `${name} is set, but is not supported in this version. Unset it to start.`,
    )
  },
)
