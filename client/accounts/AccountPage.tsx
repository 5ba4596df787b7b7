import { createSignal, For, type JSX, Show } from 'solid-js'
import { counted } from '#shared/counted.ts'
import { type PersonColor, personColors } from '#shared/people.ts'
import { answer, api, asRefusal } from '../api.ts'
import { createNow } from '../clock.ts'
import { Page } from '../Page.tsx'
import { getMe, updateMe } from '../session.tsx'
import { Avatar } from '../ui/Avatar.tsx'
import { Badge } from '../ui/Badge.tsx'
import { Button } from '../ui/Button.tsx'
import { Choices } from '../ui/Choices.tsx'
import { PasswordField, TextField } from '../ui/Field.tsx'
import { createLoad, Loaded } from '../ui/load.tsx'
import { Notice } from '../ui/Notice.tsx'
import { createSubmit, textOf } from '../ui/submit.ts'
import { chooseTheme, themeChoice } from '../ui/theme.ts'
import { showToast } from '../ui/toasts.tsx'
import { whenOf } from '../ui/when.ts'
import './account.css'

/** One's own name, color, password, sign-ins and theme. */
export default function AccountPage(): JSX.Element {
  return (
    <Page title="My account" crumbs={[{ label: 'My account' }]} width="narrow">
      <header class="lede">
        <h1 class="display">My account</h1>
        <p class="quiet">{getMe().email}</p>
      </header>
      <section class="block" aria-labelledby="appearance">
        <h2 id="appearance">How others see you</h2>
        <AppearanceForm />
      </section>
      <section class="block" aria-labelledby="theme">
        <h2 id="theme">Light or dark</h2>
        <Choices
          label="Theme"
          value={themeChoice()}
          onChange={chooseTheme}
          options={[
            { value: 'system', label: 'As the device', icon: 'system' },
            { value: 'light', label: 'Light', icon: 'light' },
            { value: 'dark', label: 'Dark', icon: 'dark' },
          ]}
        />
      </section>
      <section class="block" aria-labelledby="password">
        <h2 id="password">Password</h2>
        <PasswordForm />
      </section>
      <section class="block" aria-labelledby="sessions">
        <h2 id="sessions">Where you are signed in</h2>
        <Sessions />
      </section>
    </Page>
  )
}

function AppearanceForm(): JSX.Element {
  const [name, setName] = createSignal(getMe().name)
  const [color, setColor] = createSignal<PersonColor>(getMe().color)
  const submit = createSubmit(['name', 'color'], async () => {
    const { account } = await answer(api.account.$put({ json: { name: name(), color: color() } }))
    updateMe(account)
    showToast({ text: 'Saved. Others see it when you next open a document.' })
  })
  return (
    <form class="form" novalidate onSubmit={submit.onSubmit}>
      <Show when={submit.problem()}>{(problem) => <Notice tone="wrong">{problem()}</Notice>}</Show>
      <TextField
        label="Name"
        name="name"
        autocomplete="name"
        value={name()}
        onInput={(event) => setName(event.currentTarget.value)}
        error={submit.error('name')}
      />
      <fieldset class="field colors">
        <legend class="field-label">Color</legend>
        <For each={personColors}>
          {(option) => (
            <label>
              <input
                class="visually-hidden"
                type="radio"
                name="color"
                checked={option === color()}
                onChange={() => setColor(option)}
              />
              <Avatar person={{ name: name() || '?', color: option }} decorative />
              <span class="visually-hidden">Color {option}</span>
            </label>
          )}
        </For>
      </fieldset>
      <div class="actions">
        <Button type="submit" kind="primary" busy={submit.isBusy()}>
          Save
        </Button>
      </div>
    </form>
  )
}

function PasswordForm(): JSX.Element {
  const submit = createSubmit(['current', 'password'], async (values) => {
    const json = { current: textOf(values, 'current'), password: textOf(values, 'password') }
    const { endedSessions } = await answer(api.account.password.$put({ json }))
    form?.reset()
    showToast({
      text:
        endedSessions === 0
          ? 'Your password is changed.'
          : `Your password is changed. ${counted(endedSessions, 'other sign-in')} ended.`,
    })
  })
  let form: HTMLFormElement | undefined
  return (
    <form ref={form} class="form" novalidate onSubmit={submit.onSubmit}>
      <Show when={submit.problem()}>{(problem) => <Notice tone="wrong">{problem()}</Notice>}</Show>
      <input type="hidden" autocomplete="username" value={getMe().email} />
      <PasswordField
        label="Current password"
        name="current"
        autocomplete="current-password"
        error={submit.error('current')}
      />
      <PasswordField
        label="New password"
        help="At least 10 characters. Three unusual words do well."
        name="password"
        autocomplete="new-password"
        error={submit.error('password')}
      />
      <div class="actions">
        <Button type="submit" busy={submit.isBusy()}>
          Change password
        </Button>
        <span class="label">All other devices are then signed out.</span>
      </div>
    </form>
  )
}

function Sessions(): JSX.Element {
  const now = createNow()
  const load = createLoad(
    () => 'mine',
    async () => (await answer(api.sessions.$get())).sessions,
  )
  const end = async (id: string, device: string) => {
    try {
      await answer(api.sessions[':id'].$delete({ param: { id } }))
      load.set((sessions) => sessions.filter((session) => session.id !== id))
      showToast({ text: `${device} is signed out.` })
    } catch (thrown) {
      showToast({ text: asRefusal(thrown).message })
      await load.reload()
    }
  }
  return (
    <Loaded load={load} lines={3}>
      {(sessions) => (
        <ul class="rows">
          <For each={sessions()}>
            {(session) => (
              <li class="row-wide">
                <div>
                  <p>{session.device}</p>
                  <p class="label">
                    {session.current ? 'In use now' : `Last used ${whenOf(session.lastSeenAt, now())}`},
                    signed in {whenOf(session.createdAt, now())}
                    {session.sharedComputer ? ', on a shared computer' : ''}
                  </p>
                </div>
                <span class="push">
                  <Show
                    when={session.current}
                    fallback={
                      <Button kind="quiet" onClick={() => void end(session.id, session.device)}>
                        Sign out
                        <span class="visually-hidden"> {session.device}</span>
                      </Button>
                    }
                  >
                    <Badge icon="check">This one</Badge>
                  </Show>
                </span>
              </li>
            )}
          </For>
        </ul>
      )}
    </Loaded>
  )
}
