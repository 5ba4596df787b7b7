/** So long nobody types before what was written is looked at. */
const pause = 700

/**
 * Calls `look` when someone who wrote in a field pauses, and when they leave it; the first time without their writing where
 * it `holdsSomething`. A key costs no more than setting a timer: the looking waits until the browser has nothing better to do.
 */
export function watchWriting(element: HTMLElement, look: () => void, holdsSomething = false): () => void {
  let waiting: ReturnType<typeof setTimeout> | undefined
  let isComposing = false

  function lookSoon(): void {
    clearTimeout(waiting)
    waiting = setTimeout(() => whenIdle(lookNow), pause)
  }
  function lookNow(): void {
    // Half a word of an input method is not yet written; with its end the waiting begins anew.
    if (waiting === undefined || isComposing) return
    clearTimeout(waiting)
    waiting = undefined
    look()
  }

  const listeners: Readonly<Record<string, () => void>> = {
    input: lookSoon,
    focusout: lookNow,
    compositionstart: () => {
      isComposing = true
    },
    compositionend: () => {
      isComposing = false
      lookSoon()
    },
  }
  for (const [name, listener] of Object.entries(listeners)) element.addEventListener(name, listener)
  if (holdsSomething) lookSoon()
  return () => {
    isComposing = false
    lookNow()
    for (const [name, listener] of Object.entries(listeners)) element.removeEventListener(name, listener)
  }
}

/** Safari does not have it yet. */
function whenIdle(run: () => void): void {
  if ('requestIdleCallback' in window) window.requestIdleCallback(run, { timeout: 500 })
  else setTimeout(run)
}
