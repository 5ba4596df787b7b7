import { useParams, useSearchParams } from '@solidjs/router'
import { createEffect, createMemo, For, type JSX, Match, on, Switch } from 'solid-js'
import { counted } from '#shared/counted.ts'
import type { Network } from '#shared/network.ts'
import { type SearchResult, searchLimits } from '#shared/search.ts'
import { createNetwork } from '../network.ts'
import { Page } from '../Page.tsx'
import { LinkButton } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { TextField } from '../ui/Field.tsx'
import { Loaded, Problem } from '../ui/load.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { createSearch, type Search } from './create-search.ts'
import { aboutOf, hrefOf, Marked } from './FoundPlace.tsx'
import './search.css'

/** Everything that was found, by document, at an address that can be kept and passed on. */
export default function SearchPage(): JSX.Element {
  const params = useParams<{ networkId: string }>()
  const network = createNetwork(() => params.networkId)
  return (
    <Page title="Search" network={network.data()} crumbs={[{ label: 'Search' }]} width="narrow">
      <Loaded load={network} isPage>
        {(found) => <Body network={found()} />}
      </Loaded>
    </Page>
  )
}

function Body(props: { network: Network }): JSX.Element {
  const [address, setAddress] = useSearchParams<{ q?: string }>()
  const search = createSearch(() => props.network.id, address.q ?? '')
  // The dialog above this page, and the browser's way back, change the address alone.
  createEffect(
    on(
      () => address.q ?? '',
      (query) => query !== search.query() && search.setTyped(query),
      { defer: true },
    ),
  )
  createEffect(
    on(search.query, (query) => setAddress({ q: query || undefined }, { replace: true }), { defer: true }),
  )
  return (
    <>
      <header class="lede-row">
        <h1 class="display">Search</h1>
      </header>
      <search class="search-page-field">
        <TextField
          label="Words of a title or a text"
          type="search"
          autocomplete="off"
          spellcheck={false}
          maxLength={searchLimits.query}
          value={search.typed()}
          onInput={(event) => search.setTyped(event.currentTarget.value)}
        />
      </search>
      <Results network={props.network} search={search} />
    </>
  )
}

function Results(props: { network: Network; search: Search }): JSX.Element {
  const documents = createMemo(() => byDocument(props.search.found()?.results ?? []))
  return (
    <Switch fallback={<Skeleton lines={6} />}>
      <Match when={props.search.problem()}>
        {(problem) => <Problem problem={problem()} onRetry={() => props.search.retry()} />}
      </Match>
      <Match when={props.search.query() === ''}>
        <EmptyState>
          What one team has learned, another may be looking for. Search finds it in the titles and the text of
          everything that you may see.
        </EmptyState>
      </Match>
      <Match when={props.search.found()?.results.length === 0}>
        <EmptyState
          picture="gap"
          action={<LinkButton href={`/networks/${props.network.id}/documents`}>See all documents</LinkButton>}
        >
          Nothing that you may see holds all of these words. Try fewer of them, or only the beginning of one.
        </EmptyState>
      </Match>
      <Match when={props.search.found()}>
        {(found) => (
          <>
            <p class="label" role="status">
              {summaryOf(found().results.length, documents().length)}
            </p>
            <ul class="found-documents">
              <For each={documents()}>
                {(places) => <FoundDocument places={places} network={props.network} />}
              </For>
            </ul>
          </>
        )}
      </Match>
    </Switch>
  )
}

function summaryOf(places: number, documents: number): string {
  const where = `in ${counted(documents, 'document')}`
  return places < searchLimits.results
    ? `${counted(places, 'place')} ${where}.`
    : `The first ${places} places, ${where}. More words find fewer.`
}

/** A document with the places in it, at most so many as the server gives of one. */
function FoundDocument(props: { places: Places; network: Network }): JSX.Element {
  const first = () => props.places[0]
  const title = () => props.places.find(({ isTitle }) => isTitle)?.passage ?? [{ text: first().title }]
  const passages = () => props.places.filter(({ isTitle }) => !isTitle)
  return (
    <li>
      <h2>
        <a class="title-link" href={hrefOf({ documentId: first().documentId })}>
          <Marked parts={title()} />
        </a>
      </h2>
      <p class="label">{aboutOf(first(), props.network)}</p>
      <ul class="found-passages">
        <For each={passages()}>
          {(result) => (
            <li>
              <a href={hrefOf(result)}>
                <Marked parts={result.passage} />
              </a>
            </li>
          )}
        </For>
      </ul>
    </li>
  )
}

type Places = readonly [SearchResult, ...SearchResult[]]

/** The best document first: the one that holds the best place. */
function byDocument(results: readonly SearchResult[]): readonly Places[] {
  const documents = new Map<string, [SearchResult, ...SearchResult[]]>()
  for (const result of results) {
    const places = documents.get(result.documentId)
    if (places) places.push(result)
    else documents.set(result.documentId, [result])
  }
  return [...documents.values()]
}
