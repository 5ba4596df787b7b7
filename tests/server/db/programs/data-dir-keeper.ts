import { lockDataDir } from '../../../../server/db/lock.ts'

/** A program that holds a data folder until it is ended. */
await lockDataDir(process.argv[2] ?? '')
process.stdout.write('held')
