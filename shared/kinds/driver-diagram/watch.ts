import type * as Y from 'yjs'

/** What one transaction changed, by the ids of the parts: for pages that redraw only that. */
export interface DiagramChange {
  /** Cards that came, went, or whose fields or title changed. */
  readonly cards: ReadonlySet<string>
  /** Of these: cards where only the title's characters changed. */
  readonly titles: ReadonlySet<string>
  /** Cards whose notes changed. */
  readonly notes: ReadonlySet<string>
  /** Links that came, went or changed, their reasons included. */
  readonly links: ReadonlySet<string>
  /** Whether the aim's fields or signatories changed. */
  readonly aim: boolean
}

type SharedType = Y.Transaction['changed'] extends Map<infer T, unknown> ? T : never

/**
 * Calls `changed` after every transaction that changed the diagram, ours or a colleague's. Answers how to stop. It is called
 * once the change is on its way: a colleague does not wait for this page to be drawn.
 */
export function watchDiagram(doc: Y.Doc, changed: (change: DiagramChange) => void): () => void {
  const listen = (_doc: Y.Doc, transactions: readonly Y.Transaction[]) => {
    for (const transaction of transactions) {
      const change = changeOf(doc, transaction)
      if (change !== undefined) changed(change)
    }
  }
  doc.on('afterAllTransactions', listen)
  return () => doc.off('afterAllTransactions', listen)
}

function changeOf(doc: Y.Doc, transaction: Y.Transaction): DiagramChange | undefined {
  const cards = new Set<string>()
  const titles = new Set<string>()
  const fields = new Set<string>()
  const notes = new Set<string>()
  const links = new Set<string>()
  let aim = false
  for (const [type, keys] of transaction.changed) {
    const { root, path } = placeOf(doc, type)
    if (root === 'cards') {
      if (path.length === 0) for (const key of keys) add(cards, key, fields)
      else if (path.length === 1) add(cards, path[0], fields)
      else add(cards, path[0], path[1] === 'title' ? titles : fields)
    } else if (root === 'links') for (const key of keys) add(links, key?.split('|')[0])
    else if (root.startsWith('why/')) links.add(root.slice(4))
    else if (root.startsWith('notes/')) notes.add(root.slice(6))
    else if (root === 'aim' || root === 'signatories' || root.startsWith('aim/')) aim = true
  }
  if (cards.size + notes.size + links.size === 0 && !aim) return undefined
  for (const id of fields) titles.delete(id)
  return { cards, titles, notes, links, aim }
}

function add(to: Set<string>, id: string | null | undefined, also?: Set<string>): void {
  if (id === null || id === undefined) return
  to.add(id)
  also?.add(id)
}

/** The name of the root that a type lies under, and the keys that lead to it. */
function placeOf(doc: Y.Doc, type: SharedType): { root: string; path: string[] } {
  const path: string[] = []
  let at: SharedType = type
  for (let item = at._item; item !== null; item = at._item) {
    if (item.parentSub !== null) path.unshift(item.parentSub)
    at = item.parent as SharedType
  }
  return { root: rootName(doc, at), path }
}

const namesOfRoots = new WeakMap<object, string>()

function rootName(doc: Y.Doc, root: SharedType): string {
  if (!namesOfRoots.has(root)) for (const [name, type] of doc.share) namesOfRoots.set(type, name)
  return namesOfRoots.get(root) ?? ''
}
