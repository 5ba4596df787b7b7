import { type Database, StorageFailed } from '../../server/db/database.ts'

/** A database whose disk a test can take away, slow down, or watch. */
export interface FailingDatabase extends Database {
  /** While true nothing can be written. */
  isFull: boolean
  /** While true nothing can be read. */
  isUnreadable: boolean
  /** While set, writes wait for it. */
  gate: Promise<void> | undefined
  /** Writes, then says that it failed: what a lost answer looks like. */
  losesAnswers: boolean
  readonly attempts: number
}

export function failingDatabase(db: Database): FailingDatabase {
  let attempts = 0
  const failing: FailingDatabase = {
    isFull: false,
    isUnreadable: false,
    gate: undefined,
    losesAnswers: false,
    get attempts() {
      return attempts
    },
    async read<T>(sql: string, args?: Parameters<Database['read']>[1]) {
      if (failing.isUnreadable) throw new StorageFailed('disk I/O error')
      return db.read<T>(sql, args)
    },
    async write(statements) {
      attempts++
      if (failing.gate) await failing.gate
      if (failing.isFull) throw new StorageFailed('database or disk is full')
      const results = await db.write(statements)
      if (failing.losesAnswers) throw new StorageFailed('the connection was lost')
      return results
    },
    forgetDeleted: () => db.forgetDeleted(),
    commitTimes: () => db.commitTimes(),
    close: () => db.close(),
  }
  return failing
}
