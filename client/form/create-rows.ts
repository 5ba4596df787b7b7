import { type Accessor, batch, createSignal, onCleanup } from 'solid-js'
import * as Y from 'yjs'
import { readAllRows, rowMap, rowsMap } from '#shared/kinds/rows.ts'

export interface RowsOptions {
  /** Whether a row that `by` removed is shown on, because the reader stands in it (Y4). */
  readonly isKept?: (row: string, by: string) => boolean
  /** Runs a change of the rows, and may see to what it does to the page. */
  readonly around?: (change: () => void) => void
}

/** The rows of a co-edited list as they are drawn. */
export interface ShownRows {
  /** In order; those that were removed while the reader stands in them among them. */
  readonly ids: Accessor<readonly string[]>
  /** Who removed a row that is still shown ('' where nobody says); undefined for one that is there. */
  goneBy(row: string): string | undefined
  /** Looks again which removed rows are to be shown. */
  refresh(): void
}

/** Follows the rows of a list. Typing in a row wakes nobody here. */
export function createRows(
  doc: Y.Doc,
  list: string,
  { isKept = () => false, around = (change) => change() }: RowsOptions = {},
): ShownRows {
  const [ids, setIds] = createSignal<readonly string[]>([], { equals: isSame })
  const [gone, setGone] = createSignal<ReadonlyMap<string, string>>(new Map())
  const read = () => {
    const known = new Set(ids())
    const all = readAllRows(doc, list)
    const kept = all.filter(
      ({ id, removed }) => removed === undefined || (known.has(id) && isKept(id, removed)),
    )
    batch(() => {
      setGone(
        new Map(kept.flatMap(({ id, removed }) => (removed === undefined ? [] : [[id, removed] as const]))),
      )
      setIds(kept.map(({ id }) => id))
    })
  }
  const source = rowsMap(doc, list)
  const watch = (events: readonly Y.YEvent<Y.AbstractType<unknown>>[]) => {
    if (events.some(changesRows)) around(read)
  }
  // Yjs types the events of a map's children by the map's own, which they are not.
  source.observeDeep(watch as Parameters<typeof source.observeDeep>[0])
  onCleanup(() => source.unobserveDeep(watch as Parameters<typeof source.observeDeep>[0]))
  read()
  return { ids, goneBy: (row) => gone().get(row), refresh: read }
}

function changesRows(event: Y.YEvent<Y.AbstractType<unknown>>): boolean {
  if (event.path.length === 0) return true
  return (
    event instanceof Y.YMapEvent &&
    event.path.length === 1 &&
    (event.keysChanged.has('order') || event.keysChanged.has('removed'))
  )
}

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((row, index) => row === b[index])

/** One of a row's scalars, live. */
export function createRowScalar(doc: Y.Doc, list: string, id: string, name: string): Accessor<unknown> {
  const map = rowMap(doc, list, id)
  const [value, setValue] = createSignal(map?.get(name))
  const watch = (event: Y.YMapEvent<unknown>) => {
    if (event.keysChanged.has(name)) setValue(() => map?.get(name))
  }
  map?.observe(watch)
  onCleanup(() => map?.unobserve(watch))
  return value
}
