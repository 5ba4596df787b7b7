import type { Person, PersonColor } from '#shared/people.ts'
import type { Ballot, RevealedBallot } from '#shared/records.ts'
import type { Database, Statement } from '../db/database.ts'

/*
 * Private answers to parts of documents. Whoever asks learns how many there are, and their own; the rest only once it is
 * revealed. What is revealed is closed: that is checked in the statement that writes an answer, so that one which arrives in
 * the same instant is either part of what was revealed or refused.
 */

/** Stands for every part of a document, those that nobody has answered too. No part is named by nothing. */
const everyPart = ''

/** How many parts of one document one person may answer: far more than any plan asks, and a bound for whoever means harm. */
const mostParts = 500

export interface NewAnswer {
  readonly documentId: string
  readonly part: string
  readonly accountId: string
  readonly value: number
  readonly at: number
}

/** Writes an answer, in place of an earlier one of the same person; fails where the part is closed or the document archived. */
export const writeAnswer = ({ documentId, part, accountId, value, at }: NewAnswer): Statement => ({
  sql: `INSERT INTO ballot_answer (document_id, part, account_id, value, created_at)
    SELECT id, ?2, ?3, ?4, ?5 FROM document
    WHERE id = ?1 AND archived_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM ballot_reveal WHERE document_id = ?1 AND part IN (?2, ?6))
      AND (SELECT count(*) FROM ballot_answer WHERE document_id = ?1 AND account_id = ?3 AND part <> ?2) < ?7
    ON CONFLICT (document_id, part, account_id) DO UPDATE SET value = excluded.value, created_at = excluded.created_at`,
  args: [documentId, part, accountId, value, at, everyPart, mostParts],
  expect: 1,
})

/** Reveals what was answered about one part; fails where nobody has answered, or where it is revealed already. */
export const revealAnswers = (
  documentId: string,
  part: string,
  accountId: string,
  at: number,
): Statement => ({
  sql: `INSERT INTO ballot_reveal (document_id, part, account_id, created_at)
    SELECT id, ?2, ?3, ?4 FROM document
    WHERE id = ?1 AND archived_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM ballot_reveal WHERE document_id = ?1 AND part IN (?2, ?5))
      AND EXISTS (SELECT 1 FROM ballot_answer WHERE document_id = ?1 AND part = ?2)`,
  args: [documentId, part, accountId, at, everyPart],
  expect: 1,
})

/**
 * Reveals what was answered about `parts` and closes them, also those that nobody has answered; `all` is every part that the
 * document has or will have. For a transaction that means more than this, e.g. a step that seals; `accountId` is null where
 * nobody in particular revealed it.
 */
export function revealBallots(
  documentId: string,
  parts: readonly string[] | 'all',
  accountId: string | null,
  at: number,
): Statement[] {
  return (parts === 'all' ? [everyPart] : parts).map((part) => ({
    sql: `INSERT INTO ballot_reveal (document_id, part, account_id, created_at) VALUES (?, ?, ?, ?)
      ON CONFLICT (document_id, part) DO NOTHING`,
    args: [documentId, part, accountId, at],
  }))
}

/** Says whether others may know whose someone's answer is; fails where they gave none or it is not revealed. */
export const shareAnswer = (
  documentId: string,
  part: string,
  accountId: string,
  isShared: boolean,
): Statement => ({
  sql: `UPDATE ballot_answer SET shared = ?4 WHERE document_id = ?1 AND part = ?2 AND account_id = ?3
    AND EXISTS (SELECT 1 FROM ballot_reveal WHERE document_id = ?1 AND part IN (?2, ?5))`,
  args: [documentId, part, accountId, isShared ? 1 : 0, everyPart],
  expect: 1,
})

/** The ballots of a document as `accountId` may see them; without one, as somebody who answered none of them. */
export async function ballotsOf(
  db: Database,
  documentId: string,
  accountId: string | undefined,
): Promise<readonly Ballot[]> {
  // In this order: what is revealed has all its answers by then.
  const reveals = await listReveals(db, documentId)
  const answers = await listAnswers(db, documentId)
  const parts = new Set([...answers.map(({ part }) => part), ...reveals.keys()])
  parts.delete(everyPart)
  return [...parts].sort().map((part) => {
    const given = answers.filter((answer) => answer.part === part)
    const own = given.find(({ by }) => by.id === accountId)
    const reveal = reveals.get(part) ?? reveals.get(everyPart)
    return {
      part,
      answers: given.length,
      ...(own && { own: { value: own.value, at: own.at, isShared: own.isShared } }),
      ...(reveal && { revealed: { ...reveal, ...spreadOf(given) } }),
    }
  })
}

/** With fewer than this many answers, each would be as good as signed: only their range is shown. */
const fewestForValues = 3

/** The answers come from the lowest to the highest, which says nothing of who gave them. */
function spreadOf(
  answers: readonly Answer[],
): Pick<RevealedBallot, 'lowest' | 'highest' | 'values' | 'shared'> {
  const values = answers.map(({ value }) => value)
  const [lowest] = values
  const highest = values.at(-1)
  return {
    ...(lowest !== undefined && { lowest }),
    ...(highest !== undefined && { highest }),
    ...(values.length >= fewestForValues && { values }),
    shared: answers.flatMap(({ by, value, isShared }) => (isShared ? [{ by, value }] : [])),
  }
}

interface Answer {
  readonly part: string
  readonly by: Person
  readonly value: number
  readonly isShared: boolean
  readonly at: number
}

async function listAnswers(db: Database, documentId: string): Promise<readonly Answer[]> {
  const rows = await db.read<{
    readonly part: string
    readonly account_id: string
    readonly name: string
    readonly color: PersonColor
    readonly value: number
    readonly shared: number
    readonly created_at: number
  }>(
    `SELECT answer.part, answer.account_id, account.name, account.color, answer.value, answer.shared, answer.created_at
    FROM ballot_answer AS answer JOIN account ON account.id = answer.account_id
    WHERE answer.document_id = ? ORDER BY answer.value, answer.account_id`,
    [documentId],
  )
  return rows.map((row) => ({
    part: row.part,
    by: { id: row.account_id, name: row.name, color: row.color },
    value: row.value,
    isShared: row.shared === 1,
    at: row.created_at,
  }))
}

type Reveal = Pick<RevealedBallot, 'at' | 'by'>

async function listReveals(db: Database, documentId: string): Promise<ReadonlyMap<string, Reveal>> {
  const rows = await db.read<{
    readonly part: string
    readonly account_id: string | null
    readonly name: string | null
    readonly color: PersonColor | null
    readonly created_at: number
  }>(
    `SELECT reveal.part, reveal.account_id, account.name, account.color, reveal.created_at
    FROM ballot_reveal AS reveal LEFT JOIN account ON account.id = reveal.account_id
    WHERE reveal.document_id = ?`,
    [documentId],
  )
  return new Map(rows.map((row) => [row.part, { at: row.created_at, ...revealer(row) }]))
}

function revealer(row: {
  readonly account_id: string | null
  readonly name: string | null
  readonly color: PersonColor | null
}): Pick<RevealedBallot, 'by'> {
  const { account_id: id, name, color } = row
  return id === null || name === null || color === null ? {} : { by: { id, name, color } }
}

/** Whether a part is revealed, and so closed. */
export async function isRevealed(db: Database, documentId: string, part: string): Promise<boolean> {
  const rows = await db.read('SELECT part FROM ballot_reveal WHERE document_id = ? AND part IN (?, ?)', [
    documentId,
    part,
    everyPart,
  ])
  return rows.length > 0
}

/** Whether someone has answered a part themselves. */
export async function hasAnswered(
  db: Database,
  documentId: string,
  part: string,
  accountId: string,
): Promise<boolean> {
  const rows = await db.read(
    'SELECT part FROM ballot_answer WHERE document_id = ? AND part = ? AND account_id = ?',
    [documentId, part, accountId],
  )
  return rows.length > 0
}

/** An answer of one's own that was revealed. */
export interface OwnAnswer {
  readonly documentId: string
  readonly part: string
  readonly value: number
  readonly at: number
}

/** What someone has answered in a network and what is revealed since, the oldest first. */
export async function listRevealedAnswers(
  db: Database,
  networkId: string,
  accountId: string,
): Promise<readonly OwnAnswer[]> {
  return db.read<OwnAnswer>(
    `SELECT answer.document_id AS documentId, answer.part, answer.value, answer.created_at AS at
    FROM ballot_answer AS answer JOIN document ON document.id = answer.document_id
    WHERE document.network_id = ? AND answer.account_id = ? AND EXISTS (
      SELECT 1 FROM ballot_reveal AS reveal
      WHERE reveal.document_id = answer.document_id AND reveal.part IN (answer.part, ?))
    ORDER BY answer.created_at, answer.document_id, answer.part`,
    [networkId, accountId, everyPart],
  )
}
