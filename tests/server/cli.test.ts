import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, onTestFinished, test } from 'vitest'
import { failureLines, runCommand } from '../../server/cli/cli.ts'
import { readConfig } from '../../server/config.ts'
import { type RunningServer, start } from '../../server/start.ts'
import { temporaryFolder } from './db/temporary.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const program = ['--import', 'tsx', 'server/main.ts']
const password = 'purple rivers bend'

const settings = (dataDir: string) => ({ DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'silent' })

/** What a command printed; rejects as it did. Commands that serve do so until `whileServing` is over. */
async function run(
  dataDir: string,
  words: readonly string[],
  secret = password,
  whileServing: (printed: readonly string[]) => Promise<void> = async () => {},
): Promise<readonly string[]> {
  const printed: string[] = []
  await runCommand(words, {
    env: settings(dataDir),
    print: (line) => printed.push(line),
    readSecret: async () => secret,
    stopAsked: () => whileServing(printed),
  })
  return printed
}

let servers: RunningServer[] = []
afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()))
  servers = []
})

async function startServer(dataDir: string): Promise<RunningServer> {
  const server = await start({ config: readConfig(settings(dataDir)) })
  servers.push(server)
  return server
}

const newAccount = ['account', 'create', '--email', 'Nora@Example.org', '--name', 'Nora Lindqvist']

async function signIn(server: RunningServer, email: string): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${server.port}/api/session`, {
    method: 'POST',
    headers: { origin: `http://127.0.0.1:${server.port}`, 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  })
  return response.status
}

describe('the words of the command line', () => {
  test('help lists every command with what it does', async () => {
    const help = (await run(temporaryFolder(), ['help'])).join('\n')
    for (const name of [
      'serve',
      'demo',
      'reindex',
      'account create --email ADDRESS --name NAME',
      'account reset-password --email ADDRESS',
      'network create --name NAME --coordinator ADDRESS [--time-zone ZONE]',
    ]) {
      expect(help).toContain(`  ${name}\n`)
    }
    expect((await run(temporaryFolder(), ['--help'])).join('\n')).toBe(help)
  })

  test.each([
    [['nonsense'], 'There is no command "nonsense". Run "throughline help" to see which there are.'],
    [['account'], 'There is no command "account". Run "throughline help" to see which there are.'],
    [['reindex', 'all'], /^Unexpected argument 'all'.*: throughline reindex$/],
    [['serve', '--port', '1'], /^Unknown option '--port'\. This is how it goes: throughline serve$/],
    [
      ['account', 'create', '--name', 'Nora'],
      /^--email is missing\. .*: throughline account create --email ADDRESS/,
    ],
    [['account', 'reset-password', '--email'], /^Option '--email.* argument missing\. This is how it goes/],
  ])('%j is refused with a sentence that says how it goes', async (words, sentence) => {
    await expect(run(temporaryFolder(), words)).rejects.toThrow(sentence)
  })
})

describe.each(['no server is running', 'a server is running'])('while %s', (situation) => {
  const prepare = async (dataDir: string) =>
    situation === 'a server is running' ? startServer(dataDir) : undefined

  test('account create makes an account that can sign in', async () => {
    const dataDir = temporaryFolder()
    const server = await prepare(dataDir)
    expect(await run(dataDir, newAccount)).toEqual(['Nora@Example.org can sign in now.'])
    expect(await signIn(server ?? (await startServer(dataDir)), 'nora@example.org')).toBeLessThan(300)
  })

  test('account create refuses a poor password and a taken address, and repeats no password', async () => {
    const dataDir = temporaryFolder()
    await prepare(dataDir)
    const poor = await run(dataDir, newAccount, 'short').catch(failureLines)
    expect(poor).toEqual(['password: Use at least 10 characters.'])
    await run(dataDir, newAccount)
    const taken = await run(dataDir, newAccount).catch(failureLines)
    expect(taken.join('\n')).toMatch(/There is already an account with this address/)
  })

  test('account reset-password prints a link that works on the server', async () => {
    const dataDir = temporaryFolder()
    const server = await prepare(dataDir)
    await run(dataDir, newAccount)
    const [, link = ''] = await run(dataDir, ['account', 'reset-password', '--email', 'nora@example.org'])
    expect(link).toMatch(/^http:\/\/localhost:\d+\/reset\/[\w-]{20,}$/)
    if (server) expect(new URL(link).origin).toBe(server.origin)
    await expect(run(dataDir, ['account', 'reset-password', '--email', 'gus@example.org'])).rejects.toThrow(
      /There is no account with the address gus@example\.org/,
    )
  })

  test('network create makes a network with its coordinator', async () => {
    const dataDir = temporaryFolder()
    const server = await prepare(dataDir)
    const create = ['network', 'create', '--name', 'Three Rivers', '--coordinator', 'nora@example.org']
    await expect(run(dataDir, create)).rejects.toThrow(
      /no account with the address nora@example\.org; create it first/,
    )
    await run(dataDir, newAccount)
    const [line = ''] = await run(dataDir, [...create, '--time-zone', 'America/Chicago'])
    expect(line).toMatch(
      /^Three Rivers is there, with nora@example\.org as coordinator\. Its id is [0-9a-f-]{36}\.$/,
    )
    const { db } = server ?? (await startServer(dataDir))
    expect(
      await db.read(
        `SELECT network.name, time_zone, role, email FROM network
         JOIN membership ON network_id = network.id JOIN account ON account.id = account_id`,
      ),
    ).toEqual([
      { name: 'Three Rivers', time_zone: 'America/Chicago', role: 'coordinator', email: 'nora@example.org' },
    ])
    await expect(run(dataDir, [...create, '--time-zone', 'Mars'])).rejects.toThrow(
      /timeZone: .*America\/Chicago/,
    )
  })

  test('reindex says of how many documents', async () => {
    const dataDir = temporaryFolder()
    await prepare(dataDir)
    expect(await run(dataDir, ['reindex'])).toEqual(['Indexed 0 documents.'])
  })
})

test('a command leaves a folder behind that a server can start in', async () => {
  const dataDir = temporaryFolder()
  await run(dataDir, newAccount)
  expect(readdirSync(dataDir).sort()).toEqual(['lock.db', 'throughline.db'])
  await startServer(dataDir)
})

test('demo serves the sample network at its own time from a folder that is thrown away', async () => {
  const dataDir = temporaryFolder()
  const [folderLine = ''] = await run(dataDir, ['demo'], '', async ([line = '', address = '']) => {
    const { port } = new URL(address.replace('Throughline is at ', ''))
    const info = await (await fetch(`http://127.0.0.1:${port}/api/start`)).json()
    expect(info.setupNeeded).toBe(false)
    expect(info.demo.accounts).toContainEqual({
      name: 'Sgt. Colleen Marsh',
      email: 'colleen.marsh@threerivers.example',
      roles: ['Team member, Dunmore High'],
    })
    const minutes = (Date.now() + info.clockOffset - Date.parse('2026-01-14T09:00-05:00')) / 60_000
    expect(Math.floor(minutes)).toBe(0)
    expect(existsSync(folderOf(line))).toBe(true)
  })
  expect(existsSync(folderOf(folderLine))).toBe(false)
  expect(readdirSync(dataDir)).toEqual([])
})

const folderOf = (line: string) => /keeps its data in (\S+) and throws it away/.exec(line)?.[1] ?? line

describe('the program', () => {
  function startProgram(dataDir: string) {
    const child = spawn(process.execPath, program, {
      cwd: root,
      env: { ...process.env, ...settings(dataDir) },
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    return child
  }

  async function address(child: ReturnType<typeof startProgram>): Promise<string> {
    let text = ''
    for await (const chunk of child.stdout) {
      text += String(chunk)
      const found = /^Throughline is at (http:\S+)$/m.exec(text)?.[1]
      if (found) return found
    }
    throw new Error(`The program ended: ${text}`)
  }

  test.each(['SIGTERM', 'SIGINT'] as const)(
    'without a word it serves, says where, and ends orderly on %s',
    async (signal) => {
      const dataDir = temporaryFolder()
      const child = startProgram(dataDir)
      const response = await fetch(`${await address(child)}/healthz`)
      expect(response.status).toBe(200)
      child.kill(signal)
      const [code] = await once(child, 'exit')
      expect(code).toBe(0)
      expect(readdirSync(dataDir).sort()).toEqual(['lock.db', 'throughline.db'])
    },
  )

  test('a second server on the same folder stops with one sentence, and starts once the first was killed', async () => {
    const dataDir = temporaryFolder()
    const child = startProgram(dataDir)
    await address(child)
    const env = { ...process.env, ...settings(dataDir) }
    const second = spawnSync(process.execPath, program, { cwd: root, env, encoding: 'utf8' })
    expect(second.status).toBe(1)
    expect(second.stderr).toBe(
      `Another Throughline server is using ${dataDir}; stop it first, or set DATA_DIR to another folder.\n`,
    )
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(await address(startProgram(dataDir))).toMatch(/^http:/)
  })

  test('a wrong setting stops the start with one sentence', () => {
    const env = { ...process.env, ...settings(join(temporaryFolder(), 'data')), PORT: 'many' }
    const { status, stderr } = spawnSync(process.execPath, program, { cwd: root, env, encoding: 'utf8' })
    expect(status).toBe(1)
    expect(stderr).toBe('PORT is "many", but must be a whole number from 0 to 65535.\n')
  })
})
