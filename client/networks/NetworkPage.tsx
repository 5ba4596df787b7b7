import { useParams } from '@solidjs/router'
import { createMemo, createSignal, type JSX, Show } from 'solid-js'
import { managesPeople, savesTemplates } from '#shared/access.ts'
import { counted } from '#shared/counted.ts'
import type { DocumentSummary } from '#shared/document.ts'
import type { Network } from '#shared/network.ts'
import { NewDocumentDialog } from '../documents/NewDocumentDialog.tsx'
import { TemplatesBlock } from '../documents/TemplatesBlock.tsx'
import { createDocuments, createNetwork } from '../network.ts'
import { Page } from '../Page.tsx'
import { Button } from '../ui/Button.tsx'
import { type Load, Loaded } from '../ui/load.tsx'
import { firstSteps } from './first-steps.tsx'
import { IdentifiersBlock } from './IdentifiersBlock.tsx'
import { InviteDialog } from './InviteDialog.tsx'
import { NetworkDialog } from './NetworkDialog.tsx'
import { NetworkDocuments } from './NetworkDocuments.tsx'
import './networks.css'
import { PeopleBlock } from './PeopleBlock.tsx'
import { membersOf } from './people.ts'
import { TeamDialog } from './TeamDialog.tsx'
import { TeamsBlock } from './TeamsBlock.tsx'
import { Way } from './Way.tsx'
import { WhatIsNext } from './WhatIsNext.tsx'

/** The network: what it works on, its teams, its people. */
export default function NetworkPage(): JSX.Element {
  const params = useParams<{ networkId: string }>()
  const network = createNetwork(() => params.networkId)
  const documents = createDocuments(() => params.networkId)
  return (
    <Page title={network.data()?.name ?? 'Network'} network={network.data()}>
      <Loaded load={network} isPage>
        {(found) => <NetworkBody network={found()} documents={documents} reload={network.reload} />}
      </Loaded>
    </Page>
  )
}

type Asked = 'document' | 'team' | 'invite' | 'rename'

interface NetworkBodyProps {
  network: Network
  documents: Load<readonly DocumentSummary[]>
  reload: () => Promise<void>
}

function NetworkBody(props: NetworkBodyProps): JSX.Element {
  const [asked, ask] = createSignal<Asked>()
  const [invitedTeam, setInvitedTeam] = createSignal<string>()
  const close = () => ask(undefined)
  const inviteInto = (teamId: string | undefined) => {
    setInvitedTeam(teamId)
    ask('invite')
  }
  const [template, setTemplate] = createSignal<string>()
  const startFrom = (key: string | undefined) => {
    setTemplate(key)
    ask('document')
  }
  const members = createMemo(() => membersOf(props.network.members))
  const isBeginning = () =>
    managesPeople(props.network) &&
    props.documents.data() !== undefined &&
    (props.network.teams.length === 0 || props.documents.data()?.length === 0 || members().length === 1)
  /** Once the first thing is there, it has started. */
  const isUntouched = () =>
    isBeginning() && props.network.teams.length === 0 && props.documents.data()?.length === 0
  return (
    <>
      <header class="lede-row">
        <div>
          <h1 class="display">{isUntouched() ? `${props.network.name} starts here` : props.network.name}</h1>
          <p class="quiet">
            {isUntouched()
              ? 'One drawing, a few teams, the first people. All of it can change later; that is the point.'
              : `${counted(props.network.teams.length, 'team')}, ${counted(members().length, 'person', 'people')}.`}
          </p>
        </div>
        <Show when={managesPeople(props.network)}>
          <Button kind="quiet" icon="edit" onClick={() => ask('rename')}>
            Change
            <span class="visually-hidden"> name and time zone</span>
          </Button>
        </Show>
      </header>
      <div class="beside">
        <div class="main-column">
          <Show when={isBeginning()}>
            <Way steps={firstSteps(props.network, props.documents.data() ?? [], members().length, ask)} />
          </Show>
          <Show when={!isBeginning()}>
            <WhatIsNext
              network={props.network}
              documents={props.documents.data() ?? []}
              onInvite={inviteInto}
            />
          </Show>
          <Show when={!isBeginning() || (props.documents.data()?.length ?? 0) > 0}>
            <NetworkDocuments {...props} onStart={() => startFrom(undefined)} />
          </Show>
          <Show when={!isBeginning() || props.network.teams.length > 0}>
            <TeamsBlock
              network={props.network}
              documents={props.documents.data() ?? []}
              onStart={() => ask('team')}
            />
          </Show>
        </div>
        <aside class="aside">
          <Show when={isBeginning() || savesTemplates(props.network)}>
            <TemplatesBlock
              networkId={props.network.id}
              onStart={startFrom}
              onAll={() => startFrom(undefined)}
              keeps={savesTemplates(props.network)}
            />
          </Show>
          <PeopleBlock network={props.network} onInvite={() => inviteInto(undefined)} />
          <Show when={managesPeople(props.network)}>
            <IdentifiersBlock network={props.network} changed={() => void props.reload()} />
          </Show>
        </aside>
      </div>
      <NewDocumentDialog
        network={props.network}
        template={template()}
        open={asked() === 'document'}
        onClose={close}
      />
      <TeamDialog
        network={props.network}
        open={asked() === 'team'}
        onClose={close}
        changed={() => void props.reload()}
      />
      <InviteDialog
        network={props.network}
        teamId={invitedTeam()}
        open={asked() === 'invite'}
        onClose={close}
      />
      <NetworkDialog
        network={props.network}
        open={asked() === 'rename'}
        onClose={close}
        changed={() => void props.reload()}
      />
    </>
  )
}
