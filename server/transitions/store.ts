import type { Person } from '#shared/people.ts'
import type { StageChange } from '#shared/records.ts'
import type { Database, Statement } from '../db/database.ts'

/** The steps that a document has taken, the oldest first. */
export async function listStageChanges(db: Database, documentId: string): Promise<readonly StageChange[]> {
  const rows = await db.read<{
    readonly number: number
    readonly name: string
    readonly from_stage: string
    readonly to_stage: string
    readonly reason: string | null
    readonly missing: string | null
    readonly opened: string | null
    readonly created_at: number
    readonly person: string
  }>(
    `SELECT change.number, change.name, change.from_stage, change.to_stage, change.reason, change.missing,
      change.opened, change.created_at, json_object('id', account.id, 'name', account.name, 'color', account.color) AS person
    FROM stage_change AS change JOIN account ON account.id = change.account_id
    WHERE change.document_id = ? ORDER BY change.number`,
    [documentId],
  )
  return rows.map((row) => ({
    number: row.number,
    name: row.name,
    from: row.from_stage,
    to: row.to_stage,
    by: JSON.parse(row.person) as Person,
    at: row.created_at,
    ...(row.reason !== null && { reason: row.reason }),
    ...(row.missing !== null && { missing: JSON.parse(row.missing) as readonly string[] }),
    ...(row.opened !== null && { opened: JSON.parse(row.opened) as readonly string[] }),
  }))
}

export interface NewStageChange {
  readonly documentId: string
  readonly number: number
  readonly name: string
  readonly from: string
  readonly to: string
  readonly accountId: string
  readonly reason?: string | undefined
  /** What was missing, in sentences; empty where nothing was. */
  readonly missing: readonly string[]
  /** Ids of what it opened. */
  readonly opened: readonly string[]
  /** The version that shows what the document held when the step was taken. */
  readonly versionId: string
  readonly createdAt: number
}

/** Breaks the rule that numbers are unique where someone else took a step since the records were read. */
export const insertStageChange = (change: NewStageChange): Statement => ({
  sql: `INSERT INTO stage_change (document_id, number, name, from_stage, to_stage, account_id, reason, missing, opened,
    version_id, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  args: [
    change.documentId,
    change.number,
    change.name,
    change.from,
    change.to,
    change.accountId,
    change.reason ?? null,
    jsonOrNull(change.missing),
    jsonOrNull(change.opened),
    change.versionId,
    change.createdAt,
  ],
  expect: 1,
})

const jsonOrNull = (list: readonly string[]): string | null => (list.length > 0 ? JSON.stringify(list) : null)
