import type { DocumentReferences, PlacedReference, ReferenceEnd } from '#shared/document.ts'
import type { Team } from '#shared/network.ts'
import type { Database } from '../db/database.ts'
import { listTeams } from '../networks/store.ts'
import type { DocumentGuard, OpenedDocument } from './guard.ts'
import { type DocumentRow, listDocumentsById } from './store.ts'

interface StoredReference {
  readonly relation: string
  readonly part: string | null
  readonly other_id: string
  readonly other_part: string | null
}

/** What a document stands on and what stands on it, each end as this reader may see it. Networks stay apart. */
export async function referencesOf(
  { db, guard }: { readonly db: Database; readonly guard: DocumentGuard },
  accountId: string,
  document: OpenedDocument,
): Promise<DocumentReferences> {
  const [standsOn, carries] = await Promise.all([
    listOutgoing(db, document.id),
    listIncoming(db, document.id),
  ])
  const others = await listDocumentsById(
    db,
    [...standsOn, ...carries].map((reference) => reference.other_id),
  )
  const ends = new Map<string, ReferenceEnd>()
  const teams = await listTeams(db, document.networkId)
  for (const other of others) {
    if (other.networkId !== document.networkId) continue
    const opened = await guard.open(accountId, other)
    ends.set(other.id, opened ? openEnd(opened) : { privateTo: keeperOf(other, teams) })
  }
  const place = (reference: StoredReference): readonly PlacedReference[] => {
    const other = ends.get(reference.other_id)
    return other === undefined ? [] : [placed(reference, other)]
  }
  return { standsOn: standsOn.flatMap(place), carries: carries.flatMap(place) }
}

const listOutgoing = (db: Database, documentId: string): Promise<readonly StoredReference[]> =>
  db.read<StoredReference>(
    `SELECT relation, part, target_document_id AS other_id, target_part AS other_part
    FROM reference WHERE document_id = ? ORDER BY rowid`,
    [documentId],
  )

const listIncoming = (db: Database, documentId: string): Promise<readonly StoredReference[]> =>
  db.read<StoredReference>(
    `SELECT reference.relation, reference.target_part AS part, reference.document_id AS other_id,
      reference.part AS other_part
    FROM reference JOIN document ON document.id = reference.document_id
    WHERE reference.target_document_id = ? AND document.archived_at IS NULL ORDER BY reference.rowid`,
    [documentId],
  )

const openEnd = ({ id, kind, title, teamId }: OpenedDocument): ReferenceEnd => ({
  id,
  kind,
  title,
  ...(teamId !== undefined && { teamId }),
})

const keeperOf = ({ teamId }: DocumentRow, teams: readonly Team[]): string =>
  teams.find(({ id }) => id === teamId)?.name ?? 'the coordinators and facilitators'

const placed = (reference: StoredReference, other: ReferenceEnd): PlacedReference => ({
  relation: reference.relation,
  ...(reference.part !== null && { part: reference.part }),
  ...(reference.other_part !== null && { otherPart: reference.other_part }),
  other,
})
