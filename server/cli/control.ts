import { createHash } from 'node:crypto'
import { chmod, lstat, rm } from 'node:fs/promises'
import { createConnection, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import type { Logger } from 'pino'
import * as v from 'valibot'
import { AppError, type ErrorCode, errorCodes, type FieldProblems } from '#shared/errors.ts'

/**
 * How the command line talks to a running server: through a socket in the data folder that only its owner may open.
 * Each line is JSON. The command line writes `{"command": "reindex", "args": {}}`; the server runs the command and
 * writes `{"answer": …}`, or `{"error": {"code", "message", "fields"?}}` where it refused. More lines may follow.
 */
export interface Control {
  close(): Promise<void>
}

/** What can be asked, by name. Each parses its own arguments. */
export type ControlCommands = Readonly<Record<string, (args: unknown) => Promise<unknown>>>

const requestSchema = v.object({ command: v.string(), args: v.optional(v.unknown()) })

const answerSchema = v.union([
  v.object({
    error: v.object({
      code: v.picklist(errorCodes),
      message: v.string(),
      fields: v.optional(v.record(v.string(), v.string())),
    }),
  }),
  v.object({ answer: v.optional(v.unknown()) }),
])

/** Listens for the command line. Only for whoever holds the lock on the data folder: a socket that is there is stale. */
export async function openControl(
  dataDir: string,
  commands: ControlCommands,
  log?: Logger,
): Promise<Control> {
  const path = controlPath(dataDir)
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    answerLines(socket, commands, log)
  })
  if (!isPipe(path)) await rm(path, { force: true })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, resolve)
  })
  if (!isPipe(path)) await chmod(path, 0o600)
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

/** Whether a server listened, and then what it answered. Throws what the server refused. */
export type ControlAnswer =
  | { readonly isRunning: false }
  | { readonly isRunning: true; readonly answer: unknown }

/** Has the server that works on this data folder, if there is one, run a command. */
export async function askServer(dataDir: string, command: string, args: unknown): Promise<ControlAnswer> {
  const path = controlPath(dataDir)
  if (!(await isOurs(path, dataDir))) return { isRunning: false }
  const socket = await connect(path)
  if (!socket) return { isRunning: false }
  try {
    socket.write(`${JSON.stringify({ command, args })}\n`)
    for await (const line of createInterface({ input: socket }))
      return { isRunning: true, answer: readAnswer(line) }
    throw new AppError('unavailable', 'The server ended before it answered.')
  } finally {
    socket.destroy()
  }
}

/**
 * The socket's place: in the data folder, or under the temp folder where that name is longer than the system takes. Both
 * sides work it out from the folder alone.
 */
export function controlPath(dataDir: string): string {
  const folder = resolve(dataDir)
  const name = `throughline-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`
  const path = join(folder, 'control.sock')
  return Buffer.byteLength(path) <= longestPath ? path : join(tmpdir(), `${name}.sock`)
}

/** Linux takes 107 bytes, macOS 103. */
const longestPath = 103

const isPipe = (path: string): boolean => path.startsWith('\\\\')

/** In a shared temp folder another account could have put a socket there to be told our secrets. */
async function isOurs(path: string, dataDir: string): Promise<boolean> {
  if (isPipe(path)) return true
  const [socket, folder] = await Promise.all(
    [path, dataDir].map((place) => lstat(place).catch(() => undefined)),
  )
  if (!socket || !folder) return false
  if (socket.isSocket() && [process.getuid?.(), folder.uid].includes(socket.uid)) return true
  throw new AppError(
    'conflict',
    `${path} should be the socket of your server, but belongs to someone else; remove it.`,
  )
}

/** Undefined where nobody listens: the server was killed and left its socket behind. */
function connect(path: string): Promise<Socket | undefined> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(path)
    socket.once('connect', () => resolve(socket))
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED' || error.code === 'ENOENT') resolve(undefined)
      else reject(error)
    })
  })
}

async function answerLines(
  socket: Socket,
  commands: ControlCommands,
  log: Logger | undefined,
): Promise<void> {
  const lines = createInterface({ input: socket })
  for await (const line of lines) {
    const answer = await answerTo(line, commands).catch((error: unknown) => refusal(error, log))
    if (!socket.destroyed) socket.write(`${JSON.stringify(answer)}\n`)
  }
  socket.end()
}

async function answerTo(line: string, commands: ControlCommands): Promise<unknown> {
  const request = v.safeParse(requestSchema, parseJson(line))
  if (!request.success) throw new AppError('invalid', 'A line is JSON with a command and its args.')
  const { command, args } = request.output
  const run = Object.hasOwn(commands, command) ? commands[command] : undefined
  if (!run)
    throw new AppError(
      'not-found',
      `There is no command ${command}; there are ${Object.keys(commands).join(', ')}.`,
    )
  return { answer: await run(args) }
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

function refusal(
  error: unknown,
  log: Logger | undefined,
): { error: { code: ErrorCode; message: string; fields?: FieldProblems } } {
  if (error instanceof AppError) {
    const { code, message, fields } = error
    return { error: { code, message, ...(fields && { fields }) } }
  }
  log?.error({ err: error }, 'a command failed')
  return { error: { code: 'unavailable', message: 'The server could not do this; its log says why.' } }
}

function readAnswer(line: string): unknown {
  const parsed = v.parse(answerSchema, parseJson(line))
  if (!('error' in parsed)) return parsed.answer
  throw new AppError(parsed.error.code, parsed.error.message, parsed.error.fields)
}
