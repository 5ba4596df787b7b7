import { type JSX, Show } from 'solid-js'
import { Icon, type IconName } from './Icon.tsx'

export interface BadgeProps {
  children: JSX.Element
  icon?: IconName
  /** Something waits, something is wrong; absent: only a word. */
  tone?: 'waits' | 'wrong'
  /** A wash, only where the eye must find it. */
  washed?: boolean
}

export function Badge(props: BadgeProps): JSX.Element {
  return (
    <span class={`badge ${props.tone ?? ''}`} classList={{ washed: props.washed === true }}>
      <Show when={props.icon}>{(name) => <Icon name={name()} />}</Show>
      {props.children}
    </span>
  )
}
