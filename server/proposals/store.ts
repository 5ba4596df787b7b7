import type { Person } from '#shared/people.ts'
import type { Proposal } from '#shared/records.ts'
import type { Database, Statement } from '../db/database.ts'

/** What waits for someone who may edit the document, the oldest first. Where it comes from stands there without a title. */
export async function listOpenProposals(db: Database, documentId: string): Promise<readonly Proposal[]> {
  const rows = await db.read<{
    readonly id: string
    readonly action: string
    readonly args: string
    readonly sentence: string
    readonly part: string | null
    readonly from_document_id: string
    readonly person: string
    readonly created_at: number
  }>(
    `SELECT proposal.id, proposal.action, proposal.args, proposal.sentence, proposal.part, proposal.from_document_id,
      proposal.created_at, json_object('id', account.id, 'name', account.name, 'color', account.color) AS person
    FROM proposal JOIN account ON account.id = proposal.account_id
    WHERE proposal.document_id = ? AND proposal.decision IS NULL ORDER BY proposal.created_at, proposal.id`,
    [documentId],
  )
  return rows.map((row) => ({
    id: row.id,
    action: row.action,
    args: JSON.parse(row.args) as unknown,
    sentence: row.sentence,
    ...(row.part !== null && { part: row.part }),
    from: { documentId: row.from_document_id },
    by: JSON.parse(row.person) as Person,
    at: row.created_at,
  }))
}

export interface ProposalRow {
  readonly id: string
  readonly documentId: string
  readonly action: string
  readonly args: unknown
  readonly decision?: 'accepted' | 'declined' | 'superseded'
  readonly decidedBy?: string
}

export async function findProposal(db: Database, id: string): Promise<ProposalRow | undefined> {
  const [row] = await db.read<{
    readonly id: string
    readonly document_id: string
    readonly action: string
    readonly args: string
    readonly decision: 'accepted' | 'declined' | 'superseded' | null
    readonly decider: string | null
  }>(
    `SELECT proposal.id, proposal.document_id, proposal.action, proposal.args, proposal.decision,
      account.name AS decider
    FROM proposal LEFT JOIN account ON account.id = proposal.decided_by WHERE proposal.id = ?`,
    [id],
  )
  return (
    row && {
      id: row.id,
      documentId: row.document_id,
      action: row.action,
      args: JSON.parse(row.args) as unknown,
      ...(row.decision !== null && { decision: row.decision }),
      ...(row.decider !== null && { decidedBy: row.decider }),
    }
  )
}

export interface NewProposal {
  readonly id: string
  readonly documentId: string
  readonly action: string
  readonly args: unknown
  readonly sentence: string
  readonly part?: string | undefined
  readonly fromDocumentId: string
  readonly accountId: string
  readonly createdAt: number
}

/** Of what one document asks of another only the latest waits: an open proposal of the same action gives way to it. */
export const insertProposal = (proposal: NewProposal): readonly Statement[] => [
  {
    sql: `UPDATE proposal SET decision = 'superseded', decided_by = ?, decided_at = ?
      WHERE document_id = ? AND from_document_id = ? AND action = ? AND decision IS NULL AND created_at < ?`,
    args: [
      proposal.accountId,
      proposal.createdAt,
      proposal.documentId,
      proposal.fromDocumentId,
      proposal.action,
      proposal.createdAt,
    ],
  },
  {
    sql: `INSERT INTO proposal (id, document_id, action, args, sentence, part, from_document_id, account_id, created_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    args: [
      proposal.id,
      proposal.documentId,
      proposal.action,
      JSON.stringify(proposal.args ?? null),
      proposal.sentence,
      proposal.part ?? null,
      proposal.fromDocumentId,
      proposal.accountId,
      proposal.createdAt,
    ],
    expect: 1,
  },
]

/** Changes no row where it has been decided already. */
export const decideProposal = (
  id: string,
  decision: 'accepted' | 'declined',
  accountId: string,
  at: number,
): Statement => ({
  sql: 'UPDATE proposal SET decision = ?, decided_by = ?, decided_at = ? WHERE id = ? AND decision IS NULL',
  args: [decision, accountId, at, id],
  expect: 1,
})
