import { createSignal, type JSX, Show } from 'solid-js'
import type { Membership, Network } from '#shared/network.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { TextField } from '../ui/Field.tsx'
import { Notice } from '../ui/Notice.tsx'
import { createSubmit, textOf } from '../ui/submit.ts'
import { showToast } from '../ui/toasts.tsx'
import { CopyLink } from './CopyLink.tsx'
import { addRole, changeMembership, removeMember } from './member-requests.ts'
import { type GivableRole, givableRoles, type Member, roleInWords } from './people.ts'
import { RoleFields } from './RoleFields.tsx'

export interface MemberDialogProps {
  member: Member
  network: Network
  onClose: () => void
  /** Something was changed. */
  onDone: () => void
}

export function ChangeRoleDialog(props: MemberDialogProps & { membership: Membership }): JSX.Element {
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

export function TitleDialog(props: MemberDialogProps & { membership: Membership }): JSX.Element {
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

export function AddRoleDialog(props: MemberDialogProps): JSX.Element {
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

export function RemoveDialog(props: MemberDialogProps): JSX.Element {
  const submit = createSubmit([], async () => {
    await removeMember(props.network, props.member)
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

export function PasswordLinkDialog(
  props: MemberDialogProps & { link: string; mailed: boolean },
): JSX.Element {
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
