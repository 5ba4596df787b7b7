import type { NetworkSummary } from '#shared/network.ts'
import type { Me } from '#shared/people.ts'
import { isSharedComputer } from './sync/shared-computer.ts'

/** Who used this device last, so that what it holds opens without the server. Nothing here opens the server. */
export interface RememberedMe {
  readonly me: Me
  readonly networks: readonly NetworkSummary[]
}

const key = 'throughline.me'

/** On a shared computer nothing is remembered. */
export function rememberMe(remembered: RememberedMe): void {
  if (isSharedComputer()) return
  try {
    localStorage.setItem(key, JSON.stringify(remembered))
  } catch {
    // A browser that keeps nothing works all the same while the server answers.
  }
}

export function forgetMe(): void {
  try {
    localStorage.removeItem(key)
  } catch {
    // Nothing was kept.
  }
}

export function readRememberedMe(): RememberedMe | undefined {
  try {
    const kept = localStorage.getItem(key)
    // Only `rememberMe` writes this entry.
    return kept === null ? undefined : (JSON.parse(kept) as RememberedMe)
  } catch {
    return undefined
  }
}
