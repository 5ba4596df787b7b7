import { type Context, Hono } from 'hono'
import * as v from 'valibot'
import { AppError } from '#shared/errors.ts'
import type { NetworkSummary } from '#shared/network.ts'
import { type Me, personColors } from '#shared/people.ts'
import { auditEntry } from '../audit.ts'
import type { Database } from '../db/database.ts'
import type { ClientAddress } from '../http/client-address.ts'
import { invalidFields, valid } from '../http/errors.ts'
import { nameSchema, passwordSchema } from './account.ts'
import type { Accounts } from './accounts.ts'
import { deviceInWords } from './device.ts'
import { getPasswordReset, type MayReset, redeemPasswordReset } from './password-resets.ts'
import { passwordProblem } from './password-rules.ts'
import type { SignInLimits } from './sign-in-limits.ts'
import { signedIn } from './signed-in.ts'
import {
  deleteSession,
  deleteSessionOf,
  deleteSessionsOf,
  dropAllPasswordResetsOf,
  findAccount,
  findAccountByEmail,
  listSessions,
  setNameAndColor,
  setPasswordHash,
} from './store.ts'

/** Who is signed in, as `GET /api/session` tells it. */
interface WhoAmI {
  readonly account: Me
  readonly networks: readonly NetworkSummary[]
}

/** One sign-in of one's own. */
interface SessionSummary {
  readonly id: string
  readonly device: string
  readonly createdAt: number
  readonly lastSeenAt: number
  readonly sharedComputer: boolean
  readonly current: boolean
}

export interface AccountRoutesDeps {
  readonly db: Database
  readonly accounts: Accounts
  readonly limits: SignInLimits
  readonly clientAddress: ClientAddress
  /** The product's clock: session times are handed out on it, since the browser shows all times on it. */
  readonly now: () => number
  /** Provided by networks. */
  readonly networksOf: (accountId: string) => Promise<readonly NetworkSummary[]>
  /** Provided by networks. */
  readonly mayReset: MayReset
  /** Live connections of this session must close. */
  readonly sessionEnded: (sessionId: string) => void
}

const signIn = v.object({
  email: v.pipe(v.string('Give your mail address.'), v.trim(), v.toLowerCase(), v.maxLength(254)),
  password: v.pipe(v.string('Give your password.'), v.maxLength(1000)),
  sharedComputer: v.optional(v.boolean('This is either true or false.')),
  bearer: v.optional(v.boolean('This is either true or false.')),
})

const newPassword = v.object({ current: passwordSchema, password: passwordSchema })

const appearance = v.object({
  name: nameSchema,
  color: v.picklist(personColors, `A color is a number from 1 to ${personColors.length}.`),
})

export function accountRoutes(deps: AccountRoutesDeps) {
  const { db, accounts, limits, clientAddress, now, networksOf, mayReset, sessionEnded } = deps
  const whoAmI = async ({ id, email, name, color }: Me): Promise<WhoAmI> => ({
    account: { id, email, name, color },
    networks: await networksOf(id),
  })

  /** Whether the password is right, counted as a failed sign-in where it is not. */
  const isPasswordOf = (email: string, stored: string | undefined, password: string, c: Context) =>
    accounts.passwords.inTurn(() =>
      limits.count(email, clientAddress(c), () => accounts.passwords.verify(stored, password)),
    )

  return new Hono()
    .post('/api/session', valid('json', signIn), async (c) => {
      const { email, password, sharedComputer = false, bearer = false } = c.req.valid('json')
      const account = await findAccountByEmail(db, email)
      const isRight = await isPasswordOf(email, account?.passwordHash, password, c)
      if (!account || !isRight)
        throw new AppError('unauthenticated', 'The address or the password is not right.')
      const { passwordHash } = account
      if (bearer) {
        const token = await accounts.signInProgram(c, account.id, { passwordHash })
        return c.json({ ...(await whoAmI(account)), token })
      }
      await accounts.signIn(c, account.id, { passwordHash, sharedComputer })
      return c.json(await whoAmI(account))
    })

    .get('/api/session', signedIn(accounts), async (c) => c.json(await whoAmI(c.var.account)))

    .delete('/api/session', async (c) => {
      const found = await accounts.authenticate(c.req.raw.headers)
      if (found) {
        await db.write([deleteSession(found.sessionId)])
        sessionEnded(found.sessionId)
      }
      accounts.forgetCookie(c)
      return c.json({})
    })

    .get('/api/sessions', signedIn(accounts), async (c) => {
      const rows = await listSessions(db, c.var.account.id)
      const offset = now() - Date.now()
      const sessions = rows
        .filter((row) => row.expiresAt > Date.now())
        .map(
          (row): SessionSummary => ({
            id: row.id,
            device: deviceInWords(row.userAgent),
            createdAt: row.createdAt + offset,
            lastSeenAt: row.lastSeenAt + offset,
            sharedComputer: row.sharedComputer === 1,
            current: row.id === c.var.sessionId,
          }),
        )
      return c.json({ sessions })
    })

    .delete('/api/sessions/:id', signedIn(accounts), async (c) => {
      const id = c.req.param('id')
      const [result] = await db.write([deleteSessionOf(c.var.account.id, id)])
      if (result?.changes !== 1) throw new AppError('not-found', 'This sign-in has ended already.')
      sessionEnded(id)
      if (id === c.var.sessionId) accounts.forgetCookie(c)
      return c.json({})
    })

    .put('/api/account', signedIn(accounts), valid('json', appearance), async (c) => {
      const { name, color } = c.req.valid('json')
      const { id, email } = c.var.account
      await db.write([setNameAndColor(id, name, color)])
      return c.json({ account: { id, email, name, color } satisfies Me })
    })

    .put('/api/account/password', signedIn(accounts), valid('json', newPassword), async (c) => {
      const { current, password } = c.req.valid('json')
      const { id, email, name } = c.var.account
      const account = await findAccount(db, id)
      const isRight = await isPasswordOf(email, account?.passwordHash, current, c)
      if (!isRight) throw invalidFields({ current: 'This is not your password.' })
      const problem = passwordProblem(password, { email, name })
      if (problem) throw invalidFields({ password: problem })
      const hash = await accounts.passwords.hash(password)
      const [, ended] = await db.write([
        setPasswordHash(id, hash),
        deleteSessionsOf(id, c.var.sessionId),
        dropAllPasswordResetsOf(id),
        auditEntry({ accountId: id, action: 'password-changed', subject: id, at: now() }),
      ])
      for (const row of ended?.rows ?? []) sessionEnded(String(row.id))
      return c.json({ endedSessions: ended?.rows.length ?? 0 })
    })

    .get('/api/password-resets/:token', async (c) => {
      const { email, name } = await getPasswordReset(deps, c.req.param('token'))
      return c.json({ email, name })
    })

    .post('/api/password-resets/:token', valid('json', v.object({ password: passwordSchema })), async (c) => {
      const { password } = c.req.valid('json')
      const { passwords } = accounts
      const { accountId, ended } = await redeemPasswordReset(
        { db, passwords, mayReset },
        c.req.param('token'),
        password,
      )
      for (const sessionId of ended) sessionEnded(sessionId)
      const account = await findAccount(db, accountId)
      if (!account) throw new AppError('not-found', 'There is no such account any more.')
      await accounts.signIn(c, accountId)
      return c.json(await whoAmI(account))
    })
}
