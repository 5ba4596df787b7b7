import { For, type JSX, Show } from 'solid-js'
import { managesPeople } from '#shared/access.ts'
import { counted } from '#shared/counted.ts'
import type { DocumentSummary } from '#shared/document.ts'
import type { Network, Team } from '#shared/network.ts'
import { Avatars } from '../ui/Avatar.tsx'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { membersOf } from './people.ts'

/** The teams, by name: where, and who. */
export function TeamsBlock(props: {
  network: Network
  documents: readonly DocumentSummary[]
  onStart: () => void
}): JSX.Element {
  const isMine = ({ id }: Team) => props.network.roles.some(({ teamId }) => teamId === id)
  const peopleOf = (team: Team) =>
    membersOf(props.network.members.filter(({ teamId }) => teamId === team.id)).map(({ person }) => person)
  const teams = () => [...props.network.teams].sort((a, b) => a.name.localeCompare(b.name))
  return (
    <section class="block" aria-labelledby="teams">
      <div class="row-wide">
        <h2 id="teams">Teams</h2>
        <Show when={managesPeople(props.network)}>
          <Button class="push" kind="quiet" icon="plus" onClick={props.onStart}>
            Start a team
          </Button>
        </Show>
      </div>
      <Show
        when={teams().length > 0}
        fallback={
          <EmptyState picture="meeting">A team is the people who test changes in one place.</EmptyState>
        }
      >
        <ul class="teams">
          <For each={teams()}>
            {(team) => (
              <li>
                <div>
                  <a class="title-link" href={`/networks/${props.network.id}/teams/${team.id}`}>
                    {team.name}
                  </a>
                  <Show when={isMine(team)}>
                    <span class="label"> your team</span>
                  </Show>
                  <p class="label">{aboutTeam(team, props)}</p>
                </div>
                <Avatars label={`People of ${team.name}`} people={peopleOf(team)} most={4} />
              </li>
            )}
          </For>
        </ul>
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
    people === 0 ? 'nobody yet' : counted(people, 'person', 'people'),
    ...(shown > 0 ? [counted(shown, 'document')] : []),
  ].join(' · ')
}
