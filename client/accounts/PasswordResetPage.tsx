import { useNavigate, useParams } from '@solidjs/router'
import { type JSX, Show } from 'solid-js'
import { answer, api } from '../api.ts'
import { refreshSession } from '../session.tsx'
import { Button } from '../ui/Button.tsx'
import { PasswordField } from '../ui/Field.tsx'
import { createLoad, Loaded } from '../ui/load.tsx'
import { Notice } from '../ui/Notice.tsx'
import { createSubmit, textOf } from '../ui/submit.ts'
import { showToast } from '../ui/toasts.tsx'
import { EntryPage } from './EntryPage.tsx'

/** Where a password-reset link leads. */
export default function PasswordResetPage(): JSX.Element {
  const params = useParams<{ token: string }>()
  const reset = createLoad(
    () => params.token,
    (token) => answer(api['password-resets'][':token'].$get({ param: { token } })),
  )
  return (
    <EntryPage title="New password">
      <Loaded load={reset} isPage>
        {(found) => (
          <>
            <header class="lede">
              <h1 class="display">A new password</h1>
              <p class="quiet">
                For {found().name}, {found().email}. Other devices will be signed out.
              </p>
            </header>
            <NewPasswordForm token={params.token} email={found().email} />
          </>
        )}
      </Loaded>
    </EntryPage>
  )
}

function NewPasswordForm(props: { token: string; email: string }): JSX.Element {
  const navigate = useNavigate()
  const submit = createSubmit(['password'], async (values) => {
    const password = textOf(values, 'password')
    await answer(
      api['password-resets'][':token'].$post({ param: { token: props.token }, json: { password } }),
    )
    await refreshSession()
    showToast({ text: 'Your password is set. You are signed in.' })
    navigate('/', { replace: true })
  })
  return (
    <form class="form" novalidate onSubmit={submit.onSubmit}>
      <Show when={submit.problem()}>{(problem) => <Notice tone="wrong">{problem()}</Notice>}</Show>
      <input
        class="visually-hidden"
        type="email"
        autocomplete="username"
        value={props.email}
        tabIndex={-1}
        aria-hidden="true"
        readOnly
      />
      <PasswordField
        label="New password"
        help="At least 10 characters. Three unusual words do well."
        name="password"
        autocomplete="new-password"
        error={submit.error('password')}
      />
      <div class="actions">
        <Button type="submit" kind="primary" busy={submit.isBusy()}>
          Set it and sign in
        </Button>
      </div>
    </form>
  )
}
