import { createSignal, For, type JSX, Match, Show, Switch } from 'solid-js'
import { managesPeople } from '#shared/access.ts'
import type { Membership, Network } from '#shared/network.ts'
import { asRefusal } from '../api.ts'
import { getMe } from '../session.tsx'
import { Avatar } from '../ui/Avatar.tsx'
import { Menu, type MenuDivision, type MenuItem } from '../ui/Menu.tsx'
import { showToast } from '../ui/toasts.tsx'
import {
  AddRoleDialog,
  ChangeRoleDialog,
  type MemberDialogProps,
  PasswordLinkDialog,
  RemoveDialog,
  TitleDialog,
} from './member-dialogs.tsx'
import { addRole, makePasswordLink, removeRole } from './member-requests.ts'
import { type Member, mayManage, roleInWords } from './people.ts'

type Asked =
  | { readonly what: 'role'; readonly membership: Membership }
  | { readonly what: 'title'; readonly membership: Membership }
  | { readonly what: 'add' | 'remove' }
  | { readonly what: 'link'; readonly link: string; readonly mailed: boolean }

/** One person: who they are here, and what the reader may do about that. */
export function MemberRow(props: { member: Member; network: Network; changed: () => void }): JSX.Element {
  const [asked, ask] = createSignal<Asked>()
  const close = () => ask(undefined)
  const done = () => {
    props.changed()
    close()
  }
  const isMe = () => props.member.person.id === getMe().id
  const titles = () => [...new Set(props.member.memberships.flatMap(({ title }) => (title ? [title] : [])))]

  const takeRole = async (membership: Membership) => {
    try {
      await removeRole(membership.id)
      props.changed()
      showToast({
        text: `${props.member.person.name} is no longer ${roleInWords(props.network, membership)}.`,
        ...(props.member.memberships.length > 1 && {
          action: { label: 'Undo', run: () => void giveRole(membership) },
        }),
      })
    } catch (thrown) {
      showToast({ text: asRefusal(thrown).message })
    }
  }
  const giveRole = async ({ role, teamId, title }: Membership) => {
    try {
      await addRole(props.network.id, props.member.person.id, {
        role,
        ...(teamId !== undefined && { teamId }),
        ...(title !== undefined && { title }),
      })
      props.changed()
    } catch (thrown) {
      showToast({ text: asRefusal(thrown).message })
    }
  }
  const makeLink = async () => {
    try {
      ask({ what: 'link', ...(await makePasswordLink(props.network.id, props.member.person.id)) })
    } catch (thrown) {
      showToast({ text: asRefusal(thrown).message })
    }
  }

  const items = (): (MenuItem | MenuDivision)[] => {
    const managed = props.member.memberships.filter((membership) => mayManage(props.network, membership))
    const several = props.member.memberships.length > 1
    const perRole = managed.flatMap((membership): (MenuItem | MenuDivision)[] => [
      ...(several ? [{ heading: roleInWords(props.network, membership) }] : []),
      { label: 'Change role', icon: 'people', run: () => ask({ what: 'role', membership }) },
      { label: 'Job title', icon: 'edit', run: () => ask({ what: 'title', membership }) },
      ...(several
        ? [{ label: 'Take this role', icon: 'minus' as const, run: () => void takeRole(membership) }]
        : []),
    ])
    if (perRole.length === 0) return []
    return [
      ...perRole,
      { divider: true },
      { label: 'Give another role', icon: 'plus', run: () => ask({ what: 'add' }) },
      ...(managesPeople(props.network) && !isMe()
        ? [{ label: 'Password link', icon: 'key' as const, run: () => void makeLink() }]
        : []),
      ...(managesPeople(props.network) || !several
        ? [{ label: 'Remove', icon: 'trash' as const, danger: true, run: () => ask({ what: 'remove' }) }]
        : []),
    ]
  }

  return (
    <li>
      <Avatar person={props.member.person} decorative />
      <div class="who">
        <p class="name">
          {props.member.person.name}
          <Show when={isMe()}>
            <span class="label"> you</span>
          </Show>
        </p>
        <Show when={titles().length > 0}>
          <p class="label">{titles().join(', ')}</p>
        </Show>
      </div>
      <ul class="roles small">
        <For each={props.member.memberships}>
          {(membership) => <li>{roleInWords(props.network, membership)}</li>}
        </For>
      </ul>
      <span class="label clip mail">{props.member.email}</span>
      <Show when={items().length > 0} fallback={<span />}>
        <Menu
          label={`What to do for ${props.member.person.name}`}
          icon="more"
          kind="quiet"
          iconOnly
          items={items()}
        />
      </Show>
      <Switch>
        <Match when={of(asked(), 'role')}>
          {(found) => <ChangeRoleDialog {...dialog()} membership={found().membership} />}
        </Match>
        <Match when={of(asked(), 'title')}>
          {(found) => <TitleDialog {...dialog()} membership={found().membership} />}
        </Match>
        <Match when={asked()?.what === 'add'}>
          <AddRoleDialog {...dialog()} />
        </Match>
        <Match when={asked()?.what === 'remove'}>
          <RemoveDialog {...dialog()} />
        </Match>
        <Match when={of(asked(), 'link')}>
          {(found) => <PasswordLinkDialog {...dialog()} link={found().link} mailed={found().mailed} />}
        </Match>
      </Switch>
    </li>
  )

  function dialog(): MemberDialogProps {
    return { member: props.member, network: props.network, onClose: close, onDone: done }
  }
}

const of = <What extends Asked['what']>(
  asked: Asked | undefined,
  what: What,
): Extract<Asked, { what: What }> | undefined =>
  asked?.what === what ? (asked as Extract<Asked, { what: What }>) : undefined
