import { AppError } from '#shared/errors.ts'
import { ConfigError } from '../config.ts'
import { accountCreate } from './account-create.ts'
import { accountResetPassword } from './account-reset-password.ts'
import { backup } from './backup.ts'
import type { Command, Terminal } from './command.ts'
import { demo } from './demo.ts'
import { networkCreate } from './network-create.ts'
import { reindex } from './reindex.ts'
import { restore } from './restore.ts'
import { serve } from './serve.ts'
import { verify } from './verify.ts'

const help: Command = {
  name: 'help',
  takes: '',
  does: 'Says what there is.',
  async run(_args, terminal) {
    terminal.print('Usage: throughline COMMAND')
    for (const { name, takes, does } of commands) {
      terminal.print('')
      terminal.print(`  ${`${name} ${takes}`.trim()}`)
      terminal.print(`      ${does}`)
    }
    terminal.print('')
    terminal.print('Settings are environment variables; docs/self-hosting.md lists them.')
  },
}

const commands: readonly Command[] = [
  serve,
  demo,
  backup,
  restore,
  verify,
  reindex,
  accountCreate,
  accountResetPassword,
  networkCreate,
  help,
]

/** Runs the command that these words name; without any, the server. */
export async function runCommand(words: readonly string[], terminal: Terminal): Promise<void> {
  const { command, args } = findCommand(words)
  await command.run(args, terminal)
}

function findCommand(words: readonly string[]): { command: Command; args: readonly string[] } {
  if (words.length === 0) return { command: serve, args: [] }
  if (words[0] === '--help' || words[0] === '-h') return { command: help, args: [] }
  for (const command of commands) {
    const name = command.name.split(' ')
    if (name.every((word, index) => words[index] === word)) return { command, args: words.slice(name.length) }
  }
  throw new AppError(
    'invalid',
    `There is no command "${words.join(' ')}". Run "throughline help" to see which there are.`,
  )
}

/** What someone reads when a command failed: a sentence, and one for each field that does not fit. */
export function failureLines(error: unknown): readonly string[] {
  if (error instanceof AppError) {
    const fields = Object.entries(error.fields ?? {}).map(([name, problem]) => `${name}: ${problem}`)
    return [error.message, ...fields.filter((line) => !error.message.includes(line))]
  }
  if (error instanceof ConfigError) return [error.message]
  return [
    `Throughline stopped because of a fault of its own: ${error instanceof Error ? error.stack : String(error)}`,
  ]
}
