import { useParams } from '@solidjs/router'
import { createMemo, createSignal, For, type JSX, Show } from 'solid-js'
import { managesPeople } from '#shared/access.ts'
import type { DocumentSummary } from '#shared/document.ts'
import { type Network, networkRoles, type Team } from '#shared/network.ts'
import { answer, api } from '../api.ts'
import { DocumentList } from '../documents/DocumentList.tsx'
import { NewDocumentDialog } from '../documents/NewDocumentDialog.tsx'
import { placesToCreate } from '../documents/places.ts'
import { createDocuments, createNetwork } from '../network.ts'
import { Page } from '../Page.tsx'
import { Avatars, PersonName } from '../ui/Avatar.tsx'
import { Button, LinkButton } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { TextField } from '../ui/Field.tsx'
import { type Load, Loaded } from '../ui/load.tsx'
import { Notice } from '../ui/Notice.tsx'
import { createSubmit, textOf } from '../ui/submit.ts'
import { count } from '../ui/when.ts'
import { InviteDialog } from './InviteDialog.tsx'
import './networks.css'
import { givableRoles, membersOf, roleInWords } from './people.ts'
import { TeamDialog } from './TeamDialog.tsx'
import { DiagramSketch, PeopleSketch, TeamsSketch, Way, type WayStep } from './Way.tsx'
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
  const members = createMemo(() => membersOf(props.network.members))
  const isBeginning = () =>
    managesPeople(props.network) &&
    props.documents.data() !== undefined &&
    (props.network.teams.length === 0 || props.documents.data()?.length === 0 || members().length === 1)
  return (
    <>
      <header class="lede-row">
        <div>
          <h1 class="display">{isBeginning() ? `${props.network.name} starts here` : props.network.name}</h1>
          <p class="quiet">
            {isBeginning()
              ? 'One drawing, a few teams, the first people. All of it can change later; that is the point.'
              : `${count(props.network.teams.length, 'team')}, ${count(members().length, 'person', 'people')}.`}
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
            <NetworkDocuments {...props} onStart={() => ask('document')} />
          </Show>
        </div>
        <aside class="aside">
          <TeamsBlock
            network={props.network}
            documents={props.documents.data() ?? []}
            onStart={() => ask('team')}
          />
          <PeopleBlock network={props.network} onInvite={() => inviteInto(undefined)} />
        </aside>
      </div>
      <NewDocumentDialog network={props.network} open={asked() === 'document'} onClose={close} />
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
      <RenameDialog
        network={props.network}
        open={asked() === 'rename'}
        onClose={close}
        changed={() => void props.reload()}
      />
    </>
  )
}

function firstSteps(
  network: Network,
  documents: readonly DocumentSummary[],
  people: number,
  ask: (what: Asked) => void,
): readonly WayStep[] {
  const isFirst = (index: number) => [documents.length, network.teams.length, people - 1].indexOf(0) === index
  const kind = (index: number) => (isFirst(index) ? 'primary' : 'plain')
  return [
    {
      title: 'Draw what moves the aim',
      sentence:
        'A driver diagram says what you are trying to accomplish, and what you think leads to it. Everyone draws at the same time.',
      done: 'The first drawing is there.',
      isDone: documents.length > 0,
      drawing: DiagramSketch,
      step: () => (
        <Button kind={kind(0)} icon="diagram" onClick={() => ask('document')}>
          {documents.length > 0 ? 'Start another' : 'Start a driver diagram'}
        </Button>
      ),
    },
    {
      title: 'Name the teams',
      sentence: 'A team is the people who test changes in one place: a school, a clinic, a court.',
      done: `${count(network.teams.length, 'team is', 'teams are')} there.`,
      isDone: network.teams.length > 0,
      drawing: TeamsSketch,
      step: () => (
        <Button kind={kind(1)} icon="plus" onClick={() => ask('team')}>
          {network.teams.length > 0 ? 'Start another' : 'Start a team'}
        </Button>
      ),
    },
    {
      title: 'Invite the people',
      sentence: 'A nurse, a teacher, a parent: three is enough to begin. You get a link to send.',
      done: `${count(people, 'person is', 'people are')} here.`,
      isDone: people > 1,
      drawing: PeopleSketch,
      step: () => (
        <Button kind={kind(2)} icon="share" onClick={() => ask('invite')}>
          Invite someone
        </Button>
      ),
    },
  ]
}

function NetworkDocuments(props: NetworkBodyProps & { onStart: () => void }): JSX.Element {
  const ofNetwork = () => (props.documents.data() ?? []).filter(({ teamId }) => teamId === undefined)
  const ofTeams = () =>
    (props.documents.data() ?? []).filter(({ teamId }) => teamId !== undefined).slice(0, 6)
  const mayStart = () => placesToCreate(props.network).length > 0
  return (
    <>
      <section class="block" aria-labelledby="documents">
        <div class="row-wide">
          <h2 id="documents">What the network works on</h2>
          <Show when={mayStart()}>
            <Button
              class="push"
              kind={ofNetwork().length === 0 ? 'plain' : 'quiet'}
              icon="plus"
              onClick={props.onStart}
            >
              Start a document
            </Button>
          </Show>
        </div>
        <Loaded load={props.documents} lines={3}>
          {() => (
            <Show
              when={ofNetwork().length > 0}
              fallback={
                <EmptyState>
                  Every piece of work hangs on one line, from the aim to what was learned. It begins with an
                  aim.
                </EmptyState>
              }
            >
              <DocumentList
                documents={ofNetwork()}
                network={props.network}
                changed={() => void props.documents.reload()}
              />
            </Show>
          )}
        </Loaded>
      </section>
      <Show when={ofTeams().length > 0}>
        <section class="block" aria-labelledby="team-documents">
          <div class="row-wide">
            <h2 id="team-documents">Lately in the teams</h2>
            <LinkButton class="push" kind="quiet" href={`/networks/${props.network.id}/documents`}>
              All documents
            </LinkButton>
          </div>
          <DocumentList
            documents={ofTeams()}
            network={props.network}
            changed={() => void props.documents.reload()}
            places
          />
        </section>
      </Show>
    </>
  )
}

function TeamsBlock(props: {
  network: Network
  documents: readonly DocumentSummary[]
  onStart: () => void
}): JSX.Element {
  const isMine = ({ id }: Team) => props.network.roles.some(({ teamId }) => teamId === id)
  const teams = () => [...props.network.teams].sort((a, b) => a.name.localeCompare(b.name))
  return (
    <section class="block" aria-labelledby="teams">
      <h2 id="teams">Teams</h2>
      <Show when={teams().length > 0} fallback={<p class="label">No team yet.</p>}>
        <ul class="rows">
          <For each={teams()}>
            {(team) => (
              <li>
                <a class="title-link" href={`/networks/${props.network.id}/teams/${team.id}`}>
                  {team.name}
                </a>
                <Show when={isMine(team)}>
                  <span class="label"> your team</span>
                </Show>
                <p class="label">{aboutTeam(team, props)}</p>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <Show when={managesPeople(props.network)}>
        <div>
          <Button icon="plus" onClick={props.onStart}>
            Start a team
          </Button>
        </div>
      </Show>
    </section>
  )
}

function aboutTeam(
  team: Team,
  { network, documents }: { network: Network; documents: readonly DocumentSummary[] },
): string {
  const people = new Set(
    network.members.flatMap(({ teamId, person }) => (teamId === team.id ? [person.id] : [])),
  ).size
  const shown = documents.filter(({ teamId }) => teamId === team.id).length
  const place = [team.district, team.state].filter(Boolean).join(', ')
  return [
    ...(place ? [place] : []),
    people === 0 ? 'nobody yet' : count(people, 'person', 'people'),
    ...(shown > 0 ? [count(shown, 'document')] : []),
  ].join(' · ')
}

function PeopleBlock(props: { network: Network; onInvite: () => void }): JSX.Element {
  const members = createMemo(() => membersOf(props.network.members))
  const leading = () =>
    props.network.members
      .filter(({ role }) => networkRoles.slice(0, 3).some((leads) => leads === role))
      .slice(0, 4)
  return (
    <section class="block" aria-labelledby="people">
      <h2 id="people">People</h2>
      <Avatars label="People of the network" people={members().map(({ person }) => person)} most={8} />
      <ul class="leading">
        <For each={leading()}>
          {(membership) => (
            <li>
              <PersonName person={membership.person} />
              <span class="label">{roleInWords(props.network, membership)}</span>
            </li>
          )}
        </For>
      </ul>
      <div class="row-wide">
        <Show when={givableRoles(props.network).length > 0}>
          <Button icon="share" onClick={props.onInvite}>
            Invite someone
          </Button>
        </Show>
        <a class="small" href={`/networks/${props.network.id}/people`}>
          Everyone
        </a>
      </div>
    </section>
  )
}

function RenameDialog(props: {
  network: Network
  open: boolean
  onClose: () => void
  changed: () => void
}): JSX.Element {
  const submit = createSubmit(['name', 'timeZone'], async (values) => {
    const json = { name: textOf(values, 'name'), timeZone: textOf(values, 'timeZone') }
    await answer(api.networks[':id'].$put({ param: { id: props.network.id }, json }))
    props.changed()
    props.onClose()
  })
  return (
    <Dialog open={props.open} onClose={props.onClose} title="The network">
      <form class="form" novalidate onSubmit={submit.onSubmit}>
        <Show when={submit.problem()}>{(problem) => <Notice tone="wrong">{problem()}</Notice>}</Show>
        <TextField
          label="Name"
          name="name"
          autocomplete="off"
          value={props.network.name}
          error={submit.error('name')}
        />
        <TextField
          label="Time zone"
          help="Dates and times are shown in it, such as America/Chicago."
          name="timeZone"
          autocomplete="off"
          list="time-zones"
          value={props.network.timeZone}
          error={submit.error('timeZone')}
        />
        <datalist id="time-zones">
          <For each={Intl.supportedValuesOf('timeZone')}>{(zone) => <option value={zone} />}</For>
        </datalist>
        <div class="actions">
          <Button type="submit" kind="primary" busy={submit.isBusy()}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
