import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { lockDataDir } from '../../../server/db/lock.ts'
import { kill, startProgram } from './processes.ts'
import { temporaryFolder } from './temporary.ts'

test('the first server makes the data folder for its owner alone, and a second one is refused', async () => {
  const dir = join(temporaryFolder(), 'deep', 'data')
  const lock = await lockDataDir(dir)
  expect(statSync(dir).mode & 0o777).toBe(0o700)
  await expect(lockDataDir(dir)).rejects.toThrow(
    `Another Throughline server is using ${dir}; stop it first, or set DATA_DIR to another folder.`,
  )
  await lock.release()
  await (await lockDataDir(dir)).release()
})

test('a server in another process is refused too, until the first is killed', async () => {
  const dir = temporaryFolder()
  const other = await startProgram('data-dir-keeper', dir)
  await expect(lockDataDir(dir)).rejects.toThrow(/is using/)
  await kill(other)
  await (await lockDataDir(dir)).release()
})

test('a data folder that cannot be made is refused with a sentence', async () => {
  const file = join(temporaryFolder(), 'file')
  writeFileSync(file, '')
  await expect(lockDataDir(join(file, 'data'))).rejects.toThrow(
    /The data folder .*data cannot be used \(.*\); set DATA_DIR/,
  )
})

test('a lock file that is no database is refused with a sentence', async () => {
  const dir = temporaryFolder()
  writeFileSync(join(dir, 'lock.db'), 'This is a letter, not a database. '.repeat(100))
  await expect(lockDataDir(dir)).rejects.toThrow(/cannot be used \(file is not a database\)/)
})
