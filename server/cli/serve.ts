import { readConfig } from '../config.ts'
import { start } from '../start.ts'
import { type Command, readOptions } from './command.ts'

export const serve: Command = {
  name: 'serve',
  takes: '',
  does: 'Starts the server and runs it until it is asked to stop. This is what happens without a command, too.',
  async run(args, terminal) {
    readOptions(serve, args, [], [])
    const server = await start({ config: readConfig(terminal.env) })
    for (const notice of server.notices) terminal.print(notice)
    terminal.print(`Throughline is at ${server.origin}`)
    await terminal.stopAsked()
    await server.close()
  },
}
