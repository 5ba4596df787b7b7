import { DropdownMenu } from '@kobalte/core/dropdown-menu'
import { createEffect, createSignal, For, type JSX, Match, Show, Switch } from 'solid-js'
import type { ButtonKind } from './Button.tsx'
import { Icon, type IconName } from './Icon.tsx'

export interface MenuItem {
  label: string
  icon?: IconName
  /** A drawing in place of an icon, such as the glyph of a status. */
  picture?: () => JSX.Element
  run: () => void
  /** Present for a choice that is on or off. */
  checked?: boolean
  danger?: boolean
  disabled?: boolean
}

/** A line between groups, or a small heading over one. */
export type MenuDivision = { divider: true } | { heading: string }

export interface MenuProps {
  label: string
  items: readonly (MenuItem | MenuDivision)[]
  icon?: IconName
  kind?: ButtonKind
  /** The label is then only said, not shown. */
  iconOnly?: boolean
  /** What opens the menu, in place of icon and label. */
  trigger?: JSX.Element
  class?: string
  disabled?: boolean
}

/** A button that opens a list of steps or choices. https://www.w3.org/WAI/ARIA/apg/patterns/menu-button/ */
export function Menu(props: MenuProps): JSX.Element {
  const [isOpen, setOpen] = createSignal(false)
  let trigger: HTMLElement | undefined
  let list: HTMLElement | undefined
  let isLeft = false
  const opening = createOpening(() => setOpen(true))
  // Back to the button, unless an entry put the keyboard elsewhere, or a press somewhere else on the page closed the menu.
  const giveFocusBack = () => {
    const { activeElement, body } = document
    const isLost = activeElement === null || activeElement === body || list?.contains(activeElement) === true
    if (!isLeft && isLost) trigger?.focus({ preventScroll: true })
    isLeft = false
  }
  const run = (item: MenuItem) => {
    item.run()
    // It still stands there for a moment, and must not take the keyboard back.
    if (list) list.inert = true
  }
  createEffect(() => {
    if (isOpen() && list) list.inert = false
  })
  return (
    // Not modal: a modal one hides the page from those who hear it and puts what is no item among the items.
    <DropdownMenu
      placement="bottom-end"
      gutter={4}
      preventScroll={false}
      modal={false}
      open={isOpen()}
      onOpenChange={setOpen}
    >
      <DropdownMenu.Trigger
        ref={(element: HTMLElement) => {
          trigger = element
          opening.by(element)
        }}
        class={props.class ?? `button ${props.kind ?? ''} ${props.iconOnly ? 'icon-only' : ''}`}
        aria-label={props.iconOnly || props.trigger ? props.label : undefined}
        title={props.iconOnly ? props.label : undefined}
        disabled={props.disabled === true}
      >
        <Show when={props.trigger} fallback={<MenuFace {...props} />}>
          {props.trigger}
        </Show>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          ref={(element: HTMLElement) => {
            list = element
            opening.into(element)
          }}
          class="menu"
          aria-label={props.label}
          onPointerDownOutside={() => {
            isLeft = true
          }}
          // A field that is left for the menu may ask for the keyboard once more; the menu has it and stays.
          onFocusOutside={(event) => event.preventDefault()}
          onOpenAutoFocus={(event: Event) => event.preventDefault()}
          onCloseAutoFocus={giveFocusBack}
        >
          <For each={props.items}>{(item) => <MenuRow item={item} onRun={run} />}</For>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu>
  )
}

/**
 * Opens a menu by keyboard, and puts the keyboard into it at once: the pattern does it a moment later, wherever it is by
 * then, and on a slow computer the next keys have come meanwhile. They would go to what stands behind, or be undone.
 */
function createOpening(open: () => void) {
  let entersAt: 0 | -1 | undefined
  return {
    /** The button. The pattern's own listener comes after this one. */
    by(trigger: HTMLElement): void {
      trigger.addEventListener('keydown', (event) => {
        if (!['Enter', ' ', 'ArrowDown', 'ArrowUp'].includes(event.key)) return
        event.preventDefault()
        event.stopPropagation()
        entersAt = event.key === 'ArrowUp' ? -1 : 0
        open()
      })
    },
    /** The list that is about to be shown. */
    into(list: HTMLElement): void {
      const at = entersAt
      entersAt = undefined
      if (at === undefined) return
      const keepPlace = ({ target, relatedTarget: place }: FocusEvent) => {
        if (target === list && place instanceof HTMLElement && list.contains(place)) place.focus()
      }
      list.addEventListener('focusin', keepPlace)
      queueMicrotask(() => {
        itemsOf(list).at(at)?.focus({ preventScroll: true })
        // After the pattern's own attempt.
        setTimeout(() => list.removeEventListener('focusin', keepPlace))
      })
    },
  }
}

const itemsOf = (list: HTMLElement): readonly HTMLElement[] => [
  ...list.querySelectorAll<HTMLElement>('[role^="menuitem"]:not([aria-disabled="true"])'),
]

function MenuFace(props: MenuProps): JSX.Element {
  return (
    <>
      <Show when={props.icon}>{(name) => <Icon name={name()} />}</Show>
      <Show when={!props.iconOnly}>
        {props.label}
        <Icon name="down" />
      </Show>
    </>
  )
}

function MenuRow(props: { item: MenuItem | MenuDivision; onRun: (item: MenuItem) => void }): JSX.Element {
  return (
    <Switch>
      <Match when={'divider' in props.item}>
        <DropdownMenu.Separator />
      </Match>
      <Match when={'heading' in props.item && props.item.heading}>
        {(heading) => <div class="label">{heading()}</div>}
      </Match>
      <Match when={'run' in props.item && props.item}>
        {(item) => <MenuStep item={item()} onRun={props.onRun} />}
      </Match>
    </Switch>
  )
}

function MenuStep(props: { item: MenuItem; onRun: (item: MenuItem) => void }): JSX.Element {
  const run = () => props.onRun(props.item)
  const face = () => (
    <>
      <Show when={props.item.icon}>{(name) => <Icon name={name()} />}</Show>
      {props.item.picture?.()}
      <span>{props.item.label}</span>
      <Show when={props.item.checked}>
        <span class="push">
          <Icon name="check" />
        </span>
      </Show>
    </>
  )
  return (
    <Show
      when={props.item.checked !== undefined}
      fallback={
        <DropdownMenu.Item
          classList={{ danger: props.item.danger === true }}
          disabled={props.item.disabled === true}
          onSelect={run}
        >
          {face()}
        </DropdownMenu.Item>
      }
    >
      <DropdownMenu.CheckboxItem
        checked={props.item.checked === true}
        disabled={props.item.disabled === true}
        closeOnSelect
        onChange={run}
      >
        {face()}
      </DropdownMenu.CheckboxItem>
    </Show>
  )
}
