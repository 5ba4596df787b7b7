import { Connection } from '../../../../server/db/guard.ts'

/** A program that holds the write lock of a database, like a careless tool beside the server, until it is ended. */
const connection = new Connection(process.argv[2] ?? '', { busyTimeout: 1000 })
connection.exec('BEGIN IMMEDIATE')
process.stdout.write('held')
setInterval(() => connection.inTransaction, 1000)
