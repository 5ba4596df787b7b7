import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A running engine that can be killed. */
export interface EngineProcess {
  readonly origin: string
  /** `kill -9`; resolves when it is dead. */
  kill(): Promise<void>
}

export async function startEngine({
  folder,
  networkId,
}: {
  folder: string
  networkId: string
}): Promise<EngineProcess> {
  const file = fileURLToPath(new URL('./programs/sync-child.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', file, folder, networkId], {
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
