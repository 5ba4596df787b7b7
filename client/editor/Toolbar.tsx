import type { Editor } from '@tiptap/core'
import { createSignal, For, type JSX, Show } from 'solid-js'
import { Button } from '../ui/Button.tsx'
import { TextField } from '../ui/Field.tsx'
import type { RichTextState } from './create-rich-text.ts'
import { begin } from './first-paragraph.ts'
import { readLink } from './rich-text-schema.ts'

interface Tool {
  readonly label: string
  readonly keys: string
  readonly drawing: string
  isOn(state: RichTextState): boolean
  run(editor: Editor): void
}

/** Drawn on 16 by 16 like the rest of the set. */
const tools: readonly Tool[] = [
  {
    label: 'Bold',
    keys: 'Control+B',
    drawing: 'M5 3h3.5a2.4 2.4 0 0 1 0 4.8H5zM5 7.8h4.2a2.6 2.6 0 0 1 0 5.2H5z',
    isOn: (state) => state.isBold,
    run: (editor) => editor.chain().focus().toggleBold().run(),
  },
  {
    label: 'Italic',
    keys: 'Control+I',
    drawing: 'M7 3h4M5 13h4M9 3 7 13',
    isOn: (state) => state.isItalic,
    run: (editor) => editor.chain().focus().toggleItalic().run(),
  },
  {
    label: 'List',
    keys: 'Control+Shift+8',
    drawing: 'M6 4h8M6 8h8M6 12h8M2.6 4h.1M2.6 8h.1M2.6 12h.1',
    isOn: (state) => state.isBulletList,
    run: (editor) => editor.chain().focus().toggleBulletList().run(),
  },
  {
    label: 'Numbered list',
    keys: 'Control+Shift+7',
    drawing: 'M7 4h7M7 8h7M7 12h7M2 3l1-.8V6M2 10.4c.3-.9 1.8-.8 1.8.2 0 .9-1.8 1.6-1.8 2.9h2',
    isOn: (state) => state.isOrderedList,
    run: (editor) => editor.chain().focus().toggleOrderedList().run(),
  },
]

const linkDrawing = 'M6.5 9.5 9.5 6.5M7 5l1.6-1.6a2.8 2.8 0 0 1 4 4L11 9M9 11l-1.6 1.6a2.8 2.8 0 0 1-4-4L5 7'

export interface ToolbarProps {
  editor: Editor
  state: RichTextState
  /** The text that the tools work on. */
  label: string
  isLinking: boolean
  onLinking: (isLinking: boolean) => void
}

/** Formats for a text. https://www.w3.org/WAI/ARIA/apg/patterns/toolbar/ */
export function Toolbar(props: ToolbarProps): JSX.Element {
  const [reached, setReached] = createSignal(0)
  let bar: HTMLDivElement | undefined

  function use(tool: Tool): void {
    begin(props.editor)
    tool.run(props.editor)
  }

  function move(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -tools.length, End: tools.length }[event.key]
    if (step === undefined) return
    event.preventDefault()
    const next = Math.max(0, Math.min(tools.length, reached() + step))
    setReached(next)
    bar?.querySelectorAll('button')[next]?.focus()
  }

  function endLinking(): void {
    props.onLinking(false)
    props.editor.commands.focus()
  }

  return (
    <div class="rich-text-tools">
      <div
        ref={bar}
        role="toolbar"
        aria-label={`Format ${props.label}`}
        class="row"
        onKeyDown={move}
        // A press must not take the selection away from the text.
        onMouseDown={(event) => event.preventDefault()}
      >
        <For each={tools}>
          {(tool, index) => (
            <ToolButton
              label={tool.label}
              keys={tool.keys}
              drawing={tool.drawing}
              isOn={tool.isOn(props.state)}
              isReached={reached() === index()}
              onFocus={() => setReached(index())}
              onClick={() => use(tool)}
            />
          )}
        </For>
        <ToolButton
          label="Link"
          keys="Control+K"
          drawing={linkDrawing}
          isOn={props.state.link !== undefined}
          isReached={reached() === tools.length}
          onFocus={() => setReached(tools.length)}
          onClick={() => props.onLinking(!props.isLinking)}
        />
      </div>
      <Show when={props.isLinking}>
        <LinkForm editor={props.editor} link={props.state.link} onEnd={endLinking} />
      </Show>
    </div>
  )
}

interface ToolButtonProps {
  label: string
  keys: string
  drawing: string
  isOn: boolean
  isReached: boolean
  onFocus: () => void
  onClick: () => void
}

function ToolButton(props: ToolButtonProps): JSX.Element {
  return (
    <button
      type="button"
      class="button quiet icon-only"
      aria-label={props.label}
      aria-pressed={props.isOn}
      aria-keyshortcuts={props.keys}
      title={props.label}
      tabIndex={props.isReached ? 0 : -1}
      onFocus={() => props.onFocus()}
      onClick={() => props.onClick()}
    >
      <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
        <path d={props.drawing} />
      </svg>
    </button>
  )
}

function LinkForm(props: { editor: Editor; link: string | undefined; onEnd: () => void }): JSX.Element {
  const [typed, setTyped] = createSignal(props.link ?? '')
  const [error, setError] = createSignal<string>()

  function apply(event: Event): void {
    event.preventDefault()
    const href = readLink(typed())
    if (href === undefined) {
      setError('Type a web address such as example.org, or a mail address.')
      return
    }
    begin(props.editor)
    const { empty } = props.editor.state.selection
    if (empty && props.link === undefined) insertLinked(props.editor, typed().trim(), href)
    else props.editor.chain().focus().extendMarkRange('link').setLink({ href }).run()
    props.onEnd()
  }

  function remove(): void {
    props.editor.chain().focus().extendMarkRange('link').unsetLink().run()
    props.onEnd()
  }

  return (
    <form
      class="rich-text-link"
      onSubmit={apply}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        props.onEnd()
      }}
    >
      <TextField
        label="Link to"
        value={typed()}
        error={error()}
        ref={(input) => queueMicrotask(() => input.focus())}
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
      <div class="row">
        <Button type="submit">Set link</Button>
        <Show when={props.link}>
          <Button kind="quiet" onClick={remove}>
            Remove link
          </Button>
        </Show>
        <Button kind="quiet" onClick={() => props.onEnd()}>
          Cancel
        </Button>
      </div>
    </form>
  )
}

/** With nothing selected the address itself becomes the text. */
function insertLinked(editor: Editor, text: string, href: string): void {
  editor
    .chain()
    .focus()
    .insertContent({ type: 'text', text, marks: [{ type: 'link', attrs: { href } }] })
    .unsetMark('link')
    .run()
}
