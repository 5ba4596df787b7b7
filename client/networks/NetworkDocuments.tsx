import { type JSX, Show } from 'solid-js'
import type { DocumentSummary } from '#shared/document.ts'
import type { Network } from '#shared/network.ts'
import { DocumentList } from '../documents/DocumentList.tsx'
import { placesToCreate } from '../documents/places.ts'
import { Button, LinkButton } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { type Load, Loaded } from '../ui/load.tsx'

/** The network's own documents, and what the teams have shared lately. */
export function NetworkDocuments(props: {
  network: Network
  documents: Load<readonly DocumentSummary[]>
  onStart: () => void
}): JSX.Element {
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
