import { useParams } from '@solidjs/router'
import {
  createEffect,
  createMemo,
  createSignal,
  type JSX,
  Match,
  onCleanup,
  Show,
  Suspense,
  Switch,
} from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { kinds } from '#shared/kinds/index.ts'
import { kindViews } from '../kinds/index.ts'
import type { Frame } from '../kinds/view.ts'
import { Page } from '../Page.tsx'
import { getMe } from '../session.tsx'
import { openDocument } from '../sync/open-document.ts'
import { Button, LinkButton } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { createLoad, Problem } from '../ui/load.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import './document-page.css'
import { type Found, findWithNetwork } from './remembered.ts'

/** A document as it goes on paper. */
export default function PrintPage(): JSX.Element {
  const params = useParams<{ documentId: string }>()
  const load = createLoad(
    () => params.documentId,
    (id) => findWithNetwork(getMe().id, id),
  )
  const opened = createMemo(() => load.data()?.detail.id)
  return (
    <Switch fallback={<Skeleton lines={8} label="Opening the document" />}>
      <Match when={opened()} keyed>
        {(_id) => <Show when={load.data()}>{(found) => <PrintFrame found={found()} />}</Show>}
      </Match>
      <Match when={load.problem()}>
        {(problem) => (
          <Page title="Print">
            <Problem problem={problem()} onRetry={() => void load.reload()} asHeading />
          </Page>
        )}
      </Match>
    </Switch>
  )
}

function PrintFrame(props: { found: Found }): JSX.Element {
  const { detail } = props.found
  const open = openDocument({ ...detail, level: 'view', schema: kinds[detail.kind].schema }, getMe())
  onCleanup(() => open.close())
  createEffect(() => {
    document.title = `${props.found.detail.title} · Throughline`
  })
  return (
    <div class="print-page">
      <header class="row-wide no-print print-bar">
        <LinkButton href={`/documents/${detail.id}`} icon="left" kind="quiet">
          Back to the document
        </LinkButton>
        <Button kind="primary" icon="print" onClick={() => window.print()}>
          Print
        </Button>
      </header>
      <main id="main" tabIndex={-1}>
        <h1 class="visually-hidden">{props.found.detail.title}</h1>
        <Show when={open.ready()} fallback={<Skeleton lines={8} label="Opening the document" />}>
          <Show when={kindViews[detail.kind].Print} fallback={<NoPrint id={detail.id} />}>
            {(Print) => (
              <Suspense fallback={<Skeleton lines={8} />}>
                <Dynamic
                  component={Print()}
                  open={open}
                  detail={props.found.detail}
                  network={props.found.network}
                  me={getMe()}
                  frame={stillFrame()}
                />
              </Suspense>
            )}
          </Show>
        </Show>
      </main>
    </div>
  )
}

/** On paper nothing is chosen, followed or moved. */
function stillFrame(): Frame {
  const [tools] = createSignal<HTMLElement>()
  return {
    tools,
    setThroughLine: () => undefined,
    setExports: () => undefined,
    following: () => undefined,
    stopFollowing: () => undefined,
    Carried: () => null,
  }
}

function NoPrint(props: { id: string }): JSX.Element {
  return (
    <EmptyState
      picture="gap"
      action={
        <a class="button" href={`/documents/${props.id}`}>
          Back to the document
        </a>
      }
    >
      This kind of document has no page for paper.
    </EmptyState>
  )
}
