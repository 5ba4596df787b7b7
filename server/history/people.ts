import type { Person } from '#shared/people.ts'
import type { Database } from '../db/database.ts'

/** The people of these accounts, by id; those that are gone are left out. */
export async function listPeople(db: Database, ids: readonly string[]): Promise<ReadonlyMap<string, Person>> {
  const rows = await db.read<{ id: string; name: string; color: Person['color'] }>(
    'SELECT id, name, color FROM account WHERE id IN (SELECT value FROM json_each(?))',
    [JSON.stringify(ids)],
  )
  return new Map(rows.map(({ id, name, color }) => [id, { id, name, color }]))
}
