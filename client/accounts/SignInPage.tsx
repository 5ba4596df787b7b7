import { Navigate, useNavigate, useSearchParams } from '@solidjs/router'
import { createSignal, For, type JSX, Show } from 'solid-js'
import { roleNames } from '#shared/network.ts'
import { answer, api } from '../api.ts'
import { refreshSession, session, start } from '../session.tsx'
import { setSharedComputer } from '../sync/shared-computer.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { Button } from '../ui/Button.tsx'
import { CheckField, PasswordField, TextField } from '../ui/Field.tsx'
import { Notice } from '../ui/Notice.tsx'
import { createSubmit, textOf } from '../ui/submit.ts'
import { EntryPage } from './EntryPage.tsx'

interface SignInInput {
  readonly email: string
  readonly password: string
  readonly sharedComputer: boolean
}

async function signIn(input: SignInInput): Promise<void> {
  await answer(api.session.$post({ json: input }))
  // Before anything of this person's can be kept on this device.
  setSharedComputer(input.sharedComputer)
  await refreshSession()
}

export default function SignInPage(): JSX.Element {
  const [search] = useSearchParams<{ next?: string }>()
  const next = () => ownPath(search.next)
  return (
    <Show when={session().kind !== 'signed-in'} fallback={<Navigate href={next()} />}>
      <Show when={session().kind !== 'setup'} fallback={<Navigate href="/setup" />}>
        <EntryPage title="Sign in" {...(start()?.demo && { beside: <SignIn next={search.next} /> })}>
          <Show when={start()?.demo} fallback={<SignIn next={search.next} />}>
            <DemoPeople />
          </Show>
        </EntryPage>
      </Show>
    </Show>
  )
}

function SignIn(props: { next: string | undefined }): JSX.Element {
  return (
    <>
      <header class="lede">
        <Show when={start()?.demo} fallback={<h1 class="display">Sign in</h1>}>
          <h2>Or sign in with a password</h2>
        </Show>
        <Show when={props.next}>
          <p class="quiet">Then you go on where you were.</p>
        </Show>
      </header>
      <SignInForm />
    </>
  )
}

function SignInForm(): JSX.Element {
  const [isShared, setShared] = createSignal(false)
  const submit = createSubmit(['email', 'password'], (values) =>
    signIn({
      email: textOf(values, 'email'),
      password: textOf(values, 'password'),
      sharedComputer: isShared(),
    }),
  )
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
      <CheckField
        label="This is a shared computer"
        help="Nothing stays on it, and you are signed out when the browser closes."
        checked={isShared()}
        onChange={setShared}
      />
      <div class="actions">
        <Button type="submit" kind="primary" busy={submit.isBusy()}>
          Sign in
        </Button>
        <span class="label">Forgot it? A coordinator of your network can make you a link.</span>
      </div>
    </form>
  )
}

/** The people of the sample network: one click each. */
function DemoPeople(): JSX.Element {
  const navigate = useNavigate()
  const submit = createSubmit([], async (values) => {
    await signIn({
      email: textOf(values, 'email'),
      password: start()?.demo?.password ?? '',
      sharedComputer: false,
    })
    navigate('/')
  })
  return (
    <section class="demo-people" aria-labelledby="demo-people">
      <header class="lede">
        <h1 class="display" id="demo-people">
          Who would you like to be?
        </h1>
        <p class="quiet">
          The people of the sample network, each with what their role may see. Open a second window and be two
          of them at once.
        </p>
      </header>
      <Show when={submit.problem()}>{(problem) => <Notice tone="wrong">{problem()}</Notice>}</Show>
      <ul>
        <For each={byRole(start()?.demo?.accounts ?? [])}>
          {(person) => (
            <li>
              <form onSubmit={submit.onSubmit}>
                <input type="hidden" name="email" value={person.email} />
                <button type="submit">
                  <Avatar person={{ name: person.name, color: 1 }} away decorative />
                  <span>
                    {person.name}
                    <small>{person.roles.join(', ')}</small>
                  </span>
                </button>
              </form>
            </li>
          )}
        </For>
      </ul>
    </section>
  )
}

/** Those who run the network first, then the teams' people. */
function byRole<Person extends { readonly roles: readonly string[] }>(
  people: readonly Person[],
): readonly Person[] {
  const order = Object.values(roleNames)
  const rank = ({ roles }: Person) => order.findIndex((name) => roles[0]?.startsWith(name))
  return [...people].sort((a, b) => rank(a) - rank(b))
}

/** Where to go on, if it is a page of ours: an address from elsewhere must not send anyone away. */
function ownPath(next: string | undefined): string {
  return next?.startsWith('/') && !next.startsWith('//') && !next.includes('\\') ? next : '/'
}
