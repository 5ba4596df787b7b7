import * as v from 'valibot'
import { counted } from '#shared/counted.ts'
import { AppError } from '#shared/errors.ts'
import { readConfig } from '../config.ts'
import { type Command, readOptions } from './command.ts'
import { findingSchema, printFindings } from './findings.ts'
import { onServer } from './on-server.ts'

const answerSchema = v.object({ documents: v.number(), findings: v.array(findingSchema) })

export const verify: Command = {
  name: 'verify',
  takes: '',
  does: 'Looks whether every document can be replayed from its log, and whether snapshots, facts and search agree with it.',
  async run(args, terminal) {
    readOptions(verify, args, [], [])
    const { documents, findings } = v.parse(
      answerSchema,
      await onServer(readConfig(terminal.env), verify.name, {}),
    )
    printFindings(findings, terminal)
    if (findings.length > 0)
      throw new AppError(
        'conflict',
        `Looked at ${counted(documents, 'document')}: not all is as it should be.`,
      )
    terminal.print(`Looked at ${counted(documents, 'document')}: all is as it should be.`)
  },
}
