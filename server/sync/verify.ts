import type { Database } from '../db/database.ts'
import type { Damage } from './damage.ts'
import { type ReplayDeps, replay, replayWholeLog } from './replay.ts'
import type { LogName } from './update-log.ts'

/** Whether a document's log replays from its first row on, and its newest snapshot leads to the same. */
export async function verifyLog(deps: ReplayDeps, name: LogName): Promise<readonly string[]> {
  try {
    const whole = await replayWholeLog(deps.db, name)
    const { live } = await replay(deps, name)
    const isSame = Buffer.compare(whole.encode(), live.encode()) === 0
    return [
      ...(isSame ? [] : ['Its newest snapshot is not what its log says.']),
      ...(await describeDamage(deps.db, name.documentId)),
    ]
  } catch (error) {
    return [`Its log does not replay: ${error instanceof Error ? error.message : String(error)}.`]
  }
}

/** What was set aside when the document was opened. */
async function describeDamage(db: Database, documentId: string): Promise<readonly string[]> {
  const rows = await db.read<{ readonly seq: number; readonly reason: Damage; readonly at: number }>(
    'SELECT seq, reason, created_at AS at FROM document_damage WHERE document_id = ? ORDER BY seq',
    [documentId],
  )
  return rows.map(
    ({ seq, reason, at }) =>
      `Row ${seq} of its log ${damageInWords[reason]} and was set aside on ${new Date(at).toISOString()}.`,
  )
}

const damageInWords: Readonly<Record<Damage, string>> = {
  changed: 'was not what was written',
  unreadable: 'was no edit',
  missing: 'was not there',
  unfounded: 'stood on another that was damaged',
}
