import { findKind } from '#shared/kinds/index.ts'
import type { Records } from '#shared/records.ts'
import { attachmentsOf } from './attachments/store.ts'
import { ballotsOf } from './ballots/store.ts'
import type { Database } from './db/database.ts'
import { listOpenProposals } from './proposals/store.ts'
import { listSeals } from './seals/store.ts'
import { listStageChanges } from './transitions/store.ts'

/**
 * The records of a document, as its kind and the pages read them: with the reader's own answers, or (no account) the same
 * for everyone. What there is none of is left out.
 */
export async function recordsOf(
  db: Database,
  { id, kind }: { readonly id: string; readonly kind: string },
  accountId?: string,
): Promise<Records> {
  const [transitions, seals, ballots, attachments, proposals] = await Promise.all([
    listStageChanges(db, id),
    listSeals(db, id),
    ballotsOf(db, id, accountId),
    attachmentsOf(db, id),
    listOpenProposals(db, id),
  ])
  const stage = transitions.at(-1)?.to ?? findKind(kind)?.firstStage
  return {
    ...(stage !== undefined && { stage }),
    ...(transitions.length > 0 && { transitions }),
    ...(seals.length > 0 && { seals }),
    ...(ballots.length > 0 && { ballots }),
    ...(attachments.length > 0 && { attachments }),
    ...(proposals.length > 0 && { proposals }),
  }
}
