import * as Y from 'yjs'
import type { Version } from '#shared/document.ts'
import { AppError } from '#shared/errors.ts'
import type { Restored } from '#shared/history.ts'
import { newId } from '#shared/ids.ts'
import { kinds } from '#shared/kinds/index.ts'
import type { OpenedDocument } from '../documents/guard.ts'
import type { Commit, LiveDocument } from '../documents/live.ts'
import { insertVersion, isInUse } from '../documents/store.ts'
import { restoreTo } from './restore-to.ts'

export interface RestoringDeps {
  readonly commit: Commit
  readonly now: () => number
}

export interface Restoration {
  readonly document: OpenedDocument
  readonly accountId: string
  /** The moment, and the document as it was then. */
  readonly seq: number
  readonly past: Y.Doc
  readonly note?: string | undefined
}

/**
 * H4: restoring is one edit like any other, between two versions, in one transaction (D7). Nobody is disturbed who types at
 * that moment, and restoring the version before takes it back.
 */
export function restoreMoment({ commit, now }: RestoringDeps, restoration: Restoration): Promise<Restored> {
  const { document, accountId } = restoration
  return commit([document.id], ([live]) => {
    if (live === undefined) throw new AppError('not-found', 'There is no such document.')
    const isChanged = changes(restoration, live)
    return {
      edits: isChanged ? [{ documentId: document.id, edit: (doc: Y.Doc) => edit(restoration, doc) }] : [],
      statements: [isInUse(document.id), ...(isChanged ? versionsAround(restoration, live, now()) : [])],
      author: accountId,
      via: 'restore' as const,
      answer: { seqBefore: live.seq, isChanged },
    }
  })
}

function edit({ document, accountId, past }: Restoration, doc: Y.Doc): void {
  restoreTo(doc, past, { ofSteps: kinds[document.kind].ofSteps ?? [], accountId })
}

/** Whether the document says anything else than it did then: otherwise there is nothing to write. */
function changes(restoration: Restoration, live: LiveDocument): boolean {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(live.doc))
  let isChanged = false
  copy.on('update', () => {
    isChanged = true
  })
  copy.transact(() => edit(restoration, copy))
  copy.destroy()
  return isChanged
}

function versionsAround(
  { document, accountId, seq, note }: Restoration,
  live: LiveDocument,
  createdAt: number,
) {
  const version = (at: number, name: string, note?: string) =>
    insertVersion({
      id: newId(),
      documentId: document.id,
      epoch: live.epoch,
      seq: at,
      name,
      note,
      cause: 'restore' satisfies Version['cause'],
      accountId,
      createdAt,
    })
  return [version(live.seq, 'Before restoring'), version(live.seq + 1, `Restored from moment ${seq}`, note)]
}
