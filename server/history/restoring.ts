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
  /** The document as it was at the moment. */
  readonly past: Y.Doc
  /** The document as it was when what gives way was written; what was written after it stays. Absent: as it is now. */
  readonly since?: Y.Doc | undefined
  readonly note?: string | undefined
}

/**
 * H4: restoring is one edit like any other, between two versions, in one transaction (D7). Nobody is disturbed who types at
 * that moment, and restoring the version before takes it back.
 */
export function restoreMoment({ commit, now }: RestoringDeps, restoration: Restoration): Promise<Restored> {
  const { document, accountId } = restoration
  const edit = editOf(restoration)
  return commit([document.id], ([live]) => {
    if (live === undefined) throw new AppError('not-found', 'There is no such document.')
    const update = updateOf(edit, live)
    const isChanged = update !== undefined
    return {
      edits: isChanged ? [{ documentId: document.id, edit: (doc) => Y.applyUpdate(doc, update) }] : [],
      statements: [isInUse(document.id), ...(isChanged ? versionsAround(restoration, live, now()) : [])],
      author: accountId,
      via: 'restore' as const,
      answer: { seqBefore: live.seq, seq: live.seq + Number(isChanged), isChanged },
    }
  })
}

type Edit = (doc: Y.Doc) => void

/**
 * On the document as it is now; or made on the document as it was and brought to this one like the work of someone who was
 * away since then.
 */
function editOf({ document, accountId, past, since }: Restoration): Edit {
  const restoring = { ofSteps: kinds[document.kind].ofSteps ?? [], accountId }
  if (since === undefined) return (doc) => restoreTo(doc, past, restoring)
  const before = Y.encodeStateVector(since)
  since.transact(() => restoreTo(since, past, restoring))
  const update = Y.encodeStateAsUpdate(since, before)
  return (doc) => Y.applyUpdate(doc, update)
}

/** What the edit changes, as one update; undefined where the document says all of it already. */
function updateOf(edit: Edit, live: LiveDocument): Uint8Array | undefined {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(live.doc))
  let made: Uint8Array | undefined
  copy.on('update', (update) => {
    made = update
  })
  copy.transact(() => edit(copy))
  copy.destroy()
  return made
}

function versionsAround({ document, accountId, note }: Restoration, live: LiveDocument, createdAt: number) {
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
  return [version(live.seq, 'Before restoring'), version(live.seq + 1, 'Restored an earlier moment', note)]
}
