import { type ReplayDeps, replay, replayWholeLog } from './replay.ts'
import type { LogName } from './update-log.ts'

/** Whether a document's log replays from its first row on, and its newest snapshot leads to the same. */
export async function verifyLog(deps: ReplayDeps, name: LogName): Promise<readonly string[]> {
  try {
    const whole = await replayWholeLog(deps.db, name)
    const { live } = await replay(deps, name)
    const isSame = Buffer.compare(whole.encode(), live.encode()) === 0
    return isSame ? [] : ['Its newest snapshot is not what its log says.']
  } catch (error) {
    return [`Its log does not replay: ${error instanceof Error ? error.message : String(error)}.`]
  }
}
