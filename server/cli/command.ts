import { resolve } from 'node:path'
import { type ParseArgsConfig, parseArgs } from 'node:util'
import { AppError } from '#shared/errors.ts'

/** One command of the command line. */
export interface Command {
  /** How it is called, e.g. `account create`. */
  readonly name: string
  /** What may follow the name, e.g. `--email ADDRESS --name NAME`. */
  readonly takes: string
  /** One sentence for the help. */
  readonly does: string
  run(args: readonly string[], terminal: Terminal): Promise<void>
}

/** Where a command was called from: its settings, and the person who reads and answers. */
export interface Terminal {
  readonly env: NodeJS.ProcessEnv
  print(line: string): void
  /** Asks for a secret: typed unseen where a person sits there, otherwise the first line of standard input. */
  readSecret(question: string): Promise<string>
  /** Resolves when the program is asked to stop. */
  stopAsked(): Promise<void>
}

type Options = Readonly<Record<string, { readonly type: 'string' }>>

/** The options of a command, all of them texts. Refuses what the command does not know, and missing `required` ones. */
export function readOptions<Name extends string, Required extends Name>(
  command: Pick<Command, 'name' | 'takes'>,
  args: readonly string[],
  names: readonly Name[],
  required: readonly Required[],
): Record<Required, string> & Partial<Record<Name, string>> {
  const options: Options = Object.fromEntries(names.map((name) => [name, { type: 'string' }]))
  const { values } = parse(command, { args: [...args], options, strict: true, allowPositionals: false })
  const missing = required.filter((name) => !values[name])
  if (missing.length > 0) throw usageError(command, `--${missing[0]} is missing`)
  // Strict parsing leaves only the options named above, and those are texts.
  return values as Record<Required, string> & Partial<Record<Name, string>>
}

/** The one file that a command is about, as a whole path; refuses none, and more than one. */
export function readFileArgument(command: Pick<Command, 'name' | 'takes'>, args: readonly string[]): string {
  const { positionals } = parse(command, {
    args: [...args],
    options: {},
    strict: true,
    allowPositionals: true,
  })
  const [file, ...more] = positionals
  if (file === undefined || file === '') throw usageError(command, 'The file is missing')
  if (more.length > 0) throw usageError(command, 'Name one file')
  return resolve(file)
}

function parse(command: Pick<Command, 'name' | 'takes'>, config: ParseArgsConfig) {
  try {
    return parseArgs(config)
  } catch (error) {
    throw usageError(command, (error as Error).message.split('. ')[0] ?? '')
  }
}

function usageError({ name, takes }: Pick<Command, 'name' | 'takes'>, problem: string): AppError {
  return new AppError('invalid', `${problem}. This is how it goes: throughline ${`${name} ${takes}`.trim()}`)
}
