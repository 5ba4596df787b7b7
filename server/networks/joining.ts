import { type Context, Hono } from 'hono'
import * as v from 'valibot'
import { AppError } from '#shared/errors.ts'
import { newId } from '#shared/ids.ts'
import { addressTaken, emailSchema, nameSchema, passwordSchema, prepareAccount } from '../accounts/account.ts'
import type { Accounts } from '../accounts/accounts.ts'
import { hasAccounts } from '../accounts/store.ts'
import { auditEntry } from '../audit.ts'
import { type Database, ExpectationFailed } from '../db/database.ts'
import { invalidFields, valid } from '../http/errors.ts'
import type { Access, RolesChanged } from './access.ts'
import { getInvitation, redeem } from './invitations.ts'
import { defaultTimeZone, networkNameSchema, timeZoneSchema } from './schemas.ts'
import { type InvitationRow, insertMembership, insertNetwork } from './store.ts'

export interface JoiningDeps {
  readonly db: Database
  readonly accounts: Accounts
  readonly access: Access
  readonly now: () => number
  /** Asked for at setup where the server listens beyond this computer; printed when it starts. */
  readonly setupCode: string | undefined
  readonly accessChanged: RolesChanged
}

const setupSchema = v.object({
  network: networkNameSchema,
  timeZone: v.optional(timeZoneSchema, defaultTimeZone),
  name: nameSchema,
  email: emailSchema,
  password: passwordSchema,
  code: v.optional(v.string('The code is a text.')),
})

/** What a person sends who has no account; someone who is signed in sends nothing of it. */
const newPersonSchema = v.object({
  name: v.optional(nameSchema),
  email: v.optional(emailSchema),
  password: v.optional(passwordSchema),
})

/** The two ways in for people without an account: the first of all sets up the server, the others are invited. */
export function joiningRoutes(deps: JoiningDeps) {
  const { db, accounts, now, setupCode, accessChanged } = deps
  return new Hono()
    .post('/api/setup', valid('json', setupSchema), async (c) => {
      const { network, timeZone, code, ...person } = c.req.valid('json')
      if (await hasAccounts(db)) throw alreadySetUp()
      requireSetupCode(code)
      const at = now()
      const { account, statement } = await prepareAccount({ db, passwords: accounts.passwords }, person, {
        at,
        onlyAsFirst: true,
      })
      const networkId = newId()
      const coordinator = { id: newId(), networkId, accountId: account.id, role: 'coordinator' } as const
      try {
        await db.write([
          statement,
          insertNetwork({ id: networkId, name: network, timeZone, createdAt: at }),
          insertMembership({ ...coordinator, teamId: null, title: null }, at),
          auditEntry({ networkId, accountId: account.id, action: 'set-up', subject: networkId, at }),
        ])
      } catch (failure) {
        if (failure instanceof ExpectationFailed) throw alreadySetUp()
        throw failure
      }
      await accounts.signIn(c, account.id)
      return c.json({ account, networkId }, 201)
    })

    .get('/api/invitations/:token', async (c) => {
      const invitation = await getInvitation(deps, c.req.param('token'), now())
      return c.json(describe(invitation))
    })

    .post('/api/invitations/:token', valid('json', newPersonSchema), async (c) => {
      const at = now()
      const invitation = await getInvitation(deps, c.req.param('token'), at)
      const { name, email = invitation.email ?? undefined, password } = c.req.valid('json')
      const accountId =
        password === undefined
          ? await redeemSignedIn(c, invitation, at)
          : await redeemAsNew(c, invitation, requireAll({ name, email, password }), at)
      accessChanged({ networkId: invitation.networkId, accountId })
      return c.json({ networkId: invitation.networkId }, 201)
    })

  function requireSetupCode(code: string | undefined): void {
    if (setupCode === undefined || code?.trim().toUpperCase() === setupCode) return
    throw new AppError('forbidden', 'Give the setup code that the server printed when it started.', {
      code: 'The server printed this code when it started.',
    })
  }

  async function redeemSignedIn(c: Context, invitation: InvitationRow, at: number): Promise<string> {
    const found = await accounts.authenticate(c.req.raw.headers)
    if (!found) {
      throw new AppError(
        'unauthenticated',
        'Sign in first, or choose a name and a password for a new account.',
      )
    }
    await redeem(db, invitation, found.account.id, at)
    return found.account.id
  }

  async function redeemAsNew(
    c: Context,
    invitation: InvitationRow,
    person: Person,
    at: number,
  ): Promise<string> {
    const { account, statement } = await prepareAccount({ db, passwords: accounts.passwords }, person, { at })
    try {
      await redeem(db, invitation, account.id, at, [statement])
    } catch (failure) {
      if (failure instanceof ExpectationFailed) throw addressTaken()
      throw failure
    }
    await accounts.signIn(c, account.id)
    return account.id
  }
}

interface Person {
  readonly name: string
  readonly email: string
  readonly password: string
}

function requireAll({ name, email, password }: Partial<Record<keyof Person, string | undefined>>): Person {
  if (name && email && password) return { name, email, password }
  throw invalidFields({
    ...(!name && { name: 'Give your name.' }),
    ...(!email && { email: 'Give your mail address.' }),
  })
}

const alreadySetUp = () =>
  new AppError('conflict', 'This server is set up already. Sign in, or ask for an invitation.')

const describe = (invitation: InvitationRow) => ({
  network: invitation.networkName,
  role: invitation.role,
  ...(invitation.teamName !== null && { team: invitation.teamName }),
  ...(invitation.email !== null && { email: invitation.email }),
  inviter: invitation.inviterName,
  expiresAt: invitation.expiresAt,
})
