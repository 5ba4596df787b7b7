import { resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import * as v from 'valibot'

/** How this server runs: the environment, checked. The table of variables stands in docs/self-hosting.md. */
export interface Config {
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
  readonly dataDir: string
  readonly databaseUrl: string
  readonly databaseAuthToken?: string
  /** An origin without a path, e.g. `https://learn.example.org`. Absent: only pages opened on this computer. */
  readonly publicUrl?: string
  readonly mail?: { readonly url: string; readonly from: string }
  /** How many proxies stand before the server and append to X-Forwarded-For; 0 reads nothing of it. */
  readonly trustedProxies: number
  readonly logLevel: LogLevel
  readonly metricsToken?: string
  /** 0 means none. */
  readonly limits: {
    readonly userConnections: number
    readonly roomConnections: number
    readonly upgradesPerMinute: number
  }
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
type LogLevel = (typeof logLevels)[number]

/** A setting that stops the start. The sentence names the variable, its value and what is accepted. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/** Reads the environment; throws a `ConfigError` for the first wrong value. An empty value counts as unset. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  for (const name of notYetSupported) refuseIfSet(env, name)

  const dataDir = resolve(env.DATA_DIR || 'data')
  const databaseAuthToken = secret(env, 'DATABASE_AUTH_TOKEN')
  const publicUrl = setting(
    env,
    'PUBLIC_URL',
    origin,
    'a web address without a path, e.g. https://learn.example.org',
  )
  const metricsToken = secret(env, 'METRICS_TOKEN', 16)
  const mail = readMail(env)

  return {
    host: setting(env, 'HOST', hostName, 'a host name or an IP address') ?? '127.0.0.1',
    port: setting(env, 'PORT', wholeNumber(65_535), 'a whole number from 0 to 65535') ?? 3000,
    dataDir,
    databaseUrl:
      setting(
        env,
        'DATABASE_URL',
        databaseAddress,
        'a libSQL address: file:, libsql:, http:, https:, ws: or wss:',
      ) ?? pathToFileURL(resolve(dataDir, 'throughline.db')).href,
    trustedProxies:
      setting(env, 'TRUST_PROXY', proxies, 'off, on (one proxy), or the number of proxies from 0 to 10') ?? 0,
    logLevel: setting(env, 'LOG_LEVEL', v.picklist(logLevels), `one of ${logLevels.join(', ')}`) ?? 'info',
    limits: {
      userConnections: limit(env, 'LIMIT_USER_CONNECTIONS') ?? 60,
      roomConnections: limit(env, 'LIMIT_ROOM_CONNECTIONS') ?? 500,
      upgradesPerMinute: limit(env, 'LIMIT_UPGRADES_PER_MINUTE') ?? 600,
    },
    ...(databaseAuthToken !== undefined && { databaseAuthToken }),
    ...(publicUrl !== undefined && { publicUrl }),
    ...(metricsToken !== undefined && { metricsToken }),
    ...(mail !== undefined && { mail }),
  }
}

const notYetSupported = [
  'REDIS_URL',
  'OIDC_ISSUER',
  'OIDC_CLIENT_ID',
  'OIDC_CLIENT_SECRET',
  'OIDC_NAME',
] as const

function refuseIfSet(env: NodeJS.ProcessEnv, name: string): void {
  if (!env[name]) return
  throw new ConfigError(`${name} is set, but is not supported in this version. Unset it to start.`)
}

/** The value of one variable, undefined where it is unset. */
function setting<T>(
  env: NodeJS.ProcessEnv,
  name: string,
  schema: v.GenericSchema<string, T>,
  accepted: string,
): T | undefined {
  const value = env[name]
  if (value === undefined || value === '') return undefined
  const parsed = v.safeParse(schema, value)
  if (!parsed.success)
    throw new ConfigError(`${name} is "${withoutPassword(value)}", but must be ${accepted}.`)
  return parsed.output
}

/** Secrets are never said back. */
function secret(env: NodeJS.ProcessEnv, name: string, shortest = 1): string | undefined {
  const value = env[name]
  if (value === undefined || value === '') return undefined
  if (value.length < shortest) {
    throw new ConfigError(`${name} has ${value.length} characters, but must have at least ${shortest}.`)
  }
  return value
}

const limit = (env: NodeJS.ProcessEnv, name: string): number | undefined =>
  setting(env, name, wholeNumber(1_000_000), 'a whole number from 0 (no limit) to 1000000')

function readMail(env: NodeJS.ProcessEnv): Config['mail'] {
  const url = setting(env, 'SMTP_URL', mailServer, 'an address that begins with smtp:// or smtps://')
  const from = setting(env, 'MAIL_FROM', sender, 'a mail address, e.g. throughline@example.org')
  if (url === undefined && from === undefined) return undefined
  if (from === undefined)
    throw new ConfigError(
      'MAIL_FROM is unset, but SMTP_URL needs it: a mail address, e.g. throughline@example.org.',
    )
  if (url === undefined)
    throw new ConfigError(
      'SMTP_URL is unset, but MAIL_FROM needs it: an address that begins with smtp:// or smtps://.',
    )
  return { url, from }
}

const hostName = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_.:-]+$/))

const wholeNumber = (most: number) =>
  v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number), v.maxValue(most))

const proxies = v.pipe(
  v.string(),
  v.regex(/^(off|on|\d|10)$/),
  v.transform((text) => (text === 'off' ? 0 : text === 'on' ? 1 : Number(text))),
)

const origin = v.pipe(
  v.string(),
  v.check((text) => {
    const url = URL.canParse(text) ? new URL(text) : undefined
    if (!url || !/^https?:$/.test(url.protocol)) return false
    return url.pathname === '/' && url.search === '' && url.hash === '' && url.username === ''
  }),
  v.transform((text) => new URL(text).origin),
)

const databaseAddress = v.pipe(
  v.string(),
  v.regex(/^(file:(?!$)|(libsql|https?|wss?):\/\/.)/),
  v.transform((text) => (text.startsWith('file:') ? pathToFileURL(resolve(filePath(text))).href : text)),
)

const filePath = (url: string): string =>
  url.startsWith('file://') ? fileURLToPath(url) : url.slice('file:'.length)

const mailServer = v.pipe(
  v.string(),
  v.regex(/^smtps?:\/\/./),
  v.check((text) => URL.canParse(text)),
)

const sender = v.pipe(v.string(), v.regex(/^([^<>@\r\n]*<)?[^\s<>@]+@[^\s<>@]+>?$/))

/** Addresses may carry `name:password@` before the host, and a token behind the question mark. */
const withoutPassword = (value: string): string =>
  value.replace(/:\/{0,2}\S*@/, '://…@').replace(/\?.*$/s, '?…')
