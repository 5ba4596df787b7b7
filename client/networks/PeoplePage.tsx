import { useParams } from '@solidjs/router'
import { createMemo, createSignal, For, type JSX, Match, Show, Switch } from 'solid-js'
import { managesPeople } from '#shared/access.ts'
import type { Invitation, Membership, Network } from '#shared/network.ts'
import { answer, api, asRefusal } from '../api.ts'
import { createNow } from '../clock.ts'
import { createNetwork } from '../network.ts'
import { Page } from '../Page.tsx'
import { getMe } from '../session.tsx'
import { Avatar } from '../ui/Avatar.tsx'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { TextField } from '../ui/Field.tsx'
import { createLoad, type Load, Loaded } from '../ui/load.tsx'
import { Menu, type MenuDivision, type MenuItem } from '../ui/Menu.tsx'
import { Notice } from '../ui/Notice.tsx'
import { createSubmit, textOf } from '../ui/submit.ts'
import { showToast } from '../ui/toasts.tsx'
import { count, untilOf } from '../ui/when.ts'
import { CopyLink } from './CopyLink.tsx'
import { InviteDialog } from './InviteDialog.tsx'
import './networks.css'
import { type GivableRole, givableRoles, type Member, mayManage, membersOf, roleInWords } from './people.ts'
import { RoleFields } from './RoleFields.tsx'

/** Who is in the network, as what, and who is invited. */
export default function PeoplePage(): JSX.Element {
  const params = useParams<{ networkId: string }>()
  const network = createNetwork(() => params.networkId)
  return (
    <Page title="People" network={network.data()} crumbs={[{ label: 'People' }]}>
      <Loaded load={network} isPage>
        {(found) => <People network={found()} reload={network.reload} />}
      </Loaded>
    </Page>
  )
}

function People(props: { network: Network; reload: () => Promise<void> }): JSX.Element {
  const [isInviting, setInviting] = createSignal(false)
  const [find, setFind] = createSignal('')
  const members = createMemo(() => membersOf(props.network.members))
  const found = () => members().filter((member) => matches(member, props.network, find()))
  const invites = () => givableRoles(props.network).length > 0
  const invitations = createLoad(
    () => (invites() ? props.network.id : undefined),
    async (id) => (await answer(api.networks[':id'].invitations.$get({ param: { id } }))).invitations,
  )
  return (
    <>
      <header class="lede-row">
        <div>
          <h1 class="display">People</h1>
          <p class="quiet small">
            {count(members().length, 'person', 'people')} in {count(props.network.teams.length, 'team')}
          </p>
        </div>
        <Show when={invites()}>
          <Button kind="primary" icon="share" onClick={() => setInviting(true)}>
            Invite someone
          </Button>
        </Show>
      </header>
      <Show when={members().length > 8}>
        <div class="find">
          <TextField
            label="Find"
            type="search"
            placeholder="A name, a role or a team"
            value={find()}
            onInput={(event) => setFind(event.currentTarget.value)}
          />
        </div>
      </Show>
      <Show
        when={found().length > 0}
        fallback={
          <EmptyState picture="gap" action={<Button onClick={() => setFind('')}>Show everyone</Button>}>
            Nobody found for “{find()}”.
          </EmptyState>
        }
      >
        <ul class="people">
          <For each={found()}>
            {(member) => (
              <MemberRow member={member} network={props.network} changed={() => void props.reload()} />
            )}
          </For>
        </ul>
      </Show>
      <Show when={invites()}>
        <Invitations network={props.network} load={invitations} />
      </Show>
      <InviteDialog
        network={props.network}
        open={isInviting()}
        onClose={() => setInviting(false)}
        changed={() => void invitations.reload()}
      />
    </>
  )
}

function matches(member: Member, network: Network, find: string): boolean {
  const words = find.toLowerCase().split(/\s+/).filter(Boolean)
  const text = [
    member.person.name,
    member.email,
    ...member.memberships.flatMap((membership) => [membership.title, roleInWords(network, membership)]),
  ]
    .join(' ')
    .toLowerCase()
  return words.every((word) => text.includes(word))
}

type Asked =
  | { readonly what: 'role'; readonly membership: Membership }
  | { readonly what: 'title'; readonly membership: Membership }
  | { readonly what: 'add' | 'remove' }
  | { readonly what: 'link'; readonly link: string; readonly mailed: boolean }

function MemberRow(props: { member: Member; network: Network; changed: () => void }): JSX.Element {
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
      await answer(api.memberships[':id'].$delete({ param: { id: membership.id } }))
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
      const param = { id: props.network.id, accountId: props.member.person.id }
      ask({
        what: 'link',
        ...(await answer(api.networks[':id'].members[':accountId']['password-reset'].$post({ param }))),
      })
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

interface MemberDialogProps {
  member: Member
  network: Network
  onClose: () => void
  /** Something was changed. */
  onDone: () => void
}

async function addRole(
  id: string,
  account: string,
  { role, teamId, title }: GivableRole & { title?: string },
): Promise<void> {
  const json = {
    account,
    role,
    ...(teamId !== undefined && { team: teamId }),
    ...(title !== undefined && { title }),
  }
  await answer(api.networks[':id'].members.$post({ param: { id }, json }))
}

async function changeMembership(
  { id, role, teamId }: Membership,
  change: Partial<GivableRole> & { title?: string },
): Promise<void> {
  const team = change.role === undefined ? teamId : change.teamId
  const json = {
    role: change.role ?? role,
    ...(team !== undefined && { team }),
    ...(change.title !== undefined && { title: change.title }),
  }
  await answer(api.memberships[':id'].$put({ param: { id }, json }))
}

function ChangeRoleDialog(props: MemberDialogProps & { membership: Membership }): JSX.Element {
  const { role, teamId } = props.membership
  const [grant, setGrant] = createSignal<GivableRole>({ role, ...(teamId !== undefined && { teamId }) })
  const submit = createSubmit(['role', 'team'], async () => {
    await changeMembership(props.membership, grant())
    props.onDone()
    showToast({ text: `${props.member.person.name} is now ${roleInWords(props.network, grant())}.` })
  })
  return (
    <Dialog open onClose={props.onClose} title={`Role of ${props.member.person.name}`}>
      <form class="form" novalidate onSubmit={submit.onSubmit}>
        <Show when={submit.problem()}>{(problem) => <Notice tone="wrong">{problem()}</Notice>}</Show>
        <RoleFields network={props.network} value={grant()} onChange={setGrant} error={submit.error} />
        <p class="label">It takes effect at once, also in documents that are open now.</p>
        <div class="actions">
          <Button type="submit" kind="primary" busy={submit.isBusy()}>
            Change role
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function TitleDialog(props: MemberDialogProps & { membership: Membership }): JSX.Element {
  const submit = createSubmit(['title'], async (values) => {
    await changeMembership(props.membership, { title: textOf(values, 'title') })
    props.onDone()
  })
  return (
    <Dialog open onClose={props.onClose} title={`Job title of ${props.member.person.name}`}>
      <form class="form" novalidate onSubmit={submit.onSubmit}>
        <Show when={submit.problem()}>{(problem) => <Notice tone="wrong">{problem()}</Notice>}</Show>
        <TextField
          label="Job title"
          help="A label such as parent partner or school nurse. It gives no rights."
          name="title"
          autocomplete="off"
          value={props.membership.title ?? ''}
          error={submit.error('title')}
        />
        <div class="actions">
          <Button type="submit" kind="primary" busy={submit.isBusy()}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function AddRoleDialog(props: MemberDialogProps): JSX.Element {
  const held = props.member.memberships
  const free = givableRoles(props.network).find(
    ({ role, teamId }) =>
      !held.some((membership) => membership.role === role && membership.teamId === teamId),
  )
  const [grant, setGrant] = createSignal<GivableRole>(free ?? { role: 'observer' })
  const submit = createSubmit(['role', 'team'], async () => {
    await addRole(props.network.id, props.member.person.id, grant())
    props.onDone()
    showToast({ text: `${props.member.person.name} is now also ${roleInWords(props.network, grant())}.` })
  })
  return (
    <Dialog open onClose={props.onClose} title={`Another role for ${props.member.person.name}`}>
      <form class="form" novalidate onSubmit={submit.onSubmit}>
        <Show when={submit.problem()}>{(problem) => <Notice tone="wrong">{problem()}</Notice>}</Show>
        <p class="small">With several roles, the one that allows most counts.</p>
        <RoleFields network={props.network} value={grant()} onChange={setGrant} error={submit.error} />
        <div class="actions">
          <Button type="submit" kind="primary" busy={submit.isBusy()}>
            Give the role
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function RemoveDialog(props: MemberDialogProps): JSX.Element {
  const submit = createSubmit([], async () => {
    await remove(props.network, props.member)
    props.onDone()
    showToast({ text: `${props.member.person.name} is no longer in ${props.network.name}.` })
  })
  return (
    <Dialog open onClose={props.onClose} title={`Remove ${props.member.person.name}?`}>
      <form class="form" onSubmit={submit.onSubmit}>
        <Show when={submit.problem()}>{(problem) => <Notice tone="wrong">{problem()}</Notice>}</Show>
        <p class="small">
          They lose access to {props.network.name} at once. What they wrote stays. To come back they need a
          new invitation.
        </p>
        <div class="actions">
          <Button type="submit" kind="danger" busy={submit.isBusy()}>
            Remove
          </Button>
          <Button kind="quiet" onClick={() => props.onClose()}>
            Keep
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

/** A coordinator takes all roles at once; a lead the one that they manage. */
async function remove(network: Network, member: Member): Promise<void> {
  if (managesPeople(network)) {
    const param = { id: network.id, accountId: member.person.id }
    await answer(api.networks[':id'].members[':accountId'].$delete({ param }))
    return
  }
  for (const { id } of member.memberships) await answer(api.memberships[':id'].$delete({ param: { id } }))
}

function PasswordLinkDialog(props: MemberDialogProps & { link: string; mailed: boolean }): JSX.Element {
  return (
    <Dialog open onClose={props.onClose} title={`A new password for ${props.member.person.name}`}>
      <p class="small">
        {props.mailed
          ? 'The link went to their mail address. You can also pass it on yourself:'
          : 'Send them this link, in a way that only they read. It works once, for a day.'}
      </p>
      <CopyLink label="Password link" link={props.link} />
    </Dialog>
  )
}

function Invitations(props: { network: Network; load: Load<readonly Invitation[]> }): JSX.Element {
  const now = createNow()
  const revoke = async (invitation: Invitation) => {
    try {
      const param = { id: props.network.id, invitationId: invitation.id }
      await answer(api.networks[':id'].invitations[':invitationId'].$delete({ param }))
      props.load.set((all) => all.filter(({ id }) => id !== invitation.id))
      showToast({ text: 'The invitation is withdrawn. Its link no longer works.' })
    } catch (thrown) {
      showToast({ text: asRefusal(thrown).message })
      await props.load.reload()
    }
  }
  return (
    <section class="block invitations" aria-labelledby="invitations">
      <h2 id="invitations">Invitations</h2>
      <Loaded load={props.load} lines={2}>
        {(invitations) => (
          <Show
            when={invitations().length > 0}
            fallback={<p class="quiet small">No invitation is open now.</p>}
          >
            <ul class="rows">
              <For each={invitations()}>
                {(invitation) => (
                  <li class="row-wide">
                    <div>
                      <p>{invitation.email ?? 'Whoever has the link'}</p>
                      <p class="label">
                        {roleInWords(props.network, invitation)}; by {invitation.createdBy.name}; ends{' '}
                        {untilOf(invitation.expiresAt, now(), props.network)}
                      </p>
                    </div>
                    <Button class="push" kind="quiet" onClick={() => void revoke(invitation)}>
                      Withdraw
                      <span class="visually-hidden">
                        {' '}
                        the invitation of {invitation.email ?? 'whoever has the link'}
                      </span>
                    </Button>
                  </li>
                )}
              </For>
            </ul>
          </Show>
        )}
      </Loaded>
    </section>
  )
}
