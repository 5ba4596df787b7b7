import { Editor } from '@tiptap/core'
import { Collaboration } from '@tiptap/extension-collaboration'
import { Selection } from '@tiptap/pm/state'
import type { EditorProps, EditorView } from '@tiptap/pm/view'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import { type Accessor, createEffect, createSignal, onCleanup } from 'solid-js'
import type * as Y from 'yjs'
import type { OpenDocument } from '../sync/open-document.ts'
import { refusePaste } from '../sync/paste-guard.ts'
import { replaceWords } from '../sync/replace-words.ts'
import { createWriting } from '../sync/writing.ts'
import { createCarets } from './carets.ts'
import { FirstParagraph } from './first-paragraph.ts'
import { canHold, richTextKit } from './rich-text-schema.ts'
import { adaptUndo } from './undo-adapter.ts'

/** Where a caret goes: to the end of the text, or to a point of the window. */
export type Caret = 'end' | { readonly x: number; readonly y: number }

export interface RichTextOptions {
  readonly fragment: Y.XmlFragment
  readonly open: OpenDocument
  readonly label: string
  readonly isEditable: () => boolean
  readonly autofocus: boolean
  readonly caret: Caret | undefined
  readonly describedBy: string | undefined
  readonly onRefused: (sentence: string) => void
  /** Someone asks by keyboard (Mod-K) for a link. */
  readonly onLink: () => void
}

export interface RichTextState {
  readonly isBold: boolean
  readonly isItalic: boolean
  readonly isBulletList: boolean
  readonly isOrderedList: boolean
  readonly link: string | undefined
  readonly isEmpty: boolean
}

export interface RichTextController {
  readonly editor: Accessor<Editor | undefined>
  readonly state: Accessor<RichTextState | undefined>
  /** The fragment holds something that this version cannot edit without losing it. */
  readonly isBeyondUs: Accessor<boolean>
}

/** Binds an editor in `place` to the fragment, for as long as the owner lives. */
export function createRichText(
  place: Accessor<HTMLElement | undefined>,
  options: RichTextOptions,
): RichTextController {
  const [editor, setEditor] = createSignal<Editor>()
  const [state, setState] = createSignal<RichTextState>()
  const [isBeyondUs, setBeyondUs] = createSignal(false)

  createEffect(() => {
    const element = place()
    if (element === undefined) return
    const made = createEditor(options)
    if (!canHold(made.schema, options.fragment)) {
      made.destroy()
      setBeyondUs(true)
      return
    }
    // Registered before the binding's own listener: that one must not meet what it would delete.
    const stop = watchFragment(made, options.fragment, () => {
      setEditor(undefined)
      setBeyondUs(true)
    })
    made.mount(element)
    const read = () => setState(readState(made))
    made.on('transaction', read)
    read()
    setEditor(made)
    // An empty text has no place for a caret before somebody writes in it.
    if (options.autofocus && options.isEditable())
      made.commands.focus(options.fragment.length === 0 ? null : 'end')
    if (options.caret !== undefined && options.isEditable()) setCaret(made, options.caret)
    const unwatch = options.open.guard?.watch({
      element: made.view.dom,
      read: () => wordsAtCaret(made),
      replace: (found, words) => replaceWords(options.open, options.fragment, found, words),
    })
    onCleanup(() => {
      unwatch?.()
      stop()
      setEditor(undefined)
      made.destroy()
    })
  })
  createEffect(() => {
    editor()?.setEditable(options.isEditable(), false)
  })
  return { editor, state, isBeyondUs }
}

/** At once, not in the next frame as the editor's own command: a key that follows must find its text. */
function setCaret({ view }: Editor, caret: Caret): void {
  view.focus()
  const { doc, tr } = view.state
  const found = caret === 'end' ? null : view.posAtCoords({ left: caret.x, top: caret.y })
  if (found === null) setCaretAtEnd(view)
  else if (doc.childCount > 0) view.dispatch(tr.setSelection(Selection.near(doc.resolve(found.pos))))
}

function setCaretAtEnd(view: EditorView): void {
  const { doc, tr } = view.state
  // An empty text has no place for a caret before somebody writes in it.
  if (doc.childCount > 0) view.dispatch(tr.setSelection(Selection.atEnd(doc)))
}

function createEditor(options: RichTextOptions): Editor {
  const { fragment, open } = options
  const writing = createWriting(open)
  const entering = createEntering()
  open.undo.addTrackedOrigin(ySyncPluginKey)
  return new Editor({
    element: null,
    injectCSS: false,
    editable: options.isEditable(),
    extensions: [
      richTextKit,
      FirstParagraph,
      Collaboration.configure({
        fragment,
        yUndoOptions: { undoManager: adaptUndo(open.undo) },
        // The binding draws an empty text once more and puts a caret where none can be; it need not.
        ...(fragment.length === 0 ? { ySyncOptions: { mapping: new Map() } } : {}),
      }),
      createCarets(open.awareness),
    ],
    editorProps: {
      attributes: {
        class: 'rich-text-content',
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': options.label,
        ...(options.describedBy === undefined ? {} : { 'aria-describedby': options.describedBy }),
      },
      handleKeyDown(view, event) {
        if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || !view.editable)
          return false
        // The page around may have a meaning of its own for this key.
        event.stopPropagation()
        options.onLink()
        return true
      },
      handleDOMEvents: entering,
      handlePaste: (_view, event) => refuses(event.clipboardData, options),
      handleDrop: (_view, event, _slice, isOwn) => !isOwn && refuses(event.dataTransfer, options),
    },
    onUpdate: ({ transaction }) => {
      if (transaction.getMeta(ySyncPluginKey) === undefined) writing.key()
    },
    onFocus: () => open.undo.stopCapturing(),
    onBlur: () => {
      open.undo.stopCapturing()
      writing.rest()
    },
    onDestroy: () => writing.rest(),
  })
}

/**
 * Whoever comes by keyboard finds the caret where they left it, the first time at the end of the text. The browser puts it at
 * the beginning, and the editor sets that right only a moment later: keys that are pressed in between would go there.
 */
function createEntering(): NonNullable<EditorProps['handleDOMEvents']> {
  let isPointing = false
  let wasEntered = false
  return {
    mousedown: () => {
      isPointing = true
    },
    focus: (view) => {
      if (!isPointing && !wasEntered) setCaretAtEnd(view)
      if (!isPointing) view.focus()
      isPointing = false
      wasEntered = true
    },
    blur: () => {
      isPointing = false
    },
  }
}

/** The paragraph in which the caret stands. */
function wordsAtCaret({ state }: Editor): string {
  const { parent } = state.selection.$from
  return parent.isTextblock ? parent.textBetween(0, parent.content.size, undefined, '\n') : ''
}

/** Takes the editor away when something arrives that it cannot hold. */
function watchFragment(made: Editor, fragment: Y.XmlFragment, onBeyondUs: () => void): () => void {
  const { schema } = made
  const watch = (_events: unknown, transaction: Y.Transaction) => {
    if (transaction.origin === ySyncPluginKey || canHold(schema, fragment)) return
    made.destroy()
    onBeyondUs()
  }
  fragment.observeDeep(watch)
  return () => fragment.unobserveDeep(watch)
}

function refuses(data: DataTransfer | null, { open, onRefused }: RichTextOptions): boolean {
  const pasted = `${data?.getData('text/plain') ?? ''}${data?.getData('text/html') ?? ''}`
  const sentence = refusePaste(open.doc, pasted)
  if (sentence !== undefined) onRefused(sentence)
  return sentence !== undefined
}

function readState(editor: Editor): RichTextState {
  const href: unknown = editor.getAttributes('link').href
  return {
    isBold: editor.isActive('bold'),
    isItalic: editor.isActive('italic'),
    isBulletList: editor.isActive('bulletList'),
    isOrderedList: editor.isActive('orderedList'),
    link: typeof href === 'string' ? href : undefined,
    isEmpty: editor.state.doc.childCount === 0,
  }
}
