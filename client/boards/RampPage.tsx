import { useParams } from '@solidjs/router'
import { createMemo, createSignal, For, type JSX, Show, Suspense } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { AppError } from '#shared/errors.ts'
import { type KindName, kinds } from '#shared/kinds/index.ts'
import {
  type Carried,
  carriedBy,
  carriedItems,
  createReferences,
  createSummaries,
  kindsFrom,
} from '../documents/carried.ts'
import { NewDocumentDialog } from '../documents/NewDocumentDialog.tsx'
import { findOrigin, type OriginPart } from '../documents/origins.ts'
import { placesToCreate } from '../documents/places.ts'
import { type Found, findWithNetwork } from '../documents/remembered.ts'
import { kindInWords } from '../documents/titles.ts'
import type { Summarized } from '../kinds/board-view.ts'
import { kindViews } from '../kinds/index.ts'
import { createDocuments } from '../network.ts'
import { Page } from '../Page.tsx'
import { getMe } from '../session.tsx'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { createLoad, Loaded } from '../ui/load.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { type ThroughItem, ThroughLine } from '../ui/ThroughLine.tsx'
import './boards.css'

interface RampOrigin extends Found {
  readonly origin: OriginPart
}

/** All that was tested of one part of a document: the ramp of a change idea. */
export default function RampPage(): JSX.Element {
  const params = useParams<{ documentId: string; part: string }>()
  const load = createLoad(
    () => `${params.documentId}/${params.part}`,
    () => findRamp(params.documentId, params.part),
  )
  const title = () => load.data()?.origin.label || 'A change idea'
  const references = createReferences(
    () => params.documentId,
    () => load.data()?.network.id,
  )
  const carried = (): Carried => {
    const data = references.data()
    return data === undefined ? { documents: [], privateTo: [] } : carriedBy(data, params.part)
  }
  return (
    <Page
      title={`Ramp: ${title()}`}
      network={load.data()?.network}
      crumbs={crumbsOf(load.data())}
      above={<Show when={load.data()}>{(found) => <RampLine found={found()} carried={carried()} />}</Show>}
    >
      <Loaded load={load} isPage>
        {(found) => <RampBody found={found()} title={title()} privateTo={carried().privateTo} />}
      </Loaded>
    </Page>
  )
}

async function findRamp(documentId: string, part: string): Promise<RampOrigin> {
  const found = await findWithNetwork(getMe().id, documentId)
  const origin = await findOrigin(found.detail, part)
  if (origin === undefined)
    throw new AppError('not-found', 'There is no such card in this document any more.')
  return { ...found, origin }
}

const crumbsOf = (found: RampOrigin | undefined) =>
  found === undefined
    ? []
    : [{ label: found.detail.title, href: `/documents/${found.detail.id}` }, { label: 'Ramp' }]

/** The way to the idea, and what stands on it. */
function RampLine(props: { found: RampOrigin; carried: Carried }): JSX.Element {
  const items = (): readonly ThroughItem[] => {
    const { documentId, part, label, through } = props.found.origin
    const way = [...through, { station: 'idea' as const, part, label }]
    // Of several drivers the nearest one is named.
    const nearest = [...new Map(way.map((piece) => [piece.station, piece])).values()]
    return [
      ...nearest.map((piece) => ({
        station: piece.station,
        label: piece.label,
        href: `/documents/${documentId}#${piece.part}`,
        ...(piece.part === part && { here: true }),
      })),
      ...carriedItems(props.carried),
    ]
  }
  return <ThroughLine items={items()} />
}

function RampBody(props: { found: RampOrigin; title: string; privateTo: readonly string[] }): JSX.Element {
  const { network, origin } = props.found
  const summaries = createSummaries(
    () => network.id,
    () => origin,
  )
  const documents = createDocuments(() => network.id)
  const shown = createMemo(() => kindsFrom('idea').filter((kind) => kindViews[kind].summary?.Ramp))
  const standing = (kind: KindName): readonly Summarized[] =>
    (documents.data() ?? []).flatMap((document) => {
      const value = summaries.data()?.get(document.id)
      return document.kind === kind && value !== undefined ? [{ document, value }] : []
    })
  return (
    <Loaded load={summaries}>
      {() => (
        <For each={shown()}>
          {(kind) => (
            <>
              <RampHead {...props} kind={kind} isEmpty={standing(kind).length === 0} />
              <Show
                when={standing(kind).length > 0}
                fallback={
                  <EmptyState>
                    A ramp begins with the smallest test: one person, one occasion. What it teaches makes the
                    next one larger.
                  </EmptyState>
                }
              >
                <Suspense fallback={<Skeleton lines={6} />}>
                  <Dynamic
                    component={kindViews[kind].summary?.Ramp}
                    documents={standing(kind)}
                    network={network}
                  />
                </Suspense>
              </Show>
              <Show when={props.privateTo.length > 0}>
                <p class="label">More is private to {props.privateTo.join(' and to ')}.</p>
              </Show>
            </>
          )}
        </For>
      )}
    </Loaded>
  )
}

function RampHead(props: {
  found: RampOrigin
  title: string
  kind: KindName
  isEmpty: boolean
}): JSX.Element {
  const [isStarting, setStarting] = createSignal(false)
  const { network, detail, origin } = props.found
  return (
    <header class="lede-row">
      <div>
        <h1 class="display">{props.title}</h1>
        <p class="quiet small">
          {kinds[props.kind].plural} of this idea, each as high as its scale.{' '}
          <a href={`/documents/${detail.id}#${origin.part}`}>See it in the diagram</a>
        </p>
      </div>
      <div class="page-steps no-print">
        <Show when={!props.isEmpty}>
          <Button kind="quiet" icon="print" onClick={() => window.print()}>
            Print
          </Button>
        </Show>
        <Show when={placesToCreate(network).length > 0}>
          <Button icon="plus" kind={props.isEmpty ? 'primary' : 'plain'} onClick={() => setStarting(true)}>
            Start a {kindInWords(props.kind)}
          </Button>
        </Show>
      </div>
      <NewDocumentDialog
        network={network}
        teamId={network.roles.find(({ teamId }) => teamId !== undefined)?.teamId ?? detail.teamId}
        start={{ kind: props.kind, on: origin, label: origin.label }}
        open={isStarting()}
        onClose={() => setStarting(false)}
      />
    </header>
  )
}
