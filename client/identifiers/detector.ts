/** Finds and masks what may say who a student is. */
export type Detector = typeof import('#shared/identifiers.ts')

export interface LoadedDetector {
  /** Undefined until it is here. */
  loaded(): Detector | undefined
  /** Undefined where it cannot be fetched: offline, on a device that does not hold it. The server looks as well. */
  load(): Promise<Detector | undefined>
  close(): void
}

let here: Detector | undefined

async function load(): Promise<Detector | undefined> {
  try {
    here ??= await import('#shared/identifiers.ts')
  } catch {
    // Tried again with the next words.
  }
  return here
}

/** Fetched when someone goes into the first field of the page: whoever only reads need not wait for it. */
export function createDetector(): LoadedDetector {
  const onFocusIn = ({ target }: FocusEvent) => {
    if (target instanceof Element && target.matches('input, textarea, [contenteditable="true"]')) void load()
  }
  document.addEventListener('focusin', onFocusIn)
  return {
    loaded: () => here,
    load,
    close: () => document.removeEventListener('focusin', onFocusIn),
  }
}
