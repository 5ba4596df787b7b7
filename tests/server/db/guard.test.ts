import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const program = fileURLToPath(new URL('./programs/abort-cases.ts', import.meta.url))

function runCase(name: string) {
  return spawnSync(process.execPath, ['--import', 'tsx', program, name], { encoding: 'utf8' })
}

describe('the guard survives, where the driver aborts, hangs or forgets:', () => {
  const names: readonly string[] = JSON.parse(runCase('list').stdout)

  test.each(names)('%s', (name) => {
    const { stdout, stderr, status } = runCase(name)
    expect({ stdout, status }, stderr).toEqual({ stdout: 'survived', status: 0 })
  })
})
