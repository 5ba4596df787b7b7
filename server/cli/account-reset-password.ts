import * as v from 'valibot'
import { readConfig } from '../config.ts'
import { type Command, readOptions } from './command.ts'
import { onServer } from './on-server.ts'

const answerSchema = v.object({ origin: v.string(), path: v.string() })

export const accountResetPassword: Command = {
  name: 'account reset-password',
  takes: '--email ADDRESS',
  does: 'Prints a link with which the owner of an account sets a new password.',
  async run(args, terminal) {
    const { email } = readOptions(accountResetPassword, args, ['email'], ['email'])
    const answer = await onServer(readConfig(terminal.env), accountResetPassword.name, { email })
    const { origin, path } = v.parse(answerSchema, answer)
    terminal.print(`Send this link to ${email}. It works once, until tomorrow:`)
    terminal.print(`${origin}${path}`)
  },
}
