import { createEffect, onCleanup, Show } from 'solid-js'
import { aimId, cardTitle, columnNames } from '#shared/kinds/driver-diagram/model.ts'
import { bindText } from '../../sync/text-binding.ts'
import { showToast } from '../../ui/toasts.tsx'
import { usePage } from './page.ts'

/** The card's words as the panel's heading, which one may write in as well. */
export function PanelTitle(props: { card: string }) {
  const { diagram, open } = usePage()
  const card = () => diagram.card(props.card)
  return (
    <h2 class="title-words">
      <span class="words writing">
        <span class="said" data-empty="No words yet" aria-hidden={open.canEdit()}>
          {card()?.title}
        </span>
        <Show when={open.canEdit() && props.card} keyed>
          {(id) => (
            <Field
              card={id}
              label={`Words of this ${columnNames[card()?.column ?? 'idea'].one.toLowerCase()}`}
            />
          )}
        </Show>
      </span>
    </h2>
  )
}

function Field(props: { card: string; label: string }) {
  const { open } = usePage()
  let field!: HTMLTextAreaElement
  createEffect(() => {
    const text = cardTitle(open.doc, props.card)
    if (text)
      onCleanup(bindText(field, text, open, { singleLine: true, onRefused: (text) => showToast({ text }) }))
  })
  return (
    <textarea
      ref={field}
      rows={1}
      aria-label={props.label}
      placeholder={props.card === aimId ? 'Write the aim' : 'No words yet'}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== 'Escape') return
        event.preventDefault()
        event.stopPropagation()
        event.currentTarget.blur()
      }}
    />
  )
}
