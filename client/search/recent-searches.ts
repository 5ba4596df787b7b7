import { type Accessor, createSignal, onMount } from 'solid-js'
import { getMe } from '../session.tsx'
import { recall, remember } from '../sync/device-store.ts'

const most = 5

export interface RecentSearches {
  readonly list: Accessor<readonly string[]>
  /** A search that led somewhere. */
  add(query: string): void
  forget(): void
}

/**
 * The last searches of this person in a network, on this device alone. They go at sign-out with everything else that it
 * holds of the person; on a shared computer nothing is kept at all.
 */
export function createRecentSearches(networkId: string): RecentSearches {
  const key = `searches/${networkId}`
  const [list, setList] = createSignal<readonly string[]>([])
  onMount(async () => setList((await recall<readonly string[]>(getMe().id, key)) ?? []))
  const write = (queries: readonly string[]) => {
    setList(queries)
    void remember(getMe().id, key, queries)
  }
  return {
    list,
    add(query) {
      if (query !== '') write([query, ...list().filter((other) => other !== query)].slice(0, most))
    },
    forget: () => write([]),
  }
}
