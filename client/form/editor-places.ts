import { createSignal, onCleanup } from 'solid-js'

/**
 * Which of many long texts have an editor. One costs as much as forty plain texts, so only few live at once: the one that
 * is written in, and while there is nothing better to do those in sight, so that a click finds its caret at once.
 */
export interface EditorPlaces {
  /** A text that may get an editor, for as long as the owner lives. */
  add(): EditorPlace
}

export interface EditorPlace {
  /** Whether the text has an editor now. */
  isLive(): boolean
  /** Someone goes into it: it gets its editor now, and keeps it until they have left. */
  enter(): void
  leave(): void
  /** Whether it is in sight of someone who may write. */
  setNear(isNear: boolean): void
}

/** So many editors at most, the one that is written in among them. */
const most = 4

export function createEditorPlaces(whenIdle: WhenIdle = requestIdle): EditorPlaces {
  const places = new Set<Place>()
  let isWaiting = false
  let cancel: (() => void) | undefined

  onCleanup(() => cancel?.())

  /** Takes editors from texts out of sight and gives them to those in sight, one at a time. */
  function settleSoon(): void {
    if (isWaiting) return
    isWaiting = true
    cancel = whenIdle(() => {
      isWaiting = false
      if (settle()) settleSoon()
    })
  }

  /** True when there may be more to do. */
  function settle(): boolean {
    for (const place of places) if (place.isLive() && !place.isNear && !place.isEntered) place.setLive(false)
    const next = [...places].find((place) => place.isNear && !place.isLive())
    if (next === undefined || liveCount() >= most) return false
    next.setLive(true)
    return true
  }

  const liveCount = () => [...places].filter((place) => place.isLive()).length

  /** Makes room for one more: takes an editor that nobody is in, from a text out of sight before one in sight. */
  function makeRoom(): void {
    if (liveCount() < most) return
    const free = [...places].filter((place) => place.isLive() && !place.isEntered)
    const taken = free.find((place) => !place.isNear) ?? free[0]
    taken?.setLive(false)
  }

  return {
    add() {
      const [isLive, setLive] = createSignal(false)
      const place: Place = { isLive, setLive, isNear: false, isEntered: false }
      places.add(place)
      onCleanup(() => places.delete(place))
      return {
        isLive,
        enter() {
          place.isEntered = true
          if (isLive()) return
          makeRoom()
          setLive(true)
        },
        leave() {
          place.isEntered = false
          settleSoon()
        },
        setNear(isNear) {
          place.isNear = isNear
          settleSoon()
        },
      }
    },
  }
}

interface Place {
  readonly isLive: () => boolean
  readonly setLive: (isLive: boolean) => void
  isNear: boolean
  isEntered: boolean
}

/** Runs `work` when there is nothing better to do; answers what calls it off. */
type WhenIdle = (work: () => void) => () => void

function requestIdle(work: () => void): () => void {
  if (typeof requestIdleCallback !== 'function') {
    const timer = setTimeout(work, 200)
    return () => clearTimeout(timer)
  }
  const handle = requestIdleCallback(work, { timeout: 2_000 })
  return () => cancelIdleCallback(handle)
}
