import { access } from 'node:fs/promises'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { counted } from '#shared/counted.ts'
import { AppError } from '#shared/errors.ts'
import { restoreBackup } from '../backup/restoring.ts'
import { type Config, readConfig } from '../config.ts'
import { lockDataDir } from '../db/lock.ts'
import { type Command, readFileArgument } from './command.ts'
import { printFindings } from './findings.ts'

export const restore: Command = {
  name: 'restore',
  takes: 'FILE',
  does: 'Puts a backup in the place of what DATA_DIR holds, which is kept beside it. The server has to be stopped.',
  async run(args, terminal) {
    const file = readFileArgument(restore, args)
    const config = readConfig(terminal.env)
    requireOwnDatabase(config)
    await access(file).catch(() => {
      throw new AppError('not-found', `There is no file ${file}.`)
    })
    const lock = await lockDataDir(config.dataDir)
    try {
      terminal.print('Unpacking and checking …')
      const { documents, createdAt, replaced, findings } = await restoreBackup(
        config.dataDir,
        file,
        Date.now(),
      )
      terminal.print(`Restored ${counted(documents, 'document')} as they were at ${createdAt}.`)
      terminal.print(`What was there before is in ${replaced}.`)
      printFindings(findings, terminal)
    } finally {
      await lock.release()
    }
  },
}

function requireOwnDatabase({ dataDir, databaseUrl }: Config): void {
  if (databaseUrl === pathToFileURL(resolve(dataDir, 'throughline.db')).href) return
  throw new AppError('conflict', 'A backup is restored into DATA_DIR; unset DATABASE_URL for it.')
}
