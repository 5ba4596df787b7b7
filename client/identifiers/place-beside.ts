/** Lengths for the style sheet, which uses the last one alone on a phone. */
export interface Place {
  readonly top: string
  readonly left: string
  /** How much of the window's lower end a keyboard on the screen covers. */
  readonly aboveKeyboard: string
}

const gap = 12

/**
 * Keeps `element` beside what it is about: below it, or above where there is no room, near the caret where someone writes.
 * Where that has gone it stays where it last was.
 */
export function placeBeside(
  element: HTMLElement,
  at: HTMLElement | undefined,
  setPlace: (place: Place) => void,
): () => void {
  let last = anchorOf(at) ?? new DOMRect(gap, innerHeight, 0, 0)
  const update = () => {
    last = anchorOf(at) ?? last
    const { offsetWidth: width, offsetHeight: height } = element
    const below = last.bottom + gap
    const top = below + height + gap <= innerHeight ? below : Math.max(gap, last.top - gap - height)
    const left = Math.max(gap, Math.min(last.left, innerWidth - width - gap))
    const view = window.visualViewport
    const covered = view ? Math.max(0, innerHeight - view.height - view.offsetTop) : 0
    setPlace({ top: `${top}px`, left: `${left}px`, aboveKeyboard: `${covered}px` })
  }
  update()
  const frame = requestAnimationFrame(update)
  window.addEventListener('scroll', update, { capture: true, passive: true })
  window.addEventListener('resize', update)
  window.visualViewport?.addEventListener('resize', update)
  return () => {
    cancelAnimationFrame(frame)
    window.removeEventListener('scroll', update, { capture: true })
    window.removeEventListener('resize', update)
    window.visualViewport?.removeEventListener('resize', update)
  }
}

/** Where the caret is in a long text, or the field itself; undefined when it is no longer on the page. */
function anchorOf(at: HTMLElement | undefined): DOMRect | undefined {
  if (at === undefined || !at.isConnected) return undefined
  const selection = at.isContentEditable ? getSelection() : null
  const range = selection !== null && selection.rangeCount > 0 ? selection.getRangeAt(0) : undefined
  const caret = range && at.contains(range.startContainer) ? range.getBoundingClientRect() : undefined
  const box = at.getBoundingClientRect()
  // An empty paragraph has a caret without a box.
  return caret !== undefined && caret.height > 0
    ? new DOMRect(box.left, caret.top, box.width, caret.height)
    : box
}
