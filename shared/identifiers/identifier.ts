/** What a stretch of text looks like. */
export type IdentifierKind = 'birth-date' | 'id-number' | 'school-email' | 'name-table'

/** A stretch of text that looks as if it said who a student is. */
export interface Identifier {
  readonly kind: IdentifierKind
  /** Where it begins and ends, in UTF-16 units. */
  readonly from: number
  readonly to: number
  /** Why, in a sentence that does not repeat it. */
  readonly why: string
}

export interface IdentifierContext {
  /** Domains of students' email addresses, in lower case; those below them count too. */
  readonly schoolDomains: readonly string[]
  /** The year in which the text is written: it tells which years of birth are those of students. */
  readonly year: number
}

/** What each kind is called in a sentence. */
export const identifierNames: Readonly<Record<IdentifierKind, string>> = {
  'birth-date': 'a date of birth',
  'id-number': 'a student’s ID number',
  'school-email': 'a student’s email address',
  'name-table': 'a list of students',
}

export const identifierOf = (kind: IdentifierKind, { from, to }: Stretch): Identifier => ({
  kind,
  from,
  to,
  why: `This looks like ${identifierNames[kind]}.`,
})

/** A stretch of text, in UTF-16 units. */
export interface Stretch {
  readonly from: number
  readonly to: number
}
