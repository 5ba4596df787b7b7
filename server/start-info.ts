import { Hono } from 'hono'
import { hasAccounts } from './accounts/store.ts'
import type { Database } from './db/database.ts'
import { programVersion } from './http/project.ts'

/** The sample network's people, whom the sign-in page offers one click each. */
export interface DemoSettings {
  readonly accounts: readonly {
    readonly name: string
    readonly email: string
    readonly roles: readonly string[]
  }[]
  readonly password: string
  /** Stands on every page. */
  readonly notice: string
}

/** What the browser knows before anyone is signed in. */
export interface StartInfo {
  readonly setupNeeded: boolean
  readonly setupCodeNeeded: boolean
  readonly demo?: DemoSettings
  /** Milliseconds that the product's clock is ahead of the real one; not 0 in the demo alone. */
  readonly clockOffset: number
  readonly version: string
  /** Whether invitations can go out by mail. */
  readonly mail: boolean
}

export interface StartInfoDeps {
  readonly db: Database
  readonly now: () => number
  readonly demo: DemoSettings | undefined
  readonly setupCode: string | undefined
  readonly mail: { readonly isOn: boolean }
}

export function startInfoRoutes({ db, now, demo, setupCode, mail }: StartInfoDeps) {
  const version = programVersion()
  let isSetUp = false
  return new Hono().get('/api/start', async (c) => {
    // Accounts are never removed, so one look at them is enough once there is one.
    isSetUp ||= await hasAccounts(db)
    const info: StartInfo = {
      setupNeeded: !isSetUp,
      setupCodeNeeded: !isSetUp && setupCode !== undefined,
      clockOffset: now() - Date.now(),
      version,
      mail: mail.isOn,
      ...(demo && { demo }),
    }
    return c.json(info)
  })
}
