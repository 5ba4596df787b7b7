import * as Y from 'yjs'

/** The origin of this person's own edits, by mouse, key and typing. Undo sees these, and the rich-text editors'. */
export const ownEdit = { name: 'own edit' }

/** The origin of edits that undo must not see, such as giving a new card its texts (Y5). */
export const untrackedEdit = { name: 'untracked edit' }

/** Typing within this time is one step. */
const pause = 800

/**
 * The one undo manager of an open document (Y10). Its scope is the whole document; it undoes what this person did and
 * nothing else. The rich-text editors add their own origin when the first of them opens.
 */
export function createUndo(doc: Y.Doc): Y.UndoManager {
  return new Y.UndoManager(doc, {
    trackedOrigins: new Set<unknown>([ownEdit]),
    captureTimeout: pause,
    captureTransaction: (transaction) => transaction.meta.get('addToHistory') !== false,
    deleteFilter: holdsNothingOfOthers,
  })
}

/**
 * Undoing takes one's own characters out first and then the paragraph or list they stood in; by then whatever is left in
 * it is somebody else's.
 */
function holdsNothingOfOthers(item: Y.Item): boolean {
  return !(item.content instanceof Y.ContentType) || item.content.type._length === 0
}

/** Undo and redo by keyboard everywhere in the page but in fields that are not the document's. Returns the release. */
export function bindUndoKeys(
  undo: Y.UndoManager,
  canEdit: () => boolean,
  target: EventTarget = window,
): () => void {
  const onKeyDown = (event: Event) => {
    const key = event as KeyboardEvent
    const step = stepFor(key)
    if (step === undefined || key.defaultPrevented || ownsItsUndo(key.target)) return
    key.preventDefault()
    if (canEdit()) undo[step]()
  }
  target.addEventListener('keydown', onKeyDown)
  return () => target.removeEventListener('keydown', onKeyDown)
}

/** Whether a key press asks for undo or redo: Mod-Z, Mod-Shift-Z, Mod-Y. */
export function stepFor(key: {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  shiftKey: boolean
}): 'undo' | 'redo' | undefined {
  if (!(key.ctrlKey || key.metaKey) || key.altKey) return undefined
  const letter = key.key.toLowerCase()
  if (letter === 'z') return key.shiftKey ? 'redo' : 'undo'
  if (letter === 'y' && !key.shiftKey) return 'redo'
  return undefined
}

const bound = new WeakSet<EventTarget>()

/** A field whose text is the document's: Mod-Z in it is the document's undo. */
export const claimUndo = (field: EventTarget): void => void bound.add(field)

function ownsItsUndo(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement) || bound.has(target)) return false
  return target.isContentEditable || target instanceof HTMLTextAreaElement || isTextInput(target)
}

const isTextInput = (target: HTMLElement): boolean =>
  target instanceof HTMLInputElement &&
  !['checkbox', 'radio', 'button', 'range', 'color', 'file'].includes(target.type)
