/**
 * The copy of a document that this device holds (C4), so that it opens and is edited without a network. Named by account,
 * document and epoch. Beside the content it holds how many changes of each tab the server has not acknowledged; that number
 * goes above zero before the first such change is stored, so that a copy with unsent changes never looks clean.
 */
import { IndexeddbPersistence, storeState } from 'y-indexeddb'
import * as Y from 'yjs'
import { readDevice, writeDevice } from './device-database.ts'
import { forgetValues } from './device-store.ts'
import { keepCopy, keptBy, removeKeptCopy } from './kept-copies.ts'
import { isSharedComputer, setSharedComputer } from './shared-computer.ts'
import { dropFiles, listWaitingFiles } from './waiting-files.ts'

export interface CopyPlace {
  readonly accountId: string
  readonly documentId: string
  readonly epoch: string
}

export interface LocalCopy {
  /** Puts what this device holds into the document. Never rejects: without storage it finds nothing and keeps nothing. */
  load(): Promise<{ unsent: number }>
  /** A local change was made: `made` counts them, `unsent` of them are not acknowledged. Call inside the update event. */
  changed(made: number, unsent: number): void
  /** All but `unsent` changes are acknowledged. */
  acknowledged(unsent: number): void
  close(): Promise<void>
  /** Closes it and removes it from this device. */
  remove(): Promise<void>
}

export interface LocalCopyEvents {
  /** The device has every change up to number `through`. */
  kept(through: number): void
  /** The device refused a change: its storage is full, gone or forbidden. */
  notKept(): void
}

export type OpenLocalCopy = (place: CopyPlace, doc: Y.Doc, on: LocalCopyEvents) => LocalCopy

/** A document on this device that is not open here. */
export interface StoredCopy extends CopyPlace {
  readonly name: string
  /** By this device's clock. */
  readonly usedAt: number
}

const unusedFor = 30 * 24 * 60 * 60 * 1000
/** So long an unanswered open of the browser's storage may hold up the document. */
const loadingPatience = 3_000
/** So long a change waits for the server before it is stored here: nobody loses more by a page that crashes offline. */
const storePace = 250
/** What the server has need not be stored at once, and not with every key: storing costs the computer more than typing. */
const savedPace = 2_000
/** So many stored changes are replaced by the whole document. */
const mostUpdates = 500
const confirmPace = 250
const repairPace = 5_000

export const copyName = ({ accountId, documentId, epoch }: CopyPlace): string =>
  `throughline/${accountId}/${documentId}/${epoch}`

/** Where nothing may be kept: a shared computer, or a browser without storage. */
export const openNoCopy: OpenLocalCopy = (_place, _doc, on) => ({
  async load() {
    on.notKept()
    return { unsent: 0 }
  },
  changed: () => on.notKept(),
  acknowledged: () => {},
  close: async () => {},
  remove: async () => {},
})

/** The copy of `doc` on this device, or none on a shared computer. */
export const openLocalCopy: OpenLocalCopy = (place, doc, on) =>
  isSharedComputer() || typeof indexedDB === 'undefined'
    ? openNoCopy(place, doc, on)
    : openStoredCopy(place, doc, on)

function openStoredCopy(place: CopyPlace, doc: Y.Doc, on: LocalCopyEvents): LocalCopy {
  const name = copyName(place)
  const unsentKey = `unsent/${doc.clientID}`
  let persistence: IndexeddbPersistence | undefined
  let database: IDBDatabase | undefined
  let isMarked = false
  let hasStored = false
  let isBroken = false
  let isClosed = false
  let made = 0
  let unsent = 0
  let confirming: ReturnType<typeof setTimeout> | 'now' | undefined
  let repairing: ReturnType<typeof setTimeout> | undefined

  const waiting: Uint8Array[] = []
  let storing: ReturnType<typeof setTimeout> | undefined

  /**
   * In place of the persistence's own listener: a change is first shown and sent, and stored a moment later together with
   * those that came meanwhile. Mostly the server has acknowledged it by then: it waits a little longer, and needs no mark.
   */
  const storeSoon = (update: Uint8Array, origin: unknown) => {
    if (origin === persistence) return
    waiting.push(update)
    storing ??= setTimeout(storeUnlessSaved, storePace)
  }

  function storeUnlessSaved(): void {
    // What was first received is the document itself: it must be here when the page is left right after.
    if (unsent > 0 || !hasStored) store()
    else storing = setTimeout(store, savedPace)
  }

  /** Stores what waits, with the number of unsent changes beside it: no change is ever taken for a sent one. */
  function store(): void {
    clearTimeout(storing)
    storing = undefined
    const updates = waiting.splice(0)
    // Before the copy is open, and again where storing has failed, the whole document is stored.
    if (updates.length === 0 || isBroken || !persistence?.db) return
    writeUnsent(unsent, 'relaxed', Y.mergeUpdates(updates))?.commit()
    hasStored = true
    persistence._dbsize++
    if (persistence._dbsize >= mostUpdates) void storeState(persistence, false)
  }

  async function load(): Promise<{ unsent: number }> {
    const isListed = await noteUse(place)
    if (!isListed || isClosed) return withoutStorage()
    persistence = new IndexeddbPersistence(name, doc)
    doc.off('update', persistence._storeUpdate)
    doc.on('update', storeSoon)
    const ready = await inTime(
      Promise.race([persistence.whenSynced.then(() => true), hasFailed(persistence)]),
    )
    if (!ready) return withoutStorage()
    database = persistence.db ?? undefined
    if (database !== undefined) watch(database)
    return { unsent: await adoptEarlier() }
  }

  function withoutStorage(): { unsent: number } {
    isBroken = true
    on.notKept()
    return { unsent: 0 }
  }

  /** The unsent changes of earlier visits are this tab's from now on. */
  async function adoptEarlier(): Promise<number> {
    const sum = database === undefined ? 0 : await adoptUnsent(database, unsentKey)
    unsent += sum
    made += sum
    isMarked ||= sum > 0
    return sum
  }

  function watch(watched: IDBDatabase): void {
    watched.addEventListener('abort', fail)
    // The person cleared this site's data, or signs out in another tab, which must not wait for this one.
    watched.addEventListener('close', letGo)
    watched.addEventListener('versionchange', letGo)
  }

  function letGo(): void {
    if (isClosed) return
    isBroken = true
    void persistence?.destroy()
    clearTimeout(repairing)
    on.notKept()
  }

  function fail(): void {
    if (isClosed) return
    isBroken = true
    on.notKept()
    clearTimeout(repairing)
    repairing = setTimeout(repair, repairPace)
  }

  /** Stores the whole document once more: what was refused is in it. */
  async function repair(): Promise<void> {
    if (isClosed || persistence === undefined || database === undefined) return
    try {
      isBroken = false
      await storeState(persistence, true)
      if (!isBroken) confirm()
    } catch {
      fail()
    }
  }

  /** Transactions reach the disk in their order, so only what confirms that they did has to wait for it. */
  function writeUnsent(
    count: number,
    durability: IDBTransactionDurability = 'relaxed',
    update?: Uint8Array,
  ): IDBTransaction | undefined {
    const target = database ?? persistence?.db
    if (!target || isBroken) return undefined
    isMarked = count > 0
    try {
      const transaction = target.transaction(['updates', 'custom'], 'readwrite', { durability })
      if (update !== undefined) transaction.objectStore('updates').add(update)
      const custom = transaction.objectStore('custom')
      if (count === 0) custom.delete(unsentKey)
      else custom.put(count, unsentKey)
      return transaction
    } catch {
      isBroken = true
      return undefined
    }
  }

  function confirmUnlessSaved(): void {
    if (unsent > 0) confirm()
    else confirming = undefined
  }

  /** A transaction over the same store is done only after those before it: then all changes so far are on disk. */
  function confirm(): void {
    store()
    confirming = 'now'
    const through = made
    const transaction = writeUnsent(unsent, 'strict')
    if (transaction === undefined) {
      confirming = undefined
      on.notKept()
      return
    }
    transaction.addEventListener('complete', () => {
      if (!isBroken) on.kept(through)
      confirming = setTimeout(() => {
        confirming = undefined
        if (made > through) confirmUnlessSaved()
      }, confirmPace)
    })
    transaction.addEventListener('abort', () => {
      confirming = undefined
    })
  }

  /** Changes and their number are stored a few times a second; a page that goes away stores the last ones. */
  const storeLast = () => {
    store()
    if (unsent > 0) writeUnsent(unsent)?.commit()
  }
  window.addEventListener('pagehide', storeLast)

  async function shut(): Promise<void> {
    isClosed = true
    window.removeEventListener('pagehide', storeLast)
    if (typeof confirming === 'object') clearTimeout(confirming)
    clearTimeout(repairing)
    doc.off('update', storeSoon)
    store()
    await persistence?.destroy().catch(() => {})
  }

  return {
    load,
    changed(madeNow, unsentNow) {
      made = madeNow
      unsent = unsentNow
      if (isBroken) return on.notKept()
      if (confirming === undefined && database !== undefined)
        confirming = setTimeout(confirmUnlessSaved, storePace)
    },
    acknowledged(unsentNow) {
      unsent = unsentNow
      if (unsent > 0 || !isMarked) return
      writeUnsent(0)
    },
    close: shut,
    async remove() {
      await shut()
      await removeStored(name)
    },
  }
}

const hasFailed = (persistence: IndexeddbPersistence): Promise<false> =>
  new Promise((resolve) => {
    // The promise is rejected when the browser refuses to open the database; the package itself does not look.
    persistence._db.catch(() => resolve(false))
  })

const inTime = (ready: Promise<boolean>): Promise<boolean> =>
  Promise.race([ready, new Promise<boolean>((resolve) => setTimeout(() => resolve(false), loadingPatience))])

const noteUse = (place: CopyPlace): Promise<boolean> =>
  writeDevice('copies', (copies) => {
    const entry: StoredCopy = { ...place, name: copyName(place), usedAt: Date.now() }
    copies.put(entry)
  })

/** How many changes of all tabs the copy holds that no server acknowledged. */
function readUnsent(database: IDBDatabase): Promise<number> {
  return new Promise((resolve) => {
    let sum = 0
    const request = database.transaction('custom').objectStore('custom').openCursor(unsentKeys())
    request.onerror = () => resolve(sum)
    request.onsuccess = () => {
      const cursor = request.result
      if (cursor === null) return resolve(sum)
      sum += Number(cursor.value)
      cursor.continue()
    }
  })
}

/** The same, and puts them under one key: who opens the copy sends them all. */
function adoptUnsent(database: IDBDatabase, key: string): Promise<number> {
  return new Promise((resolve) => {
    let sum = 0
    const transaction = database.transaction('custom', 'readwrite')
    const custom = transaction.objectStore('custom')
    transaction.oncomplete = () => resolve(sum)
    transaction.onabort = () => resolve(sum)
    const request = custom.openCursor(unsentKeys())
    request.onsuccess = () => {
      const cursor = request.result
      if (cursor === null) return void (sum > 0 && custom.put(sum, key))
      sum += Number(cursor.value)
      cursor.delete()
      cursor.continue()
    }
  })
}

const unsentKeys = (): IDBKeyRange => IDBKeyRange.bound('unsent/', 'unsent/\uffff')

async function removeStored(name: string): Promise<void> {
  await new Promise<void>((resolve) => {
    const request = indexedDB.deleteDatabase(name)
    request.onsuccess = () => resolve()
    request.onerror = () => resolve()
    // Open in another tab that will not let go: it goes as soon as that tab does.
    request.onblocked = () => resolve()
  })
  await writeDevice('copies', (copies) => void copies.delete(name))
}

/** The copies of `accountId` on this device. */
export async function listStoredCopies(accountId: string): Promise<readonly StoredCopy[]> {
  const all = (await readDevice('copies', (copies) => copies.getAll())) as StoredCopy[] | undefined
  return (all ?? []).filter((copy) => copy.accountId === accountId)
}

/** Reads a stored copy without opening it for work. */
export async function readStoredCopy(copy: StoredCopy): Promise<{ doc: Y.Doc; unsent: number }> {
  const doc = new Y.Doc()
  const persistence = new IndexeddbPersistence(copy.name, doc)
  const ready = await inTime(Promise.race([persistence.whenSynced.then(() => true), hasFailed(persistence)]))
  const unsent = ready && persistence.db ? await readUnsent(persistence.db) : 0
  await persistence.destroy().catch(() => {})
  return { doc, unsent }
}

/** C2: copies of earlier epochs. What was never sent becomes a kept copy; the rest goes. */
export async function setAsideOldEpochs(place: CopyPlace, schema: number): Promise<void> {
  const stored = await listStoredCopies(place.accountId)
  const old = stored.filter((copy) => copy.documentId === place.documentId && copy.epoch !== place.epoch)
  for (const copy of old) {
    const { doc, unsent } = await readStoredCopy(copy)
    const isSafe = unsent === 0 || (await keepCopy(keptFrom(copy, doc, unsent, schema)))
    doc.destroy()
    if (isSafe) await removeStored(copy.name)
  }
}

const keptFrom = (copy: StoredCopy, doc: Y.Doc, changes: number, schema: number) => ({
  // The name, so that two tabs that find the same old copy keep it once.
  id: copy.name,
  accountId: copy.accountId,
  documentId: copy.documentId,
  schema,
  keptAt: Date.now(),
  changes,
  reason: 'replaced' as const,
  state: Y.encodeStateAsUpdate(doc),
})

/** Removes the copies of every account that nobody opened for 30 days. */
export async function removeUnusedCopies(now: number = Date.now()): Promise<void> {
  const all = ((await readDevice('copies', (copies) => copies.getAll())) ?? []) as StoredCopy[]
  for (const copy of all) if (now - copy.usedAt > unusedFor) await removeStored(copy.name)
}

/** Something on this device that no server has. */
export interface UnsentWork {
  readonly documentId: string
  readonly changes: number
  /** Files that were chosen for the document. */
  readonly files: number
  /** A kept copy, or the local copy of a document. */
  readonly isKeptCopy: boolean
}

/** What signing out would lose: say it first, and offer to stay or to download. */
export async function listUnsentWork(accountId: string): Promise<readonly UnsentWork[]> {
  const found: UnsentWork[] = []
  for (const copy of await listStoredCopies(accountId)) {
    const { doc, unsent } = await readStoredCopy(copy)
    doc.destroy()
    if (unsent > 0) found.push({ documentId: copy.documentId, changes: unsent, files: 0, isKeptCopy: false })
  }
  for (const copy of await keptBy(accountId)) {
    found.push({ documentId: copy.documentId, changes: copy.changes, files: 0, isKeptCopy: true })
  }
  for (const { documentId } of await listWaitingFiles(accountId)) {
    found.push({ documentId, changes: 0, files: 1, isKeptCopy: false })
  }
  return found
}

/** What someone wrote in a document that is no longer theirs, and that never reached the server. */
export interface LostWork {
  readonly changes: number
  readonly state: Uint8Array
  /** Removes it from this device. */
  forget(): Promise<void>
}

/**
 * For a document that the server no longer gives to `accountId` (C4): its copies leave this device, but for one with
 * changes that were never sent, which is offered as a download first.
 */
export async function findLostWork(accountId: string, documentId: string): Promise<LostWork | undefined> {
  let lost: LostWork | undefined
  for (const copy of await listStoredCopies(accountId)) {
    if (copy.documentId !== documentId) continue
    const { doc, unsent } = await readStoredCopy(copy)
    if (unsent === 0) await removeStored(copy.name)
    else {
      const state = Y.encodeStateAsUpdate(doc)
      lost = { changes: unsent, state, forget: () => removeStored(copy.name) }
    }
    doc.destroy()
  }
  return lost
}

/** Everything of `accountId` leaves this device: on sign-out. */
export async function forgetAccount(accountId: string): Promise<void> {
  for (const copy of await listStoredCopies(accountId)) await removeStored(copy.name)
  for (const copy of await keptBy(accountId)) await removeKeptCopy(copy.id)
  await dropFiles(accountId)
  await forgetValues(accountId)
  setSharedComputer(false)
}
