import { newId } from '#shared/ids.ts'
import type { Statement } from './db/database.ts'

/** Something that someone did to people or to access, kept beside the change itself, in the same transaction. */
interface AuditEntry {
  readonly networkId?: string
  /** Who did it; absent for the command line. */
  readonly accountId?: string
  /** In the past tense, e.g. `member-removed`. */
  readonly action: string
  /** The id of what it was done to. */
  readonly subject: string
  readonly detail?: Readonly<Record<string, string | number | boolean | undefined>>
  readonly at: number
}

export const auditEntry = ({
  networkId,
  accountId,
  action,
  subject,
  detail = {},
  at,
}: AuditEntry): Statement => ({
  sql: `INSERT INTO audit (id, network_id, account_id, action, subject, detail, created_at)
        VALUES (?, ?, ?, ?, ?, ?, ?)`,
  args: [newId(), networkId ?? null, accountId ?? null, action, subject, JSON.stringify(detail), at],
})
