import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A running engine, or a whole server, that can be killed. */
export interface EngineProcess {
  readonly origin: string
  /** `kill -9`; resolves when it is dead. */
  kill(): Promise<void>
}

/** The engine alone. */
export const startEngine = ({
  folder,
  networkId,
  snapshotRows,
}: {
  folder: string
  networkId: string
  /** After so many rows a snapshot is taken and they are folded. */
  snapshotRows?: number
}): Promise<EngineProcess> =>
  startChild(
    'sync-child.ts',
    folder,
    networkId,
    ...(snapshotRows === undefined ? [] : [String(snapshotRows)]),
  )

/** The whole server, on a port of its own choice (0) or on one that it had before. */
export const startServer = ({ folder, port }: { folder: string; port: number }): Promise<EngineProcess> =>
  startChild('server-child.ts', folder, String(port))

/** A program of ours that says where it listens. */
async function startChild(program: string, ...args: readonly string[]): Promise<EngineProcess> {
  const file = fileURLToPath(new URL(`./programs/${program}`, import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', file, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return { origin: await firstLine(child), kill: () => killNow(child) }
}

async function firstLine(child: ChildProcess): Promise<string> {
  let said = ''
  for await (const chunk of child.stdout ?? []) {
    said += String(chunk)
    const [line, rest] = said.split('\n')
    if (rest !== undefined && line !== undefined) {
      child.stdout?.resume()
      return line
    }
  }
  throw new Error(`The engine ended before it listened: ${said}`)
}

async function killNow(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}
