import { StorageFailed } from './database.ts'
import { Connection } from './guard.ts'

export interface ConnectionOptions {
  /** Milliseconds that a call waits for the lock of another process. */
  readonly busyTimeout: number
}

/** The connection that writes. It refuses to work where a commit would not be on the disk when it returns. */
export function openWriting(path: string, options: ConnectionOptions): Connection {
  const connection = openFile(path, options)
  try {
    // Readers go on while a commit runs. Kept in the file, but asked for each time: it may be restored from elsewhere.
    connection.exec('PRAGMA journal_mode = WAL')
    // Each commit is synced to the disk: what people see as saved survives a power cut.
    connection.exec('PRAGMA synchronous = FULL')
    // Rows never point at nothing.
    connection.exec('PRAGMA foreign_keys = ON')
    // What is deleted is overwritten: what was erased must not be found in the free places of the file.
    connection.exec('PRAGMA secure_delete = ON')
    // A burst of writing does not leave a large log beside the database for ever.
    connection.exec('PRAGMA journal_size_limit = 67108864')
    assertDurable(connection)
    return connection
  } catch (error) {
    connection.close()
    throw error
  }
}

/** A connection that only reads; the writer has made the file before. */
export function openReading(path: string, options: ConnectionOptions): Connection {
  const connection = openFile(path, options)
  // The port has one writer; a statement that writes is a mistake here.
  connection.exec('PRAGMA query_only = ON')
  return connection
}

function openFile(path: string, options: ConnectionOptions): Connection {
  try {
    return new Connection(path, options)
  } catch (error) {
    throw new StorageFailed(`The database ${path} cannot be opened: ${(error as Error).message}`)
  }
}

function assertDurable(connection: Connection): void {
  const mode = connection.rows('PRAGMA journal_mode')[0]?.journal_mode
  const synchronous = connection.rows('PRAGMA synchronous')[0]?.synchronous
  if (mode === 'wal' && synchronous === 2) return
  throw new StorageFailed(
    `The database ${connection.path} cannot be written safely: its journal_mode is ${mode} and synchronous ${synchronous}, but must be wal and 2`,
  )
}
