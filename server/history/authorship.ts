import * as Y from 'yjs'

/** Who wrote a row of the log, and when. */
export interface Origin {
  readonly accountId: string | null
  readonly at: number
}

/** Who wrote last at a place: a root, or an item of a root's map. */
export interface Authored extends Origin {
  readonly place: string
}

interface Range extends Origin {
  readonly clock: number
  readonly end: number
}

/**
 * Which row of the log brought each struct: rows hold what they changed in effect (D5), so each struct came with one row.
 * The account is the row's, which the server verified; a client id is only a number that anyone may choose.
 */
export class Authorship {
  readonly #ranges = new Map<number, Range[]>()

  /** Rows in the order of the log. */
  add(payload: Uint8Array, { accountId, at }: Origin): void {
    for (const { id, length } of Y.decodeUpdate(payload).structs) {
      const ranges = this.#ranges.get(id.client) ?? []
      this.#ranges.set(id.client, ranges)
      ranges.push({ clock: id.clock, end: id.clock + length, accountId, at })
    }
  }

  /** Who wrote what stands at this clock; undefined where the log does not say. */
  at(client: number, clock: number): Origin | undefined {
    const ranges = this.#ranges.get(client) ?? []
    let [low, high] = [0, ranges.length - 1]
    while (low <= high) {
      const middle = (low + high) >> 1
      const range = ranges[middle] as Range
      if (clock < range.clock) high = middle - 1
      else if (clock >= range.end) low = middle + 1
      else return range
    }
    return undefined
  }
}

/** Who wrote last at each place of a document, deletions not counted: of what is gone nothing is left to ask about. */
export function authorsOf(doc: Y.Doc, authorship: Authorship): readonly Authored[] {
  const places: Authored[] = []
  for (const [root, type] of doc.share) {
    const ofItems = new Map<string, Y.Item>(type._map)
    for (const [key, item] of ofItems) {
      if (!item.deleted) keep(places, `${root}/${key}`, latestOf(item, authorship))
    }
    if (type._start !== null) keep(places, root, latestOfList(type._start, authorship))
  }
  return places
}

function keep(places: Authored[], place: string, origin: Origin | undefined): void {
  if (origin !== undefined) places.push({ place, ...origin })
}

function latestOfList(first: Y.Item | null, authorship: Authorship): Origin | undefined {
  let latest: Origin | undefined
  for (let item = first; item !== null; item = item.right) {
    if (!item.deleted) latest = later(latest, latestOf(item, authorship))
  }
  return latest
}

/** Of an item and all that is in it. */
function latestOf(item: Y.Item, authorship: Authorship): Origin | undefined {
  let latest: Origin | undefined
  for (let offset = 0; offset < item.length; offset++) {
    latest = later(latest, authorship.at(item.id.client, item.id.clock + offset))
  }
  if (!(item.content instanceof Y.ContentType)) return latest
  const { type } = item.content
  latest = later(latest, latestOfList(type._start, authorship))
  for (const inner of type._map.values()) {
    if (!inner.deleted) latest = later(latest, latestOf(inner, authorship))
  }
  return latest
}

const later = (one: Origin | undefined, other: Origin | undefined): Origin | undefined =>
  one === undefined || (other !== undefined && other.at > one.at) ? other : one
