import { createSignal, For, Show } from 'solid-js'
import { counted } from '#shared/counted.ts'
import type { Proposal } from '#shared/records.ts'
import { createNow } from '../../clock.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { whenOf } from '../../ui/when.ts'
import { usePage } from './page.ts'

/** Changes that wait for someone who may edit: who asks, from where, what would happen, and the answer in one click. */
export function ProposalNotes(props: { proposals: readonly Proposal[] }) {
  return (
    <Show when={props.proposals.length > 0}>
      <ul class="proposals" aria-label="Proposed changes">
        <For each={props.proposals}>{(proposal) => <ProposalNote proposal={proposal} />}</For>
      </ul>
    </Show>
  )
}

function ProposalNote(props: { proposal: Proposal }) {
  const { open, network, proposals } = usePage()
  const now = createNow()
  const [isBusy, setBusy] = createSignal(false)
  const decide = async (decision: 'accept' | 'decline') => {
    setBusy(true)
    await proposals[decision](props.proposal)
    setBusy(false)
  }
  return (
    <li class="notice waits">
      <Icon name="flag" />
      <div>
        <p>{props.proposal.sentence}</p>
        <p class="label person">
          <Avatar person={props.proposal.by} size="small" decorative />
          <span>
            {props.proposal.by.name}, from <From from={props.proposal.from} />,{' '}
            {whenOf(props.proposal.at, now(), network)}
          </span>
        </p>
        <Show when={open.canEdit()}>
          <div class="row actions">
            <Button icon="check" busy={isBusy()} onClick={() => void decide('accept')}>
              Accept
            </Button>
            <Button kind="quiet" busy={isBusy()} onClick={() => void decide('decline')}>
              Decline
            </Button>
          </div>
        </Show>
      </div>
    </li>
  )
}

/** The document in which it was asked for; one that the reader may not open has no title here. */
function From(props: { from: Proposal['from'] }) {
  return (
    <Show when={props.from.title} fallback="a document that is private">
      {(title) => <a href={`/documents/${props.from.documentId}`}>{title()}</a>}
    </Show>
  )
}

/** How many changes wait in this diagram, in the head of the panel; a click goes to where the next one waits. */
export function ProposalsCount(props: { card: string }) {
  const { proposals, diagram, commands } = usePage()
  const elsewhere = () =>
    proposals.all().find(({ part }) => part !== props.card && part && diagram.card(part))
  return (
    <Show when={proposals.all().length > 0}>
      <Show
        when={elsewhere()}
        fallback={<span class="badge waits">{counted(proposals.all().length, 'proposal')}</span>}
      >
        {(next) => (
          <button
            type="button"
            class="link-button badge waits"
            onClick={() => commands.goTo(next().part ?? '')}
          >
            <Icon name="flag" />
            {counted(proposals.all().length, 'proposal')}
          </button>
        )}
      </Show>
    </Show>
  )
}

/** On a card of the canvas or a line of the outline: something waits here. Its name says it in words. */
export function ProposalMark(props: { card: string }) {
  const { proposals } = usePage()
  return (
    <Show when={proposals.atCard(props.card).length > 0}>
      <span class="mark-end proposal-mark" title="A change is proposed here" aria-hidden="true">
        <Icon name="flag" />
      </span>
    </Show>
  )
}
