import { Navigate, useNavigate } from '@solidjs/router'
import { type JSX, Show } from 'solid-js'
import { answer, api } from '../api.ts'
import { refreshSession, session, start } from '../session.tsx'
import { Button } from '../ui/Button.tsx'
import { PasswordField, TextField } from '../ui/Field.tsx'
import { Notice } from '../ui/Notice.tsx'
import { createSubmit, textOf } from '../ui/submit.ts'
import { EntryPage } from './EntryPage.tsx'

/** The very first page: only while nobody has an account. */
export default function SetupPage(): JSX.Element {
  const navigate = useNavigate()
  const submit = createSubmit(['network', 'name', 'email', 'password', 'code'], async (values) => {
    const code = textOf(values, 'code').trim()
    await answer(
      api.setup.$post({
        json: {
          network: textOf(values, 'network'),
          timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
          name: textOf(values, 'name'),
          email: textOf(values, 'email'),
          password: textOf(values, 'password'),
          ...(code !== '' && { code }),
        },
      }),
    )
    await refreshSession()
    navigate('/', { replace: true })
  })
  return (
    <Show when={session().kind === 'setup'} fallback={<AlreadySetUp />}>
      <EntryPage title="Begin">
        <header class="lede">
          <h1 class="display">Begin your network</h1>
          <p class="quiet">A network is the people in many places who work on one aim. It takes a minute.</p>
        </header>
        <form class="form" novalidate onSubmit={submit.onSubmit}>
          <Show when={submit.problem()}>{(problem) => <Notice tone="wrong">{problem()}</Notice>}</Show>
          <ol class="way">
            <Show when={start()?.setupCodeNeeded}>
              <li>
                <h2>This server</h2>
                <TextField
                  label="Setup code"
                  help="The server printed it when it started."
                  name="code"
                  autocomplete="off"
                  error={submit.error('code')}
                />
              </li>
            </Show>
            <li>
              <h2>Your network</h2>
              <TextField
                label="Name"
                help="As people call it. You can change it later."
                name="network"
                autocomplete="organization"
                placeholder="Three Rivers"
                error={submit.error('network')}
              />
            </li>
            <li>
              <h2>You</h2>
              <p class="hint">You will be its coordinator: you start teams and invite people.</p>
              <TextField label="Your name" name="name" autocomplete="name" error={submit.error('name')} />
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
                help="At least 10 characters. Three unusual words do well."
                name="password"
                autocomplete="new-password"
                error={submit.error('password')}
              />
              <div class="actions">
                <Button type="submit" kind="primary" busy={submit.isBusy()}>
                  Begin
                </Button>
              </div>
            </li>
          </ol>
        </form>
      </EntryPage>
    </Show>
  )
}

function AlreadySetUp(): JSX.Element {
  return (
    <Show when={session().kind !== 'loading'}>
      <Navigate href="/" />
    </Show>
  )
}
