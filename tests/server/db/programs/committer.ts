import { openDatabase } from '../../../../server/db/open.ts'

/** A program that says so once it has committed a row, and goes on writing until it is killed. */
const [path, migrations = ''] = process.argv.slice(2)
const add = (id: string) => ({ sql: 'INSERT INTO thing (id) VALUES (?)', args: [id] })
const db = await openDatabase({ url: `file:${path}`, migrations })
await db.write([add('committed')])
process.stdout.write('committed')
for (let i = 0; ; i += 1) await db.write([add(`more ${i}`)])
