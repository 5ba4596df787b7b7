import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

const made: string[] = []
afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** A folder that is gone when the tests of the file are over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-'))
  made.push(folder)
  return folder
}

/** A folder of migrations with these texts, numbered from 0001. */
export function migrationsFolder(...texts: readonly string[]): string {
  const folder = temporaryFolder()
  for (const [index, text] of texts.entries()) writeFileSync(join(folder, `000${index + 1}-step.sql`), text)
  return folder
}
