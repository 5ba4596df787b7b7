import { readConfig } from '../config.ts'
import { type Command, readOptions } from './command.ts'
import { onServer } from './on-server.ts'

export const accountCreate: Command = {
  name: 'account create',
  takes: '--email ADDRESS --name NAME',
  does: 'Creates an account that belongs to no network yet. Asks for its password, or reads it from standard input.',
  async run(args, terminal) {
    const { email, name } = readOptions(accountCreate, args, ['email', 'name'], ['email', 'name'])
    const config = readConfig(terminal.env)
    const password = await terminal.readSecret(`Password for ${email}: `)
    await onServer(config, accountCreate.name, { email, name, password })
    terminal.print(`${email} can sign in now.`)
  },
}
