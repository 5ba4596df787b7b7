import type { DocumentChange, TransitionAnswer } from '#shared/document.ts'
import { AppError } from '#shared/errors.ts'
import { kinds } from '#shared/kinds/index.ts'
import { ConstraintFailed, type Database, ExpectationFailed } from '../db/database.ts'
import { archivedMeanwhile, type DocumentGuard } from '../documents/guard.ts'
import type { Commit, PresentIn, ProjectAgain } from '../documents/live.ts'
import { findNetwork } from '../networks/store.ts'
import { recordsOf } from '../records.ts'
import { type AskedStep, getStep, requireReason, requireStage, stageConflict } from './allowed.ts'
import { AsksOthers, planStep } from './plan-step.ts'
import { findTargets, type Targets } from './requests.ts'
import type { Standing, Taker } from './standing.ts'

export interface StepDeps {
  readonly db: Database
  readonly guard: DocumentGuard
  readonly commit: Commit
  readonly presentIn: PresentIn
  readonly projectAgain: ProjectAgain
  /** Tells the open pages, boards and lists. */
  readonly announce: (documentId: string, change: DocumentChange) => void
  readonly now: () => number
}

/**
 * Takes a step of a document: checks it on what the document holds at that moment, seals, edits, asks other documents and
 * opens new ones, all in one transaction (D7). Whatever stands against any of it stands against the whole.
 */
export async function takeStep(
  deps: StepDeps,
  by: Taker,
  documentId: string,
  asked: AskedStep,
): Promise<TransitionAnswer> {
  const document = await deps.guard.get(by.id, documentId, 'edit')
  const kind = kinds[document.kind]
  const step = getStep(kind, asked.name)
  requireReason(step, asked)
  const records = await recordsOf(deps.db, document)
  const from = requireStage(step, asked, records)
  const network = await getNetwork(deps.db, document.networkId)
  const answer = await commitStep(deps, { document, kind, step, asked, by, records, from, network })
  await tellOthers(deps, document.id, answer)
  return answer
}

/** Gone only where the document is gone with it. */
async function getNetwork(db: Database, id: string): Promise<Standing['network']> {
  const network = await findNetwork(db, id)
  if (network === undefined) throw new AppError('not-found', 'There is no such document.')
  return { timeZone: network.timeZone, schoolDomains: network.identifierGuard.schoolDomains }
}

/**
 * Of which documents a step asks something only the live content says. Where that names one that was not looked at, nothing
 * is written, the person's level there is found out, and it is tried again.
 */
async function commitStep(deps: StepDeps, standing: Standing): Promise<TransitionAnswer> {
  const { document, by } = standing
  let targets: Targets = new Map()
  for (let tries = 0; tries < mostTries; tries++) {
    try {
      return await commitOnce(deps, standing, targets)
    } catch (error) {
      if (!(error instanceof AsksOthers)) throw await refusalOf(deps, standing, error)
      targets = await findTargets(deps.guard, by.id, document.networkId, error.documentIds)
    }
  }
  throw new AppError('conflict', 'The document changes too fast at the moment. Try again.')
}

/** Content changes while levels are looked up, but hardly so often that it names another document each time. */
const mostTries = 5

function commitOnce(
  { commit, presentIn, now }: StepDeps,
  standing: Standing,
  targets: Targets,
): Promise<TransitionAnswer> {
  const { id } = standing.document
  return commit([id, ...targets.keys()], (copies) => {
    const others = new Map(copies.map((copy) => [copy.id, copy]))
    const live = others.get(id)
    if (live === undefined) throw new AppError('not-found', 'There is no such document.')
    return planStep(standing, { at: now(), present: presentIn(id), live, others, targets })
  })
}

/** What a failed transaction means for the person: someone was faster. */
async function refusalOf({ db }: StepDeps, { document }: Standing, error: unknown): Promise<unknown> {
  if (error instanceof ConstraintFailed && error.on.some((column) => column.startsWith('stage_change.'))) {
    const { stage = '' } = await recordsOf(db, document)
    return stageConflict(`This is ${stage} by now: someone took a step in the same moment.`, stage)
  }
  return error instanceof ExpectationFailed ? archivedMeanwhile() : error
}

async function tellOthers(
  { projectAgain, announce }: StepDeps,
  documentId: string,
  { asked, opened }: TransitionAnswer,
): Promise<void> {
  const touched = [...new Set([documentId, ...asked.map((each) => each.documentId)])]
  await projectAgain([...touched, ...opened])
  for (const id of touched) announce(id, 'records')
  for (const id of opened) announce(id, 'created')
}
