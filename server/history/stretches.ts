import type { CameBy, HistoryPage, Stretch } from '#shared/history.ts'
import type { Person } from '#shared/people.ts'
import type { Database } from '../db/database.ts'
import type { LogName } from '../sync/update-log.ts'
import { listPeople } from './people.ts'

/** What a row of the log says of itself, without what it holds. */
interface Row {
  readonly seq: number
  readonly accountId: string | null
  readonly via: CameBy
  readonly at: number
}

/** Whoever rests longer than this begins a new stretch, in milliseconds. */
const longestPause = 5 * 60_000

/** So many rows are looked at for a page of the timeline; a stretch that is longer comes in two parts. */
const rowsOfPage = 2_000
const stretchesOfPage = 60

/**
 * The stretches of a document's log that end before the row `before`, the newest first. Reads what rows and segments say of
 * themselves and unpacks nothing.
 */
export async function listStretches(db: Database, name: LogName, before: number): Promise<HistoryPage> {
  const rows = await listRows(db, name, before)
  const stretches = joined(rows)
  const shown = stretches.slice(0, stretchesOfPage)
  const oldest = shown.at(-1)?.firstSeq ?? 1
  const people = await listPeople(db, [...new Set(shown.flatMap(({ accountId }) => accountId ?? []))])
  return {
    stretches: shown.map(({ accountId, ...stretch }) => ({
      ...stretch,
      ...(accountId !== null && people.has(accountId) && { by: people.get(accountId) as Person }),
    })),
    ...(oldest > 1 && { before: oldest }),
  }
}

/** Rows before `before`, the newest first: those that stand alone, then those of segments. */
async function listRows(
  db: Database,
  { documentId, epoch }: LogName,
  before: number,
): Promise<readonly Row[]> {
  const rows = await db.read<{ seq: number; account_id: string | null; via: CameBy; created_at: number }>(
    `SELECT seq, account_id, via, created_at FROM document_update
      WHERE document_id = ?1 AND epoch = ?2 AND seq < ?3
    UNION ALL
    SELECT row.value ->> 'seq', row.value ->> 'accountId', row.value ->> 'via', row.value ->> 'at'
      FROM document_segment AS segment, json_each(segment.boundaries) AS row
      WHERE segment.document_id = ?1 AND segment.epoch = ?2 AND segment.first_seq < ?3
        AND segment.last_seq > ?3 - 1 - ?4 AND row.value ->> 'seq' < ?3
    ORDER BY 1 DESC LIMIT ?4`,
    [documentId, epoch, before, rowsOfPage],
  )
  return rows.map((row) => ({
    seq: row.seq,
    accountId: row.account_id,
    via: row.via,
    at: row.created_at,
  }))
}

type Unnamed = Omit<Stretch, 'by'> & { readonly accountId: string | null }

function joined(rows: readonly Row[]): readonly Unnamed[] {
  const stretches: Unnamed[] = []
  for (const { seq, accountId, via, at } of rows) {
    const last = stretches.at(-1)
    const isSame =
      last !== undefined &&
      last.accountId === accountId &&
      last.via === via &&
      last.from - at <= longestPause &&
      !standsAlone.has(via)
    if (isSame) stretches[stretches.length - 1] = { ...last, firstSeq: seq, from: Math.min(last.from, at) }
    else stretches.push({ firstSeq: seq, lastSeq: seq, accountId, via, from: at, to: at })
  }
  return stretches
}

/** Each of these is one deed, with a moment of its own before and after it. */
const standsAlone: ReadonlySet<CameBy> = new Set(['restore', 'import', 'transition'])
