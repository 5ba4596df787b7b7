import { useBeforeLeave } from '@solidjs/router'
import { createEffect, createSignal, type JSX, lazy, on, onCleanup, onMount, Show, Suspense } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import type { DocumentReferences } from '#shared/document.ts'
import { kinds } from '#shared/kinds/index.ts'
import { DemoRibbon } from '../DemoRibbon.tsx'
import { createNetworkFeed } from '../feed.ts'
import { createIdentifierGuard } from '../identifiers/create-identifier-guard.ts'
import { IdentifierWarning } from '../identifiers/IdentifierWarning.tsx'
import { kindViews } from '../kinds/index.ts'
import type { ExportAction, Frame } from '../kinds/view.ts'
import { PageBar } from '../Page.tsx'
import { getMe, holdPage } from '../session.tsx'
import { type OpenDocument, openDocument } from '../sync/open-document.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { takeLostFocus } from '../ui/focus.ts'
import { Icon } from '../ui/Icon.tsx'
import type { Load } from '../ui/load.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { type ThroughItem, ThroughLine } from '../ui/ThroughLine.tsx'
import { showToast } from '../ui/toasts.tsx'
import { asFile } from './as-file.ts'
import { CarriedList } from './CarriedList.tsx'
import { carriedBy, carriedItems, createReferences } from './carried.ts'
import './document-page.css'
import { SkipLink } from '../ui/SkipLink.tsx'
import { DocumentHead } from './DocumentHead.tsx'
import { KeptCopies } from './KeptCopies.tsx'
import { placeName } from './places.ts'
import type { Found } from './remembered.ts'
import { restoreDocument } from './requests.ts'
import { TroubleNotice } from './TroubleNotice.tsx'

/** The page around the body of every kind: bar, through-line, head, and what must be said before one writes on. */
export function DocumentFrame(props: { found: Found; load: Load<Found> }): JSX.Element {
  const { detail } = props.found
  const identifiers = createIdentifierGuard({
    settings: () => props.found.network.identifierGuard,
    scope: detail.id,
  })
  const open = openDocument(toOpen(props.found), getMe(), {
    asFile: (doc) => asFile(props.found.detail, doc),
    guard: identifiers.guard,
  })
  onCleanup(() => open.close())
  kindViews[detail.kind].Body.preload?.()
  holdPage()
  onMount(takeLostFocus)

  const [tools, setTools] = createSignal<HTMLElement>()
  const [line, setLine] = createSignal<ThroughPlace>({ items: ownStation(props.found) })
  const references = createReferences(
    () => detail.id,
    () => props.found.network.id,
  )
  const [exports, setExports] = createSignal<readonly ExportAction[]>([])
  const [following, follow] = createSignal<string>()
  const frame: Frame = {
    tools,
    setThroughLine: (items, part) => setLine({ items, part }),
    setExports,
    following,
    stopFollowing: () => follow(undefined),
    Carried: (carried) => <CarriedList {...carried} found={props.found} references={references} />,
  }
  stopWhenGone(open, following, () => follow(undefined))

  createEffect(() => {
    document.title = `${props.found.detail.title} · Throughline`
  })

  return (
    <div class="document-page">
      <SkipLink />
      <DemoRibbon />
      <PageBar network={props.found.network} crumbs={crumbsOf(props.found)} lined={false} />
      <ThroughLine items={withCarried(line(), references.data())} />
      <DocumentHead
        found={props.found}
        load={props.load}
        open={open}
        toolsRef={setTools}
        exports={exports()}
        following={following()}
        onFollow={follow}
      />
      <Notices found={props.found} load={props.load} open={open} />
      <main class="document-body" id="main" tabIndex={-1}>
        <Show when={open.ready()} fallback={<Waiting open={open} />}>
          <Suspense fallback={<Skeleton lines={8} label="Opening the document" />}>
            <Dynamic
              component={kindViews[detail.kind].Body}
              open={open}
              detail={props.found.detail}
              network={props.found.network}
              me={getMe()}
              frame={frame}
            />
          </Suspense>
        </Show>
      </main>
      <LeavingDialog open={open} />
      <IdentifierWarning warnings={identifiers} />
    </div>
  )
}

const toOpen = ({ detail }: Found) => ({ ...detail, schema: kinds[detail.kind].schema })

/** Until the body names the pieces, the line shows the document itself. */
const ownStation = ({ detail }: Found): readonly ThroughItem[] => [
  { station: kinds[detail.kind].station, label: detail.title, here: true },
]

interface ThroughPlace {
  readonly items: readonly ThroughItem[]
  readonly part?: string | undefined
}

/** What stands on the part that one is at comes behind it on the line, where the body names nothing of its own. */
function withCarried(
  { items, part }: ThroughPlace,
  references: DocumentReferences | undefined,
): readonly ThroughItem[] {
  if (references === undefined) return items
  const named = new Set(items.map(({ station }) => station))
  return [...items, ...carriedItems(carriedBy(references, part)).filter(({ station }) => !named.has(station))]
}

function crumbsOf({ detail, network }: Found) {
  if (detail.teamId === undefined) return [{ label: kinds[detail.kind].label }]
  const href = `/networks/${network.id}/teams/${detail.teamId}`
  return [{ label: placeName(network, detail.teamId), href }]
}

/** Following ends when the person leaves the document. */
function stopWhenGone(open: OpenDocument, following: () => string | undefined, stop: () => void): void {
  createEffect(
    on(open.people, (people) => {
      const followed = following()
      if (followed !== undefined && !people.some(({ accountId }) => accountId === followed)) stop()
    }),
  )
}

/** What stands between the head and the content, only when there is something to say. */
function Notices(props: { found: Found; load: Load<Found>; open: OpenDocument }): JSX.Element {
  const restore = async () => {
    await restoreDocument(props.found.detail.id)
    await props.load.reload()
    if (props.open.trouble()) props.open.retry()
  }
  return (
    <div class="document-notices no-print">
      <Show when={props.open.trouble()}>
        {(trouble) => <TroubleNotice trouble={trouble()} open={props.open} />}
      </Show>
      <Show when={props.found.detail.archivedAt !== undefined}>
        <div class="notice" role="status">
          <Icon name="archive" />
          <div>
            This document is archived: it can be read, not edited.
            <Show when={props.found.detail.mayRestore}>
              <div class="row actions">
                <Button icon="restore" onClick={() => void restore()}>
                  Restore it
                </Button>
              </div>
            </Show>
          </div>
        </div>
      </Show>
      <Show when={props.found.detail.archivedAt === undefined}>
        <LevelNotice open={props.open} />
      </Show>
      <KeptCopies found={props.found} open={props.open} />
      <Removals found={props.found} open={props.open} />
    </div>
  )
}

const RemovalNotice = lazy(async () => ({ default: (await import('./RemovalNotice.tsx')).RemovalNotice }))

/** Most of the document was removed since one opened it: said until somebody has brought it back or left it so. */
function Removals(props: { found: Found; open: OpenDocument }): JSX.Element {
  const { id, networkId } = props.found.detail
  const [removals, setRemovals] = createSignal(0)
  createNetworkFeed(() => networkId, {
    document: (change, of) => change === 'deletion' && of === id && setRemovals((count) => count + 1),
  })
  return (
    <Show when={removals()} keyed>
      {(_count) => (
        <Suspense>
          <RemovalNotice documentId={id} canEdit={props.open.canEdit()} onDone={() => setRemovals(0)} />
        </Suspense>
      )}
    </Show>
  )
}

/** Says so when somebody changes what this reader may do while they are at it. */
function LevelNotice(props: { open: OpenDocument }): JSX.Element {
  const [isLowered, setLowered] = createSignal(false)
  createEffect(
    on(props.open.level, (level, before) => {
      if (before === undefined || level === before) return
      setLowered(level !== 'edit' && (before === 'edit' || isLowered()))
      if (level === 'edit') showToast({ text: 'You can edit this document now.' })
    }),
  )
  return (
    <Show when={isLowered()}>
      <Notice icon="lock">Your role has changed: you can read this document, but no longer edit it.</Notice>
    </Show>
  )
}

function Waiting(props: { open: OpenDocument }): JSX.Element {
  return (
    <Show when={!props.open.trouble()}>
      <div class="page">
        <Skeleton lines={8} label="Opening the document" />
      </div>
    </Show>
  )
}

/** Asks before one leaves changes behind that nobody else has yet. */
function LeavingDialog(props: { open: OpenDocument }): JSX.Element {
  const [leave, setLeave] = createSignal<() => void>()
  useBeforeLeave((event) => {
    if (!props.open.asksBeforeLeaving()) return
    event.preventDefault()
    setLeave(() => () => event.retry(true))
  })
  const isKept = () => {
    const state = props.open.saved()
    return state.kind === 'offline' && state.kept
  }
  return (
    <Dialog
      open={leave() !== undefined}
      onClose={() => setLeave(undefined)}
      title="Leave before everything is saved?"
      footer={
        <>
          <Button kind="quiet" onClick={() => leave()?.()}>
            Leave
          </Button>
          <Button kind="primary" onClick={() => setLeave(undefined)}>
            Stay
          </Button>
        </>
      }
    >
      <p class="small">
        {isKept()
          ? 'Your changes are kept on this device. They are sent when you open this document here again and are online.'
          : 'Your last changes have not reached the server yet, and others cannot see them.'}
      </p>
    </Dialog>
  )
}
