import { readDates } from './dates.ts'
import { type Identifier, identifierOf } from './identifier.ts'
import type { Cell, Row, Table } from './tables.ts'

/**
 * Lists of students as they come out of a student system: under headings, without headings as "Lopez, Maria 5", or one
 * student a block as "Name: Maria Lopez". A finding reaches from the first student to the last, headings left out.
 */
export function findStudentTables(text: string, tables: readonly Table[]): readonly Identifier[] {
  return tables
    .flatMap((table) => [...underHeadings(table), ...withoutHeadings(text, table)])
    .concat(inBlocks(text))
    .map((rows) => identifierOf('name-table', rows))
}

interface Rows {
  readonly from: number
  readonly to: number
}

const studentHeading =
  /^(?:(?:student|pupil|child|scholar|learner)s?(?:[ _]?(?:full[ _]?)?names?)?|(?:student[ _]?)?(?:last|first|given|family|sur)[ _]?name|last|first|surname|(?:student[ _(]{0,2})?last(?:[ _]?name)?,? ?first(?:[ _]?name)?\)?)$/i
const nameHeading = /^(?:full |legal |preferred )?names?$/i

const isGrade = (text: string): boolean =>
  /^(?:pk|pre-?k|tk|k|kg|(?:0?[1-9]|1[0-2])(?:st|nd|rd|th)?)$/i.test(text)
const isDate = (text: string): boolean => text.length < 40 && readDates(text, 2100).length > 0
const isId = (text: string): boolean => /^[a-z]?\d{4,12}$/i.test(text)

/** What a student system says of a student, and how that looks. The first three are enough where a heading only says "Name". */
const facts: readonly { readonly heading: RegExp; readonly fits: (text: string) => boolean }[] = [
  { heading: /^(?:grade(?:[ _]?level)?|gr\.?|grd)$/i, fits: isGrade },
  { heading: /^(?:d\.?o\.?b\.?|date of birth|birth[ _-]?date|birthday|born)$/i, fits: isDate },
  {
    heading:
      /^(?:(?:student|pupil|state|local|sis|perm)?[ _-]?(?:id|number|no\.?|#)|id ?(?:#|number)|ssid|sasid|lasid|sis)$/i,
    fits: isId,
  },
  {
    heading:
      /^(?:homeroom|hr|gender|sex|race|ethnicity|iep|504|ell?|el status|frp?l|lunch status|counsell?or|guardian|parent|parent phone)$/i,
    fits: (text) => text !== '' && text.length <= 40,
  },
  {
    heading:
      /^(?:days? (?:absent|missed)|absen(?:ces|t|ce)|tard(?:ies|y)|unexcused|excused|suspensions|referrals|gpa|score)$/i,
    fits: (text) => /^\d{1,3}(?:\.\d)?$/.test(text),
  },
]

function underHeadings({ rows }: Table): readonly Rows[] {
  const top = rows.findIndex(({ cells }) => cells.length > 1 && headingsOf(cells) !== undefined)
  const headings = rows[top] && headingsOf(rows[top].cells)
  if (headings === undefined) return []
  const students = rows.slice(top + 1).filter(({ cells }) => {
    const isNamed = headings.names.every((column) => isName(cells[column]?.text ?? ''))
    return isNamed && headings.facts.some(({ column, fits }) => fits(cells[column]?.text ?? ''))
  })
  return around(students)
}

interface Headings {
  readonly names: readonly number[]
  readonly facts: readonly { readonly column: number; readonly fits: (text: string) => boolean }[]
}

function headingsOf(cells: readonly Cell[]): Headings | undefined {
  if (cells.length > widest) return undefined
  const columnsOf = (heading: RegExp) =>
    cells.flatMap(({ text }, column) => (text.length < 40 && heading.test(text) ? [column] : []))
  const ofStudents = columnsOf(studentHeading)
  const names = ofStudents.length > 0 ? ofStudents : columnsOf(nameHeading)
  const counted = ofStudents.length > 0 ? facts : facts.slice(0, 3)
  const found = counted.flatMap(({ heading, fits }) => columnsOf(heading).map((column) => ({ column, fits })))
  return names.length > 0 && found.length > 0 ? { names, facts: found } : undefined
}

/** A table from a student system has some dozens of columns. */
const widest = 200

const namePart = "\\p{Lu}[\\p{L}'’.-]{0,30}"
const fullName = new RegExp(`^${namePart}(?:,? ${namePart}){0,3}$`, 'u')

/** Schools, places and people of the work have names too. */
const isNoStudent =
  /(?<!\p{L})(?:school|elem(?:entary)?|middle|high|academy|k-?8|k-?12|district|county|city|team|center|network|total|average|grade|class|all|mr|mrs|ms|mx|dr|prof|sgt|officer|judge|coach|principal|nurse|teacher)(?!\p{L})/iu

const isName = (text: string): boolean => text.length <= 60 && fullName.test(text) && !isNoStudent.test(text)

const state =
  /^(?:alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida|georgia|hawaii|idaho|illinois|indiana|iowa|kansas|kentucky|louisiana|maine|maryland|massachusetts|michigan|minnesota|mississippi|missouri|montana|nebraska|nevada|new [a-z]+|north [a-z]+|ohio|oklahoma|oregon|pennsylvania|rhode island|south [a-z]+|tennessee|texas|utah|vermont|virginia|washington|west virginia|wisconsin|wyoming|district of columbia)$/i

const lastFirst = new RegExp(
  `^\\s{0,20}["|]?\\s?(${namePart}(?: ${namePart})?), ?(${namePart}(?: ${namePart})?)"?[\\s,;|:(–-]{1,12}(\\S{1,24})(.{0,12})`,
  'u',
)

/** So many lines "Lopez, Maria 5" one after the other are a list of students; two may be anything. */
const fewest = 3

function withoutHeadings(text: string, { rows }: Table): readonly Rows[] {
  const found: Rows[] = []
  let run: Row[] = []
  const end = () => {
    if (run.length >= fewest) found.push(...around(run))
    run = []
  }
  for (const row of rows) {
    if (isStudentLine(text.slice(row.from, Math.min(row.to, row.from + 200)))) run.push(row)
    else end()
  }
  end()
  return found
}

function isStudentLine(line: string): boolean {
  const [, last = '', first = '', said = '', rest = ''] = lastFirst.exec(line) ?? []
  if (last === '' || state.test(first) || /^[A-Z]{2}$/.test(first) || isNoStudent.test(`${last} ${first}`))
    return false
  const value = said.replace(/[),;|]+$/, '')
  return isGrade(value) || /^(?:\d{1,3}|\d{6,10})$/.test(value) || isDate(value) || isDate(`${value}${rest}`)
}

function around(rows: readonly Row[]): readonly Rows[] {
  const [first] = rows
  const last = rows.at(-1)
  return first && last ? [{ from: first.from, to: last.to }] : []
}

const label = (names: string) => new RegExp(`(?<!\\p{L})(?:${names})\\s?[:=]\\s{0,4}`, 'giu')
const nameLabel = label(
  "students?(?: names?)?|pupil(?: name)?|child(?:’s|'s)? name|(?:full |legal |last |first )?name",
)
const factLabel =
  /(?<!\p{L})(?:grade(?: level)?|gr|dob|d\.o\.b\.|date of birth|birth ?date|student (?:id|number|no\.?)|state id|sis(?: id)?|ssid|id|homeroom|iep|504)\s?[:#=]\s{0,4}(\S{1,24})/iu

/** How far from a name what else is said of the student may stand. */
const blockLength = 240

function inBlocks(text: string): readonly Rows[] {
  return Array.from(text.matchAll(nameLabel)).flatMap(({ 0: said, index }): readonly Rows[] => {
    const isHalf = /^(?:first|last)/i.test(said)
    const from = index + said.length
    const value = /^[^\n,;|\t]{0,60}/.exec(text.slice(from, from + 64))?.[0].trim() ?? ''
    if (!isName(value) || !(isHalf || value.includes(' '))) return []
    const block = text.slice(from, from + blockLength)
    const fact = factLabel.exec(block.split(/\n\s*\n/, 1)[0] ?? '')
    if (fact === null || !/\d|^(?:k|pk|tk)$/i.test(fact[1] ?? '')) return []
    return [{ from, to: from + fact.index + fact[0].length }]
  })
}
