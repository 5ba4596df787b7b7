import type * as Y from 'yjs'

/**
 * Runs `change` as one transaction that counts as the person's own and as one undo step. With `tracked: false` undo
 * does not see it (Y5: a new item is born hidden in such a transaction and shown in the next, tracked one).
 * Every edit of a kind takes one, so that the model knows nothing of pages, origins and undo.
 */
export type Edit = <T>(change: () => T, options?: { readonly tracked?: boolean }) => T

/** The origin of transactions that undo must not see. */
export const untracked = 'untracked'

/** An `Edit` for a document without a page: on the server, in the sample and in tests. */
export function plainEdit(doc: Y.Doc, origin: unknown = 'edit'): Edit {
  return (change, options) => doc.transact(change, options?.tracked === false ? untracked : origin)
}
