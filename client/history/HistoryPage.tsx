import { useParams, useSearchParams } from '@solidjs/router'
import { createMemo, type JSX, Show } from 'solid-js'
import { createFound } from '../documents/create-found.ts'
import { placeName } from '../documents/places.ts'
import type { Found } from '../documents/remembered.ts'
import { Page } from '../Page.tsx'
import { LinkButton } from '../ui/Button.tsx'
import { Loaded } from '../ui/load.tsx'
import { createHistory } from './create-history.ts'
import './history.css'
import { MomentView } from './MomentView.tsx'
import { SaveVersion } from './SaveVersion.tsx'
import { Timeline } from './Timeline.tsx'
import { keyOf, momentAt } from './timeline.ts'

/** What became of a document: who wrote when, and any moment of it beside the present. */
export default function HistoryPage(): JSX.Element {
  const params = useParams<{ documentId: string }>()
  const load = createFound(() => params.documentId)
  return (
    <Page
      title={`History of ${load.data()?.detail.title ?? 'a document'}`}
      network={load.data()?.network}
      crumbs={crumbsOf(load.data())}
      width="whole"
    >
      <Loaded load={load} isPage>
        {(found) => (
          <Show when={found().detail.id} keyed>
            {(_id) => <HistoryBody found={found()} />}
          </Show>
        )}
      </Loaded>
    </Page>
  )
}

function crumbsOf(found: Found | undefined) {
  if (found === undefined) return []
  const { detail, network } = found
  return [
    ...(detail.teamId === undefined
      ? []
      : [
          {
            label: placeName(network, detail.teamId),
            href: `/networks/${network.id}/teams/${detail.teamId}`,
          },
        ]),
    { label: detail.title, href: `/documents/${detail.id}` },
    { label: 'History' },
  ]
}

function HistoryBody(props: { found: Found }): JSX.Element {
  const { detail } = props.found
  const [search, setSearch] = useSearchParams<{ at?: string }>()
  const history = createHistory(detail.id, detail.networkId)
  const chosen = createMemo(() => momentAt(history.all() ?? [], search.at))
  const mayEdit = () => props.found.detail.level === 'edit'
  return (
    <div class="history">
      <header class="history-head">
        <div>
          <h1>History</h1>
          <p class="quiet">{props.found.detail.title}</p>
        </div>
        <div class="row no-print">
          <LinkButton href={`/documents/${detail.id}`} icon="left" kind="quiet">
            Back to the document
          </LinkButton>
          <Show when={mayEdit()}>
            <SaveVersion documentId={detail.id} onSaved={() => void history.reload()} />
          </Show>
        </div>
      </header>
      <Timeline
        history={history}
        network={props.found.network}
        chosen={chosen() && keyOf(chosen() as NonNullable<ReturnType<typeof chosen>>)}
        onChoose={(moment) => setSearch({ at: keyOf(moment) }, { replace: true, scroll: false })}
      />
      <Show when={chosen()}>
        {(moment) => <MomentView found={props.found} history={history} moment={moment()} />}
      </Show>
    </div>
  )
}
