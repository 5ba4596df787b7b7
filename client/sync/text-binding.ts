/**
 * A text field whose text is a `Y.Text`: several people type in it at once, character by character.
 *
 * What the browser changed in the field goes into the text as the smallest change; what others changed goes into the field
 * with the caret and the selection kept in their place. While an input method composes (and on phones nearly all typing
 * is composed) the field may not be touched: one's own letters still travel, what the others write waits and is shown when
 * the composition ends. Typing without a pause is one undo step.
 */
import { createEffect, createRoot } from 'solid-js'
import type * as Y from 'yjs'
import type { OpenDocument } from './open-document.ts'
import { refusePaste } from './paste-guard.ts'
import { replaceWords } from './replace-words.ts'
import { applyDelta, type Delta, diffText, mapPosition, transformDelta } from './text-delta.ts'
import { aroundCaret } from './text-guard.ts'
import { claimUndo, ownEdit, stepFor } from './undo.ts'
import { createWriting } from './writing.ts'

export type TextField = HTMLTextAreaElement | HTMLInputElement

export interface BindTextOptions {
  /** In characters. What would go above it is refused, never cut. */
  readonly maxLength?: number
  /** Line breaks become spaces: a title. An `<input>` has none anyway. */
  readonly singleLine?: boolean
  /** Called with a sentence when something that was typed or pasted is refused. */
  readonly onRefused?: (sentence: string) => void
}

/** Binds `field` to `text` until the returned function is called. Locks the field while the document cannot be edited. */
export function bindText(
  field: TextField,
  text: Y.Text,
  open: OpenDocument,
  options: BindTextOptions = {},
): () => void {
  const isSingleLine = options.singleLine ?? field instanceof HTMLInputElement
  /** What the field held when both sides last agreed on it; `waiting` leads from there to the text. */
  let agreed = ''
  let waiting: readonly Delta[] = []
  let isComposing = false
  let isTakingIn = false
  const writing = createWriting(open)

  const shown = () => asShown(text.toString(), isSingleLine)

  function fill(): void {
    agreed = shown()
    waiting = []
    if (field.value !== agreed) field.value = agreed
  }

  function takeFromField(): void {
    const value = asShown(field.value, isSingleLine)
    const delta = diffText(agreed, value, field.selectionEnd ?? value.length)
    const refusal = delta.length === 0 ? undefined : refuse(delta, value)
    if (refusal !== undefined) takeBack(refusal)
    else take(delta, value)
  }

  function take(delta: Delta, value: string): void {
    showIfChanged(value)
    if (delta.length === 0) return
    let own = delta
    waiting = waiting.map((theirs) => {
      const meanwhile = transformDelta(theirs, own, true)
      own = transformDelta(own, theirs, false)
      return meanwhile
    })
    agreed = value
    isTakingIn = true
    try {
      open.doc.transact(() => text.applyDelta([...own]), ownEdit)
    } finally {
      isTakingIn = false
    }
    writing.key()
  }

  /** A pasted line break in a single line was turned into a space: show what was taken. */
  function showIfChanged(value: string): void {
    if (field.value === value || isComposing) return
    const caret = field.selectionEnd
    field.value = value
    if (caret !== null) field.setSelectionRange(caret, caret)
  }

  function refuse(delta: Delta, value: string): string | undefined {
    if (!open.canEdit()) return 'This document cannot be edited now.'
    const grows = value.length > agreed.length
    if (grows && options.maxLength !== undefined && value.length > options.maxLength) {
      return `This holds at most ${options.maxLength} characters. Shorten it first.`
    }
    const inserted = delta.map((step) => ('insert' in step ? step.insert : '')).join('')
    return inserted.length > 1_000 ? refusePaste(open.doc, inserted) : undefined
  }

  function takeBack(sentence: string): void {
    // In the middle of a composition the field may not be touched; its end comes here again.
    if (isComposing) return
    const caret = mapPosition(field.selectionEnd ?? 0, diffText(field.value, agreed, 0))
    field.value = agreed
    field.setSelectionRange(caret, caret)
    options.onRefused?.(sentence)
  }

  function takeFromText(event: Y.YTextEvent, transaction: Y.Transaction): void {
    if (isTakingIn) return
    waiting = [...waiting, asDelta(event.delta, isSingleLine)]
    const isUndo = transaction.origin === open.undo
    if (isComposing) return
    // A field that only shows the same words can wait until the change is on its way to the others.
    if (hasFocus()) showWaiting(isUndo)
    else queueMicrotask(() => isComposing || showWaiting(isUndo))
  }

  const hasFocus = () => field.ownerDocument.activeElement === field

  function showWaiting(isUndo: boolean): void {
    const deltas = waiting
    const { selectionStart: start, selectionEnd: end, selectionDirection: direction } = field
    waiting = []
    agreed = deltas.reduce(applyDelta, agreed)
    // Should the account ever be wrong, the document is right.
    if (agreed !== shown()) agreed = shown()
    if (field.value === agreed) return
    field.value = agreed
    if (!hasFocus() || start === null || end === null) return
    const undone = endOfChange(deltas.at(-1) ?? [])
    const map = (position: number) =>
      isUndo ? undone : deltas.reduce((at, delta) => mapPosition(at, delta), position)
    field.setSelectionRange(map(start), map(end), direction ?? 'none')
  }

  const listeners: { [Name in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[Name]) => void } = {
    input: () => takeFromField(),
    compositionstart: () => {
      isComposing = true
    },
    compositionend: () => {
      isComposing = false
      takeFromField()
      if (waiting.length > 0) showWaiting(false)
    },
    beforeinput: (event) => {
      // The browser's own undo (menus, shaking a phone) knows nothing of the others.
      if (event.inputType !== 'historyUndo' && event.inputType !== 'historyRedo') return
      event.preventDefault()
      if (open.canEdit()) open.undo[event.inputType === 'historyUndo' ? 'undo' : 'redo']()
    },
    keydown: (event) => {
      const step = stepFor(event)
      if (step === undefined || event.defaultPrevented) return
      event.preventDefault()
      if (open.canEdit()) open.undo[step]()
    },
    focus: () => open.undo.stopCapturing(),
    blur: () => {
      open.undo.stopCapturing()
      writing.rest()
    },
  }

  claimUndo(field)
  fill()
  text.observe(takeFromText)
  for (const [name, listener] of Object.entries(listeners))
    field.addEventListener(name, listener as EventListener)
  const unwatch = open.guard?.watch({
    element: field,
    read: () => aroundCaret(field),
    replace: (found, words) => replaceWords(open, text, found, words),
  })
  const stopLocking = createRoot((dispose) => {
    createEffect(() => {
      field.readOnly = !open.canEdit()
    })
    return dispose
  })

  return () => {
    stopLocking()
    unwatch?.()
    writing.rest()
    text.unobserve(takeFromText)
    for (const [name, listener] of Object.entries(listeners)) {
      field.removeEventListener(name, listener as EventListener)
    }
  }
}

/** Text as a field holds it, character for character: fields turn a carriage return, or in one line any break, into less. */
function asShown(text: string, isSingleLine: boolean): string {
  return isSingleLine ? text.replace(/[\r\n]/g, ' ') : text.replaceAll('\r', ' ')
}

/** What Yjs says was changed. Anything that is not text (nothing of ours) takes one place. */
function asDelta(steps: Y.YTextEvent['delta'], isSingleLine: boolean): Delta {
  return steps.map((step) => {
    if (step.insert !== undefined) {
      return { insert: typeof step.insert === 'string' ? asShown(step.insert, isSingleLine) : '\ufffc' }
    }
    return step.delete === undefined ? { retain: step.retain ?? 0 } : { delete: step.delete }
  })
}

function endOfChange(delta: Delta): number {
  let index = 0
  for (const step of delta) {
    if ('retain' in step) index += step.retain
    else if ('insert' in step) index += step.insert.length
  }
  return index
}
