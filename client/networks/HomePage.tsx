import { Navigate, useNavigate, useSearchParams } from '@solidjs/router'
import { createSignal, For, type JSX, Show } from 'solid-js'
import { type NetworkSummary, roleNames } from '#shared/network.ts'
import { answer, api } from '../api.ts'
import { Page } from '../Page.tsx'
import { refreshSession, session } from '../session.tsx'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { TextField } from '../ui/Field.tsx'
import { Notice } from '../ui/Notice.tsx'
import { createSubmit, textOf } from '../ui/submit.ts'

/** My networks. Whoever has one goes straight to it. */
export default function HomePage(): JSX.Element {
  const [search] = useSearchParams<{ all?: string }>()
  const networks = (): readonly NetworkSummary[] => {
    const now = session()
    return now.kind === 'signed-in' ? now.networks : []
  }
  const only = () => (networks().length === 1 && search.all === undefined ? networks()[0] : undefined)
  return (
    <Show when={only()} fallback={<Networks networks={networks()} />}>
      {(network) => <Navigate href={`/networks/${network().id}`} />}
    </Show>
  )
}

function Networks(props: { networks: readonly NetworkSummary[] }): JSX.Element {
  const [isStarting, setStarting] = createSignal(false)
  const isCoordinator = () =>
    props.networks.some(({ roles }) => roles.some(({ role }) => role === 'coordinator'))
  return (
    <Page title="My networks" width="narrow">
      <Show when={props.networks.length > 0} fallback={<NoNetwork />}>
        <header class="lede-row">
          <div>
            <h1 class="display">My networks</h1>
          </div>
          <Show when={isCoordinator()}>
            <Button icon="plus" onClick={() => setStarting(true)}>
              Start another
            </Button>
          </Show>
        </header>
        <ul class="rows block">
          <For each={props.networks}>
            {(network) => (
              <li>
                <h2>
                  <a class="title-link" href={`/networks/${network.id}`}>
                    {network.name}
                  </a>
                </h2>
                <p class="label">{rolesInWords(network)}</p>
              </li>
            )}
          </For>
        </ul>
        <NewNetworkDialog open={isStarting()} onClose={() => setStarting(false)} />
      </Show>
    </Page>
  )
}

const rolesInWords = ({ roles }: NetworkSummary): string =>
  [...new Set(roles.map(({ role }) => roleNames[role]))].join(', ')

function NoNetwork(): JSX.Element {
  return (
    <EmptyState
      asHeading
      picture="barrier"
      action={
        <Button icon="reload" onClick={() => void refreshSession()}>
          Look again
        </Button>
      }
    >
      You belong to no network now. Ask a coordinator for an invitation; its link lets you in.
    </EmptyState>
  )
}

function NewNetworkDialog(props: { open: boolean; onClose: () => void }): JSX.Element {
  const navigate = useNavigate()
  const submit = createSubmit(['name'], async (values) => {
    const { id } = await answer(
      api.networks.$post({
        json: {
          name: textOf(values, 'name'),
          timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
        },
      }),
    )
    await refreshSession()
    props.onClose()
    navigate(`/networks/${id}`)
  })
  return (
    <Dialog open={props.open} onClose={props.onClose} title="Start another network">
      <form class="form" novalidate onSubmit={submit.onSubmit}>
        <Show when={submit.problem()}>{(problem) => <Notice tone="wrong">{problem()}</Notice>}</Show>
        <p class="small">It is fully apart from your other networks. You will be its coordinator.</p>
        <TextField label="Name" name="name" autocomplete="off" error={submit.error('name')} />
        <div class="actions">
          <Button type="submit" kind="primary" busy={submit.isBusy()}>
            Start it
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
