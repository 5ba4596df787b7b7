import { Harness } from '../sync-harness.ts'

/** The engine in a process of its own, to be killed. It says where it listens, and then works until it is. */
const [folder = '', networkId = '', snapshotRows = ''] = process.argv.slice(2)
const harness = await Harness.open({
  folder,
  networkId,
  ...(snapshotRows !== '' && { tuning: { snapshotRows: Number(snapshotRows) } }),
})
process.stdout.write(`${harness.origin}\n`)
