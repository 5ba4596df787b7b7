import { type Accessor, createSignal, onCleanup } from 'solid-js'
import * as Y from 'yjs'
import { type Cycle, readCycle } from '#shared/kinds/pdsa-cycle/model.ts'

/** So long after a key the model follows what is typed: checks and summaries need not keep pace with fingers. */
const pause = 250

/** The cycle as it is, live: what is chosen, added or moved at once, what is typed a moment later. */
export function createModel(doc: Y.Doc): { readonly model: Accessor<Cycle>; flush(): void } {
  const [model, setModel] = createSignal(readCycle(doc))
  let timer: ReturnType<typeof setTimeout> | undefined
  const read = () => {
    clearTimeout(timer)
    timer = undefined
    setModel(readCycle(doc))
  }
  const watch = (transaction: Y.Transaction) => {
    if (transaction.changed.size === 0) return
    const isTypingAlone = [...transaction.changed.keys()].every((type) => !(type instanceof Y.Map))
    if (!isTypingAlone) read()
    else {
      clearTimeout(timer)
      timer = setTimeout(read, pause)
    }
  }
  doc.on('afterTransaction', watch)
  onCleanup(() => {
    doc.off('afterTransaction', watch)
    clearTimeout(timer)
  })
  return { model, flush: () => timer !== undefined && read() }
}
