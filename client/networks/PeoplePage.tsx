import { useParams } from '@solidjs/router'
import { createMemo, createSignal, For, type JSX, Show } from 'solid-js'
import { counted } from '#shared/counted.ts'
import type { Network } from '#shared/network.ts'
import { answer, api } from '../api.ts'
import { createNetwork } from '../network.ts'
import { Page } from '../Page.tsx'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { TextField } from '../ui/Field.tsx'
import { createLoad, Loaded } from '../ui/load.tsx'
import { InvitationsBlock } from './InvitationsBlock.tsx'
import { InviteDialog } from './InviteDialog.tsx'
import { MemberRow } from './MemberRow.tsx'
import './networks.css'
import { givableRoles, type Member, membersOf, roleInWords } from './people.ts'

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
            {counted(members().length, 'person', 'people')} in {counted(props.network.teams.length, 'team')}
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
        <InvitationsBlock network={props.network} load={invitations} />
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
