import * as Y from 'yjs'

/**
 * What an update would do to a document, found out before the document is touched (V1, V2, V7).
 *
 * Yjs applies what it can and keeps the rest as pending structs, which then leak to whoever joins next; and where an
 * update is broken it throws after it has changed the document. So nothing is applied here that would not apply whole.
 */
export type Verdict =
  /** Everything in it is known here: applying it would change nothing. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'applies'; readonly writes: boolean; readonly deletes: number }
  /** It stands on something that this document does not have (yet). */
  | { readonly kind: 'missing' }
  /** It writes under a client id that belongs to someone else. */
  | { readonly kind: 'foreign' }
  | { readonly kind: 'malformed' }

/** Who wrote first under a Yjs client id: an account, null for the server itself, undefined for nobody yet. */
export type OwnerOf = (clientId: number) => string | null | undefined

export interface Writer {
  readonly accountId: string
  readonly ownerOf: OwnerOf
}

/** V3: nothing that a kind writes is nested deeper than a list in a list can be read. */
const deepest = 64

/** Far beyond what anyone can type, far below where varints end: clocks that could overflow would never load again. */
const highestClock = 2 ** 40

type Struct = Y.Item | Y.GC | Y.Skip

interface Decoded {
  /** Structs by client, in the order of their clocks. */
  readonly runs: ReadonlyMap<number, readonly Struct[]>
  readonly deletions: ReadonlyMap<number, readonly { readonly clock: number; readonly len: number }[]>
  readonly hasTypes: boolean
}

export function examineUpdate(doc: Y.Doc, update: Uint8Array, writer: Writer): Verdict {
  const decoded = decode(update)
  if (decoded === undefined) return { kind: 'malformed' }
  if (changesNothing(doc, decoded)) return { kind: 'nothing' }
  if (writesAsSomeoneElse(doc, decoded, writer)) return { kind: 'foreign' }
  const reached = integrate(doc, decoded)
  if (reached === 'too deep') return { kind: 'malformed' }
  if (reached === 'missing' || !deletesOnlyKnown(decoded, reached)) return { kind: 'missing' }
  return { kind: 'applies', writes: decoded.runs.size > 0, deletes: lengthOf(decoded.deletions) }
}

const lengthOf = (deletions: Decoded['deletions']): number =>
  [...deletions.values()].flat().reduce((length, { len }) => length + len, 0)

function decode(update: Uint8Array): Decoded | undefined {
  try {
    const { structs, ds } = Y.decodeUpdate(update)
    return { ...inRuns(structs), deletions: deletionsOf(ds) }
  } catch {
    // Yjs and lib0 throw errors of many kinds on bytes that are no update; all of them mean the same here.
    return undefined
  }
}

function inRuns(structs: readonly Struct[]): Pick<Decoded, 'runs' | 'hasTypes'> {
  const runs = new Map<number, Struct[]>()
  let hasTypes = false
  let last: Struct | undefined
  for (const struct of structs) {
    check(isSound(struct))
    if (struct.id.client !== last?.id.client) {
      // Yjs would silently keep only the last of two runs of one client.
      check(!runs.has(struct.id.client))
      runs.set(struct.id.client, [])
    }
    runs.get(struct.id.client)?.push(struct)
    hasTypes ||= struct instanceof Y.Item && struct.content instanceof Y.ContentType
    last = struct
  }
  return { runs, hasTypes }
}

function isSound(struct: Struct): boolean {
  if (!isId(struct.id) || struct.length < 1 || struct.id.clock + struct.length > highestClock) return false
  if (!(struct instanceof Y.Item)) return true
  const { origin, rightOrigin, parent, content } = struct
  if (origin !== null && !isId(origin)) return false
  if (rightOrigin !== null && !isId(rightOrigin)) return false
  if (parent instanceof Y.ID && !isId(parent)) return false
  // No kind of document holds documents within it.
  if (content instanceof Y.ContentDoc) return false
  return !nestsTooDeep(valuesIn(content))
}

const isId = ({ client, clock }: Y.ID): boolean => Number.isSafeInteger(client) && Number.isSafeInteger(clock)

function valuesIn(content: unknown): readonly unknown[] {
  if (content instanceof Y.ContentAny || content instanceof Y.ContentJSON) return content.arr
  if (content instanceof Y.ContentEmbed) return [content.embed]
  if (content instanceof Y.ContentFormat) return [content.value]
  return []
}

function nestsTooDeep(values: readonly unknown[]): boolean {
  let level: readonly unknown[] = values
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) return true
    level = level.flatMap((value) =>
      typeof value === 'object' && value !== null && !(value instanceof Uint8Array)
        ? Object.values(value)
        : [],
    )
  }
  return false
}

function deletionsOf(ds: ReturnType<typeof Y.decodeUpdate>['ds']): Decoded['deletions'] {
  for (const [client, ranges] of ds.clients) {
    check(Number.isSafeInteger(client))
    for (const { clock, len } of ranges) check(Number.isSafeInteger(clock) && clock + len <= highestClock)
  }
  return ds.clients
}

function check(holds: boolean): void {
  if (!holds) throw new Error('This is no update that a document can take')
}

function changesNothing(doc: Y.Doc, { runs, deletions }: Decoded): boolean {
  for (const [client, run] of runs) {
    const known = Y.getState(doc.store, client)
    // Asked of each, not of the last alone: with a gap filled by skips the last may well be known.
    if (run.some((struct) => !(struct instanceof Y.Skip) && struct.id.clock + struct.length > known))
      return false
  }
  for (const [client, ranges] of deletions) {
    if (ranges.some(({ clock, len }) => !isDeleted(doc, client, clock, len))) return false
  }
  return true
}

function isDeleted(doc: Y.Doc, client: number, clock: number, length: number): boolean {
  if (length === 0) return true
  if (clock + length > Y.getState(doc.store, client)) return false
  const structs = doc.store.clients.get(client) ?? []
  for (let i = Y.findIndexSS(structs, clock); i < structs.length; i++) {
    const struct = structs[i]
    if (struct === undefined || struct.id.clock >= clock + length) return true
    if (!struct.deleted) return false
  }
  return true
}

/** V7: structs under a colleague's id would take the place of what that colleague writes next. */
function writesAsSomeoneElse(doc: Y.Doc, { runs }: Decoded, { accountId, ownerOf }: Writer): boolean {
  for (const [client, run] of runs) {
    const known = Y.getState(doc.store, client)
    if (!run.some((struct) => !(struct instanceof Y.Skip) && struct.id.clock + struct.length > known))
      continue
    const owner = ownerOf(client)
    if (owner !== undefined && owner !== accountId) return true
  }
  return false
}

type Reached = (client: number) => number

/**
 * Goes through the structs in the order in which Yjs would integrate them: a client's run as far as it goes, and where a
 * struct stands on another client's, that one first. Answers how far each client's clock gets when all of them fit.
 */
function integrate(doc: Y.Doc, { runs, hasTypes }: Decoded): Reached | 'missing' | 'too deep' {
  const clocks = new Map<number, number>()
  const positions = new Map<number, number>()
  const reached: Reached = (client) => clocks.get(client) ?? Y.getState(doc.store, client)
  const depths = hasTypes ? new Depths(doc, runs) : undefined

  for (const root of runs.keys()) {
    const path = [{ client: root, until: Number.POSITIVE_INFINITY }]
    const onPath = new Set([root])
    for (let step = path.at(-1); step !== undefined; step = path.at(-1)) {
      const { client, until } = step
      const position = positions.get(client) ?? 0
      const struct = runs.get(client)?.[position]
      if (reached(client) > until || (struct === undefined && until === Number.POSITIVE_INFINITY)) {
        path.pop()
        onPath.delete(client)
        continue
      }
      if (struct === undefined) return 'missing'
      if (struct instanceof Y.Skip) {
        positions.set(client, position + 1)
        continue
      }
      if (struct.id.clock > reached(client)) return 'missing'
      const needed = neededBy(struct, reached)
      if (needed !== undefined) {
        if (onPath.has(needed.client) || !runs.has(needed.client)) return 'missing'
        path.push({ client: needed.client, until: needed.clock })
        onPath.add(needed.client)
        continue
      }
      if (depths?.isTooDeep(struct)) return 'too deep'
      clocks.set(client, Math.max(reached(client), struct.id.clock + struct.length))
      positions.set(client, position + 1)
    }
  }
  return reached
}

function neededBy(struct: Struct, reached: Reached): Y.ID | undefined {
  if (!(struct instanceof Y.Item)) return undefined
  const { origin, rightOrigin, parent } = struct
  if (origin !== null && origin.clock >= reached(origin.client)) return origin
  if (rightOrigin !== null && rightOrigin.clock >= reached(rightOrigin.client)) return rightOrigin
  if (parent instanceof Y.ID && parent.clock >= reached(parent.client)) return parent
  return undefined
}

const deletesOnlyKnown = ({ deletions }: Decoded, reached: Reached): boolean =>
  [...deletions].every(([client, ranges]) => ranges.every(({ clock, len }) => clock + len <= reached(client)))

/** How deep the structs of an update come to lie, each asked for once everything that it stands on has been asked for. */
class Depths {
  readonly #doc: Y.Doc
  readonly #runs: Decoded['runs']
  readonly #known = new Map<Struct, number>()

  constructor(doc: Y.Doc, runs: Decoded['runs']) {
    this.#doc = doc
    this.#runs = runs
  }

  isTooDeep(struct: Struct): boolean {
    const depth = this.#depthOf(struct)
    this.#known.set(struct, depth)
    return depth > deepest
  }

  #depthOf(struct: Struct): number {
    if (!(struct instanceof Y.Item)) return 0
    if (struct.origin !== null) return this.#depthAt(struct.origin)
    if (struct.rightOrigin !== null) return this.#depthAt(struct.rightOrigin)
    return struct.parent instanceof Y.ID ? this.#depthAt(struct.parent) + 1 : 0
  }

  #depthAt({ client, clock }: Y.ID): number {
    const stored = this.#doc.store.clients.get(client)
    if (stored !== undefined && clock < Y.getState(this.#doc.store, client)) {
      return depthInDocument(stored[Y.findIndexSS(stored, clock)])
    }
    const struct = findStruct(this.#runs.get(client) ?? [], clock)
    return struct === undefined ? 0 : (this.#known.get(struct) ?? 0)
  }
}

function depthInDocument(struct: Y.Item | Y.GC | undefined): number {
  let depth = 0
  for (
    let item = struct;
    item instanceof Y.Item && item.parent instanceof Y.AbstractType && depth <= deepest;
    depth++
  ) {
    const holder: Y.Item | null = item.parent._item
    if (holder === null) break
    item = holder
  }
  return depth
}

function findStruct(run: readonly Struct[], clock: number): Struct | undefined {
  let [low, high] = [0, run.length - 1]
  while (low <= high) {
    const middle = (low + high) >> 1
    const struct = run[middle]
    if (struct === undefined) return undefined
    if (clock < struct.id.clock) high = middle - 1
    else if (clock >= struct.id.clock + struct.length) low = middle + 1
    else return struct
  }
  return undefined
}
