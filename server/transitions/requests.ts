import type { TransitionAnswer } from '#shared/document.ts'
import { AppError } from '#shared/errors.ts'
import { newId } from '#shared/ids.ts'
import { kinds } from '#shared/kinds/index.ts'
import type { Request } from '#shared/kinds/kind.ts'
import type { Statement } from '../db/database.ts'
import { doAction, getAction, requirePossible } from '../documents/actions.ts'
import type { DocumentGuard, OpenedDocument } from '../documents/guard.ts'
import type { LiveDocument, PlannedCommit } from '../documents/live.ts'
import { isInUse, recordsAreOthers } from '../documents/store.ts'
import { insertProposal } from '../proposals/store.ts'

/** Other documents that a step asks something of, as the person who takes it may see them. */
export type Targets = ReadonlyMap<string, OpenedDocument>

/** Throws where something is asked of a document that this person may not even comment on: then the step is not taken. */
export async function findTargets(
  guard: DocumentGuard,
  accountId: string,
  networkId: string,
  documentIds: readonly string[],
): Promise<Targets> {
  const targets = new Map<string, OpenedDocument>()
  for (const id of new Set(documentIds)) {
    const found = await guard.find(accountId, id)
    if (found?.networkId !== networkId)
      throw refusal('This step changes another document too, and that one is gone or private to others.')
    if (found.archivedAt !== undefined)
      throw refusal(`This step changes “${found.title}” too, and that one is archived.`)
    if (found.level === 'view')
      throw refusal(`This step changes “${found.title}” too, and you may only read that one.`)
    targets.set(id, found)
  }
  return targets
}

const refusal = (sentence: string) => new AppError('conflict', `${sentence} Nothing was changed.`)

export interface PlannedRequests {
  readonly edits: PlannedCommit<unknown>['edits']
  /** Those that must find each target still in use. */
  readonly checks: readonly Statement[]
  readonly statements: readonly Statement[]
  readonly asked: TransitionAnswer['asked']
}

export interface Asking {
  readonly fromDocumentId: string
  readonly accountId: string
  readonly at: number
  readonly targets: Targets
  /** The live documents by their ids. */
  readonly others: ReadonlyMap<string, LiveDocument>
}

/** What is asked of other documents: done where the person may edit, proposed where they may comment. */
export function planRequests(requests: readonly Request[], asking: Asking): PlannedRequests {
  const planned = requests.map((request) => planRequest(request, asking))
  return {
    edits: planned.flatMap(({ edits }) => edits),
    checks: [...new Set(requests.map(({ documentId }) => documentId))].map(isInUse),
    statements: planned.flatMap(({ statements }) => statements),
    asked: planned.flatMap(({ asked }) => asked),
  }
}

function planRequest(request: Request, asking: Asking): Omit<PlannedRequests, 'checks'> {
  const { documentId, action, args } = request
  const target = asking.targets.get(documentId)
  const live = asking.others.get(documentId)
  if (target === undefined || live === undefined)
    throw new Error(`A step asks document ${documentId}, which was not looked at before`)
  const kind = kinds[target.kind]
  if (target.level === 'edit') {
    const edit = { documentId, edit: (doc: LiveDocument['doc']) => doAction(kind, doc, request) }
    return { edits: [edit], statements: [], asked: [{ documentId, action, outcome: 'done' }] }
  }
  requirePossible(kind, live.doc, request)
  const named = getAction(kind, action)
  const statements = insertProposal({
    id: newId(),
    documentId,
    action,
    args,
    sentence: named.sentence(kind.read(live.doc), args),
    part: named.part?.(args),
    fromDocumentId: asking.fromDocumentId,
    accountId: asking.accountId,
    createdAt: asking.at,
  })
  return {
    edits: [],
    statements: [...statements, recordsAreOthers(documentId)],
    asked: [{ documentId, action, outcome: 'proposed' }],
  }
}
