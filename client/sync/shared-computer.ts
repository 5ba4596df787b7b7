/**
 * The tick at sign-in that says "this is a shared computer": until sign-out nothing is kept on it, in any of its tabs.
 */
const key = 'throughline.shared-computer'

/** Set right after signing in, before any document is opened; taken back on sign-out. */
export function setSharedComputer(isShared: boolean): void {
  try {
    if (isShared) localStorage.setItem(key, 'yes')
    else localStorage.removeItem(key)
  } catch {
    // A browser without storage keeps nothing anyway.
  }
}

/** Whether nothing may be kept here. */
export function isSharedComputer(): boolean {
  try {
    return localStorage.getItem(key) !== null
  } catch {
    return true
  }
}
