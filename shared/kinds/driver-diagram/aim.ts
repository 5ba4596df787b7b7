import { type Aim, aimId, type Diagram } from './model.ts'

/** What an aim could still say, in a friendly sentence. Never blocks. */
export interface AimHint {
  readonly about: 'amount' | 'date' | 'direction' | 'baseline' | 'whom' | 'target' | 'statement'
  readonly sentence: string
}

const nbsp = '\u00a0'

/** The aim's statement: the title of its card. */
export const statementOf = (diagram: Diagram): string =>
  diagram.cards.find((card) => card.id === aimId)?.title ?? ''

/** Whether any of the fields that `composeAim` uses is filled. */
export const hasAimFields = (aim: Aim): boolean =>
  [aim.what, aim.forWhom].some((text) => text.trim() !== '') ||
  [aim.direction, aim.baselineValue, aim.targetValue, aim.byWhen].some((value) => value !== undefined)

/**
 * One sentence out of the fields that are filled, e.g. "By December 2025, lower the share of students who miss 10 % or
 * more of a month's school days across the eight sites from a baseline of 24.3 % to 19 %." Empty when there is nothing to say.
 */
export function composeAim(aim: Aim): string {
  if (!hasAimFields(aim)) return ''
  const by = aim.byWhen === undefined ? '' : `by ${dateInWords(aim.byWhen)}, `
  const from =
    aim.baselineValue === undefined
      ? ''
      : ` from a baseline of ${amount(aim.baselineValue, aim.unit)}${inPeriod(aim.baselinePeriod)}`
  const to = aim.targetValue === undefined ? '' : ` to ${amount(aim.targetValue, aim.unit)}`
  const what = trimmed(aim.what) || 'the outcome'
  return sentence(`${by}${verbOf(aim)} ${what}${whom(aim.forWhom)}${from}${to}`)
}

function verbOf({ direction, baselineValue, targetValue }: Aim): string {
  if (direction === 'decrease') return 'lower'
  if (direction === 'increase') return 'raise'
  if (baselineValue === undefined || targetValue === undefined || baselineValue === targetValue)
    return 'bring'
  return targetValue < baselineValue ? 'lower' : 'raise'
}

const prepositions =
  /^(across|among|at|between|for|from|in|of|on|throughout|within|with|who|whose|whom|that)\b/i

function whom(text: string): string {
  const words = trimmed(text)
  if (words === '') return ''
  return prepositions.test(words) ? ` ${words}` : ` for ${words}`
}

const inPeriod = (period: string | undefined): string =>
  period === undefined || period.trim() === '' ? '' : ` (${period.trim()})`

/** The aim in a few words where it names a target, "19 % by December 2025", else its statement; '' where nothing is said. */
export function aimInShort({ targetValue, unit, byWhen }: Aim, statement: string): string {
  if (targetValue === undefined) return statement.trim()
  const target = amount(targetValue, unit)
  return byWhen === undefined ? target : `${target} by ${dateInWords(byWhen)}`
}

/** A figure with its unit as people write them. */
export function amount(value: number, unit: string | undefined): string {
  const figure = value.toLocaleString('en-US', { maximumFractionDigits: 4 })
  const words = unit?.trim() ?? ''
  if (words === '') return figure
  return words.startsWith('$')
    ? `$${figure}${words.slice(1)}`
    : `${figure}${words === '%' ? nbsp : ' '}${words}`
}

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** "2025-12" as "December 2025", "2025-12-31" as "December 31, 2025". */
export function dateInWords(date: string): string {
  const [year = '', month = '', day] = date.split('-')
  const name = months[Number(month) - 1] ?? month
  return day === undefined ? `${name} ${year}` : `${name} ${Number(day)}, ${year}`
}

/** Without spaces around it and without full stops at its end. */
function trimmed(text: string): string {
  const words = text.trim()
  let end = words.length
  // A pattern for this would try each space and each full stop in the text as the beginning of its end.
  while (end > 0 && /[.\s]/.test(words.charAt(end - 1))) end--
  return words.slice(0, end)
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

/**
 * What the aim could still say: asked of the fields where any is filled, of the statement's words otherwise. Empty for an
 * aim that says what shall change, for whom, how much and by when.
 */
export function lintAim(diagram: Diagram): AimHint[] {
  const statement = statementOf(diagram).trim()
  const { aim } = diagram
  if (!hasAimFields(aim)) return statement === '' ? [emptyAim] : lintStatement(statement)
  const hints = lintFields(aim, statement)
  // What the statement says in words need not stand in a field as well; what it repeats of the fields says nothing more.
  const words = [aim.what, aim.forWhom, aim.baselinePeriod ?? ''].reduce(
    (rest, text) => rest.replace(text.trim(), ' '),
    statement,
  )
  return hints.filter(
    ({ about }) => !(about === 'amount' && hasAmount(words)) && !(about === 'date' && hasDate(words)),
  )
}

const emptyAim: AimHint = {
  about: 'statement',
  sentence: 'Say what should change, for whom, by how much and by when.',
}

const noAmount: AimHint = {
  about: 'amount',
  sentence: 'Say how much: without a number nobody can tell when it is reached.',
}

const noDate: AimHint = { about: 'date', sentence: 'Say by when: a date makes it a plan.' }

function lintFields(aim: Aim, statement: string): AimHint[] {
  const hints: AimHint[] = []
  if (statement === '')
    hints.push({ about: 'statement', sentence: 'The fields are filled; let them write the statement.' })
  if (aim.what.trim() === '') hints.push({ about: 'statement', sentence: 'Say what should change.' })
  if (aim.forWhom.trim() === '')
    hints.push({ about: 'whom', sentence: 'Say for whom: which students, where.' })
  if (aim.targetValue === undefined) hints.push(noAmount)
  if (aim.byWhen === undefined) hints.push(noDate)
  if (aim.baselineValue === undefined)
    hints.push({ about: 'baseline', sentence: 'Say where you start: the baseline shows how far it is.' })
  else if (aim.targetValue !== undefined) hints.push(...lintTarget(aim, aim.baselineValue, aim.targetValue))
  return hints
}

function lintTarget(aim: Aim, baseline: number, target: number): AimHint[] {
  if (baseline === target)
    return [{ about: 'target', sentence: 'The target equals the baseline: that would be no change.' }]
  const rises = target > baseline
  if (aim.direction === 'decrease' && rises)
    return [{ about: 'target', sentence: 'The aim is to lower it, but the target lies above the baseline.' }]
  if (aim.direction === 'increase' && !rises)
    return [{ about: 'target', sentence: 'The aim is to raise it, but the target lies below the baseline.' }]
  return []
}

function lintStatement(statement: string): AimHint[] {
  const hints: AimHint[] = []
  const amountSaid = hasAmount(statement)
  const dateSaid = hasDate(statement)
  if (!amountSaid && !dateSaid && onlyDirection.test(statement))
    hints.push({
      about: 'direction',
      sentence: '“Improve” or “reduce” is a direction. Say how far, so that you know when you are there.',
    })
  else if (!amountSaid) hints.push(noAmount)
  if (!dateSaid) hints.push(noDate)
  return hints
}

const onlyDirection =
  /^(to\s+)?(improve|increase|reduce|decrease|lower|raise|enhance|strengthen|better|promote|support|minimi[sz]e|maximi[sz]e|lessen)\b/i

const monthName =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?'
const count = '(?:\\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen|twenty-four)'

/** Dates as people write them in an aim. Also taken out before figures are looked for. */
const dates = [
  '\\d{4}-\\d{2}(?:-\\d{2})?',
  '\\d{1,2}/\\d{1,2}/\\d{2,4}',
  `${monthName}\\s+\\d{1,2}(?:st|nd|rd|th)?,?\\s+\\d{4}`,
  `\\d{1,2}(?:st|nd|rd|th)?\\s+${monthName},?\\s+\\d{4}`,
  `${monthName},?\\s+\\d{4}`,
  `(?:by|until|before|in|this|next|end of)\\s+(?:the\\s+end\\s+of\\s+)?${monthName}\\b(?:\\s+\\d{1,2}(?:st|nd|rd|th)?)?`,
  '(?:q[1-4]|(?:first|second|third|fourth)\\s+quarter)(?:\\s+of)?(?:\\s+\\d{4})?',
  '(?:fy|sy)\\s*\\d{2,4}(?:\\s*[-–/]\\s*\\d{2,4})?',
  '(?:19|20)\\d{2}\\s*[-–/]\\s*(?:19|20)?\\d{2}\\b',
  '\\b(?:19|20)\\d{2}\\b',
  `(?:within|in|over|after|for)\\s+(?:the\\s+(?:next|coming)\\s+)?${count}\\s+(?:school\\s+)?(?:days?|weeks?|months?|quarters?|semesters?|terms?|years?)`,
  '(?:by|until|before|at)\\s+(?:the\\s+)?(?:end|close|start|beginning)\\s+of\\s+(?:this|next|the)\\s+(?:(?:school|calendar|fiscal|grant)\\s+)?(?:day|week|month|quarter|semester|term|year|session)',
  '(?:by|until|before|this|next)\\s+(?:the\\s+)?(?:next\\s+|this\\s+)?(?:spring|summer|fall|autumn|winter|graduation|year|month|semester|quarter|school\\s+year)\\b',
]
const datePatterns = dates.map((date) => new RegExp(`(?<![\\w.])${date}`, 'gi'))

/** Whether a text names a time by when. */
export const hasDate = (text: string): boolean => datePatterns.some((pattern) => text.search(pattern) !== -1)

const numberWord =
  '(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|a hundred)'
/** Amounts in words. A number word alone is none: "across eight schools" says where, not how much. */
const amountWords = new RegExp(
  [
    '\\b(?:halv(?:e|es|ed|ing)|half|doubl(?:e|es|ed|ing)|tripl(?:e|es|ed|ing)|zero|eliminat(?:e|es|ed|ing))\\b',
    '\\b(?:one|two|three)[\\s-](?:quarters?|thirds?|fifths?)\\b',
    `\\b${numberWord}[\\s-]+(?:per\\s?cent|percentage|points?|times|fewer|more|less|or\\s+(?:fewer|more|less)|in\\s+${numberWord}|out\\s+of|days?|minutes?|hours?)\\b`,
  ].join('|'),
  'i',
)

/** "10 % or more of a month's days" says who is meant, not how much; "to 7 or fewer" says how much. */
const thresholds =
  /(?<!\b(?:to|of) )(?<![\d.,])\d[\d.,]*\s*(?:(?:%|per\s?cent)\s*)?or\s+(?:more|fewer|less)\b/gi

/** Whether a text names an amount: a figure that is not part of a date, or a word for one ("halve", "ten percent"). */
export function hasAmount(text: string): boolean {
  let rest = text.replace(thresholds, ' ')
  for (const pattern of datePatterns) rest = rest.replace(pattern, ' ')
  return /\d/.test(rest) || amountWords.test(rest)
}
