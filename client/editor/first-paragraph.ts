import { type Editor, Extension } from '@tiptap/core'
import { Plugin, PluginKey, Selection, TextSelection, type Transaction } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { ySyncPluginKey } from '@tiptap/y-tiptap'

/**
 * An empty text holds nothing at all, not even a paragraph (C3): one comes with the first letter, in the same moment, so
 * that merely looking at a text or standing in it changes nothing.
 */
export const FirstParagraph = Extension.create({
  name: 'firstParagraph',
  addProseMirrorPlugins() {
    return [
      new Plugin({
        props: {
          handleKeyDown(view, event) {
            if (writes(event)) beginIn(view)
            return false
          },
          handleDOMEvents: {
            beforeinput(view, event) {
              if (event.inputType.startsWith('insert') && event.inputType !== 'insertFromPaste') beginIn(view)
              return false
            },
          },
        },
      }),
      keepBeforeTheirWords,
    ]
  },
})

/** Whether the caret stands where it was when the text was empty, before what others have written since. */
const isWaiting = new PluginKey<boolean>('waits-before-their-words')

/**
 * The selection in an empty text may be all of it. Were it kept when a colleague begins to write here, one's own first
 * letter would take the place of their words. So the caret stays before them until one moves it or writes: in the midst of
 * a word that is just being written the two would mix.
 */
const keepBeforeTheirWords = new Plugin<boolean>({
  key: isWaiting,
  state: {
    init: () => false,
    apply(transaction, wasWaiting) {
      if (transaction.getMeta(isWaiting) === true) return true
      return wasWaiting && (isTheirs(transaction) || !(transaction.selectionSet || transaction.docChanged))
    },
  },
  appendTransaction(transactions, before, after) {
    if (after.doc.childCount === 0 || !transactions.some(isTheirs)) return undefined
    if (before.doc.childCount > 0 && isWaiting.getState(after) !== true) return undefined
    return after.tr.setSelection(Selection.atStart(after.doc)).setMeta(isWaiting, true)
  },
})

/** A change that came from the document, neither made in this editor nor taken back. */
function isTheirs(transaction: Transaction): boolean {
  const { isChangeOrigin, isUndoRedoOperation } = transaction.getMeta(ySyncPluginKey) ?? {}
  return transaction.docChanged && isChangeOrigin === true && isUndoRedoOperation !== true
}

/** Gives an empty text the paragraph that a command needs. */
export function begin(editor: Editor): void {
  beginIn(editor.view)
}

function beginIn(view: EditorView): void {
  const { doc, schema, tr } = view.state
  const paragraph = schema.nodes.paragraph
  if (!view.editable || doc.childCount > 0 || paragraph === undefined) return
  tr.insert(0, paragraph.create())
  view.dispatch(tr.setSelection(TextSelection.create(tr.doc, 1)))
}

/** A letter, a new line, or a key that an input method took (its letters come later). */
function writes(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey) return false
  return event.key.length === 1 || ['Enter', 'Process', 'Unidentified', 'Dead'].includes(event.key)
}
