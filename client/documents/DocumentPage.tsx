import { useParams } from '@solidjs/router'
import { createMemo, type JSX, Match, Show, Switch } from 'solid-js'
import { createNetworkFeed } from '../feed.ts'
import { Page } from '../Page.tsx'
import { getMe } from '../session.tsx'
import { createLoad, type Load, Problem } from '../ui/load.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { DocumentFrame } from './DocumentFrame.tsx'
import { LostWork } from './LostWork.tsx'
import { type Found, findWithNetwork } from './remembered.ts'

/** One document, of whatever kind. */
export default function DocumentPage(): JSX.Element {
  const params = useParams<{ documentId: string }>()
  const load = createDocument(() => params.documentId)
  // Opened once for each document: a changed row must not open it anew under someone's hands.
  const opened = createMemo(() => load.data()?.detail.id)
  return (
    <Switch
      fallback={
        <Page title="Document">
          <Skeleton lines={8} label="Opening the document" />
        </Page>
      }
    >
      <Match when={opened()} keyed>
        {(_id) => <Show when={load.data()}>{(found) => <DocumentFrame found={found()} load={load} />}</Show>}
      </Match>
      <Match when={load.problem()}>
        {(problem) => (
          <Page title="Document">
            <LostWork documentId={params.documentId} />
            <Problem problem={problem()} onRetry={() => void load.reload()} asHeading />
          </Page>
        )}
      </Match>
    </Switch>
  )
}

/** The document's row and network, kept current: a new title or share state shows without a reload. */
export function createDocument(id: () => string): Load<Found> {
  const load = createLoad(id, (current) => findWithNetwork(getMe().id, current))
  createNetworkFeed(() => load.data()?.network.id, {
    document: (change) => change !== 'changed' && void load.reload(),
    access: () => void load.reload(),
  })
  return load
}
