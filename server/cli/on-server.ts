import type { Config } from '../config.ts'
import { start } from '../start.ts'
import { askServer } from './control.ts'

/**
 * Has the running server do something; where none is running, one is started for as long as it takes, which also takes
 * the lock on the data folder. Two processes never write one database.
 */
export async function onServer(config: Config, command: string, args: unknown): Promise<unknown> {
  const asked = await askServer(config.dataDir, command, args)
  if (asked.isRunning) return asked.answer
  // Links must lead to the server that will run later, not to this one.
  const publicUrl = config.publicUrl ?? `http://localhost:${config.port}`
  const server = await start({
    config: { ...config, host: '127.0.0.1', port: 0, logLevel: 'error', publicUrl },
  })
  try {
    return await server.commands[command]?.(args)
  } finally {
    await server.close()
  }
}
