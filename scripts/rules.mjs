// Each rule of the live engine is cited by something that fails when it is broken: a test, a bench or a lint rule. Which rules
// there are, and which are not built yet, stands in docs/sync-rules.md.
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { root } from './fingerprint.mjs'

const read = (...path) => readFileSync(join(root, ...path), 'utf8')

/** Sentences about rules that nothing cites, that are cited though they are said not to be built, or that no page explains. */
export function ruleProblems() {
  const page = read('docs/sync-rules.md')
  const rules = rulesOf(page)
  const notBuilt = idsIn(/Not built yet: ([^.]*)/.exec(page)?.[1] ?? '')
  const cited = citedRules()
  return [
    ...rules
      .filter((rule) => !cited.has(rule) && !notBuilt.includes(rule))
      .map((rule) => `${rule} is cited by no test, no bench and no lint rule`),
    ...notBuilt
      .filter((rule) => cited.has(rule))
      .map((rule) => `${rule} is cited, but said not to be built yet`),
    ...[...cited]
      .filter((rule) => !rules.includes(rule) && !notBuilt.includes(rule))
      .map((rule) => `${rule} is cited, but docs/sync-rules.md does not explain it`),
  ]
}

/** The first column of the page's tables names the rules: `T5, T6 encodings kept for each state`. */
function rulesOf(page) {
  const columns = [...page.matchAll(/^\|([^|]*)\|/gm)].map(([, column = '']) => column)
  return [...new Set(columns.flatMap(idsIn))]
}

const idsIn = (text) => text.match(/\b[A-Z]\d{1,2}\b/g) ?? []

/** `[I3] [R1]` in the name of a test, `// Y4` or `(T1)` beside code. */
function citedRules() {
  const files = [...listFiles('tests'), '.dependency-cruiser.cjs', 'biome.json']
  return new Set(files.flatMap((file) => citationsIn(read(file))).filter(isRule))
}

function citationsIn(text) {
  const inNames = [...text.matchAll(/\[([A-Z]\d{1,2})\]/g)].map(([, id]) => id)
  const comments = text.match(/(?:^\s*\*|\/\*\*?|(?:^|\s)\/\/) .*$/gm) ?? []
  return [...inNames, ...comments.flatMap(idsIn)]
}

/** Cells of spreadsheets and the like look as rules do; these letters are the engine's. */
const isRule = (id) => /^[ILDTVAPROZKCSHWY]\d/.test(id)

function listFiles(folder) {
  return (
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs)$/.test(entry.name))
      .map((entry) => relative(root, join(entry.parentPath, entry.name)))
      // Peers of the bench bring programs of others.
      .filter((file) => !file.includes('node_modules'))
  )
}
