import { type Accessor, createEffect, createMemo, createSignal, on } from 'solid-js'
import { AppError } from '#shared/errors.ts'
import type { HistoryPage, Stretch } from '#shared/history.ts'
import { listVersions } from '../documents/versions.ts'
import { createNetworkFeed } from '../feed.ts'
import { createLoad, type Load } from '../ui/load.tsx'
import { listStretches } from './requests.ts'
import { type Moment, momentsOf, type TimelineFilter } from './timeline.ts'

/** The timeline of a document, as far as it has been read; kept current while others work. */
export interface History {
  /** The newest first; undefined until something is here. */
  readonly all: Accessor<readonly Moment[] | undefined>
  /** Those that the filter shows. */
  readonly moments: Accessor<readonly Moment[] | undefined>
  readonly stretches: Accessor<readonly Stretch[]>
  readonly hasOlder: Accessor<boolean>
  readonly isReadingOlder: Accessor<boolean>
  readonly problem: Accessor<AppError | undefined>
  readonly filter: Accessor<TimelineFilter>
  setFilter(filter: TimelineFilter): void
  /** Counts up whenever the document has changed: what is compared with now is read again. */
  readonly changes: Accessor<number>
  readOlder(): Promise<void>
  reload(): Promise<void>
}

export function createHistory(documentId: string, networkId: string): History {
  const line: Load<HistoryPage> = createLoad(
    () => documentId,
    async (id) => withNewest(line.data(), await listStretches(id)),
  )
  const versions = createLoad(() => documentId, listVersions)
  const [isReadingOlder, setReadingOlder] = createSignal(false)
  const [olderProblem, setOlderProblem] = createSignal<AppError>()
  const [filter, setFilter] = createSignal<TimelineFilter>({ namedOnly: false })
  const [changes, setChanges] = createSignal(0)

  const before = () => line.data()?.before
  const filtered = (by: TimelineFilter) => {
    const [known, named] = [line.data(), versions.data()]
    return known && named && momentsOf(known, named, by)
  }
  const all = createMemo(() => filtered({ namedOnly: false }))
  const moments = createMemo(() => filtered(filter()))

  async function readOlder(): Promise<void> {
    const from = before()
    if (from === undefined || isReadingOlder()) return
    setReadingOlder(true)
    try {
      const page = await listStretches(documentId, from)
      line.set((known) => ({ ...page, stretches: [...known.stretches, ...page.stretches] }))
      setOlderProblem(undefined)
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown
      setOlderProblem(thrown)
    } finally {
      setReadingOlder(false)
    }
  }

  const reload = async () => {
    await Promise.all([line.reload(), versions.reload()])
  }
  createNetworkFeed(() => networkId, {
    document: (change, id) => {
      if (change === 'missed' || id === documentId) setChanges((count) => count + 1)
    },
  })
  createEffect(on(changes, () => void reload(), { defer: true }))

  return {
    all,
    moments,
    stretches: () => line.data()?.stretches ?? [],
    hasOlder: () => before() !== undefined,
    isReadingOlder,
    problem: () => line.problem() ?? versions.problem() ?? olderProblem(),
    filter,
    setFilter,
    changes,
    readOlder,
    reload,
  }
}

/** The newest part of the line, and behind it what was read before; without that where something is missing between them. */
function withNewest(known: HistoryPage | undefined, newest: HistoryPage): HistoryPage {
  const oldest = newest.stretches.at(-1)?.firstSeq
  const joins = known?.stretches[0] && oldest !== undefined && known.stretches[0].lastSeq >= oldest - 1
  if (!known || !joins) return newest
  const older = known.stretches.filter(({ lastSeq }) => lastSeq < oldest)
  return older.length === 0 ? newest : { ...known, stretches: [...newest.stretches, ...older] }
}
