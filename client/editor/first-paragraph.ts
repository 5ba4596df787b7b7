import { type Editor, Extension } from '@tiptap/core'
import { Plugin, TextSelection } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'

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
    ]
  },
})

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
