import type { TransitionAnswer } from '#shared/document.ts'
import { AppError } from '#shared/errors.ts'
import { newId } from '#shared/ids.ts'
import { revealBallots } from '../ballots/store.ts'
import type { Statement } from '../db/database.ts'
import { invalidFields } from '../http/errors.ts'
import { hashOf } from '../seals/hash.ts'
import { insertSeal } from '../seals/store.ts'
import type { Moment, Standing } from './standing.ts'

interface PlannedSeal {
  readonly statements: readonly Statement[]
  readonly made?: NonNullable<TransitionAnswer['seal']>
}

/** What is stated from now on. Private answers to questions of the document are revealed and closed by it at the latest. */
export function planSeal(
  { document, kind, step, asked, by }: Standing,
  moment: Moment,
  model: unknown,
): PlannedSeal {
  const expected = asked.expect?.seal
  if (step.seals === undefined) {
    if (expected !== undefined) throw invalidFields({ 'expect.seal': 'This step seals nothing.' })
    return { statements: [] }
  }
  const sealable = kind.seals?.[step.seals]
  if (sealable === undefined)
    throw new Error(`A ${kind.label} seals “${step.seals}” but does not say what that is`)
  const text = sealable.text(model, document.id)
  const hash = hashOf(text)
  if (expected !== undefined && expected !== hash) throw changedSince(text, hash)
  const id = newId()
  const seal = insertSeal({
    id,
    documentId: document.id,
    name: step.seals,
    text,
    hash,
    accountId: by.id,
    present: [...new Set([by.id, ...moment.present])],
    createdAt: moment.at,
  })
  return {
    statements: [seal, ...revealBallots(document.id, 'all', null, moment.at)],
    made: { id, hash },
  }
}

const changedSince = (text: string, hash: string) =>
  new AppError(
    'conflict',
    'What is to be sealed changed while you were looking. Read it again before you seal it.',
    undefined,
    { now: { text, hash } },
  )
