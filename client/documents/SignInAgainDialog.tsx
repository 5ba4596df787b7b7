import { type JSX, Show } from 'solid-js'
import { answer, api } from '../api.ts'
import { getMe, refreshSession } from '../session.tsx'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { PasswordField } from '../ui/Field.tsx'
import { Notice } from '../ui/Notice.tsx'
import { createSubmit, textOf } from '../ui/submit.ts'

/** Signs the same person in again without leaving the page, so that nothing on it is lost. */
export function SignInAgainDialog(props: {
  open: boolean
  onClose: () => void
  onSignedIn: () => void
}): JSX.Element {
  const submit = createSubmit(['password'], async (values) => {
    const json = { email: getMe().email, password: textOf(values, 'password') }
    await answer(api.session.$post({ json }))
    await refreshSession()
    props.onSignedIn()
  })
  return (
    <Dialog open={props.open} onClose={props.onClose} title="Sign in again">
      <form class="form" novalidate onSubmit={submit.onSubmit}>
        <Show when={submit.problem()}>{(problem) => <Notice tone="wrong">{problem()}</Notice>}</Show>
        <p class="small">As {getMe().name}. What you wrote stays where it is.</p>
        <PasswordField
          label="Password"
          name="password"
          autocomplete="current-password"
          error={submit.error('password')}
        />
        <div class="actions">
          <Button type="submit" kind="primary" busy={submit.isBusy()}>
            Sign in
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
