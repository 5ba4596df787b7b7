import { readCompactDates } from './dates.ts'
import { type Identifier, identifierOf, type Stretch } from './identifier.ts'
import { type Cell, columnsOf, type Table } from './tables.ts'

/** Six to ten digits that stand by themselves: no part of an amount, a date, a code with letters, or an address. */
const digits = /(?<![\p{L}\p{N}_.,/$€£&%?+-])\d{6,10}(?![\p{L}\p{N}_%]|[.,/:@-]\d)/gu

const socialSecurity = /(?<![\p{L}\p{N}/.-])\d{3}-\d{2}-\d{4}(?![\p{L}\p{N}/-])/gu

/** The number is said to be a student's. */
const afterStudentWords =
  /(?<!\p{L})(?:(?:student|pupil|child|scholar|learner)(?:’s|'s|s)?[ -]?(?:id|no|num|number|#|identifier)|sis(?:[ -]?(?:id|no|number))?|state[ -](?:student[ -])?id|local[ -]id|ssid|sasid|lasid|perm(?:anent)?[ -]?id|lunch[ -](?:id|pin|no|number)|medicaid(?:[ -](?:id|no|number))?|mrn|ssn)(?!\p{L})[\s:=#.(-]{0,4}(?:(?:is|no|number)[\s:.#]{1,3})?$/iu

/** A number of something, whatever it is. */
const afterAnyWords =
  /(?<!\p{L})([\p{L}]*)[\s.,:(-]{0,3}(?:#|(?<!\p{L})ids?(?: ?#| no\.?| number)?(?: is)?[\s:=#-]{0,3})$/iu

/** What has numbers without being a student. */
const isOfAThing =
  /^(?:grant|award|invoice|order|po|purchase|ticket|issue|check|cheque|account|contract|bus|route|room|meeting|zoom|webinar|conference|call|phone|tel|fund|budget|project|vendor|employee|staff|tax|ein|federal|employer|document|form|session|course|section|building|school|district|device|asset|tag|version|build|pr|request|reference|ref|part|item|serial|model|license|permit|facility|site|nces|lea|org|agency|provider|npi|duns|uei|protocol|irb|study|trial|survey|doc|page|event|file|folder|record|dataset|measure|cycle)$/i

/** Long numbers after words that say whose they are, or in a column of such numbers. */
export function findIdNumbers(text: string, tables: readonly Table[]): readonly Identifier[] {
  const said = stretchesOf(text, digits).filter((found) => isSaid(text, found))
  const listed = tables.flatMap((table) => columnsOf(table).flatMap((cells) => listedNumbers(cells, table)))
  return [...said, ...stretchesOf(text, socialSecurity), ...listed].map((found) =>
    identifierOf('id-number', found),
  )
}

const stretchesOf = (text: string, pattern: RegExp): readonly Stretch[] =>
  Array.from(text.matchAll(pattern), ({ 0: found, index }) => ({ from: index, to: index + found.length }))

/** How much of the text before a number is looked at. */
const reach = 48

/** A number in a web address is a page's. */
const inAddress = /(?:https?:\/\/|www\.)\S*$/i
const longestAddress = 200

function isSaid(text: string, { from, to }: Stretch): boolean {
  const before = text.slice(Math.max(0, from - reach), from)
  if (inAddress.test(text.slice(Math.max(0, from - longestAddress), from))) return false
  if (afterStudentWords.test(before)) return true
  // A color.
  if (to - from === 6 && /(?:^|[^\p{L}\s])\s?#$/u.test(before)) return false
  const [, thing] = afterAnyWords.exec(before) ?? []
  return thing !== undefined && !isOfAThing.test(thing)
}

const idHeading =
  /^(?:(?:student|pupil|child|learner|sis|state|local|perm)[ _-]?(?:id|#|no\.?|number)s?|ids?|id ?(?:#|no\.?|number)|sis|ssid|sasid|lasid|ssn|mrn|state student id|students?)$/i

/** So many rows of such numbers, where no heading says what they are. */
const fewest = 3

/** The numbers of a column, where its heading or their look says that they are people's. */
function listedNumbers([first, ...below]: readonly Cell[], { separator, rows }: Table): readonly Stretch[] {
  if (first === undefined || below.length === 0) return []
  const isHeaded = !/\d{4}/.test(first.text)
  if (isHeaded) return idHeading.test(first.text) ? below.filter(isLongNumber) : []
  // Commas divide prose too: there only a heading tells.
  if (separator === ',') return []
  const numbers = [first, ...below].filter(isLongNumber)
  return numbers.length >= Math.max(fewest, rows.length * 0.75) && areOfPeople(numbers) ? numbers : []
}

const isLongNumber = ({ text }: Cell): boolean => /^\d{6,10}$/.test(text)

/** Amounts are round and of many lengths, telephones begin as telephones do, and compact dates are dates. */
function areOfPeople(numbers: readonly Cell[]): boolean {
  const texts = numbers.map(({ text }) => text)
  const isRound = (text: string) => text.endsWith('00')
  const isPhone = (text: string) => /^[2-9]\d\d[2-9]\d{6}$/.test(text)
  const isDate = (text: string) => readCompactDates(text).length > 0
  return (
    new Set(texts.map(({ length }) => length)).size === 1 &&
    new Set(texts).size === texts.length &&
    texts.filter(isRound).length < texts.length / 2 &&
    !texts.every(isPhone) &&
    !texts.every(isDate)
  )
}
