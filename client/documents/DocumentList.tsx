import { For, type JSX, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import type { DocumentSummary } from '#shared/document.ts'
import { kinds } from '#shared/kinds/index.ts'
import type { Network } from '#shared/network.ts'
import { createNow } from '../clock.ts'
import { kindViews } from '../kinds/index.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { Badge } from '../ui/Badge.tsx'
import { Menu } from '../ui/Menu.tsx'
import { whenOf } from '../ui/when.ts'
import { createDocumentSteps } from './document-steps.tsx'
import './documents.css'
import { placeName } from './places.ts'

export interface DocumentListProps {
  documents: readonly DocumentSummary[]
  network: Network
  /** Something was renamed, shared, archived or copied from here. */
  changed: () => void
  /** Says where each one stands; left out where all stand in one place. */
  places?: boolean
}

/** Documents, one a line: what, where, and who edited it last. */
export function DocumentList(props: DocumentListProps): JSX.Element {
  return (
    <ul class="documents">
      <For each={props.documents}>
        {(document) => (
          <DocumentRow
            document={document}
            network={props.network}
            changed={props.changed}
            places={props.places === true}
          />
        )}
      </For>
    </ul>
  )
}

function DocumentRow(props: {
  document: DocumentSummary
  network: Network
  changed: () => void
  places: boolean
}): JSX.Element {
  const now = createNow()
  const steps = createDocumentSteps({
    document: () => props.document,
    network: () => props.network,
    changed: () => props.changed(),
    rename: true,
  })
  const zone = () => ({ timeZone: props.network.timeZone })
  return (
    <li>
      <span class="picture">
        <Dynamic component={kindViews[props.document.kind].Picture} />
      </span>
      <div class="about">
        <a class="title-link" href={`/documents/${props.document.id}`}>
          {props.document.title}
        </a>
        <p class="label">
          {kinds[props.document.kind].label}
          <Show when={props.places}>, {placeName(props.network, props.document.teamId)}</Show>
        </p>
      </div>
      <span class="state">
        <Show when={!props.document.shared}>
          <Badge icon="lock">Draft</Badge>
        </Show>
        <Show when={props.document.archivedAt}>
          {(at) => <Badge icon="archive">Archived {whenOf(at(), now(), zone())}</Badge>}
        </Show>
      </span>
      <span class="label edited">
        <Show when={props.document.updatedBy}>
          {(person) => (
            <>
              <Avatar person={person()} size="small" decorative />
              <span>{person().name}, </span>
            </>
          )}
        </Show>
        <time dateTime={new Date(props.document.updatedAt).toISOString()}>
          {whenOf(props.document.updatedAt, now(), zone())}
        </time>
      </span>
      <Show when={steps.items().length > 0} fallback={<span />}>
        <Menu
          label={`What to do with ${props.document.title}`}
          icon="more"
          kind="quiet"
          iconOnly
          items={steps.items()}
        />
      </Show>
      <steps.Dialogs />
    </li>
  )
}
