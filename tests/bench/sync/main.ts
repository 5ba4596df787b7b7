// The live engine beside its peers, in one run. `npm run bench:sync -- --runs=3 --only=pair,B --servers=ours,relay`.
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { median } from '../measured.ts'
import { judge, type Medians, shown } from './promises.ts'
import { type Figures, scenarios } from './scenarios.ts'
import { install, type ServerName, serverNames } from './servers.ts'

const option = (name: string): string | undefined =>
  process.argv.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3)
const listed = (name: string): readonly string[] | undefined => option(name)?.split(',')

const runs = Number(option('runs') ?? 3)
const asked = listed('only')
const wanted = listed('servers')
const installed = new Map<ServerName, boolean>()

function isThere(name: ServerName): boolean {
  const known = installed.get(name) ?? install(name)
  installed.set(name, known)
  return known
}

interface Outcome {
  readonly scenario: string
  readonly server: ServerName
  readonly runs: readonly Figures[]
}

const outcomes: Outcome[] = []
const rows: string[] = []
console.log(`${cpus().length} × ${cpus()[0]?.model}, Node.js ${process.version}, ${runs} runs of each`)

for (const { name, what, servers, run } of scenarios.filter(({ name }) => asked?.includes(name) ?? true)) {
  console.log(`\n${name}: ${what}`)
  const medians: Medians = {}
  const chosen = servers.filter((server) => (wanted?.includes(server) ?? true) && isThere(server))
  const made = new Map<ServerName, Figures[]>(chosen.map((server) => [server, []]))
  // By turns, so that whatever else this computer does meets all of them.
  for (let turn = 0; turn < runs; turn++) {
    for (const server of chosen) {
      try {
        made.get(server)?.push(await run(server))
      } catch (error) {
        console.log(`  ${server}: ${error instanceof Error ? error.message : String(error)}`)
      }
    }
  }
  for (const [server, figures] of made) {
    if (figures.length === 0) continue
    outcomes.push({ scenario: name, server, runs: figures })
    medians[server] = middle(figures)
    console.log(`  ${server.padEnd(12)} ${described(figures)}`)
  }
  rows.push(...judge(name, medians))
}

for (const name of serverNames)
  if (installed.get(name) === false) console.log(`${name} could not be installed here.`)
console.log(`\n| | promise | measured | limit | |\n|---|---|---|---|---|\n${rows.join('\n')}`)
const file = option('json')
if (file !== undefined) writeFileSync(file, `${JSON.stringify(outcomes, null, 2)}\n`)
process.exitCode = rows.some((row) => row.includes('**missed**')) ? 1 : 0

function middle(figures: readonly Figures[]): Figures {
  const names = Object.keys(figures[0] ?? {})
  return Object.fromEntries(
    names.map((name) => [name, median(figures.map((each) => each[name] ?? Number.NaN))]),
  )
}

/** Each figure's median, with the lowest and the highest. */
function described(figures: readonly Figures[]): string {
  const medians = middle(figures)
  return Object.entries(medians)
    .map(([name, value]) => {
      const all = figures.map((each) => each[name] ?? Number.NaN)
      const [lowest, highest] = [Math.min(...all), Math.max(...all)]
      return `${name} ${shown(value)}${lowest === highest ? '' : ` (${shown(lowest)}–${shown(highest)})`}`
    })
    .join(', ')
}
