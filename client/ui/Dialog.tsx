import { Dialog as Pattern } from '@kobalte/core/dialog'
import { createEffect, type JSX, on, Show, untrack } from 'solid-js'
import { IconButton } from './Button.tsx'

export interface DialogProps {
  open: boolean
  onClose: () => void
  /** What will be true afterwards, or what is asked. */
  title: string
  children: JSX.Element
  footer?: JSX.Element
  /** For lists and choices that need the room of a page. */
  wide?: boolean
}

/**
 * Asks something before the work goes on. Focus stays inside, Escape and the page behind close it, and focus returns to
 * where it was. https://www.w3.org/WAI/ARIA/apg/patterns/dialog-modal/
 */
export function Dialog(props: DialogProps): JSX.Element {
  let content: HTMLElement | undefined
  // A form begins at its first field, a choice at its first offer, what only asks at its main button. The cross is for
  // leaving, and for a dialog that has nothing else. At once, not a moment later as the pattern would: the next key
  // would still go to what stands behind.
  const startInside = (event: Event) => {
    const first =
      content?.querySelector<HTMLElement>(
        '.body :is(input:not([type="hidden"]), select, textarea, [data-first]), footer .primary, .body .button',
      ) ?? content?.querySelector<HTMLElement>('.dialog-head .button')
    if (!first) return
    event.preventDefault()
    // Whatever a field reads because it is entered is no reason for the pattern to open the dialog anew.
    untrack(() => first.focus())
  }
  let opener: HTMLElement | undefined
  createEffect(
    on(
      () => props.open,
      (isOpen) => {
        if (isOpen) opener = standing()
      },
    ),
  )
  const returnToOpener = (event: Event) => {
    event.preventDefault()
    if (opener?.isConnected) opener.focus()
  }
  return (
    <Pattern
      open={props.open}
      onOpenChange={(open) => {
        if (!open) props.onClose()
      }}
    >
      <Pattern.Portal>
        <Pattern.Overlay class="scrim layer" />
        <div class="dialog-place">
          <Pattern.Content
            ref={(element) => {
              content = element
            }}
            class="dialog"
            classList={{ wide: props.wide === true }}
            onOpenAutoFocus={startInside}
            onCloseAutoFocus={returnToOpener}
          >
            <div class="dialog-head">
              <Pattern.Title as="h2">{props.title}</Pattern.Title>
              <IconButton icon="close" label="Close" onClick={() => props.onClose()} />
            </div>
            <div class="body">{props.children}</div>
            <Show when={props.footer}>
              <footer>{props.footer}</footer>
            </Show>
          </Pattern.Content>
        </div>
      </Pattern.Portal>
    </Pattern>
  )
}

/** Where the focus stands before a dialog takes it. An entry of a menu is gone by then: its button stands for it. */
function standing(): HTMLElement | undefined {
  const active = document.activeElement
  const menu = active?.closest('[role="menu"]')
  const button = menu ? document.getElementById(menu.getAttribute('aria-labelledby') ?? '') : active
  return button instanceof HTMLElement ? button : undefined
}
