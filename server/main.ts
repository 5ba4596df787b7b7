import { failureLines, runCommand } from './cli/cli.ts'
import { ownTerminal } from './cli/terminal.ts'

// Whatever this process makes, its database, copies and sockets too, is for its owner alone.
process.umask(0o077)

try {
  await runCommand(process.argv.slice(2), ownTerminal())
  process.exit(0)
} catch (error) {
  for (const line of failureLines(error)) console.error(line)
  process.exit(1)
}
