/**
 * This device's own small database: what a reload while offline needs, the list of local copies of documents, kept copies,
 * and files that wait to be sent. Where a browser has no storage (private windows, a full disk) every question answers undefined, and every write
 * says that it was not kept; nothing throws.
 */
const name = 'throughline'
const version = 2

export type DeviceStore = 'values' | 'copies' | 'kept' | 'files'

let opened: Promise<IDBDatabase | undefined> | undefined

function open(): Promise<IDBDatabase | undefined> {
  opened ??= new Promise((resolve) => {
    if (typeof indexedDB === 'undefined') return resolve(undefined)
    const request = indexedDB.open(name, version)
    request.onupgradeneeded = ({ oldVersion }) => createStores(request.result, oldVersion)
    request.onerror = () => resolve(undefined)
    request.onblocked = () => resolve(undefined)
    request.onsuccess = () => {
      const database = request.result
      // Another tab with a newer program, or one that signs out, must not wait for this one.
      database.onversionchange = () => letGo(database)
      database.onclose = () => letGo(database)
      resolve(database)
    }
  })
  return opened
}

function letGo(database: IDBDatabase): void {
  database.close()
  opened = undefined
}

/** Brings a database of an earlier program, or none (0), to what this one knows. */
function createStores(database: IDBDatabase, before: number): void {
  if (before < 1) {
    database.createObjectStore('values')
    database.createObjectStore('copies', { keyPath: 'name' })
    database.createObjectStore('kept', { keyPath: 'id' })
  }
  if (before < 2) database.createObjectStore('files', { keyPath: 'id' })
}

/** Reads with `question`; undefined when there is no storage. */
export async function readDevice<T>(
  store: DeviceStore,
  question: (from: IDBObjectStore) => IDBRequest<T>,
): Promise<T | undefined> {
  const database = await open()
  if (database === undefined) return undefined
  return new Promise((resolve) => {
    try {
      const request = question(database.transaction(store).objectStore(store))
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => resolve(undefined)
    } catch {
      resolve(undefined) // the connection was closed under us
    }
  })
}

/** Writes with `change`; true once the device has it on disk. */
export async function writeDevice(
  store: DeviceStore,
  change: (to: IDBObjectStore) => void,
): Promise<boolean> {
  const database = await open()
  if (database === undefined) return false
  return new Promise((resolve) => {
    try {
      const transaction = database.transaction(store, 'readwrite', { durability: 'strict' })
      transaction.oncomplete = () => resolve(true)
      transaction.onabort = () => resolve(false)
      transaction.onerror = () => resolve(false)
      change(transaction.objectStore(store))
    } catch {
      resolve(false)
    }
  })
}
