import type { DocumentDetail } from '#shared/document.ts'
import { AppError } from '#shared/errors.ts'
import type { Network } from '#shared/network.ts'
import { answer, api, Unreachable } from '../api.ts'
import { answerOrRemembered } from '../remembered-answer.ts'
import { forget, recall } from '../sync/device-store.ts'
import { findLostWork } from '../sync/local-copy.ts'
import { findDocument } from './requests.ts'

/** A document's row with its network: what its page needs before the content comes. */
export interface Found {
  readonly detail: DocumentDetail
  readonly network: Network
}

/**
 * The document as the server has it, or, when the server cannot be reached, as this device remembers it: then the page
 * opens all the same with the copy that lies here. Throws the refusal otherwise.
 */
export async function findWithNetwork(accountId: string, id: string): Promise<Found> {
  try {
    return await answerOrRemembered(accountId, keyOf(id), async () => {
      const detail = await findDocument(id)
      const network = await answer(api.networks[':id'].$get({ param: { id: detail.networkId } }))
      return { detail, network }
    })
  } catch (thrown) {
    if (thrown instanceof Unreachable) throw new NeverOpenedHere()
    if (thrown instanceof AppError && thrown.code === 'not-found') await forgetUnlessUnsent(accountId, id)
    throw thrown
  }
}

/** What was never sent is offered first (`LostWork`), and needs the row to be read. */
async function forgetUnlessUnsent(accountId: string, id: string): Promise<void> {
  if ((await findLostWork(accountId, id)) === undefined) await forget(accountId, keyOf(id))
}

/** What this device remembers of a document, or undefined. */
export const recallFound = (accountId: string, id: string): Promise<Found | undefined> =>
  recall(accountId, keyOf(id))

/** Offline, and no copy of the document lies on this device. */
class NeverOpenedHere extends AppError {
  constructor() {
    super(
      'unavailable',
      'This document was never opened on this device, so there is no copy to show. It opens as soon as you are back online.',
    )
  }
}

const keyOf = (id: string): string => `document/${id}`
