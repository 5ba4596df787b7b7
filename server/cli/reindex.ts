import * as v from 'valibot'
import { counted } from '#shared/counted.ts'
import { readConfig } from '../config.ts'
import { type Command, readOptions } from './command.ts'
import { onServer } from './on-server.ts'

const answerSchema = v.object({ documents: v.number() })

export const reindex: Command = {
  name: 'reindex',
  takes: '',
  does: 'Throws away facts, references and the search index, and makes them again from the documents.',
  async run(args, terminal) {
    readOptions(reindex, args, [], [])
    const { documents } = v.parse(answerSchema, await onServer(readConfig(terminal.env), reindex.name, {}))
    terminal.print(`Indexed ${counted(documents, 'document')}.`)
  },
}
