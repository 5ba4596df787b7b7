import { useNavigate, useParams } from '@solidjs/router'
import { createSignal, type JSX, Match, Show, Switch } from 'solid-js'
import { type Role, roleNames } from '#shared/network.ts'
import { answer, api } from '../api.ts'
import { refreshSession, session, signOut } from '../session.tsx'
import { Button } from '../ui/Button.tsx'
import { Choices } from '../ui/Choices.tsx'
import { PasswordField, TextField } from '../ui/Field.tsx'
import { createLoad, Loaded } from '../ui/load.tsx'
import { Notice } from '../ui/Notice.tsx'
import { createSubmit, textOf } from '../ui/submit.ts'
import { EntryPage } from './EntryPage.tsx'

const findInvitation = (token: string) => answer(api.invitations[':token'].$get({ param: { token } }))

type InvitationDetail = Awaited<ReturnType<typeof findInvitation>>

/** Where an invitation's link leads: one says who one is and is in. */
export default function InvitationPage(): JSX.Element {
  const params = useParams<{ token: string }>()
  const invitation = createLoad(() => params.token, findInvitation)
  return (
    <EntryPage title="You are invited">
      <Loaded load={invitation} isPage>
        {(found) => (
          <>
            <header class="lede">
              <p class="label">{found().inviter} invites you to</p>
              <h1 class="display">{found().network}</h1>
              <p class="quiet">{invitedAs(found())}</p>
            </header>
            <Redeem token={params.token} invitation={found()} />
          </>
        )}
      </Loaded>
    </EntryPage>
  )
}

function invitedAs({ role, team }: InvitationDetail): string {
  const name = roleNames[role as Role].toLowerCase()
  const article = /^[aeiou]/.test(name) ? 'an' : 'a'
  return team === undefined ? `As ${article} ${name}.` : `As ${article} ${name} of ${team}.`
}

function Redeem(props: { token: string; invitation: InvitationDetail }): JSX.Element {
  const [has, setHas] = createSignal<'new' | 'existing'>('new')
  return (
    <Switch
      fallback={
        <>
          <Choices
            label="Do you have an account here?"
            value={has()}
            onChange={setHas}
            options={[
              { value: 'new', label: 'I am new here' },
              { value: 'existing', label: 'I have an account' },
            ]}
          />
          <Show when={has() === 'new'} fallback={<RedeemWithAccount token={props.token} />}>
            <RedeemAsNew token={props.token} email={props.invitation.email} />
          </Show>
        </>
      }
    >
      <Match when={signedInName()}>{(name) => <RedeemAsMe token={props.token} name={name()} />}</Match>
    </Switch>
  )
}

const signedInName = (): string | undefined => {
  const now = session()
  return now.kind === 'signed-in' ? now.me.name : undefined
}

/** After redeeming: the network that one is now in. */
function useEnter(): (token: string, json: Record<string, string>) => Promise<void> {
  const navigate = useNavigate()
  return async (token, json) => {
    const { networkId } = await answer(api.invitations[':token'].$post({ param: { token }, json }))
    await refreshSession()
    navigate(`/networks/${networkId}`, { replace: true })
  }
}

function RedeemAsNew(props: { token: string; email: string | undefined }): JSX.Element {
  const enter = useEnter()
  const submit = createSubmit(['name', 'email', 'password'], (values) =>
    enter(props.token, {
      name: textOf(values, 'name'),
      email: textOf(values, 'email'),
      password: textOf(values, 'password'),
    }),
  )
  return (
    <form class="form" novalidate onSubmit={submit.onSubmit}>
      <Show when={submit.problem()}>{(problem) => <Notice tone="wrong">{problem()}</Notice>}</Show>
      <TextField label="Your name" name="name" autocomplete="name" error={submit.error('name')} />
      <TextField
        label="Email"
        help="You sign in with it."
        name="email"
        type="email"
        autocomplete="username"
        inputmode="email"
        value={props.email ?? ''}
        error={submit.error('email')}
      />
      <PasswordField
        label="Password"
        help="At least 10 characters. Three unusual words do well."
        name="password"
        autocomplete="new-password"
        error={submit.error('password')}
      />
      <div class="actions">
        <Button type="submit" kind="primary" busy={submit.isBusy()}>
          Join
        </Button>
      </div>
    </form>
  )
}

function RedeemWithAccount(props: { token: string }): JSX.Element {
  const enter = useEnter()
  const submit = createSubmit(['email', 'password'], async (values) => {
    const email = textOf(values, 'email')
    const password = textOf(values, 'password')
    await answer(api.session.$post({ json: { email, password } }))
    await enter(props.token, {})
  })
  return (
    <form class="form" novalidate onSubmit={submit.onSubmit}>
      <Show when={submit.problem()}>{(problem) => <Notice tone="wrong">{problem()}</Notice>}</Show>
      <TextField
        label="Email"
        name="email"
        type="email"
        autocomplete="username"
        inputmode="email"
        error={submit.error('email')}
      />
      <PasswordField
        label="Password"
        name="password"
        autocomplete="current-password"
        error={submit.error('password')}
      />
      <div class="actions">
        <Button type="submit" kind="primary" busy={submit.isBusy()}>
          Sign in and join
        </Button>
      </div>
    </form>
  )
}

function RedeemAsMe(props: { token: string; name: string }): JSX.Element {
  const enter = useEnter()
  const submit = createSubmit([], () => enter(props.token, {}))
  return (
    <form class="form" onSubmit={submit.onSubmit}>
      <Show when={submit.problem()}>{(problem) => <Notice tone="wrong">{problem()}</Notice>}</Show>
      <div class="actions">
        <Button type="submit" kind="primary" busy={submit.isBusy()}>
          Join as {props.name}
        </Button>
        <Button kind="quiet" onClick={() => void signOut()}>
          I am someone else
        </Button>
      </div>
    </form>
  )
}
