import { useParams } from '@solidjs/router'
import { createMemo, type JSX, Match, Show, Switch } from 'solid-js'
import { Page } from '../Page.tsx'
import { Problem } from '../ui/load.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { createFound } from './create-found.ts'
import { DocumentFrame } from './DocumentFrame.tsx'
import { LostWork } from './LostWork.tsx'

/** One document, of whatever kind. */
export default function DocumentPage(): JSX.Element {
  const params = useParams<{ documentId: string }>()
  const load = createFound(() => params.documentId)
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
