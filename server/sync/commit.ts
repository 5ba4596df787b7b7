import * as Y from 'yjs'
import { AppError } from '#shared/errors.ts'
import { type Database, ExpectationFailed, type Statement } from '../db/database.ts'
import type { LiveDocument, PlannedCommit } from '../documents/live.ts'
import type { Batch } from './journal.ts'
import type { Room } from './room.ts'
import { NoSuchDocument, type Rooms } from './rooms.ts'
import type { Entry } from './update-log.ts'

export interface CommitDeps {
  readonly db: Database
  readonly rooms: Rooms
  readonly now: () => number
}

type LiveCopy = LiveDocument & { readonly id: string }

/**
 * D7: edits of live documents and rows of SQL in one transaction, worked out in one synchronous step, and out to everyone
 * after it.
 *
 * The edits are made on copies of the live documents, so that a commit that fails has touched nothing: the log rows come
 * from the copy, and after the commit the live document gets the same updates as it would from anyone. What people had sent
 * but was not yet written goes into the same transaction before them, since the copies (and whatever `work` decides from
 * them) already stand on it. Meanwhile each of these rooms is held, so that nothing of it is written in between; people go
 * on typing, and what they type waits for the next tick.
 */
export async function commitTogether<T>(
  deps: CommitDeps,
  documentIds: readonly string[],
  work: (live: readonly LiveCopy[]) => PlannedCommit<T>,
): Promise<T> {
  const ids = [...new Set(documentIds)]
  const releases: (() => void)[] = []
  try {
    const rooms = new Map<string, Room>()
    // In one order for all, or two commits could wait for each other.
    for (const id of [...ids].sort()) rooms.set(id, await acquire(deps.rooms, id, releases))
    while ([...rooms.values()].some((room) => !room.isReady)) {
      await Promise.all([...rooms.values()].map((room) => room.ready()))
    }
    return await writeTogether(
      deps,
      ids.flatMap((id) => rooms.get(id) ?? []),
      work,
    )
  } finally {
    for (const release of releases.reverse()) release()
  }
}

async function acquire(rooms: Rooms, documentId: string, releases: (() => void)[]): Promise<Room> {
  try {
    const { room, letGo } = await rooms.with(documentId, (room) => ({ room, letGo: room.hold() }))
    releases.push(letGo)
    releases.push(await room.journal.acquire())
    return room
  } catch (error) {
    throw error instanceof NoSuchDocument ? new AppError('not-found', 'There is no such document.') : error
  }
}

async function writeTogether<T>(
  { db, now }: CommitDeps,
  rooms: readonly Room[],
  work: (live: readonly LiveCopy[]) => PlannedCommit<T>,
): Promise<T> {
  const copies = rooms.map((room) => new Copy(room))
  try {
    const planned = work(copies.map((copy) => copy.live()))
    makeEdits(copies, planned)
    const entryOf = (payload: Uint8Array): Entry => ({
      payload,
      accountId: planned.author ?? null,
      connectionId: null,
      via: planned.via,
      at: now(),
    })
    const batches = copies.map((copy) => ({
      room: copy.room,
      batch: copy.room.journal.take(copy.edits(entryOf)),
    }))
    await writeBatches(db, planned.statements, batches)
    for (const { room, batch } of batches) await room.journal.finish(batch)
    return planned.answer
  } finally {
    for (const copy of copies) copy.destroy()
  }
}

function makeEdits<T>(copies: readonly Copy[], { edits }: PlannedCommit<T>): void {
  for (const { documentId, edit } of edits) {
    const copy = copies.find(({ room }) => room.name.documentId === documentId)
    if (copy === undefined) throw new Error(`A commit edits document ${documentId}, which it did not ask for`)
    copy.make(edit)
  }
}

/** The caller's statements first: an expectation of theirs that fails is theirs to explain, and names its own number. */
async function writeBatches(
  db: Database,
  statements: readonly Statement[],
  batches: readonly { room: Room; batch: Batch }[],
): Promise<void> {
  const all = [...statements, ...batches.flatMap(({ room, batch }) => room.journal.statements(batch))]
  try {
    if (all.length > 0) await db.write(all)
  } catch (error) {
    for (const { room, batch } of batches) room.journal.putBack(batch)
    if (error instanceof ExpectationFailed && error.statement >= statements.length) {
      throw new AppError(
        'conflict',
        'The document was changed by another server in the same moment. Try again.',
      )
    }
    throw error
  }
}

/** A live document's copy, and what is done to it. */
class Copy {
  readonly room: Room
  readonly #doc: Y.Doc
  readonly #made: Uint8Array[] = []

  constructor(room: Room) {
    this.room = room
    this.#doc = room.live.clone()
    this.#doc.on('update', (update) => this.#made.push(update))
  }

  live(): LiveCopy {
    const { name, journal } = this.room
    return { id: name.documentId, doc: this.#doc, seq: journal.seqAfterWaiting, epoch: name.epoch }
  }

  make(edit: (doc: Y.Doc) => void): void {
    this.#doc.transact(() => edit(this.#doc))
  }

  edits(entryOf: (payload: Uint8Array) => Entry): readonly Entry[] {
    return this.#made.length === 0 ? [] : [entryOf(Y.mergeUpdates(this.#made))]
  }

  destroy(): void {
    this.#doc.destroy()
  }
}
