import * as v from 'valibot'
import { counted } from '#shared/counted.ts'
import { readConfig } from '../config.ts'
import { type Command, readFileArgument } from './command.ts'
import { findingSchema, printFindings } from './findings.ts'
import { onServer } from './on-server.ts'

const answerSchema = v.object({
  file: v.string(),
  bytes: v.number(),
  sha256: v.string(),
  documents: v.number(),
  attachments: v.number(),
  findings: v.array(findingSchema),
})

export const backup: Command = {
  name: 'backup',
  takes: 'FILE',
  does: 'Makes a backup of everything in one new file, while people work. Settings and secrets of the environment are not in it.',
  async run(args, terminal) {
    const file = readFileArgument(backup, args)
    terminal.print('Copying and checking …')
    const made = v.parse(answerSchema, await onServer(readConfig(terminal.env), backup.name, { file }))
    terminal.print(
      `${made.file}: ${counted(made.documents, 'document')}, ${counted(made.attachments, 'file')}, ${(made.bytes / 1e6).toFixed(1)} MB.`,
    )
    terminal.print(`SHA-256 ${made.sha256}`)
    terminal.print(
      'Keep SMTP_URL, METRICS_TOKEN and DATABASE_AUTH_TOKEN apart from it, if you have set them.',
    )
    printFindings(made.findings, terminal)
  },
}
