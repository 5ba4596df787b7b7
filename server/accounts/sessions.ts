import { type Adapter, Lucia, TimeSpan } from 'lucia'
import type { Me, PersonColor } from '#shared/people.ts'
import type { Database } from '../db/database.ts'
import {
  deleteExpiredSessions,
  deleteSession,
  deleteSessionsOf,
  findSessionWithAccount,
  insertSession,
  listSessions,
  setLastSeen,
} from './store.ts'
import { hashOf } from './tokens.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** How long a sign-in lasts at most, and how long without being used. On a shared computer it should be gone by evening. */
export const lifetimes = { absolute: 30 * day, idle: 7 * day, idleOnSharedComputer: 12 * hour } as const

// Often enough for "last seen", seldom enough that reading does not mean writing.
const seenEvery = 5 * minute

interface SessionStart {
  readonly accountId: string
  readonly userAgent: string
  readonly sharedComputer: boolean
  /** For programs: the secret travels in an Authorization header and never in a cookie. */
  readonly bearer: boolean
}

interface LiveSession {
  /** The hash of the secret. */
  readonly id: string
  readonly account: Me
  readonly bearer: boolean
}

export interface Sessions {
  /** Answers the secret, which only the browser or the program keeps. */
  start(session: SessionStart): Promise<string>
  /** Whether someone uses it now moves its end on a shared computer; elsewhere being asked for is enough. */
  find(secret: string, isUse: boolean): Promise<LiveSession | undefined>
}

/** Sign-ins by Lucia over our own table. Their times are the real clock's, also where the product's clock is another. */
export function createSessions({ db }: { db: Database }): Sessions {
  const lucia = new Lucia(sessionAdapter(db), {
    sessionExpiresIn: new TimeSpan(lifetimes.idle, 'ms'),
    getSessionAttributes: (attributes) => attributes,
    getUserAttributes: (attributes) => attributes,
  })

  return {
    async start({ accountId, userAgent, sharedComputer, bearer }) {
      const at = Date.now()
      const attributes = {
        createdAt: at,
        lastSeenAt: at,
        sharedComputer,
        bearer,
        userAgent: userAgent.slice(0, 300),
      }
      const { id } = await lucia.createSession(accountId, attributes)
      return id
    },

    async find(secret, isUse) {
      const { session, user } = await lucia.validateSession(secret)
      if (!session) return undefined
      const id = hashOf(secret)
      const at = Date.now()
      const moves = isUse || !session.sharedComputer
      if (moves && at - session.lastSeenAt >= seenEvery) {
        // A disk that takes nothing at the moment signs nobody out.
        await db.write([setLastSeen(id, at, at + idleTime(session.sharedComputer))]).catch(() => {})
      }
      const { email, name, color } = user
      return { id, account: { id: user.id, email, name, color }, bearer: session.bearer }
    },
  }
}

const idleTime = (sharedComputer: boolean): number =>
  sharedComputer ? lifetimes.idleOnSharedComputer : lifetimes.idle

interface SessionAttributes {
  readonly createdAt: number
  readonly lastSeenAt: number
  readonly sharedComputer: boolean
  readonly bearer: boolean
  readonly userAgent: string
}

declare module 'lucia' {
  interface Register {
    Lucia: Lucia<SessionAttributes, AccountAttributes>
    DatabaseSessionAttributes: SessionAttributes
    DatabaseUserAttributes: AccountAttributes
  }
}

interface AccountAttributes {
  readonly email: string
  readonly name: string
  readonly color: PersonColor
}

/** Lucia knows the secret, the table only its hash. */
const sessionAdapter = (db: Database): Adapter => ({
  async getSessionAndUser(secret) {
    const row = await findSessionWithAccount(db, hashOf(secret))
    if (!row) return [null, null]
    const { accountId, email, name, color, createdAt, lastSeenAt, userAgent } = row
    const attributes = {
      createdAt,
      lastSeenAt,
      userAgent,
      sharedComputer: row.sharedComputer === 1,
      bearer: row.bearer === 1,
    }
    const expiresAt = new Date(Math.min(row.expiresAt, createdAt + lifetimes.absolute))
    return [
      { id: secret, userId: accountId, expiresAt, attributes },
      { id: accountId, attributes: { email, name, color } },
    ]
  },

  async getUserSessions(accountId) {
    const rows = await listSessions(db, accountId)
    return rows.map(({ id, expiresAt, createdAt, lastSeenAt, userAgent, ...flags }) => ({
      id,
      userId: accountId,
      expiresAt: new Date(expiresAt),
      attributes: {
        createdAt,
        lastSeenAt,
        userAgent,
        sharedComputer: flags.sharedComputer === 1,
        bearer: flags.bearer === 1,
      },
    }))
  },

  async setSession({ id: secret, userId, attributes }) {
    const { createdAt, lastSeenAt, userAgent, sharedComputer, bearer } = attributes
    const expiresAt = createdAt + idleTime(sharedComputer)
    const row = {
      id: hashOf(secret),
      bearer: bearer ? 1 : 0,
      sharedComputer: sharedComputer ? 1 : 0,
      userAgent,
      createdAt,
      lastSeenAt,
      expiresAt,
    }
    await db.write([deleteExpiredSessions(createdAt, lifetimes.absolute), insertSession(userId, row)])
  },

  // Lucia knows one length for all and no absolute end; `find` above renews with ours.
  async updateSessionExpiration() {},

  async deleteSession(secret) {
    await db.write([deleteSession(hashOf(secret))])
  },

  async deleteUserSessions(accountId) {
    await db.write([deleteSessionsOf(accountId)])
  },

  async deleteExpiredSessions() {
    await db.write([deleteExpiredSessions(Date.now(), lifetimes.absolute)])
  },
})
