import { Show } from 'solid-js'
import { firstName } from '#shared/people.ts'
import type { PresentPerson } from '../sync/presence.ts'

/**
 * The names of those who stand in a part of the document, in the color of the first. They are drawn by the style sheet: as
 * words of the page they would be part of what the part is called.
 */
export function Whereabouts(props: { people: readonly PresentPerson[]; below?: boolean }) {
  const names = () =>
    props.people.map(({ name, writing }) => `${firstName(name)}${writing ? ' is writing' : ''}`).join(', ')
  return (
    <Show when={props.people.length > 0}>
      <span
        class="flag"
        classList={{ below: props.below === true }}
        data-names={names()}
        aria-hidden="true"
      />
    </Show>
  )
}

export const personClass = (people: readonly PresentPerson[]): string =>
  people[0] === undefined ? '' : `p${people[0].color}`

/** Class names in one string: those that always hold, and those that hold now. */
export function classes(...names: readonly (string | Readonly<Record<string, boolean>>)[]): string {
  return names
    .flatMap((name) => (typeof name === 'string' ? name : Object.keys(name).filter((key) => name[key])))
    .filter(Boolean)
    .join(' ')
}
