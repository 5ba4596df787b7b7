import { datePattern } from './roots.ts'

/*
 * Reading a template's content, which is unknown JSON: one value at a place, or a sentence that names the place and says
 * what is accepted. Absent values are undefined.
 */

/** The most characters of one text. */
const longestText = 20_000

/** An object that has no other keys than these. */
export function objectAt(
  json: unknown,
  place: string,
  keys: readonly string[],
): Readonly<Record<string, unknown>> {
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new Error(`${place} is an object`)
  const unknown = Object.keys(json).find((key) => !keys.includes(key))
  if (unknown !== undefined) throw new Error(`${place} has no ${unknown}; it may have: ${keys.join(', ')}`)
  return json as Record<string, unknown>
}

export function listAt(json: unknown, place: string, most: number): readonly unknown[] {
  if (json === undefined) return []
  if (!Array.isArray(json)) throw new Error(`${place} is a list`)
  if (json.length > most) throw new Error(`${place} has at most ${most} entries`)
  return json
}

export function textAt(json: unknown, place: string): string | undefined {
  if (json === undefined) return undefined
  if (typeof json !== 'string') throw new Error(`${place} is a text`)
  if (json.length > longestText) throw new Error(`${place} has at most ${longestText} characters`)
  return json
}

/** A text that is not empty. */
export function wordAt(json: unknown, place: string): string {
  const text = textAt(json, place)?.trim()
  if (text === undefined || text === '') throw new Error(`${place} is a text that is not empty`)
  return text
}

export function numberAt(json: unknown, place: string): number | undefined {
  if (json === undefined) return undefined
  if (typeof json !== 'number' || !Number.isFinite(json)) throw new Error(`${place} is a number`)
  return json
}

export function percentAt(json: unknown, place: string): number | undefined {
  const number = numberAt(json, place)
  if (number !== undefined && (number < 0 || number > 100))
    throw new Error(`${place} is a number from 0 to 100`)
  return number
}

/** A tick: `true`, or undefined for `false` too. */
export function tickAt(json: unknown, place: string): true | undefined {
  if (json === undefined || json === false) return undefined
  if (json !== true) throw new Error(`${place} is true or false`)
  return true
}

/** A day `2025-12-31` or a month `2025-12`. */
export function dateAt(json: unknown, place: string): string | undefined {
  const text = textAt(json, place)
  if (text === undefined || datePattern.test(text)) return text
  throw new Error(`${place} is a month such as 2025-12 or a day such as 2025-12-31`)
}

export function choiceAt<T extends string>(json: unknown, known: readonly T[], place: string): T | undefined {
  if (json === undefined) return undefined
  const found = known.find((value) => value === json)
  if (found === undefined) throw new Error(`${place} is one of: ${known.join(', ')}`)
  return found
}
