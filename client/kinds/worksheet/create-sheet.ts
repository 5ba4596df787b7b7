import { type Accessor, batch, createMemo, createSignal, onCleanup } from 'solid-js'
import { createStore, reconcile } from 'solid-js/store'
import * as Y from 'yjs'
import {
  type RemovedSection,
  readRemovedSections,
  readWorksheet,
  type Section,
  sectionsShown,
  type Worksheet,
} from '#shared/kinds/worksheet/model.ts'

/** The open worksheet as the page draws it: every answer is reactive, and wakes only what it touches. */
export interface Sheet {
  readonly worksheet: Worksheet
  /** The sections in the order in which they are shown. */
  readonly ids: Accessor<readonly string[]>
  section(id: string): Section | undefined
  /** Who removed a section in which this reader stands: it stays in sight until they leave or bring it back (Y4). */
  removedBy(id: string): string | undefined
  /** Brings all up to what is typed, before something is made of it. */
  flush(): void
}

/** So long after a key the page follows what is typed: fields show it at once, summaries need not keep pace. */
const pause = 250

/** @param isStandingIn whether this reader is in a section that somebody else removes */
export function createSheet(doc: Y.Doc, isStandingIn: (section: string, by: string) => boolean): Sheet {
  const [worksheet, setWorksheet] = createStore<Worksheet>(readWorksheet(doc))
  const [kept, setKept] = createSignal<readonly RemovedSection[]>([])
  const sections = createMemo(
    () => new Map([...worksheet.sections, ...kept()].map((each) => [each.id, each])),
  )
  const ids = createMemo<readonly string[]>(
    () => sectionsShown({ ...worksheet, sections: [...sections().values()] }).map(({ id }) => id),
    [],
    { equals: (a, b) => a.length === b.length && a.every((id, index) => id === b[index]) },
  )
  let timer: ReturnType<typeof setTimeout> | undefined

  const read = () => {
    clearTimeout(timer)
    timer = undefined
    const shown = new Set(ids())
    batch(() => {
      setWorksheet(reconcile(readWorksheet(doc), { key: 'id' }))
      setKept(readRemovedSections(doc).filter(({ id, by }) => shown.has(id) && isStandingIn(id, by)))
    })
  }
  const watch = (transaction: Y.Transaction) => {
    if (transaction.changed.size === 0) return
    const isTypingAlone = [...transaction.changed.keys()].every((type) => !(type instanceof Y.Map))
    if (!isTypingAlone) return read()
    clearTimeout(timer)
    timer = setTimeout(read, pause)
  }
  doc.on('afterTransaction', watch)
  onCleanup(() => {
    doc.off('afterTransaction', watch)
    clearTimeout(timer)
  })
  return {
    worksheet,
    ids,
    section: (id) => sections().get(id),
    removedBy: (id) => kept().find((section) => section.id === id)?.by,
    flush: read,
  }
}
