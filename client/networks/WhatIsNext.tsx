import { createMemo, For, type JSX, Show } from 'solid-js'
import { createsDocuments, managesPeople } from '#shared/access.ts'
import type { DocumentSummary } from '#shared/document.ts'
import type { Network } from '#shared/network.ts'
import { startHref } from '../documents/start-on.ts'
import { Badge } from '../ui/Badge.tsx'
import { Button } from '../ui/Button.tsx'
import type { IconName } from '../ui/Icon.tsx'
import { kindAt } from './create-team-work.ts'
import { hasBegun } from './TeamStart.tsx'

interface NextStep {
  readonly title: string
  /** Why, in a sentence. */
  readonly sentence: string
  readonly badge: { readonly icon: IconName; readonly words: string }
  readonly href?: string
  /** In place of an address: the team to invite someone into. */
  readonly inviteInto?: string
}

const most = 4

/** What the reader could do next here, worked out from what is there and what is not. Nothing to do: nothing shown. */
export function WhatIsNext(props: {
  network: Network
  documents: readonly DocumentSummary[]
  onInvite: (teamId: string) => void
}): JSX.Element {
  const steps = createMemo(() => nextSteps(props.network, props.documents).slice(0, most))
  return (
    <Show when={steps().length > 0}>
      <section class="block next" aria-labelledby="next">
        <h2 id="next">What is next</h2>
        <ol>
          <For each={steps()}>
            {(step) => (
              <li>
                <div>
                  <Show when={step.href} fallback={<b>{step.title}</b>}>
                    {(href) => (
                      <a class="title-link" href={href()}>
                        {step.title}
                      </a>
                    )}
                  </Show>
                  <p class="label">{step.sentence}</p>
                </div>
                <Show
                  when={step.inviteInto}
                  fallback={<Badge icon={step.badge.icon}>{step.badge.words}</Badge>}
                >
                  {(teamId) => (
                    <Button icon="share" onClick={() => props.onInvite(teamId())}>
                      Invite
                    </Button>
                  )}
                </Show>
              </li>
            )}
          </For>
        </ol>
      </section>
    </Show>
  )
}

function nextSteps(network: Network, documents: readonly DocumentSummary[]): readonly NextStep[] {
  return [
    ...teamsToBegin(network, documents),
    ...teamsToTest(network, documents),
    ...draftsToShare(documents),
    ...teamsWithoutPeople(network),
  ]
}

function teamsToBegin(network: Network, documents: readonly DocumentSummary[]): readonly NextStep[] {
  const begun = new Set(documents.map(({ teamId }) => teamId))
  return network.teams
    .filter(({ id }) => createsDocuments(network, id) && !begun.has(id))
    .map(({ id, name }) => ({
      title: `Begin with ${name}`,
      sentence: 'Three questions, one drawing, one small test. Everyone writes at the same time.',
      badge: { icon: 'diagram', words: 'First step' },
      href: `/networks/${network.id}/teams/${id}`,
    }))
}

/** Teams that have begun, and have tested nothing yet. */
function teamsToTest(network: Network, documents: readonly DocumentSummary[]): readonly NextStep[] {
  const kind = kindAt('cycle')
  const ofTeam = (teamId: string) => documents.filter((document) => document.teamId === teamId)
  if (kind === undefined) return []
  return network.teams
    .filter(({ id }) => createsDocuments(network, id) && ofTeam(id).length > 0 && !hasBegun(ofTeam(id)))
    .map(({ id, name }) => ({
      title: `Start the first test of ${name}`,
      sentence: 'One idea, one person, one occasion. What you expect is written first.',
      badge: { icon: 'right', words: 'Next step' },
      href: startHref(`/networks/${network.id}/teams/${id}`, { kind }),
    }))
}

const draftsToShare = (documents: readonly DocumentSummary[]): readonly NextStep[] =>
  documents
    .filter(({ shared, level }) => !shared && level === 'edit')
    .map(({ id, title }) => ({
      title: `Look at “${title}” and share it`,
      sentence: 'It is still a draft, and most people of the network cannot see it.',
      badge: { icon: 'lock', words: 'Draft' },
      href: `/documents/${id}`,
    }))

function teamsWithoutPeople(network: Network): readonly NextStep[] {
  const peopled = new Set(network.members.map(({ teamId }) => teamId))
  return network.teams
    .filter(({ id }) => managesPeople(network, id) && !peopled.has(id))
    .map(({ id, name }) => ({
      title: `Invite the lead of ${name}`,
      sentence: 'Nobody is in this team yet. Three people are enough to begin.',
      badge: { icon: 'people', words: 'Nobody yet' },
      inviteInto: id,
    }))
}
