import type { Seal } from '../../records.ts'
import {
  isStated,
  type Statement,
  type StatementField,
  statementNow,
  statementNumbers,
  statementTexts,
} from './canonical.ts'
import type { Cycle } from './model.ts'
import { readSealed, standing } from './sealed.ts'

/** How one question differs now from what was sealed and amended. */
export type ChangeSince =
  | {
      readonly kind: 'changed'
      readonly id: string
      readonly fields: readonly ChangedField[]
    }
  /** It was added after the seal: nothing was predicted before Do. */
  | { readonly kind: 'added'; readonly id: string; readonly now: Statement }
  | { readonly kind: 'removed'; readonly id: string; readonly stated: Statement }

export interface ChangedField {
  readonly field: StatementField
  /** What counts of what was stated: the newest amendment, or else what was sealed. Undefined: no number. */
  readonly stated: string | number | undefined
  readonly now: string | number | undefined
}

/**
 * What the document says differently from its seal, the newest amendment of each question counting: questions in the order
 * of the document, then those that are gone from it. Empty while there is no seal.
 */
export function changedSince(cycle: Cycle, seal: Seal | undefined): readonly ChangeSince[] {
  if (seal === undefined) return []
  const sealed = readSealed(seal)
  const present = new Set(cycle.questions.map(({ id }) => id))
  return [
    ...cycle.questions.flatMap((question): ChangeSince[] => {
      const now = statementNow(question)
      const stated = sealed.get(now.id)
      if (stated === undefined) return isStated(now) ? [{ kind: 'added', id: now.id, now }] : []
      const fields = changedFields(standing(stated), now)
      return fields.length === 0 ? [] : [{ kind: 'changed', id: now.id, fields }]
    }),
    ...[...sealed.values()]
      .filter((stated) => !present.has(stated.sealed.id))
      .map((stated): ChangeSince => ({ kind: 'removed', id: stated.sealed.id, stated: standing(stated) })),
  ]
}

const changedFields = (stated: Statement, now: Statement): readonly ChangedField[] =>
  [...statementTexts, ...statementNumbers]
    .filter((field) => stated[field] !== now[field])
    .map((field) => ({ field, stated: stated[field], now: now[field] }))
