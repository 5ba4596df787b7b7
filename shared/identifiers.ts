import { findBirthDates } from './identifiers/birth-dates.ts'
import { findIdNumbers } from './identifiers/id-numbers.ts'
import type { Identifier, IdentifierContext, IdentifierKind } from './identifiers/identifier.ts'
import { findSchoolEmails } from './identifiers/school-emails.ts'
import { findStudentTables } from './identifiers/student-tables.ts'
import { readTables } from './identifiers/tables.ts'

/**
 * What in `text` looks as if it said who a student is, in the order of the text; no two stretches overlap. A tripwire, not
 * proof: it prefers to miss something over disturbing people who write about attendance, budgets and dates. Takes time in
 * proportion to the length of any text.
 */
export function findIdentifiers(text: string, context: IdentifierContext): readonly Identifier[] {
  const tables = readTables(text)
  return withoutOverlaps([
    ...findStudentTables(text, tables),
    ...findBirthDates(text, tables, context),
    ...findIdNumbers(text, tables),
    ...findSchoolEmails(text, context),
  ])
}

const masks: Readonly<Record<IdentifierKind, string>> = {
  'birth-date': '[date removed]',
  'id-number': '[number removed]',
  'school-email': '[address removed]',
  'name-table': '[names removed]',
}

/** What stands in the place of something that was masked. */
export const maskOf = ({ kind }: Pick<Identifier, 'kind'>): string => masks[kind]

/** `text` with neutral words in place of what was found in it; nothing is found in those. */
export function maskIdentifiers(text: string, found: readonly Identifier[]): string {
  let masked = ''
  let at = 0
  for (const identifier of withoutOverlaps(found)) {
    masked += text.slice(at, identifier.from) + maskOf(identifier)
    at = identifier.to
  }
  return masked + text.slice(at)
}

/** In the order of the text. Where two overlap the one that begins first stays, and grows to the end of the other. */
function withoutOverlaps(found: readonly Identifier[]): readonly Identifier[] {
  const kept: Identifier[] = []
  for (const identifier of [...found].sort((a, b) => a.from - b.from || b.to - a.to)) {
    const last = kept.at(-1)
    if (last === undefined || identifier.from >= last.to) kept.push(identifier)
    else if (identifier.to > last.to) kept[kept.length - 1] = { ...last, to: identifier.to }
  }
  return kept
}
