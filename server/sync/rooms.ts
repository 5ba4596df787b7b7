import { replayOrRepair } from './replay.ts'
import { Room, type RoomDeps } from './room.ts'
import type { LogName } from './update-log.ts'

/** There is no such document (any more). */
export class NoSuchDocument extends Error {
  override readonly name = 'NoSuchDocument'
}

export interface RoomsDeps extends Omit<RoomDeps, 'replay' | 'forget'> {
  /** The epoch of a document; undefined when there is none. */
  readonly findEpoch: (documentId: string) => Promise<string | undefined>
}

/**
 * The rooms of this process, by document. A room is absent, loading (one promise that all who join share), active while
 * someone is in it, idle afterwards, and closing while it is destroyed, which is one synchronous step (L1, L2).
 */
export class Rooms {
  readonly #deps: RoomsDeps
  readonly #rooms = new Map<string, Room>()
  readonly #loading = new Map<string, Promise<Room>>()

  constructor(deps: RoomsDeps) {
    this.#deps = deps
  }

  get size(): number {
    return this.#rooms.size
  }

  [Symbol.iterator](): IterableIterator<Room> {
    return this.#rooms.values()
  }

  find(documentId: string): Room | undefined {
    return this.#rooms.get(documentId)
  }

  /**
   * Loads the room if need be and does `work` in the step in which it is there. A load that fails rejects for all who
   * wait for it and leaves nothing behind (L1).
   */
  async with<T>(documentId: string, work: (room: Room) => T): Promise<T> {
    for (;;) {
      const room = this.#rooms.get(documentId) ?? (await this.#load(documentId))
      if (!room.isClosed) return work(room)
    }
  }

  #load(documentId: string): Promise<Room> {
    const known = this.#loading.get(documentId)
    if (known !== undefined) return known
    const loading = this.#loadRoom(documentId).finally(() => this.#loading.delete(documentId))
    this.#loading.set(documentId, loading)
    return loading
  }

  async #loadRoom(documentId: string): Promise<Room> {
    const name = await this.nameOf(documentId)
    const replayed = await this.#replay(name)
    const room = new Room(name, replayed, { ...this.#deps, replay: this.#replay, forget: this.#forget })
    this.#rooms.set(documentId, room)
    this.#keepWithinBudget()
    return room
  }

  readonly #replay = (name: LogName) => replayOrRepair(this.#deps, name)

  readonly #forget = (room: Room) => {
    if (this.#rooms.get(room.name.documentId) === room) this.#rooms.delete(room.name.documentId)
    room.destroy()
  }

  async nameOf(documentId: string): Promise<LogName> {
    const epoch = await this.#deps.findEpoch(documentId)
    if (epoch === undefined) throw new NoSuchDocument(`There is no document ${documentId}`)
    return { documentId, epoch }
  }

  /** L4: forgets rooms that nobody has been in for a while, and beyond the budget the longest idle ones. */
  sweep(): void {
    const { timers, tuning } = this.#deps
    const longAgo = timers.monotonic() - tuning.idleFor
    for (const room of this.#idleRooms()) if ((room.idleSince ?? longAgo) < longAgo) this.#evict(room)
    this.#keepWithinBudget()
  }

  #keepWithinBudget(): void {
    let memory = [...this.#rooms.values()].reduce((sum, room) => sum + room.memory, 0)
    for (const room of this.#idleRooms()) {
      if (memory <= this.#deps.tuning.memoryBudget) return
      if (this.#evict(room)) memory -= room.memory
    }
  }

  #idleRooms(): readonly Room[] {
    return [...this.#rooms.values()]
      .filter((room) => room.idleSince !== undefined)
      .sort((a, b) => (a.idleSince ?? 0) - (b.idleSince ?? 0))
  }

  /** Only once it is owed nothing any more; until then it is told to hurry, and the next sweep finds it done. */
  #evict(room: Room): boolean {
    if (!room.isSettled) {
      room.settle()
      return false
    }
    return this.#destroy(room, room.generation)
  }

  #destroy(room: Room, generation: number): boolean {
    if (this.#rooms.get(room.name.documentId) !== room || !room.isDestroyable(generation)) return false
    this.#rooms.delete(room.name.documentId)
    room.destroy()
    return true
  }

  /** Writes what is left, as far as storage lets it, and forgets all rooms. */
  async close(): Promise<void> {
    await Promise.allSettled([...this.#loading.values()])
    await Promise.all([...this.#rooms.values()].map((room) => room.journal.drain()))
    for (const room of this.#rooms.values()) room.destroy()
    this.#rooms.clear()
  }
}
