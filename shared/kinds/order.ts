import { generateKeyBetween } from 'fractional-indexing'

/** Something with a place in a list: by key, then by id, both by code unit (Y7). */
export interface Ordered {
  readonly id: string
  readonly order: string
}

/** Compares by code unit, the same on every machine, whatever its language. */
export const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

export const inOrder = (a: Ordered, b: Ordered): number =>
  byCodeUnit(a.order, b.order) || byCodeUnit(a.id, b.id)

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const longestKey = 400

/** An order key as stored, or '' (which sorts first) for anything that is none. */
export function readOrder(value: unknown): string {
  return typeof value === 'string' && isKey(value) ? value : ''
}

/** Where to insert into a list, and which of its members must get a new key with it, because theirs equals a neighbor's. */
export interface Placing {
  readonly key: string
  readonly rekeyed: readonly { readonly id: string; readonly key: string }[]
}

/**
 * A key for a new member at `index` of `list` (which is in order). Where the members around that place have equal keys,
 * made by two people at the same moment, the later ones get new keys too. Never throws.
 */
export function placeAt(
  list: readonly Ordered[],
  index: number,
  random: () => number = Math.random,
): Placing {
  const before = list[index - 1]?.order
  const rekeyed: { id: string; key: string }[] = []
  let end = index
  while (end < list.length && (list[end]?.order ?? '') <= (before ?? '')) end++
  const after = list[end]?.order
  const key = keyBetween(before, after, random)
  let last = key
  for (const member of list.slice(index, end)) {
    last = keyBetween(last, after, random)
    rekeyed.push({ id: member.id, key: last })
  }
  return { key, rekeyed }
}

/** `count` keys in order, for a list that is written at once. */
export function firstKeys(count: number): string[] {
  const keys: string[] = []
  for (let i = 0; i < count; i++) keys.push(keyBetween(keys[i - 1], undefined))
  return keys
}

/**
 * A key that sorts between two others (none: the list's end), with four random characters, so that two people who
 * insert at one place at one moment get different keys. Never throws, whatever the keys are.
 */
export function keyBetween(
  before: string | undefined,
  after: string | undefined,
  random: () => number = Math.random,
): string {
  const low = before !== undefined && isKey(before) ? before : null
  const high = after !== undefined && isKey(after) && (low === null || low < after) ? after : null
  let middle = generate(low, high) ?? low ?? 'a0'
  for (let attempt = 0; attempt < 8; attempt++) {
    const key = middle + fourRandom(random)
    if (high === null || key < high) return key
    // `middle` begins the upper key, so that what is appended may pass it: go lower.
    middle = generate(middle, high) ?? middle
  }
  return middle
}

function isKey(text: string): boolean {
  if (text === '' || text.length > longestKey || !/^[0-9A-Za-z]+$/.test(text)) return false
  return generate(text, null) !== undefined
}

function generate(low: string | null, high: string | null): string | undefined {
  try {
    return generateKeyBetween(low, high)
  } catch {
    return undefined
  }
}

function fourRandom(random: () => number): string {
  const digit = (least: number) => digits[least + Math.floor(random() * (digits.length - least))] ?? '1'
  // A key may not end in the lowest digit: nothing would fit below it.
  return digit(0) + digit(0) + digit(0) + digit(1)
}
