import { createEffect, onCleanup, Show } from 'solid-js'
import { aimId, cardTitle } from '#shared/kinds/driver-diagram/model.ts'
import { bindText } from '../../sync/text-binding.ts'
import { showToast } from '../../ui/toasts.tsx'
import { usePage } from './page.ts'

/**
 * A card's words, and while someone here writes in it the field over them. The words stay under the field (unseen) and
 * give it its size, so that nothing jumps and nothing need be measured.
 */
export function CardTitle(props: {
  card: string
  isWriting: boolean
  label: string
  onPasteLines?: (text: string) => void
}) {
  const { diagram, open } = usePage()
  const title = () => diagram.card(props.card)?.title ?? ''
  const asked = () => (props.card === aimId && open.canEdit() ? 'Write the aim' : 'No words yet')
  return (
    <span class="words">
      <span class="said" data-empty={props.isWriting ? '' : asked()}>
        {title()}
      </span>
      <Show when={props.isWriting}>
        <TitleField card={props.card} label={props.label} onPasteLines={props.onPasteLines} />
      </Show>
    </span>
  )
}

function TitleField(props: {
  card: string
  label: string
  onPasteLines: ((text: string) => void) | undefined
}) {
  const { open, selection, commands } = usePage()
  let field!: HTMLTextAreaElement

  createEffect(() => {
    const text = cardTitle(open.doc, props.card)
    if (!text) return
    onCleanup(bindText(field, text, open, { singleLine: true, onRefused: (text) => showToast({ text }) }))
    field.focus({ preventScroll: true })
    field.setSelectionRange(field.value.length, field.value.length)
  })

  /** Leaves the words when the keyboard goes elsewhere on the page; not when the window loses it. */
  const onBlur = (event: FocusEvent) => {
    if (document.activeElement === field) return
    const card = props.card
    queueMicrotask(() => {
      // Moved in the list together with its row: the field takes the keyboard back, unless something else is to have it.
      const isWriting = selection.isEditing() && selection.isChosen(card)
      const isDropped = event.relatedTarget === null && document.activeElement === document.body
      if (isWriting && field.isConnected && isDropped) {
        return field.focus({ preventScroll: true })
      }
      // Its line came to stand elsewhere and has a new field already.
      if (isWriting && !field.isConnected) return
      if (isWriting) selection.leave()
      commands.tidy(card)
    })
  }

  const onPaste = (event: ClipboardEvent) => {
    const text = event.clipboardData?.getData('text/plain') ?? ''
    if (!props.onPasteLines || !/\S[^\S\n]*\r?\n\s*\S/.test(text)) return
    event.preventDefault()
    props.onPasteLines(text)
  }

  return (
    <textarea
      ref={field}
      rows={1}
      aria-label={props.label}
      spellcheck
      autocapitalize="sentences"
      enterkeyhint="enter"
      onBlur={onBlur}
      onPaste={onPaste}
    />
  )
}
