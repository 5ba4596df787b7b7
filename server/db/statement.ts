import type { Statement } from './database.ts'

/**
 * What the driver takes in the places of a statement's `?`. Refuses what it would bind as NULL, drop or die of:
 * too few or too many arguments, undefined, objects. Whole numbers are bound as integers, and NUL, which would cut a
 * text off where it is read, is written as U+FFFD.
 */
export function boundArguments({
  sql,
  args = [],
}: Statement): (string | number | bigint | null | Uint8Array)[] {
  const expected = countPlaceholders(sql)
  if (!Array.isArray(args)) throw new TypeError(`The arguments of a statement are a list: ${sql}`)
  if (args.length !== expected) {
    throw new TypeError(`The statement takes ${expected} arguments but has ${args.length}: ${sql}`)
  }
  return args.map((value: unknown, index) => boundValue(value, index, sql))
}

/** Whether a statement only reads, so that the rows it returns are not rows that it changed. */
export function onlyReads(sql: string): boolean {
  return /^\s*(select|values|pragma|explain)\b/i.test(sql)
}

/** Refuses what would end the transaction that other requests share. */
export function checkStaysInTransaction(sql: string): void {
  if (controlsTransaction.test(sql)) {
    throw new TypeError(`A request is a transaction already and cannot hold: ${sql}`)
  }
}

const controlsTransaction =
  /^\s*(begin|commit|end|rollback|savepoint|release|attach|detach|vacuum|pragma)\b|\bor\s+rollback\b/i

function boundValue(value: unknown, index: number, sql: string) {
  if (value === null || value instanceof Uint8Array) return value
  if (typeof value === 'string') return value.includes('\0') ? value.replaceAll('\0', '\ufffd') : value
  if (typeof value === 'boolean') return value ? 1n : 0n
  if (typeof value === 'number' && !Number.isNaN(value)) {
    return Number.isSafeInteger(value) && !Object.is(value, -0) ? BigInt(value) : value
  }
  const what =
    typeof value === 'number' ? 'not a number' : value === undefined ? 'undefined' : 'of no type that SQL has'
  throw new TypeError(`Argument ${index + 1} is ${what}: ${sql}`)
}

/**
 * Counts the `?` and `?N` of a statement outside of strings, quoted names and comments. Named placeholders are
 * refused, because the driver binds a missing name as NULL without a word.
 */
function countPlaceholders(sql: string): number {
  const known = counts.get(sql)
  if (known !== undefined) return known
  let highest = 0
  for (const [token, number] of sql.matchAll(tokens)) {
    if (/^[:@$]/.test(token)) throw new TypeError(`Named placeholders are not supported (${token}): ${sql}`)
    if (token[0] === '?') highest = number ? Math.max(highest, Number(number)) : highest + 1
  }
  if (counts.size >= mostCounts) counts.clear()
  counts.set(sql, highest)
  return highest
}

const counts = new Map<string, number>()
const mostCounts = 1000

/** What may hide a question mark comes first, so that it is passed over as a whole. */
const tokens =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|\?(\d*)|[:@$][A-Za-z_]\w*/g
