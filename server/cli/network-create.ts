import * as v from 'valibot'
import { readConfig } from '../config.ts'
import { type Command, readOptions } from './command.ts'
import { onServer } from './on-server.ts'

const answerSchema = v.object({ id: v.string() })

export const networkCreate: Command = {
  name: 'network create',
  takes: '--name NAME --coordinator ADDRESS [--time-zone ZONE]',
  does: 'Creates a network with an existing account as its coordinator.',
  async run(args, terminal) {
    const {
      name,
      coordinator,
      'time-zone': timeZone,
    } = readOptions(networkCreate, args, ['name', 'coordinator', 'time-zone'], ['name', 'coordinator'])
    const answer = await onServer(readConfig(terminal.env), networkCreate.name, {
      name,
      coordinator,
      timeZone,
    })
    terminal.print(
      `${name} is there, with ${coordinator} as coordinator. Its id is ${v.parse(answerSchema, answer).id}.`,
    )
  },
}
