import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createPeople, type People } from './people.ts'

/** The built program as people run it: a process of its own, with its own data folder and a real database file. */
export interface Program extends People {
  readonly origin: string
  /** `kill -9`: it gets no chance to put anything in order. */
  kill(): Promise<void>
  /** Starts it again on the same folder and port. */
  start(): Promise<void>
  /** It stands still, with its sockets open, until it is woken. */
  freeze(): void
  wake(): void
  /** Ends it and removes its folder. */
  close(): Promise<void>
}

const main = fileURLToPath(new URL('../../dist/server/main.js', import.meta.url))

export async function startProgram(): Promise<Program> {
  if (!existsSync(main)) throw new Error('The program is not built: run "npm run build" first.')
  const dataDir = await mkdtemp(join(tmpdir(), 'throughline-'))
  let running = await serve(dataDir, 0)
  const port = Number(new URL(running.origin).port)
  const origin = () => running.origin

  return {
    ...createPeople({ address: origin, origin }),
    get origin() {
      return running.origin
    },
    kill: () => end(running.process, 'SIGKILL'),
    async start() {
      running = await serve(dataDir, port)
    },
    freeze: () => void running.process.kill('SIGSTOP'),
    wake: () => void running.process.kill('SIGCONT'),
    async close() {
      await end(running.process, 'SIGKILL')
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

interface Serving {
  readonly process: ChildProcess
  readonly origin: string
}

/** Resolves when it has printed its address. */
function serve(dataDir: string, port: number): Promise<Serving> {
  const { PATH, HOME } = process.env
  const child = spawn(process.execPath, [main, 'serve'], {
    env: { PATH, HOME, NODE_ENV: 'production', LOG_LEVEL: 'warn', PORT: String(port), DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const endWithUs = () => void child.kill('SIGKILL')
  process.once('exit', endWithUs)
  child.once('exit', () => process.off('exit', endWithUs))
  return new Promise((resolve, reject) => {
    let said = ''
    const hear = (words: Buffer) => {
      said += words
      const [, origin] = /^Throughline is at (\S+)$/m.exec(said) ?? []
      if (origin !== undefined) resolve({ process: child, origin })
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('exit', (code) => reject(new Error(`The program ended with ${code}: ${said}`)))
  })
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill(signal)
  await ended
}
