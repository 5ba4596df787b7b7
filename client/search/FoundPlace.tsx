import { For, type JSX, Show } from 'solid-js'
import { kinds } from '#shared/kinds/index.ts'
import type { Network } from '#shared/network.ts'
import type { MarkedText, SearchResult } from '#shared/search.ts'
import { placeName } from '../documents/places.ts'

/** Opens the document at the place that was found. */
export const hrefOf = ({ documentId, part }: Pick<SearchResult, 'documentId' | 'part'>): string =>
  `/documents/${documentId}${part === undefined ? '' : `#${encodeURIComponent(part)}`}`

/** Where a document stands and what it is: "Driver diagram, Alder Creek". */
export const aboutOf = ({ kind, teamId }: SearchResult, network: Network | undefined): string =>
  network ? `${kinds[kind].label}, ${placeName(network, teamId)}` : kinds[kind].label

/** What was found, and below it where. */
export function FoundPlace(props: { result: SearchResult; network: Network | undefined }): JSX.Element {
  return (
    <>
      <span class="found-words" classList={{ 'is-title': props.result.isTitle === true }}>
        <Marked parts={props.result.passage} />
      </span>
      <span class="label">
        <Show when={!props.result.isTitle}>{props.result.title} · </Show>
        {aboutOf(props.result, props.network)}
      </span>
    </>
  )
}

/** Text with the words that were looked for marked. */
export function Marked(props: { parts: readonly MarkedText[] }): JSX.Element {
  return (
    <For each={props.parts}>
      {({ text, isMatch }) => (
        <Show when={isMatch} fallback={text}>
          <mark>{text}</mark>
        </Show>
      )}
    </For>
  )
}
