import { useParams } from '@solidjs/router'
import { createMemo, createSignal, For, type JSX, Show } from 'solid-js'
import { createsDocuments, managesPeople } from '#shared/access.ts'
import type { DocumentSummary } from '#shared/document.ts'
import { AppError } from '#shared/errors.ts'
import { type Network, roleNames, type Team } from '#shared/network.ts'
import { DocumentList } from '../documents/DocumentList.tsx'
import { NewDocumentDialog } from '../documents/NewDocumentDialog.tsx'
import { TemplatesBlock } from '../documents/TemplatesBlock.tsx'
import { createDocuments, createNetwork } from '../network.ts'
import { Page } from '../Page.tsx'
import { PersonName } from '../ui/Avatar.tsx'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { type Load, Loaded, Problem } from '../ui/load.tsx'
import { ThroughLine } from '../ui/ThroughLine.tsx'
import { InviteDialog } from './InviteDialog.tsx'
import './networks.css'
import { membersOf } from './people.ts'
import { TeamDialog } from './TeamDialog.tsx'
import { DiagramSketch, Way, type WayStep } from './Way.tsx'

/** A team: its documents and its people. */
export default function TeamPage(): JSX.Element {
  const params = useParams<{ networkId: string; teamId: string }>()
  const network = createNetwork(() => params.networkId)
  const documents = createDocuments(() => params.networkId)
  const team = () => network.data()?.teams.find(({ id }) => id === params.teamId)
  return (
    <Page
      title={team()?.name ?? 'Team'}
      network={network.data()}
      crumbs={team() ? [{ label: team()?.name ?? '' }] : []}
      above={<ThroughLine items={lineOf(ofTeam(documents.data(), params.teamId))} />}
    >
      <Loaded load={network} isPage>
        {(found) => (
          <Show when={team()} fallback={<Problem problem={noSuchTeam} asHeading />}>
            {(team) => (
              <TeamBody team={team()} network={found()} documents={documents} reload={network.reload} />
            )}
          </Show>
        )}
      </Loaded>
    </Page>
  )
}

const noSuchTeam = new AppError('not-found', 'There is no such team in this network.')

const ofTeam = (
  documents: readonly DocumentSummary[] | undefined,
  teamId: string,
): readonly DocumentSummary[] => (documents ?? []).filter((document) => document.teamId === teamId)

/** A team's page marks no station; its newest diagram is where the line begins. */
function lineOf(documents: readonly DocumentSummary[]) {
  const [newest] = documents
  return newest ? [{ station: 'aim', label: newest.title, href: `/documents/${newest.id}` } as const] : []
}

interface TeamBodyProps {
  team: Team
  network: Network
  documents: Load<readonly DocumentSummary[]>
  reload: () => Promise<void>
}

function TeamBody(props: TeamBodyProps): JSX.Element {
  const [asked, ask] = createSignal<'document' | 'invite' | 'change'>()
  const [template, setTemplate] = createSignal<string>()
  const close = () => ask(undefined)
  const own = () => ofTeam(props.documents.data(), props.team.id)
  const mayStart = () => createsDocuments(props.network, props.team.id)
  const isBeginning = () => props.documents.data() !== undefined && own().length === 0 && mayStart()
  const startFrom = (key: string | undefined) => {
    setTemplate(key)
    ask('document')
  }
  return (
    <>
      <header class="lede-row">
        <div>
          <h1 class="display">{isBeginning() ? `${props.team.name} starts here` : props.team.name}</h1>
          <p class="quiet">
            {isBeginning()
              ? 'One drawing, made together. All of it can change later; that is the point.'
              : [props.team.district, props.team.state].filter(Boolean).join(', ')}
          </p>
        </div>
        <Show when={managesPeople(props.network)}>
          <Button kind="quiet" icon="edit" onClick={() => ask('change')}>
            Change
          </Button>
        </Show>
      </header>
      <div class="beside">
        <div class="main-column">
          <Show
            when={isBeginning()}
            fallback={<TeamDocuments {...props} onStart={() => startFrom(undefined)} />}
          >
            <Way steps={teamSteps(() => startFrom(undefined))} />
          </Show>
        </div>
        <aside class="aside">
          <Show when={mayStart()}>
            <TemplatesBlock onStart={startFrom} />
          </Show>
          <TeamPeople team={props.team} network={props.network} onInvite={() => ask('invite')} />
        </aside>
      </div>
      <NewDocumentDialog
        network={props.network}
        teamId={props.team.id}
        template={template()}
        open={asked() === 'document'}
        onClose={close}
      />
      <InviteDialog
        network={props.network}
        teamId={props.team.id}
        open={asked() === 'invite'}
        onClose={close}
      />
      <TeamDialog
        network={props.network}
        team={props.team}
        open={asked() === 'change'}
        onClose={close}
        changed={() => void props.reload()}
      />
    </>
  )
}

const teamSteps = (onStart: () => void): readonly WayStep[] => [
  {
    title: 'Draw what moves the aim',
    sentence:
      'A driver diagram says what you are trying to accomplish, and what you think leads to it. Begin with the aim: what, for whom, how much, by when.',
    isDone: false,
    drawing: DiagramSketch,
    step: () => (
      <>
        <Button kind="primary" icon="diagram" onClick={onStart}>
          Begin a diagram
        </Button>
        <span class="label">Everyone draws at the same time.</span>
      </>
    ),
  },
]

function TeamDocuments(props: TeamBodyProps & { onStart: () => void }): JSX.Element {
  const own = () => ofTeam(props.documents.data(), props.team.id)
  return (
    <section class="block" aria-labelledby="documents">
      <div class="row-wide">
        <h2 id="documents">Documents</h2>
        <Show when={createsDocuments(props.network, props.team.id)}>
          <Button class="push" kind="quiet" icon="plus" onClick={props.onStart}>
            Start a document
          </Button>
        </Show>
      </div>
      <Loaded load={props.documents} lines={3}>
        {() => (
          <Show
            when={own().length > 0}
            fallback={<NothingShared team={props.team} network={props.network} />}
          >
            <DocumentList
              documents={own()}
              network={props.network}
              changed={() => void props.documents.reload()}
            />
          </Show>
        )}
      </Loaded>
    </section>
  )
}

function NothingShared(props: { team: Team; network: Network }): JSX.Element {
  const isEmpty = () => !props.network.members.some(({ teamId }) => teamId === props.team.id)
  return (
    <EmptyState picture={isEmpty() ? 'meeting' : 'beginning'}>
      {isEmpty()
        ? 'A team begins with its people. Its lead starts the first drawing; what they share appears here.'
        : `${props.team.name} has shared nothing with the network yet. What they share appears here.`}
    </EmptyState>
  )
}

function TeamPeople(props: { team: Team; network: Network; onInvite: () => void }): JSX.Element {
  const members = createMemo(() =>
    membersOf(props.network.members.filter(({ teamId }) => teamId === props.team.id)),
  )
  return (
    <section class="block" aria-labelledby="people">
      <h2 id="people">People</h2>
      <Show
        when={members().length > 0}
        fallback={<p class="label">Nobody yet. A nurse, a teacher, a parent: three is enough to begin.</p>}
      >
        <ul class="leading">
          <For each={members()}>
            {(member) => (
              <li>
                <PersonName person={member.person} />
                <span class="label">
                  {member.memberships.map(({ role, title }) => title ?? roleNames[role]).join(', ')}
                </span>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <Show when={managesPeople(props.network, props.team.id)}>
        <div>
          <Button icon="share" onClick={props.onInvite}>
            Invite someone
          </Button>
        </div>
      </Show>
    </section>
  )
}
