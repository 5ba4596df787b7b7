import { useParams, useSearchParams } from '@solidjs/router'
import { createMemo, createSignal, type JSX, Show } from 'solid-js'
import { counted } from '#shared/counted.ts'
import type { DocumentSummary } from '#shared/document.ts'
import { type KindName, kindNames, kinds } from '#shared/kinds/index.ts'
import type { Network } from '#shared/network.ts'
import { DocumentList } from '../documents/DocumentList.tsx'
import { NewDocumentDialog } from '../documents/NewDocumentDialog.tsx'
import { allPlaces, placesToCreate } from '../documents/places.ts'
import { readStart } from '../documents/start-on.ts'
import { createArchive, createDocuments, createNetwork } from '../network.ts'
import { Page } from '../Page.tsx'
import { Button } from '../ui/Button.tsx'
import { Choices } from '../ui/Choices.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { SelectField, TextField } from '../ui/Field.tsx'
import { type Load, Loaded } from '../ui/load.tsx'
import './networks.css'

/** All documents of the network that the reader may see. */
export default function DocumentsPage(): JSX.Element {
  const params = useParams<{ networkId: string }>()
  const network = createNetwork(() => params.networkId)
  return (
    <Page title="Documents" network={network.data()} crumbs={[{ label: 'Documents' }]}>
      <Loaded load={network} isPage>
        {(found) => <Documents network={found()} />}
      </Loaded>
    </Page>
  )
}

interface DocumentSearch {
  readonly [key: string]: string | undefined
  readonly find?: string
  /** A team's id, or `network`. */
  readonly in?: string
  readonly kind?: KindName
  readonly archived?: string
  /** What the page begins with asking: see `start-on.ts`. */
  readonly start?: string
  readonly on?: string
}

function Documents(props: { network: Network }): JSX.Element {
  const [search, setSearch] = useSearchParams<DocumentSearch>()
  const [isStarting, setStarting] = createSignal(readStart(search) !== undefined)
  const start = readStart(search)
  const endStarting = () => {
    setStarting(false)
    if (search.start !== undefined) setSearch({ start: undefined, on: undefined }, { replace: true })
  }
  const isArchive = () => search.archived !== undefined
  const inUse = createDocuments(() => props.network.id)
  const archive = createArchive(() => (isArchive() ? props.network.id : undefined))
  const shown = (): Load<readonly DocumentSummary[]> => (isArchive() ? archive : inUse)
  const found = createMemo(() => (shown().data() ?? []).filter((document) => matches(document, search)))
  const isFiltered = () => Boolean(search.find || search.in || search.kind)
  const changed = () => {
    void inUse.reload()
    void archive.reload()
  }
  return (
    <>
      <header class="lede-row">
        <div>
          <h1 class="display">Documents</h1>
          <p class="quiet small">{shown().data() ? counted(found().length, 'document') : ''}</p>
        </div>
        <Show when={placesToCreate(props.network).length > 0}>
          <Button kind="primary" icon="plus" onClick={() => setStarting(true)}>
            Start a document
          </Button>
        </Show>
      </header>
      <div class="filters">
        <TextField
          label="Find"
          type="search"
          placeholder="Words of the title"
          value={search.find ?? ''}
          onInput={(event) => setSearch({ find: event.currentTarget.value || undefined }, { replace: true })}
        />
        <SelectField
          label="Where"
          value={search.in ?? ''}
          onChange={(place) => setSearch({ in: place || undefined }, { replace: true })}
          options={[
            { value: '', label: 'Everywhere' },
            ...allPlaces(props.network).map(({ teamId, name }) => ({
              value: teamId ?? 'network',
              label: teamId === undefined ? `${name} (the network)` : name,
            })),
          ]}
        />
        <Show when={kindNames.length > 1}>
          <SelectField
            label="Kind"
            value={search.kind ?? ''}
            onChange={(kind) => setSearch({ kind: kind || undefined }, { replace: true })}
            options={[
              { value: '', label: 'All kinds' },
              ...kindNames.map((kind) => ({ value: kind, label: kinds[kind].plural })),
            ]}
          />
        </Show>
        <Choices
          label="In use or archived"
          value={isArchive() ? 'archived' : 'in-use'}
          onChange={(which) =>
            setSearch({ archived: which === 'archived' ? 'yes' : undefined }, { replace: true })
          }
          options={[
            { value: 'in-use', label: 'In use' },
            { value: 'archived', label: 'Archived' },
          ]}
        />
      </div>
      <Loaded load={shown()}>
        {() => (
          <Show
            when={found().length > 0}
            fallback={
              <NothingFound
                isFiltered={isFiltered()}
                isArchive={isArchive()}
                onShowAll={() => setSearch({ find: undefined, in: undefined, kind: undefined })}
                onStart={placesToCreate(props.network).length > 0 ? () => setStarting(true) : undefined}
              />
            }
          >
            <DocumentList documents={found()} network={props.network} changed={changed} places />
          </Show>
        )}
      </Loaded>
      <NewDocumentDialog
        network={props.network}
        start={search.start === undefined ? undefined : start}
        open={isStarting()}
        onClose={endStarting}
      />
    </>
  )
}

function matches(document: DocumentSummary, search: Partial<DocumentSearch>): boolean {
  const words = (search.find ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  if (search.in && (document.teamId ?? 'network') !== search.in) return false
  if (search.kind && document.kind !== search.kind) return false
  return words.every((word) => document.title.toLowerCase().includes(word))
}

function NothingFound(props: {
  isFiltered: boolean
  isArchive: boolean
  onShowAll: () => void
  onStart: (() => void) | undefined
}): JSX.Element {
  return (
    <Show
      when={props.isFiltered}
      fallback={
        <Show
          when={props.isArchive}
          fallback={
            <EmptyState
              action={
                <Show when={props.onStart}>
                  {(onStart) => <Button onClick={() => onStart()()}>Start the first document</Button>}
                </Show>
              }
            >
              Every piece of work hangs on one line, from the aim to what was learned. It begins with an aim.
            </EmptyState>
          }
        >
          <EmptyState picture="done">
            Nothing is archived. What you archive stays here, whole, until you want it.
          </EmptyState>
        </Show>
      }
    >
      <EmptyState picture="gap" action={<Button onClick={props.onShowAll}>Show all</Button>}>
        Nothing found with these words in this place.
      </EmptyState>
    </Show>
  )
}
