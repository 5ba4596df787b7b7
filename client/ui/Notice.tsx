import { type JSX, Show } from 'solid-js'
import { Icon, type IconName } from './Icon.tsx'

export interface NoticeProps {
  /** `waits`: someone should look. `wrong`: something must be done. Absent: only worth knowing. */
  tone?: 'waits' | 'wrong'
  icon?: IconName
  /** The sentence that is read first. */
  title?: string
  children?: JSX.Element
  actions?: JSX.Element
}

/** A note in the page. What is wrong is announced at once, the rest when there is a pause. */
export function Notice(props: NoticeProps): JSX.Element {
  return (
    <div class={`notice ${props.tone ?? ''}`} role={props.tone === 'wrong' ? 'alert' : 'status'}>
      <Icon name={props.icon ?? (props.tone ? 'alert' : 'check')} />
      <div>
        <Show when={props.title}>
          <b>{props.title}</b>{' '}
        </Show>
        {props.children}
        <Show when={props.actions}>
          <div class="row actions">{props.actions}</div>
        </Show>
      </div>
    </div>
  )
}
