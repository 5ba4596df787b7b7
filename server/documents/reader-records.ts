import type { Proposal, Records } from '#shared/records.ts'
import type { Database } from '../db/database.ts'
import { recordsOf } from '../records.ts'
import type { DocumentGuard, OpenedDocument } from './guard.ts'

/** The records of a document as this reader may see them. */
export async function recordsFor(
  { db, guard }: { readonly db: Database; readonly guard: DocumentGuard },
  accountId: string,
  document: OpenedDocument,
): Promise<Records> {
  const records = await recordsOf(db, document, accountId)
  if (records.proposals === undefined) return records
  const proposals = await Promise.all(
    records.proposals.map(async (proposal): Promise<Proposal> => {
      const { documentId } = proposal.from
      const from = await guard.find(accountId, documentId)
      return from === undefined ? proposal : { ...proposal, from: { documentId, title: from.title } }
    }),
  )
  return { ...records, proposals }
}
