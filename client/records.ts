import type { Accessor } from 'solid-js'
import type { TransitionAnswer } from '#shared/document.ts'
import type { Amendment, Records } from '#shared/records.ts'
import { answer, api } from './api.ts'
import { createNetworkFeed } from './feed.ts'
import { answerOrRemembered } from './remembered-answer.ts'
import { getMe } from './session.tsx'
import { createLoad, type Load } from './ui/load.tsx'

/**
 * The records of a document, as this reader may see them; kept current while others take steps. Without the server, as this
 * device remembers them.
 */
export function createRecords(
  documentId: Accessor<string | undefined>,
  networkId: Accessor<string | undefined>,
): Load<Records> {
  const load = createLoad(documentId, (id) => findRecords(getMe().id, id))
  createNetworkFeed(networkId, {
    document: (change, id) => {
      if (change === 'missed' || (change === 'records' && id === documentId())) void load.reload()
    },
  })
  return load
}

const findRecords = (accountId: string, id: string): Promise<Records> =>
  answerOrRemembered(accountId, `records/${id}`, async () => {
    const { records } = await answer(api.documents[':id'].records.$get({ param: { id } }))
    return records
  })

export interface Step {
  readonly name: string
  readonly reason?: string
  /** What the page shows: where the server knows otherwise, the step is not taken. */
  readonly expect?: { readonly stage?: string; readonly seal?: string }
  /** Go on although something is missing; there is a reason then. */
  readonly goOn?: boolean
}

/** Takes a step of a document. Refused with what is missing (`incomplete`) or with what is there by now (`conflict`). */
export const takeStep = (id: string, step: Step): Promise<TransitionAnswer> =>
  answer(api.documents[':id'].transitions.$post({ param: { id }, json: step }))

/** Runs a named action of a document's kind. */
export async function runAction(id: string, name: string, args: unknown): Promise<void> {
  await answer(api.documents[':id'].actions.$post({ param: { id }, json: { name, args } }))
}

/** Records what a part of a seal says now, and why; `expect` is the hash of the text that the page shows. */
export const amend = (
  sealId: string,
  amendment: { readonly part: string; readonly reason: string; readonly expect?: string },
): Promise<Amendment> => answer(api.seals[':id'].amendments.$post({ param: { id: sealId }, json: amendment }))

/** Gives one's own private answer about a part of a document; an earlier one is replaced. */
export async function answerBallot(id: string, part: string, value: number): Promise<void> {
  await answer(api.documents[':id'].ballots[':part'].$put({ param: { id, part }, json: { value } }))
}

/** Shows everybody what was answered about a part of a document; from then on nobody can answer. */
export async function revealBallot(id: string, part: string): Promise<void> {
  await answer(api.documents[':id'].ballots[':part'].reveal.$post({ param: { id, part } }))
}

/** Lets others know whose one's own answer is, or no longer. */
export async function shareAnswer(id: string, part: string, isShared: boolean): Promise<void> {
  const shared = api.documents[':id'].ballots[':part'].shared
  await answer(isShared ? shared.$post({ param: { id, part } }) : shared.$delete({ param: { id, part } }))
}

/** Accepts or declines a change that someone asked for. */
export async function decideProposal(id: string, accept: boolean): Promise<void> {
  await answer(api.proposals[':id'].decision.$post({ param: { id }, json: { accept } }))
}
