import { openControl } from '../../../../server/cli/control.ts'

/** A program that listens for the command line until it is ended. */
await openControl(process.argv[2] ?? '', {})
process.stdout.write('listening')
