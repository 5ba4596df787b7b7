import { Unreachable } from './api.ts'
import { recall, remember } from './sync/device-store.ts'

/**
 * What the server answers, kept on this device under `key`; while it cannot be reached, what it answered last. Throws where
 * nothing was kept, and whatever the server refuses.
 */
export async function answerOrRemembered<T>(
  accountId: string,
  key: string,
  ask: () => Promise<T>,
): Promise<T> {
  try {
    const answered = await ask()
    await remember(accountId, key, answered)
    return answered
  } catch (thrown) {
    const remembered = thrown instanceof Unreachable ? await recall<T>(accountId, key) : undefined
    if (remembered === undefined) throw thrown
    return remembered
  }
}
