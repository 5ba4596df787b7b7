import { createMemo, For, type JSX, Show } from 'solid-js'
import { type Network, networkRoles } from '#shared/network.ts'
import { Avatars, PersonName } from '../ui/Avatar.tsx'
import { Button } from '../ui/Button.tsx'
import { givableRoles, membersOf, roleInWords } from './people.ts'

/** Who runs the network, and how many more are in it. */
export function PeopleBlock(props: { network: Network; onInvite: () => void }): JSX.Element {
  const members = createMemo(() => membersOf(props.network.members))
  const leading = () =>
    props.network.members
      .filter(({ role }) => networkRoles.slice(0, 3).some((leads) => leads === role))
      .slice(0, 4)
  return (
    <section class="block" aria-labelledby="people">
      <h2 id="people">People</h2>
      <Show when={members().length > leading().length}>
        <Avatars label="People of the network" people={members().map(({ person }) => person)} most={8} />
      </Show>
      <ul class="leading">
        <For each={leading()}>
          {(membership) => (
            <li>
              <PersonName person={membership.person} />
              <span class="label">{roleInWords(props.network, membership)}</span>
            </li>
          )}
        </For>
      </ul>
      <div class="row-wide">
        <Show when={givableRoles(props.network).length > 0}>
          <Button icon="share" onClick={props.onInvite}>
            Invite someone
          </Button>
        </Show>
        <a class="small" href={`/networks/${props.network.id}/people`}>
          Everyone
        </a>
      </div>
    </section>
  )
}
