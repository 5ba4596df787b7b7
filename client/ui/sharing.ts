/**
 * What was fetched again, with every part that is the same as before as the very same object: what is drawn from it stays
 * where it is, with its open menus and dialogs, and only what has changed is drawn anew. Items of lists are told apart by
 * their `id`, or else by their place.
 */
export function sharing<T>(before: unknown, after: T): T {
  if (before === after || !isData(before) || !isData(after)) return after
  const shared = Array.isArray(after) ? shareList(before, after) : shareFields(before, after)
  const isSame =
    sizeOf(before) === sizeOf(shared) &&
    Array.isArray(before) === Array.isArray(shared) &&
    Object.entries(shared).every(([key, value]) => value === (before as Data)[key])
  return (isSame ? before : shared) as T
}

type Data = Readonly<Record<string, unknown>>

/** Plain data only: what has a class has an identity of its own. */
const isData = (value: unknown): value is Data =>
  typeof value === 'object' &&
  value !== null &&
  (Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype)

const sizeOf = (data: Data): number => Object.keys(data).length

function shareList(before: Data, after: readonly unknown[]): Data {
  const known = new Map(Object.values(before).map((item, index) => [idOf(item) ?? index, item]))
  const shared: readonly unknown[] = after.map((item, index) => sharing(known.get(idOf(item) ?? index), item))
  return shared as unknown as Data
}

const shareFields = (before: Data, after: Data): Data =>
  Object.fromEntries(Object.entries(after).map(([key, value]) => [key, sharing(before[key], value)]))

function idOf(item: unknown): string | undefined {
  return isData(item) && typeof item.id === 'string' ? item.id : undefined
}
