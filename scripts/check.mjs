// `npm run check`: format and lint, types, import arrows, dead code, lock file, and that each rule of the engine is tested.
// Says what is wrong and exits 1.
import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { root } from './fingerprint.mjs'
import { ensureInstalled } from './install.mjs'
import { lockfileProblems } from './lockfile.mjs'
import { ruleProblems } from './rules.mjs'

/** Runs every check, two at a time; resolves whether all of them passed. */
export async function check() {
  const waiting = [checkTypes, checkFormat, checkArrows, checkDeadCode, checkLockfile, checkRules]
  let passed = true
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { name, problem } = await next()
      if (problem) passed = false
      console.log(problem ? `${name}: wrong\n${problem}` : `${name}: right`)
    }
  }
  await Promise.all([work(), work()])
  return passed
}

const checkTypes = async () => ({ name: 'types', problem: await problemOf('tsc', ['-p', '.']) })

const checkFormat = async () => ({
  name: 'format and lint',
  problem: await problemOf('biome', ['check', '--error-on-warnings', '.']),
})

const checkDeadCode = async () => ({ name: 'dead code', problem: await problemOf('knip', ['--no-progress']) })

/** dependency-cruiser passes when it finds nothing to look at; so the modules it saw are counted too. */
async function checkArrows() {
  const folders = ['shared', 'server', 'client']
  const { code, output } = await run('depcruise', [
    ...folders,
    '--config',
    '.dependency-cruiser.cjs',
    '--output-type',
    'json',
  ])
  let result
  try {
    result = JSON.parse(output)
  } catch {
    return { name: 'arrows', problem: output || `exit code ${code}` }
  }
  const seen = result.modules.filter(({ source }) => /^(shared|server|client)\//.test(source)).length
  const there = folders.reduce((sum, folder) => sum + countModules(folder), 0)
  const broken = result.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)
  if (seen < there) broken.push(`saw ${seen} modules, but there are ${there}`)
  return { name: `arrows (${seen} modules)`, problem: broken.join('\n') }
}

async function checkRules() {
  return { name: 'rules of the engine', problem: ruleProblems().join('\n') }
}

async function checkLockfile() {
  return { name: 'lock file', problem: lockfileProblems().join('\n') }
}

const countModules = (folder) =>
  readdirSync(join(root, folder), { recursive: true }).filter((name) => /\.(ts|tsx)$/.test(String(name)))
    .length

async function problemOf(command, args) {
  const { code, output } = await run(command, args)
  return code === 0 ? '' : output || `exit code ${code}`
}

function run(command, args) {
  return new Promise((resolve) => {
    const child = spawn(join(root, 'node_modules/.bin', command), args, {
      cwd: root,
      shell: process.platform === 'win32',
    })
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.on('close', (code) => resolve({ code, output }))
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  ensureInstalled()
  if (!(await check())) process.exit(1)
}
