import { type Accessor, createEffect, createSignal, on, onCleanup } from 'solid-js'
import { AppError } from '#shared/errors.ts'
import { type SearchResult, searchLimits } from '#shared/search.ts'
import { answer, api } from '../api.ts'

/** What was found, and for which words. */
export interface Found {
  readonly query: string
  readonly results: readonly SearchResult[]
}

export interface Search {
  /** As it stands in the field. */
  readonly typed: Accessor<string>
  setTyped(typed: string): void
  /** The words without spaces around them; empty when there is nothing to look for. */
  readonly query: Accessor<string>
  /** The newest answer; it stays in sight while a newer one is on its way. */
  readonly found: Accessor<Found | undefined>
  /** Whether `found` is about what is typed now. */
  readonly isCurrent: Accessor<boolean>
  readonly problem: Accessor<AppError | undefined>
  retry(): void
}

/** Typing goes on within this time: only then is the server asked. */
const pause = 120

/** Looks for what is typed, while it is typed. Only the answer to the newest question counts. */
export function createSearch(networkId: Accessor<string>, typedBefore = ''): Search {
  const [typed, setTyped] = createSignal(typedBefore)
  const [found, setFound] = createSignal<Found>()
  const [problem, setProblem] = createSignal<AppError>()
  const query = () => typed().trim().slice(0, searchLimits.query)
  let newest = 0
  let waiting: ReturnType<typeof setTimeout> | undefined

  async function ask(asked: string): Promise<void> {
    const mine = ++newest
    try {
      const results = await findPlaces(networkId(), asked)
      if (mine !== newest) return
      setFound({ query: asked, results })
      setProblem(undefined)
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown
      if (mine === newest) setProblem(thrown)
    }
  }

  createEffect(
    on([query, networkId], ([asked]) => {
      clearTimeout(waiting)
      newest += 1
      if (asked === '') {
        setFound(undefined)
        setProblem(undefined)
      } else waiting = setTimeout(() => void ask(asked), pause)
    }),
  )
  onCleanup(() => {
    clearTimeout(waiting)
    newest += 1
  })

  return {
    typed,
    setTyped,
    query,
    found,
    isCurrent: () => found()?.query === query(),
    problem,
    retry: () => void ask(query()),
  }
}

const findPlaces = async (id: string, q: string): Promise<readonly SearchResult[]> =>
  (await answer(api.networks[':id'].search.$get({ param: { id }, query: { q } }))).results
