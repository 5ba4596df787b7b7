import { pino } from 'pino'
import { readConfig } from '../../../server/config.ts'
import { start } from '../../../server/start.ts'

/** The whole server in a process of its own, to be killed. It says where it listens, and then works until it is. */
const [folder = '', port = '0'] = process.argv.slice(2)
const { origin } = await start({
  config: readConfig({ DATA_DIR: folder, PORT: port }),
  log: pino({ level: 'silent' }),
})
process.stdout.write(`${origin}\n`)
