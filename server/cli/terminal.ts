import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import type { Terminal } from './command.ts'

/** The terminal that this process was started from. */
export function ownTerminal(): Terminal {
  return {
    env: process.env,
    print: (line) => void process.stdout.write(`${line}\n`),
    readSecret: (question) => (process.stdin.isTTY ? typeUnseen(question) : firstLine()),
    stopAsked,
  }
}

/** What stops by itself is done by then (W2); what hangs is ended, before whoever asked takes to stronger means. */
const stopsWithin = 25_000

/** A second signal ends the process at once, for whoever does not want to wait for the first. */
function stopAsked(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => {
        resolve()
        setTimeout(() => process.exit(1), stopsWithin).unref()
        process.once(signal, () => process.exit(1))
      })
    }
  })
}

function typeUnseen(question: string): Promise<string> {
  process.stdout.write(question)
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const reader = createInterface({ input: process.stdin, output: nowhere, terminal: true })
  return new Promise((resolve) => {
    reader.once('line', (line) => {
      reader.close()
      process.stdout.write('\n')
      resolve(line)
    })
    reader.once('SIGINT', () => process.exit(130))
  })
}

async function firstLine(): Promise<string> {
  for await (const line of createInterface({ input: process.stdin })) return line
  return ''
}
