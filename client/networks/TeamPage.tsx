import { useNavigate, useParams, useSearchParams } from '@solidjs/router'
import { createMemo, createSignal, For, type JSX, Show } from 'solid-js'
import { createsDocuments, managesPeople } from '#shared/access.ts'
import type { DocumentSummary } from '#shared/document.ts'
import { AppError } from '#shared/errors.ts'
import { type Network, roleNames, type Team } from '#shared/network.ts'
import { asRefusal } from '../api.ts'
import { DocumentList } from '../documents/DocumentList.tsx'
import { NewDocumentDialog } from '../documents/NewDocumentDialog.tsx'
import { copyDocument } from '../documents/requests.ts'
import { readStart, type StartOn, type StartSearch } from '../documents/start-on.ts'
import { TemplatesBlock } from '../documents/TemplatesBlock.tsx'
import { createDocuments, createNetwork } from '../network.ts'
import { Page } from '../Page.tsx'
import { PersonName } from '../ui/Avatar.tsx'
import { Button, LinkButton } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { type Load, Loaded, Problem } from '../ui/load.tsx'
import { ThroughLine } from '../ui/ThroughLine.tsx'
import { showToast } from '../ui/toasts.tsx'
import { createTeamWork, kindAt, lineOfTeam, type TeamWork } from './create-team-work.ts'
import { InviteDialog } from './InviteDialog.tsx'
import './networks.css'
import { membersOf } from './people.ts'
import { TeamDialog } from './TeamDialog.tsx'
import { hasBegun, TeamStart } from './TeamStart.tsx'

/** A team: where it begins, its documents and its people. */
export default function TeamPage(): JSX.Element {
  const params = useParams<{ networkId: string; teamId: string }>()
  const network = createNetwork(() => params.networkId)
  const documents = createDocuments(() => params.networkId)
  const work = createTeamWork(
    () => params.networkId,
    () => params.teamId,
  )
  const team = () => network.data()?.teams.find(({ id }) => id === params.teamId)
  const own = () => ofTeam(documents.data(), params.teamId)
  return (
    <Page
      title={team()?.name ?? 'Team'}
      network={network.data()}
      crumbs={team() ? [{ label: team()?.name ?? '' }] : []}
      above={<ThroughLine items={documents.data() ? lineOfTeam(work.data(), own(), params.teamId) : []} />}
    >
      <Loaded load={network} isPage>
        {(found) => (
          <Show when={team()} fallback={<Problem problem={noSuchTeam} asHeading />}>
            {(team) => (
              <TeamBody
                team={team()}
                network={found()}
                documents={documents}
                work={work.data()}
                reload={network.reload}
              />
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

interface TeamBodyProps {
  team: Team
  network: Network
  documents: Load<readonly DocumentSummary[]>
  work: TeamWork | undefined
  reload: () => Promise<void>
}

/** What is to be started: from a template, or of a kind. */
interface Start {
  readonly template?: string
  readonly start?: StartOn
}

function TeamBody(props: TeamBodyProps): JSX.Element {
  const [search, setSearch] = useSearchParams<StartSearch>()
  const [asked, ask] = createSignal<'document' | 'invite' | 'change' | undefined>(
    readStart(search) && 'document',
  )
  const [start, setStart] = createSignal<Start>(startOf(readStart(search)))
  const close = () => {
    ask(undefined)
    if (search.start !== undefined) setSearch({ start: undefined, on: undefined }, { replace: true })
  }
  const own = () => ofTeam(props.documents.data(), props.team.id)
  const mayStart = () => createsDocuments(props.network, props.team.id)
  const isRead = () => props.documents.data() !== undefined
  const isEmpty = () => isRead() && own().length === 0
  // Whoever looks after the team sees where it will begin, too; others see what it shares.
  const isStarting = () =>
    isRead() && (mayStart() ? !hasBegun(own()) : isEmpty() && managesPeople(props.network, props.team.id))
  const startFrom = (what: Start) => {
    setStart(what)
    ask('document')
  }
  return (
    <>
      <header class="lede-row">
        <div>
          <h1 class="display">
            {isStarting() && isEmpty() ? `${props.team.name} starts here` : props.team.name}
          </h1>
          <p class="quiet">
            {isStarting() && isEmpty()
              ? 'Three questions, one drawing, one small test. All of it can change later; that is the point.'
              : [props.team.district, props.team.state].filter(Boolean).join(', ')}
          </p>
        </div>
        <div class="row">
          <Show when={!isEmpty()}>
            <LinkButton href={`/networks/${props.network.id}/teams/${props.team.id}/board`} icon="table">
              Board
            </LinkButton>
          </Show>
          <Show when={managesPeople(props.network)}>
            <Button kind="quiet" icon="edit" onClick={() => ask('change')}>
              Change
              <span class="visually-hidden"> the team</span>
            </Button>
          </Show>
        </div>
      </header>
      <div class="beside">
        <div class="main-column">
          <Show when={isStarting()}>
            <TeamStart own={own()} work={props.work} onStart={mayStart() ? startFrom : undefined} />
          </Show>
          <Show when={!isStarting() || !isEmpty()}>
            <TeamDocuments {...props} onStart={() => startFrom({})} />
          </Show>
        </div>
        <aside class="aside">
          <Show when={isStarting() && mayStart()}>
            <FoundByOthers {...props} own={own()} />
            <TemplatesBlock
              networkId={props.network.id}
              onStart={(template) => startFrom({ template })}
              onAll={() => startFrom({})}
            />
          </Show>
          <TeamPeople team={props.team} network={props.network} onInvite={() => ask('invite')} />
        </aside>
      </div>
      <NewDocumentDialog
        network={props.network}
        teamId={props.team.id}
        template={start().template}
        start={start().start}
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

const startOf = (start: StartOn | undefined): Start => (start ? { start } : {})

/** What the network has drawn already: a team may begin with a copy of it. */
function FoundByOthers(props: TeamBodyProps & { own: readonly DocumentSummary[] }): JSX.Element {
  const navigate = useNavigate()
  const isDiagram = ({ kind }: DocumentSummary) => kind === kindAt('driver')
  const shared = () =>
    (props.documents.data() ?? []).filter(
      (document) => isDiagram(document) && document.teamId === undefined && document.shared,
    )
  const take = async ({ id, title }: DocumentSummary) => {
    try {
      navigate(`/documents/${await copyDocument(id, { title, teamId: props.team.id })}`)
    } catch (thrown) {
      showToast({ text: asRefusal(thrown).message })
    }
  }
  return (
    <Show when={shared().length > 0 && !props.own.some(isDiagram)}>
      <section class="block" aria-labelledby="found">
        <h2 id="found">Or begin with what others drew</h2>
        <ul class="rows">
          <For each={shared()}>
            {(document) => (
              <li>
                <a class="title-link" href={`/documents/${document.id}`}>
                  {document.title}
                </a>
                <p class="label">The network’s. Take it over and make it yours.</p>
                <button type="button" class="link-button small" onClick={() => void take(document)}>
                  Take a copy<span class="visually-hidden"> of {document.title}</span>
                </button>
              </li>
            )}
          </For>
        </ul>
      </section>
    </Show>
  )
}

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
