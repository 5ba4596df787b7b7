import { createSignal, For, type JSX, lazy, Show, Suspense } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import type { DocumentReferences } from '#shared/document.ts'
import type { PlacedFact } from '#shared/fact.ts'
import { type KindName, kindNames, kinds } from '#shared/kinds/index.ts'
import { kindViews } from '../kinds/index.ts'
import type { CarriedProps } from '../kinds/view.ts'
import { Button } from '../ui/Button.tsx'
import type { Load } from '../ui/load.tsx'
import { type CarriedDocument, carriedBy, createSummaries, kindsFrom } from './carried.ts'
import './documents.css'
import { placeName, placesToCreate } from './places.ts'
import type { Found } from './remembered.ts'
import { kindInWords } from './titles.ts'

/** Fetched when someone starts one: most visits start none. */
const NewDocumentDialog = lazy(async () => ({
  default: (await import('./NewDocumentDialog.tsx')).NewDocumentDialog,
}))

export interface CarriedListProps extends CarriedProps {
  found: Found
  references: Load<DocumentReferences>
}

/**
 * What stands on a part of a document, and what may be started from it. The page around a document draws it, since it knows
 * every kind and no kind knows another.
 */
export function CarriedList(props: CarriedListProps): JSX.Element {
  const network = () => props.found.network
  const carried = () => {
    const references = props.references.data()
    return references && carriedBy(references, props.part)
  }
  const summaries = createSummaries(
    () => network().id,
    () => ({ documentId: props.found.detail.id, part: props.part }),
  )
  const startable = () => (placesToCreate(network()).length === 0 ? [] : kindsFrom(props.station))
  const ofKind = (kind: KindName) => carried()?.documents.filter((each) => each.kind === kind) ?? []
  const shown = () => kindNames.filter((kind) => startable().includes(kind) || ofKind(kind).length > 0)
  return (
    <>
      <For each={shown()}>
        {(kind) => (
          <CarriedKind
            {...props}
            kind={kind}
            carried={ofKind(kind)}
            summaries={summaries.data()}
            mayStart={startable().includes(kind)}
          />
        )}
      </For>
      <Show when={carried()?.privateTo.length}>
        <p class="label">More is private to {carried()?.privateTo.join(' and to ')}.</p>
      </Show>
    </>
  )
}

function CarriedKind(
  props: CarriedListProps & {
    kind: KindName
    carried: readonly CarriedDocument[]
    summaries: ReadonlyMap<string, PlacedFact['value']> | undefined
    mayStart: boolean
  },
): JSX.Element {
  const [isStarting, setStarting] = createSignal(false)
  const on = () => ({ documentId: props.found.detail.id, part: props.part })
  return (
    <div class="section">
      <div class="row">
        <h3>{kinds[props.kind].plural}</h3>
        <Show when={props.mayStart}>
          <Button class="push" kind="quiet" icon="plus" onClick={() => setStarting(true)}>
            Start a {kindInWords(props.kind)}
          </Button>
        </Show>
      </div>
      <Show
        when={props.carried.length > 0}
        fallback={<p class="small faint">None yet. Begin with one person and one occasion.</p>}
      >
        <ul class="carried">
          <For each={props.carried}>
            {(each) => (
              <li>
                <a class="title-link" href={`/documents/${each.id}`}>
                  {each.title}
                </a>
                <span class="label">
                  {placeName(props.found.network, each.teamId)}
                  <SummaryLine kind={each.kind} value={props.summaries?.get(each.id)} />
                </span>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <Show when={props.carried.length > 0 && kindViews[props.kind].summary?.Ramp}>
        <a class="small" href={`/documents/${on().documentId}/ramps/${on().part}`}>
          See the ramp
        </a>
      </Show>
      <Show when={isStarting()}>
        <Suspense>
          <NewDocumentDialog
            network={props.found.network}
            teamId={props.found.detail.teamId}
            start={{ kind: props.kind, on: on(), label: props.label }}
            open
            onClose={() => setStarting(false)}
          />
        </Suspense>
      </Show>
    </div>
  )
}

function SummaryLine(props: { kind: KindName; value: PlacedFact['value'] | undefined }): JSX.Element {
  return (
    <Show when={props.value !== undefined && kindViews[props.kind].summary}>
      {(summary) => <Dynamic component={summary().Line} value={props.value ?? ''} />}
    </Show>
  )
}
