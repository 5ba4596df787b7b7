import { type JSX, Show, splitProps } from 'solid-js'
import { Icon, type IconName } from './Icon.tsx'

export type ButtonKind = 'primary' | 'plain' | 'quiet' | 'danger'

type Rest = Omit<JSX.ButtonHTMLAttributes<HTMLButtonElement>, 'children' | 'disabled' | 'type'>

export interface ButtonProps extends Rest {
  /** One primary button a screen. */
  kind?: ButtonKind
  icon?: IconName
  /** Its work is under way: it says so and takes no further press, but keeps the focus. */
  busy?: boolean
  /** A step that is not yet possible; say beside it what is missing. */
  disabled?: boolean
  type?: 'button' | 'submit'
  children: JSX.Element
}

export function Button(props: ButtonProps): JSX.Element {
  const [own, rest] = splitProps(props, [
    'kind',
    'icon',
    'busy',
    'disabled',
    'type',
    'children',
    'class',
    'onClick',
  ])
  return (
    <button
      {...rest}
      type={own.type ?? 'button'}
      class={`button ${kindClass(own.kind)} ${own.class ?? ''}`}
      classList={{ busy: own.busy === true }}
      disabled={own.disabled === true}
      aria-disabled={own.busy === true ? 'true' : undefined}
      aria-busy={own.busy === true ? 'true' : undefined}
      onClick={(event) => {
        if (own.busy) event.preventDefault()
        else call(own.onClick, event)
      }}
    >
      <Show when={own.busy ? 'saving' : own.icon}>{(name) => <Icon name={name()} />}</Show>
      {own.children}
    </button>
  )
}

export interface IconButtonProps extends Rest {
  icon: IconName
  /** What a screen reader says and a pointer shows. */
  label: string
  kind?: ButtonKind
  pressed?: boolean
  disabled?: boolean
}

export function IconButton(props: IconButtonProps): JSX.Element {
  const [own, rest] = splitProps(props, ['icon', 'label', 'kind', 'pressed', 'disabled', 'class'])
  return (
    <button
      {...rest}
      type="button"
      class={`button icon-only ${kindClass(own.kind ?? 'quiet')} ${own.class ?? ''}`}
      disabled={own.disabled === true}
      aria-label={own.label}
      aria-pressed={own.pressed}
      title={own.label}
    >
      <Icon name={own.icon} />
    </button>
  )
}

export interface LinkButtonProps extends Omit<JSX.AnchorHTMLAttributes<HTMLAnchorElement>, 'children'> {
  href: string
  kind?: ButtonKind
  icon?: IconName
  children: JSX.Element
}

/** Goes somewhere, but looks like a step: a link drawn as a button. */
export function LinkButton(props: LinkButtonProps): JSX.Element {
  const [own, rest] = splitProps(props, ['kind', 'icon', 'children', 'class'])
  return (
    <a {...rest} class={`button ${kindClass(own.kind)} ${own.class ?? ''}`}>
      <Show when={own.icon}>{(name) => <Icon name={name()} />}</Show>
      {own.children}
    </a>
  )
}

const kindClass = (kind: ButtonKind = 'plain'): string => (kind === 'plain' ? '' : kind)

function call(
  handler: JSX.EventHandlerUnion<HTMLButtonElement, MouseEvent> | undefined,
  event: MouseEvent & { currentTarget: HTMLButtonElement; target: Element },
): void {
  if (typeof handler === 'function') handler(event)
  else if (handler) handler[0](handler[1], event)
}
