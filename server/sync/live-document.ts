import * as Y from 'yjs'
import { examineUpdate, type Verdict } from './validate-update.ts'

/** The account that wrote first under each Yjs client id; null for the server's own edits (V7). */
export type Owners = Map<number, string | null>

/** An update could not be applied whole. The document has to be thrown away: Yjs may have changed half of it (V1). */
export class HalfApplied extends Error {
  override readonly name = 'HalfApplied'
}

/** How many bytes of memory a document takes for each byte that it encodes to (L4, measured). */
const memoryPerByte = 13
const smallestMemory = 64 * 1024

/** The encodings of one state that are kept for whoever asks next: peers that join together differ little (T5). */
const mostEncodings = 16
const mostEncodedBytes = 16 * 1024 * 1024

/** The state vector of someone who has nothing. */
const nothing = new Uint8Array([0])
/** By which the whole document's encoding is kept. */
const whole = '\0'

/**
 * The Yjs document of a room and what belongs to it: who may write under which client id, how large it is, and its
 * encodings. Nothing in it knows of sockets or storage.
 */
export class LiveDocument {
  readonly #doc = new Y.Doc()
  readonly #owners: Owners = new Map()
  readonly #encodings = new Map<string, Uint8Array>()
  #deltas: Uint8Array[] = []
  #isListening = false
  #size = 0

  get owners(): ReadonlyMap<number, string | null> {
    return this.#owners
  }

  /** What applying `update` for this account would do. */
  examine(update: Uint8Array, accountId: string): Verdict {
    return examineUpdate(this.#doc, update, { accountId, ownerOf: (client) => this.#owners.get(client) })
  }

  /** Whether applying `update` would work, whoever made it. */
  fit(update: Uint8Array): 'now' | 'not yet' | 'never' {
    const { kind } = examineUpdate(this.#doc, update, { accountId: '', ownerOf: () => undefined })
    if (kind === 'missing') return 'not yet'
    return kind === 'malformed' ? 'never' : 'now'
  }

  /**
   * Applies an update and answers what it changed in effect (D5): nothing for what was known already. Throws
   * `HalfApplied` when it did not fit as a whole.
   */
  apply(update: Uint8Array, accountId: string | null): readonly Uint8Array[] {
    this.#listen()
    this.#deltas = []
    const clients = this.#doc.store.clients.size
    try {
      this.#doc.transact((transaction) => {
        Y.applyUpdate(this.#doc, update)
        // A remote transaction would let Yjs tidy up formatting: edits of the server that nobody made.
        transaction.local = true
      })
    } catch (error) {
      throw new HalfApplied('An update broke off while it was applied', { cause: error })
    }
    if (this.#isPending()) throw new HalfApplied('An update left something pending')
    // Mostly by clients that have written before; only a new one has no owner yet.
    if (this.#doc.store.clients.size > clients) for (const delta of this.#deltas) this.#own(delta, accountId)
    return this.#deltas
  }

  /** Starts from a snapshot, with what it knows of client ids. */
  restore(state: Uint8Array, owners: Iterable<readonly [number, string | null]>): void {
    for (const [client, accountId] of owners) this.#owners.set(client, accountId)
    this.#applyAll([state])
  }

  /** `state` is what the document encodes to: it was looked at when it was stored, and need not be found out again. */
  rememberEncoding(state: Uint8Array): void {
    this.#size = state.byteLength
    this.#remember(whole, state)
  }

  /** Applies rows of the log as one; they may lean on each other and are whole only together. */
  replay(rows: readonly { readonly payload: Uint8Array; readonly accountId: string | null }[]): void {
    this.#applyAll(rows.map(({ payload }) => payload))
    for (const { payload, accountId } of rows) this.#own(payload, accountId)
  }

  stateVector(): Uint8Array {
    return Y.encodeStateVector(this.#doc)
  }

  /** The whole document, or what someone with this state vector lacks (T6: for that one peer alone). */
  encode(stateVector?: Uint8Array): Uint8Array {
    if (this.#isPending()) throw new HalfApplied('A document with something pending must not be encoded')
    const key = Buffer.from(stateVector ?? nothing).toString('latin1')
    const known = this.#encodings.get(key)
    if (known !== undefined) return known
    this.#tidy()
    const encoded = Y.encodeStateAsUpdate(this.#doc, stateVector)
    if (key === whole) this.#size = encoded.byteLength
    this.#remember(key, encoded)
    return encoded
  }

  #remember(key: string, encoded: Uint8Array): void {
    const bytes = [...this.#encodings.values()].reduce(
      (sum, { byteLength }) => sum + byteLength,
      encoded.byteLength,
    )
    if (this.#encodings.size >= mostEncodings || bytes > mostEncodedBytes) this.#encodings.clear()
    this.#encodings.set(key, encoded)
  }

  /** Bytes that the document encodes to: never too few, but what was deleted since it was last encoded is counted. */
  get size(): number {
    return this.#size
  }

  /** Whether it encodes to more; encodes it only where the estimate says so. */
  isLargerThan(bytes: number): boolean {
    return this.#size > bytes && this.encode().byteLength > bytes
  }

  get memory(): number {
    return smallestMemory + this.#size * memoryPerByte
  }

  /** A copy to read or to try something on. */
  clone(): Y.Doc {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, this.encode())
    return doc
  }

  /** How much there is that is not deleted, in the units that Yjs counts by. */
  livingLength(): number {
    let length = 0
    for (const structs of this.#doc.store.clients.values()) {
      for (const struct of structs) if (!struct.deleted) length += struct.length
    }
    return length
  }

  destroy(): void {
    this.#doc.destroy()
  }

  // Not from the start: what a document is loaded from is no change, and would be encoded for nothing.
  #listen(): void {
    if (this.#isListening) return
    this.#isListening = true
    this.#doc.on('update', (delta) => {
      this.#encodings.clear()
      this.#size += delta.byteLength
      this.#deltas.push(delta)
    })
  }

  /**
   * What one state encodes to should not depend on how it came about (I4): Yjs merges deleted neighbors when a document is
   * loaded, but not all of them when their parents go later than they did.
   */
  #tidy(): void {
    Y.tryGc(Y.createDeleteSetFromStructStore(this.#doc.store), this.#doc.store, () => true)
  }

  #applyAll(updates: readonly Uint8Array[]): void {
    this.#doc.transact((transaction) => {
      for (const update of updates) Y.applyUpdate(this.#doc, update)
      transaction.local = true
    })
    this.#encodings.clear()
    if (this.#isPending()) throw new HalfApplied('The log leaves something pending')
  }

  #isPending(): boolean {
    return this.#doc.store.pendingStructs !== null || this.#doc.store.pendingDs !== null
  }

  #own(update: Uint8Array, accountId: string | null): void {
    for (const client of Y.parseUpdateMeta(update).from.keys()) {
      if (!this.#owners.has(client)) this.#owners.set(client, accountId)
    }
  }
}

/** How many units an update deletes. */
export function deletedLength(update: Uint8Array): number {
  let length = 0
  for (const ranges of Y.decodeUpdate(update).ds.clients.values()) for (const { len } of ranges) length += len
  return length
}
