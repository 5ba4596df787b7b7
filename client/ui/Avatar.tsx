import { For, type JSX, Show } from 'solid-js'
import { initials, type PersonColor } from '#shared/people.ts'

/** What an avatar needs of a person; presence and accounts both have it. */
export interface Face {
  readonly name: string
  readonly color: PersonColor | number
}

export interface AvatarProps {
  person: Face
  size?: 'small'
  away?: boolean
  following?: boolean
  /** Beside the written name it is only decoration. */
  decorative?: boolean
}

/** Initials in the person's color, drawn by the style sheet; the name is said, and shown on pointing. */
export function Avatar(props: AvatarProps): JSX.Element {
  return (
    <Show
      when={!props.decorative}
      fallback={
        <span class={avatarClass(props)} data-initials={initials(props.person.name)} aria-hidden="true" />
      }
    >
      <span
        class={avatarClass(props)}
        data-initials={initials(props.person.name)}
        role="img"
        aria-label={props.person.name}
        title={props.person.name}
      />
    </Show>
  )
}

/** The avatar as a button, for following someone. */
export function AvatarButton(props: AvatarProps & { label: string; onClick: () => void }): JSX.Element {
  return (
    <button
      type="button"
      class={avatarClass(props)}
      aria-label={props.label}
      aria-pressed={props.following === true}
      title={props.label}
      data-initials={initials(props.person.name)}
      onClick={() => props.onClick()}
    />
  )
}

/** Someone by avatar and name. */
export function PersonName(props: { person: Face; children?: JSX.Element }): JSX.Element {
  return (
    <span class="person">
      <Avatar person={props.person} size="small" decorative />
      <span class="clip">{props.person.name}</span>
      {props.children}
    </span>
  )
}

/** Several people, and how many more. */
export function Avatars(props: { label: string; people: readonly Face[]; most?: number }): JSX.Element {
  const most = () => props.most ?? 5
  const more = () => props.people.length - most()
  return (
    <ul class="avatars" aria-label={props.label}>
      <For each={props.people.slice(0, most())}>
        {(person) => (
          <li>
            <Avatar person={person} />
          </li>
        )}
      </For>
      <Show when={more() > 0}>
        <li>
          <span class="avatar more" role="img" aria-label={`${more()} more`}>
            +{more()}
          </span>
        </li>
      </Show>
    </ul>
  )
}

function avatarClass(props: AvatarProps): string {
  const small = props.size === 'small' ? ' small-one' : ''
  const away = props.away ? ' away' : ''
  const following = props.following ? ' following' : ''
  return `avatar p${props.person.color}${small}${away}${following}`
}
