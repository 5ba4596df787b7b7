import { createSignal, type JSX, Show } from 'solid-js'
import type { Network } from '#shared/network.ts'
import { answer, api } from '../api.ts'
import { start } from '../session.tsx'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { TextField } from '../ui/Field.tsx'
import { Notice } from '../ui/Notice.tsx'
import { createSubmit, textOf } from '../ui/submit.ts'
import { CopyLink } from './CopyLink.tsx'
import { type GivableRole, givableRoles, roleInWords } from './people.ts'
import { RoleFields } from './RoleFields.tsx'

export interface InviteDialogProps {
  network: Network
  open: boolean
  onClose: () => void
  /** An invitation was made. */
  changed?: () => void
  /** Invites into this team, unless the reader chooses otherwise. */
  teamId?: string | undefined
}

/** Makes a link for one person, to send in whatever way one talks with them. */
export function InviteDialog(props: InviteDialogProps): JSX.Element {
  return (
    <Dialog open={props.open} onClose={props.onClose} title="Invite someone">
      <InviteForm {...props} />
    </Dialog>
  )
}

function InviteForm(props: InviteDialogProps): JSX.Element {
  const [made, setMade] = createSignal<{ link: string; mailed: boolean; email: string }>()
  const [grant, setGrant] = createSignal<GivableRole>(firstGrant(props.network, props.teamId))
  const submit = createSubmit(['role', 'team', 'email'], async (values) => {
    const email = textOf(values, 'email').trim()
    const { role, teamId } = grant()
    const found = await answer(
      api.networks[':id'].invitations.$post({
        param: { id: props.network.id },
        json: { role, ...(teamId !== undefined && { team: teamId }), ...(email !== '' && { email }) },
      }),
    )
    setMade({ ...found, email })
    props.changed?.()
  })
  return (
    <Show
      when={made()}
      fallback={
        <form class="form" novalidate onSubmit={submit.onSubmit}>
          <Show when={submit.problem()}>{(problem) => <Notice tone="wrong">{problem()}</Notice>}</Show>
          <RoleFields network={props.network} value={grant()} onChange={setGrant} error={submit.error} />
          <TextField
            label="Email"
            help={
              start()?.mail
                ? 'We send the link there. Leave it out to pass the link on yourself.'
                : 'If you know it, they need not type it. You pass the link on yourself.'
            }
            name="email"
            type="email"
            inputmode="email"
            autocomplete="off"
            error={submit.error('email')}
          />
          <div class="actions">
            <Button type="submit" kind="primary" icon="link" busy={submit.isBusy()}>
              Make a link
            </Button>
          </div>
        </form>
      }
    >
      {(invitation) => (
        <div class="form">
          <p class="small">
            {invitation().mailed
              ? `The link went to ${invitation().email}. You can also pass it on yourself:`
              : 'Send this link to one person. It works once, for 14 days.'}
          </p>
          <CopyLink label="Invitation link" link={invitation().link} />
          <Show when={opensOnlyHere(invitation().link)}>
            <p class="small">
              This link opens on this computer only. Whoever runs Throughline sets PUBLIC_URL to the address
              that others can open.
            </p>
          </Show>
          <p class="label">Whoever opens it joins as: {roleInWords(props.network, grant())}.</p>
          <div class="actions">
            <Button onClick={() => setMade(undefined)} icon="plus">
              Invite another
            </Button>
            <Button kind="quiet" onClick={() => props.onClose()}>
              Done
            </Button>
          </div>
        </div>
      )}
    </Show>
  )
}

/** A link to a server that was given no public address yet. */
const opensOnlyHere = (link: string): boolean =>
  /^(localhost|127\.0\.0\.1|\[::1\])$/.test(new URL(link, location.href).hostname)

/** A team begins with its lead. */
function firstGrant(network: Network, teamId: string | undefined): GivableRole {
  const givable = givableRoles(network)
  const role = network.members.some((membership) => membership.teamId === teamId) ? 'member' : 'lead'
  const inTeam = givable.find(
    (grant) => grant.teamId !== undefined && grant.teamId === teamId && grant.role === role,
  )
  // Most who are invited test changes; to run a network is given on purpose.
  return inTeam ?? givable.find((grant) => grant.role === role) ?? givable[0] ?? { role: 'observer' }
}
