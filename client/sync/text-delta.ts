/**
 * Changes of plain text, in the form that Yjs uses: keep so many characters, insert, delete. Pure functions; a field's
 * binding is made of them. Lengths count UTF-16 units, as Yjs and the browser's fields do.
 */
export type DeltaStep =
  | { readonly retain: number }
  | { readonly insert: string }
  | { readonly delete: number }
export type Delta = readonly DeltaStep[]

/**
 * The smallest change that leads from `before` to `after`, where the caret stands at `caret` of `after`. The caret tells
 * which of several equal letters was typed: what follows it was there before.
 */
export function diffText(before: string, after: string, caret: number): Delta {
  const most = Math.min(before.length, after.length)
  const tail = Math.min(commonEnd(before, after, most), Math.max(0, after.length - caret))
  const head = commonStart(before, after, most - tail)
  // The caret may not be where the change was (a drop, a spelling correction): then the end can be longer.
  const end = commonEnd(before, after, most - head)
  return change(head, before.length - head - end, after.slice(head, after.length - end))
}

function change(index: number, removed: number, inserted: string): Delta {
  const steps: DeltaStep[] = []
  if (removed === 0 && inserted === '') return steps
  if (index > 0) steps.push({ retain: index })
  if (inserted !== '') steps.push({ insert: inserted })
  if (removed > 0) steps.push({ delete: removed })
  return steps
}

function commonStart(before: string, after: string, most: number): number {
  let length = 0
  while (length < most && before[length] === after[length]) length += 1
  // Half of an emoji must not stay behind: Yjs would turn both halves into replacement characters.
  return length > 0 && isHighHalf(before, length - 1) ? length - 1 : length
}

function commonEnd(before: string, after: string, most: number): number {
  let length = 0
  while (length < most && before[before.length - 1 - length] === after[after.length - 1 - length]) length += 1
  return length > 0 && isLowHalf(before, before.length - length) ? length - 1 : length
}

const isHighHalf = (text: string, index: number): boolean => within(text.charCodeAt(index), 0xd800, 0xdbff)
const isLowHalf = (text: string, index: number): boolean => within(text.charCodeAt(index), 0xdc00, 0xdfff)
const within = (code: number, least: number, most: number): boolean => code >= least && code <= most

/** `text` after `delta`. */
export function applyDelta(text: string, delta: Delta): string {
  let result = ''
  let index = 0
  for (const step of delta) {
    if ('insert' in step) result += step.insert
    else if ('delete' in step) index += step.delete
    else {
      result += text.slice(index, index + step.retain)
      index += step.retain
    }
  }
  return result + text.slice(index)
}

/**
 * Where `position` of the text before `delta` is after it. Text that was inserted exactly there comes behind the position,
 * or before it when `behind` is set.
 */
export function mapPosition(position: number, delta: Delta, behind = false): number {
  let index = 0
  let mapped = position
  for (const step of delta) {
    if ('retain' in step) index += step.retain
    else if ('insert' in step) {
      if (index < mapped || (behind && index === mapped)) mapped += step.insert.length
      index += step.insert.length
    } else mapped -= Math.max(0, Math.min(step.delete, mapped - index))
    if (index > mapped) return mapped
  }
  return mapped
}

/**
 * `delta` as it must read once `other`, made on the same text at the same time, has been applied. Of two insertions at one
 * place the one of `delta` comes first when `isFirst` is set; the two sides of one meeting must say the opposite of it.
 */
export function transformDelta(delta: Delta, other: Delta, isFirst: boolean): Delta {
  const mine = new Steps(delta)
  const theirs = new Steps(other)
  const result: DeltaStep[] = []
  while (mine.hasMore) {
    if (theirs.peek === 'insert' && !(isFirst && mine.peek === 'insert')) {
      push(result, { retain: theirs.takeInsert().length })
    } else if (mine.peek === 'insert') {
      push(result, { insert: mine.takeInsert() })
    } else {
      const length = Math.min(mine.length, theirs.length)
      const own = mine.take(length)
      const isDeletedByThem = theirs.take(length) === 'delete'
      if (isDeletedByThem) continue
      push(result, own === 'delete' ? { delete: length } : { retain: length })
    }
  }
  return withoutLastRetain(result)
}

/** Walks along a delta in pieces of any length; behind its end everything is kept. */
class Steps {
  readonly #steps: Delta
  #index = 0
  #taken = 0

  constructor(steps: Delta) {
    this.#steps = steps
  }

  get hasMore(): boolean {
    return this.#index < this.#steps.length
  }

  get peek(): 'insert' | 'delete' | 'retain' {
    const step = this.#steps[this.#index]
    if (step === undefined || 'retain' in step) return 'retain'
    return 'insert' in step ? 'insert' : 'delete'
  }

  get length(): number {
    const step = this.#steps[this.#index]
    if (step === undefined) return Number.POSITIVE_INFINITY
    return lengthOf(step) - this.#taken
  }

  take(length: number): 'insert' | 'delete' | 'retain' {
    const kind = this.peek
    if (!this.hasMore) return kind
    this.#taken += length
    if (this.length <= 0) {
      this.#index += 1
      this.#taken = 0
    }
    return kind
  }

  takeInsert(): string {
    const step = this.#steps[this.#index]
    this.#index += 1
    this.#taken = 0
    return step !== undefined && 'insert' in step ? step.insert : ''
  }
}

function lengthOf(step: DeltaStep): number {
  if ('insert' in step) return step.insert.length
  return 'delete' in step ? step.delete : step.retain
}

function push(steps: DeltaStep[], step: DeltaStep): void {
  const last = steps.at(-1)
  if (last === undefined) steps.push(step)
  else if ('retain' in last && 'retain' in step)
    steps[steps.length - 1] = { retain: last.retain + step.retain }
  else if ('delete' in last && 'delete' in step)
    steps[steps.length - 1] = { delete: last.delete + step.delete }
  else if ('insert' in last && 'insert' in step)
    steps[steps.length - 1] = { insert: last.insert + step.insert }
  else steps.push(step)
}

function withoutLastRetain(steps: DeltaStep[]): Delta {
  const last = steps.at(-1)
  return last !== undefined && 'retain' in last ? steps.slice(0, -1) : steps
}
