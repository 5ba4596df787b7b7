import { chownSync, mkdirSync, statSync } from 'node:fs'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, expect, test } from 'vitest'
import {
  askServer,
  type Control,
  type ControlCommands,
  controlPath,
  openControl,
} from '../../server/cli/control.ts'
import { AppError } from '../../shared/errors.ts'
import { kill, startProgram } from './db/processes.ts'
import { temporaryFolder } from './db/temporary.ts'

let opened: Control[] = []
afterEach(async () => {
  await Promise.all(opened.map((control) => control.close()))
  opened = []
})

async function open(dataDir: string, commands: ControlCommands = {}) {
  const control = await openControl(dataDir, commands)
  opened.push(control)
  return control
}

/** Longer than any system takes for the name of a socket. */
function longFolder(): string {
  const folder = join(temporaryFolder(), 'a-long-name'.repeat(12))
  mkdirSync(folder)
  return folder
}

async function sendLines(dataDir: string, ...lines: readonly string[]): Promise<unknown[]> {
  const socket = createConnection(controlPath(dataDir))
  for (const line of lines) socket.write(`${line}\n`)
  const answers: unknown[] = []
  for await (const line of createInterface({ input: socket })) {
    answers.push(JSON.parse(line))
    if (answers.length === lines.length) break
  }
  socket.destroy()
  return answers
}

test('the socket lies in the data folder and opens for its owner alone', async () => {
  const dir = temporaryFolder()
  await open(dir)
  expect(controlPath(dir)).toBe(join(dir, 'control.sock'))
  expect(statSync(controlPath(dir)).mode & 0o777).toBe(0o600)
})

test('the socket of a folder with a long name lies under the temp folder, where both sides find it', async () => {
  const dir = longFolder()
  await open(dir, {
    async greet() {
      return 'hello'
    },
  })
  expect(dirname(controlPath(dir))).toBe(tmpdir())
  expect(controlPath(dir)).not.toBe(controlPath(`${dir}x`))
  expect(statSync(controlPath(dir)).mode & 0o777).toBe(0o600)
  expect(await askServer(dir, 'greet', {})).toEqual({ isRunning: true, answer: 'hello' })
})

test('a command gets its arguments and its answer travels back', async () => {
  const dir = temporaryFolder()
  await open(dir, { echo: async (args) => ({ heard: args }) })
  expect(await askServer(dir, 'echo', { a: ['ä', 1] })).toEqual({
    isRunning: true,
    answer: { heard: { a: ['ä', 1] } },
  })
})

test('a refusal travels back with its code and fields', async () => {
  const dir = temporaryFolder()
  await open(dir, {
    async refuse() {
      throw new AppError('conflict', 'There is one already.', { email: 'Taken.' })
    },
  })
  await expect(askServer(dir, 'refuse', {})).rejects.toMatchObject({
    code: 'conflict',
    message: 'There is one already.',
    fields: { email: 'Taken.' },
  })
})

test('of a fault, only that there was one travels back', async () => {
  const dir = temporaryFolder()
  await open(dir, {
    async fail() {
      throw new Error('secret detail')
    },
  })
  await expect(askServer(dir, 'fail', {})).rejects.toThrow('The server could not do this; its log says why.')
})

test('an unknown command is refused with those that there are', async () => {
  const dir = temporaryFolder()
  await open(dir, { greet: async () => 'hello' })
  await expect(askServer(dir, 'toString', {})).rejects.toThrow(
    'There is no command toString; there are greet.',
  )
})

test('a line that is no request is refused, and the next one is still answered', async () => {
  const dir = temporaryFolder()
  await open(dir, { greet: async () => 'hello' })
  const refused = { error: { code: 'invalid', message: 'A line is JSON with a command and its args.' } }
  expect(await sendLines(dir, 'nonsense', '{"args":1}', '{"command":"greet"}')).toEqual([
    refused,
    refused,
    { answer: 'hello' },
  ])
})

test('where no server runs, that is the answer', async () => {
  const dir = temporaryFolder()
  expect(await askServer(dir, 'greet', {})).toEqual({ isRunning: false })
  await (await open(dir)).close()
  expect(await askServer(dir, 'greet', {})).toEqual({ isRunning: false })
})

test('a socket that a killed server left behind is no server, and is replaced by the next', async () => {
  const dir = temporaryFolder()
  await kill(await startProgram('control-keeper', dir))
  expect(statSync(controlPath(dir)).isSocket()).toBe(true)
  expect(await askServer(dir, 'greet', {})).toEqual({ isRunning: false })
  await open(dir, { greet: async () => 'hello' })
  expect(await askServer(dir, 'greet', {})).toEqual({ isRunning: true, answer: 'hello' })
})

test.skipIf(process.getuid?.() !== 0)('a socket that someone else put there is told nothing', async () => {
  const dir = longFolder()
  await open(dir, { greet: async () => 'hello' })
  chownSync(controlPath(dir), 65_534, 65_534)
  await expect(askServer(dir, 'greet', {})).rejects.toThrow(/belongs to someone else/)
})

test('a server that closes while it is asked says that it ended', async () => {
  const dir = temporaryFolder()
  const control = await open(dir, {
    stop: () => {
      void control.close()
      return new Promise(() => {})
    },
  })
  await expect(askServer(dir, 'stop', {})).rejects.toThrow('The server ended before it answered.')
})
