import type { Version } from '#shared/document.ts'
import { newId } from '#shared/ids.ts'
import type { Statement } from '../db/database.ts'
import type { LogName } from './update-log.ts'

/** The versions that are kept without anyone asking (H3, S5). */
export type AutomaticCause = Extract<Version['cause'], 'active' | 'left' | 'deletion'>

const names: Readonly<Record<AutomaticCause, string>> = {
  active: 'While people were working on it',
  left: 'When the last person left',
  deletion: 'Before a large deletion',
}

export interface AutomaticVersion {
  readonly cause: AutomaticCause
  readonly seq: number
  readonly accountId: string | null
  readonly at: number
}

export const automaticVersion = (
  { documentId, epoch }: LogName,
  { cause, seq, accountId, at }: AutomaticVersion,
): Statement => ({
  sql: `INSERT INTO document_version (id, document_id, epoch, seq, name, note, cause, account_id, created_at)
    VALUES (?, ?, ?, ?, ?, NULL, ?, ?, ?)`,
  args: [newId(), documentId, epoch, seq, names[cause], cause, accountId, at],
})
