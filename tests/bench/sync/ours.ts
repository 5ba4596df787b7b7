import { join } from 'node:path'
import { newId } from '#shared/ids.ts'
import { createSessions } from '../../../server/accounts/sessions.ts'
import { readConfig } from '../../../server/config.ts'
import { openDatabase } from '../../../server/db/open.ts'
import { start } from '../../../server/start.ts'
import { createPeople, expectOk } from '../../support/people.ts'

/** A data folder with people, each with an account and a sign-in of their own, and documents that all of them may edit. */
export interface Prepared {
  /** Secrets of sign-ins, one for each person. */
  readonly secrets: readonly string[]
  /** Ids. */
  readonly documents: readonly string[]
}

export async function prepareOurs(folder: string, people: number, documents: number): Promise<Prepared> {
  const server = await start({ config: readConfig({ DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'error' }) })
  const address = () => `http://127.0.0.1:${server.port}`
  const first = await createPeople({ address, origin: () => server.origin }).setup()
  const ids: string[] = []
  for (let made = 0; made < documents; made++) {
    const json = { kind: 'driver-diagram', title: `Document ${made}` }
    const started = await first.fetch(`/api/networks/${first.networkId}/documents`, { json })
    const { id } = (await expectOk(started)) as { id: string }
    await expectOk(await first.fetch(`/api/documents/${id}`, { method: 'PUT', json: { shared: true } }))
    ids.push(id)
  }
  await server.close()
  return { secrets: await addPeople(folder, first.networkId, people), documents: ids }
}

/** By rows: an invitation and a password for each of two thousand would take longer than all that is measured. */
async function addPeople(folder: string, networkId: string, people: number): Promise<readonly string[]> {
  const db = await openDatabase({ url: `file:${join(folder, 'throughline.db')}` })
  const sessions = createSessions({ db })
  const secrets: string[] = []
  for (let number = 0; number < people; number++) {
    const accountId = newId()
    await db.write([
      {
        sql: 'INSERT INTO account (id, email, name, color, password_hash, created_at) VALUES (?, ?, ?, 1, ?, 0)',
        args: [accountId, `person-${number}@example.org`, `Person ${number}`, 'none'],
      },
      {
        sql: `INSERT INTO membership (id, network_id, account_id, role, team_id, title, created_at)
          VALUES (?, ?, ?, 'coach', NULL, NULL, 0)`,
        args: [newId(), networkId, accountId],
      },
    ])
    secrets.push(await sessions.start({ accountId, userAgent: 'bench', sharedComputer: false, bearer: true }))
  }
  await db.close()
  return secrets
}
