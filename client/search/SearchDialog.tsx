import { useNavigate } from '@solidjs/router'
import { For, type JSX, Match, Show, Switch } from 'solid-js'
import { counted } from '#shared/counted.ts'
import type { Network, NetworkSummary } from '#shared/network.ts'
import { type SearchResult, searchLimits } from '#shared/search.ts'
import { createNetwork } from '../network.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { Icon } from '../ui/Icon.tsx'
import { createSearch, type Search } from './create-search.ts'
import { FoundPlace, hrefOf } from './FoundPlace.tsx'
import { createRecentSearches, type RecentSearches } from './recent-searches.ts'
import './search.css'

export interface SearchDialogProps {
  network: Pick<NetworkSummary, 'id'>
  onClose: () => void
}

/**
 * Search while one types: the field, and below it links to what was found. Arrow keys go from the field into the list and
 * back; Enter in the field opens the first of them.
 */
export function SearchDialog(props: SearchDialogProps): JSX.Element {
  return (
    <Dialog open onClose={props.onClose} title="Search" wide>
      <Palette {...props} />
    </Dialog>
  )
}

/** As many as one looks through without scrolling for long; the page has all of them. */
const shown = 12

function Palette(props: SearchDialogProps): JSX.Element {
  const navigate = useNavigate()
  const network = createNetwork(() => props.network.id)
  const search = createSearch(() => props.network.id)
  const recent = createRecentSearches(props.network.id)
  const results = () => search.found()?.results.slice(0, shown) ?? []
  const pageHref = () => `/networks/${props.network.id}/search?q=${encodeURIComponent(search.query())}`
  let palette: HTMLFormElement | undefined
  let field: HTMLInputElement | undefined

  const leave = () => {
    recent.add(search.query())
    props.onClose()
  }

  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    if (search.query() === '') return
    const first = search.isCurrent() ? palette?.querySelector<HTMLAnchorElement>('.found-list a') : undefined
    if (first) return first.click()
    // Faster than the answer, or there is none: the page waits for it, or says what to do.
    navigate(pageHref())
    leave()
  }

  return (
    <form
      ref={palette}
      class="search-palette"
      onSubmit={onSubmit}
      onKeyDown={(event) => move(event, palette)}
    >
      <span class="search-field">
        <Icon name="search" />
        <input
          ref={field}
          type="search"
          aria-label="Words to look for"
          placeholder="Words of a title or a text"
          autocomplete="off"
          spellcheck={false}
          enterkeyhint="search"
          maxLength={searchLimits.query}
          value={search.typed()}
          onInput={(event) => search.setTyped(event.currentTarget.value)}
        />
      </span>
      <p class="visually-hidden" role="status">
        {said(search)}
      </p>
      <Switch>
        <Match when={search.problem()}>
          {(problem) => <p class="hint search-hint">{problem().message}</p>}
        </Match>
        <Match when={search.query() === ''}>
          <Nothing
            recent={recent}
            onChoose={(query) => {
              search.setTyped(query)
              field?.focus()
            }}
          />
        </Match>
        <Match when={search.found()?.results.length === 0}>
          <p class="hint search-hint">{nothingFound}</p>
        </Match>
        <Match when={search.found()}>
          <Results network={network.data()} results={results()} onOpen={leave} />
          <a class="small search-all" href={pageHref()} data-stop onClick={leave}>
            All {counted(search.found()?.results.length ?? 0, 'place')} on a page
          </a>
        </Match>
      </Switch>
    </form>
  )
}

const nothingFound =
  'Nothing that you may see holds all of these words. Try fewer of them, or only the beginning of one.'

/** What one hears when an answer has come. */
function said(search: Search): string {
  const found = search.found()
  if (search.query() === '' || found === undefined || !search.isCurrent()) return ''
  return found.results.length === 0 ? nothingFound : `${counted(found.results.length, 'place')} found.`
}

function Results(props: {
  network: Network | undefined
  results: readonly SearchResult[]
  onOpen: () => void
}): JSX.Element {
  return (
    <ul class="found-list" aria-label="Found">
      <For each={props.results}>
        {(result) => (
          <li>
            <a href={hrefOf(result)} data-stop onClick={props.onOpen}>
              <FoundPlace result={result} network={props.network} />
            </a>
          </li>
        )}
      </For>
    </ul>
  )
}

/** Nothing is typed yet: what one looked for last, or what the search can do. */
function Nothing(props: { recent: RecentSearches; onChoose: (query: string) => void }): JSX.Element {
  return (
    <Show
      when={props.recent.list().length > 0}
      fallback={
        <p class="hint search-hint">
          It looks in the titles and the text of everything that you may see. Several words: all of them.
        </p>
      }
    >
      <div class="row">
        <h3 class="label">You looked for</h3>
        <button type="button" class="link-button small push" onClick={() => props.recent.forget()}>
          Forget these
        </button>
      </div>
      <ul class="found-list" aria-label="You looked for">
        <For each={props.recent.list()}>
          {(query) => (
            <li>
              <button type="button" data-stop onClick={() => props.onChoose(query)}>
                <Icon name="history" />
                {query}
              </button>
            </li>
          )}
        </For>
      </ul>
    </Show>
  )
}

/** Up and down through the field and what stands below it. */
function move(event: KeyboardEvent, palette: HTMLElement | undefined): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (step === undefined || !palette || event.isComposing) return
  const stops = [...palette.querySelectorAll<HTMLElement>('input, [data-stop]')]
  event.preventDefault()
  stops[stops.findIndex((stop) => stop.matches(':focus')) + step]?.focus()
}
