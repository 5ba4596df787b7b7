import { isSchoolAge, readCompactDates, readDates, type WrittenDate } from './dates.ts'
import { type Identifier, type IdentifierContext, identifierOf } from './identifier.ts'
import { cellsUnder, type Table } from './tables.ts'

const words =
  'd\\.?\\s?o\\.?\\s?b\\b\\.?|dates? of birth|birth[ -]?dates?|birthday|b-?day|born|fecha de nacimiento|f\\. ?nac\\.|nacid[oa]'

/** Birth is spoken of, and no other figure (or mask of one) stands between it and what follows. */
const birthBefore = new RegExp(`(?<!\\p{L})(${words})(?!\\p{L})([^\\d\\n[\\]]{0,40})$`, 'iu')
const birthAfter = new RegExp(
  `^[\\s,;(–-]{0,4}(?:is |was |\\()?(?:(?:her|his|their|the) )?(?:${words})(?!\\p{L})`,
  'iu',
)

/** All who were born in a span of time; a new paragraph or sentence that is about something else. */
const isElsewhere = /\b(?:between|before|after|since|until|from|on or)\b|[.!?]\s/i

/** Networks and programs are born too. */
const isOfAThing =
  /(?:network|coalition|program|initiative|idea|project|alliance|collaborative|partnership|movement|policy|law|center|team|approach|model|effort)\s+(?:\w+\s+){0,2}$/i

const heading = new RegExp(`^(?:student(?:’s|'s)? )?(?:${words})$`, 'iu')

/** How much of the text around a date is looked at. */
const reach = 64

/** Dates that can be a student's date of birth, where words beside them or the heading of their column say that they are one. */
export function findBirthDates(
  text: string,
  tables: readonly Table[],
  { year }: IdentifierContext,
): readonly Identifier[] {
  const datesIn = (part: string) =>
    [...readDates(part, year), ...readCompactDates(part)].filter((date) => isSchoolAge(date.year, year))
  const beside = datesIn(text).filter((date) => isBirth(text, date))
  const below = tables
    .flatMap((table) => cellsUnder(table, (cell) => heading.test(cell)))
    .flatMap((cell) =>
      datesIn(cell.text).map(({ from, to }) => ({ from: cell.from + from, to: cell.from + to })),
    )
  return [...beside, ...below].map((date) => identifierOf('birth-date', date))
}

function isBirth(text: string, { from, to }: WrittenDate): boolean {
  const after = text.slice(to, to + reach)
  if (birthAfter.test(after)) return true
  const before = text.slice(Math.max(0, from - reach), from)
  const said = birthBefore.exec(before)
  if (said === null || isElsewhere.test(said[2] ?? '')) return false
  return !(/^born$/i.test(said[1] ?? '') && isOfAThing.test(before.slice(0, said.index)))
}
