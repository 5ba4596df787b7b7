import { Temporal } from 'temporal-polyfill'
import type { TransitionAnswer } from '#shared/document.ts'
import { newId } from '#shared/ids.ts'
import type { Opening, Request, Taken } from '#shared/kinds/kind.ts'
import type { Statement } from '../db/database.ts'
import { prepareDocument } from '../documents/creation.ts'
import type { PlannedCommit } from '../documents/live.ts'
import { insertVersion, isInUse, recordsAreOthers } from '../documents/store.ts'
import { requireComplete } from './allowed.ts'
import { planRequests, type Targets } from './requests.ts'
import { planSeal } from './sealing.ts'
import type { Moment, Standing } from './standing.ts'
import { insertStageChange, type NewStageChange } from './store.ts'

/** Thrown where a step asks something of documents that nobody has looked at yet: their levels have to be found out first. */
export class AsksOthers extends Error {
  override readonly name = 'AsksOthers'
  readonly documentIds: readonly string[]

  constructor(documentIds: readonly string[]) {
    super('A step asks documents that were not looked at yet')
    this.documentIds = documentIds
  }
}

/** What the step does, all of it; throws where anything stands against any of it. */
export function planStep(standing: Standing, moment: Moment): PlannedCommit<TransitionAnswer> {
  const { document, kind, step, asked, by, records, network } = standing
  const model: unknown = kind.read(moment.live.doc)
  const missing = requireComplete(asked, step.problems(model, records, network))
  const taken = takenAt(standing, moment.at)
  const to = typeof step.to === 'string' ? step.to : step.to(records)
  const requests = step.asks?.(model, records, taken) ?? []
  requireKnown(requests, moment.targets)

  const seal = planSeal(standing, moment, model)
  const asking = { fromDocumentId: document.id, accountId: by.id, ...moment }
  const requested = planRequests(requests, asking)
  const openings = step.opens?.(model, records, taken) ?? []
  const opened = openings.map((opening) => planOpening(standing, opening, moment.at))
  const openedIds = opened.map(({ id }) => id)
  return {
    edits: [
      { documentId: document.id, edit: (doc) => step.edit?.(doc, { ...taken, to }) },
      ...requested.edits,
    ],
    statements: [
      isInUse(document.id),
      ...requested.checks,
      ...planChange(standing, moment, { to, missing, opened: openedIds }),
      ...seal.statements,
      ...requested.statements,
      ...opened.flatMap(({ statements }) => statements),
      recordsAreOthers(document.id),
    ],
    author: by.id,
    via: 'transition',
    answer: {
      stage: to,
      ...(seal.made && { seal: seal.made }),
      opened: openedIds,
      asked: requested.asked,
    },
  }
}

function takenAt({ document, by, asked, network }: Standing, at: number): Taken {
  return {
    documentId: document.id,
    by: { id: by.id, name: by.name },
    at,
    day: Temporal.Instant.fromEpochMilliseconds(at)
      .toZonedDateTimeISO(network.timeZone)
      .toPlainDate()
      .toString(),
    ...(asked.reason && { reason: asked.reason }),
  }
}

function requireKnown(requests: readonly Request[], targets: Targets): void {
  const asked = requests.map(({ documentId }) => documentId)
  if (asked.some((id) => !targets.has(id))) throw new AsksOthers(asked)
}

/** H3: the version shows what the document held when the step was decided on: what was checked and sealed. */
function planChange(
  { document, step, asked, by, records, from }: Standing,
  { at, live }: Moment,
  change: Pick<NewStageChange, 'to' | 'missing' | 'opened'>,
): readonly Statement[] {
  const versionId = newId()
  const whoAndWhen = { documentId: document.id, accountId: by.id, createdAt: at }
  return [
    insertVersion({
      ...whoAndWhen,
      id: versionId,
      epoch: live.epoch,
      seq: live.seq,
      name: step.label,
      note: asked.reason || undefined,
      cause: 'transition',
    }),
    insertStageChange({
      ...whoAndWhen,
      ...change,
      number: (records.transitions?.at(-1)?.number ?? 0) + 1,
      name: asked.name,
      from,
      reason: asked.reason || undefined,
      versionId,
    }),
  ]
}

/** A document of the same kind in the same place. */
function planOpening(
  { document, by }: Standing,
  { title, content }: Opening<unknown>,
  createdAt: number,
): { readonly id: string; readonly statements: readonly Statement[] } {
  const { networkId, teamId, kind, shared } = document
  const id = newId()
  const place = { networkId, teamId, kind, shared }
  const { doc, statements } = prepareDocument({ id, ...place, title, content, accountId: by.id, createdAt })
  doc.destroy()
  return { id, statements }
}
