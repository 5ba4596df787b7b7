import { createEffect, createSignal, type JSX, onCleanup, Show } from 'solid-js'
import type * as Y from 'yjs'
import type { Block } from '#shared/content/blocks.ts'
import { readRichText } from '#shared/content/rich-text.ts'
import { loadRichText, RichText } from '../editor/RichText.tsx'
import '../editor/editor.css'
import { Blocks } from './Blocks.tsx'
import { FieldFrame, type FieldSaying, type FrameControl } from './FieldFrame.tsx'
import { useForm } from './form.ts'
import { watchNear } from './near.ts'

export interface RichFieldProps extends FieldSaying {
  /** A root type of the document, so that nobody creates it twice (Y2). */
  fragment: () => Y.XmlFragment
  placeholder?: string | undefined
}

/**
 * A long text that several people write in. It is drawn as plain words until someone goes into it; then, and while it is in
 * sight and there is nothing better to do, it is an editor (`editor-places.ts`). Neither moves anything on the page.
 */
export function RichField(props: RichFieldProps): JSX.Element {
  return (
    <FieldFrame {...props} isGroup>
      {(control) => <LongText {...props} control={control} />}
    </FieldFrame>
  )
}

// The same for every field of every page: fetched once.
const [isEditorHere, setEditorHere] = createSignal(false)

function LongText(props: RichFieldProps & { control: FrameControl }): JSX.Element {
  const { open, editors } = useForm()
  const place = editors.add()
  const [caret, setCaret] = createSignal<'end' | { x: number; y: number }>()
  const canWrite = () => open.canEdit() && isEditorHere()
  const isLive = () => place.isLive() && isEditorHere()
  const blocks = createBlocks(props.fragment, () => !isLive())
  let frame!: HTMLDivElement

  createEffect(() => {
    if (open.canEdit()) void loadRichText().then(() => setEditorHere(true))
  })
  createEffect(() => {
    if (canWrite()) onCleanup(watchNear(frame, (isNear) => place.setNear(isNear)))
    else place.setNear(false)
  })

  /** In the step in which it is asked for: the next key already belongs to the editor. */
  const enter = (at: 'end' | { x: number; y: number }) => {
    if (!canWrite()) return
    setCaret(at)
    place.enter()
    setCaret(undefined)
  }
  const onFocusOut = (event: FocusEvent) => {
    const isStillIn = event.relatedTarget instanceof Node && frame.contains(event.relatedTarget)
    if (!isStillIn && document.hasFocus()) place.leave()
  }

  return (
    <div
      ref={frame}
      class="form-rich writing"
      classList={{ 'is-live': isLive() }}
      onFocusIn={() => isLive() && place.enter()}
      onFocusOut={onFocusOut}
    >
      <Show
        when={isLive()}
        fallback={
          <PlainText
            {...props}
            blocks={blocks()}
            canWrite={canWrite()}
            describedBy={props.control['aria-describedby']}
            onEnter={enter}
          />
        }
      >
        <RichText
          open={open}
          fragment={props.fragment()}
          label={props.label}
          placeholder={props.placeholder ?? ''}
          editable
          caret={caret()}
          describedBy={props.control['aria-describedby']}
        />
      </Show>
    </div>
  )
}

interface PlainTextProps {
  label: string
  placeholder?: string | undefined
  blocks: readonly Block[]
  canWrite: boolean
  describedBy: string | undefined
  onEnter: (caret: 'end' | { x: number; y: number }) => void
}

function PlainText(props: PlainTextProps): JSX.Element {
  return (
    <Show when={props.canWrite} fallback={<ReadText blocks={props.blocks} />}>
      <EnterableText {...props} />
    </Show>
  )
}

function ReadText(props: { blocks: readonly Block[] }): JSX.Element {
  return (
    <div class="rich-text-content form-plain">
      <Show when={props.blocks.length > 0} fallback={<p class="faint">Nothing written yet.</p>}>
        <Blocks blocks={props.blocks} />
      </Show>
    </div>
  )
}

/** Words that become an editor as soon as someone goes into them, by pointer or by keyboard. */
function EnterableText(props: PlainTextProps): JSX.Element {
  const onMouseDown = (event: MouseEvent) => {
    if (event.button !== 0) return
    // Otherwise the press would put a caret into what is about to go.
    event.preventDefault()
    props.onEnter({ x: event.clientX, y: event.clientY })
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: formatted text, which no field of HTML holds; the editor in its place is the same.
    <div
      role="textbox"
      tabIndex={0}
      aria-multiline="true"
      aria-label={props.label}
      aria-describedby={props.describedBy}
      class="rich-text-content form-plain"
      classList={{ 'is-empty': props.blocks.length === 0 }}
      data-placeholder={props.placeholder}
      onMouseDown={onMouseDown}
      onFocus={() => props.onEnter('end')}
    >
      <Blocks blocks={props.blocks} areLinksStill />
    </div>
  )
}

/** The blocks of a long text, live while they are shown. */
function createBlocks(
  fragment: () => Y.XmlFragment,
  isShown: () => boolean = () => true,
): () => readonly Block[] {
  const [blocks, setBlocks] = createSignal<readonly Block[]>([])
  createEffect(() => {
    if (!isShown()) return
    const source = fragment()
    const read = () => setBlocks(readRichText(source))
    read()
    source.observeDeep(read)
    onCleanup(() => source.unobserveDeep(read))
  })
  return blocks
}
