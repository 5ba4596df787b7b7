import type { Version } from '#shared/document.ts'
import type { Restored } from '#shared/history.ts'
import { answer, api, asRefusal } from '../api.ts'
import { showToast } from '../ui/toasts.tsx'

/** The states that have a name, the newest first. */
export const listVersions = async (id: string): Promise<readonly Version[]> =>
  (await answer(api.documents[':id'].versions.$get({ param: { id } }))).versions

/** Gives the document as it is now a name. */
export async function saveVersion(id: string, version: { name: string; note?: string }): Promise<void> {
  await answer(api.documents[':id'].versions.$post({ param: { id }, json: version }))
}

/**
 * Makes a document say again what it said at a moment (a row of the update log), as an edit like any other: what others
 * write meanwhile stays. It is done at once, and can be taken back. Answers whether it was done.
 */
export const restoreMoment = (documentId: string, seq: number, said: string): Promise<boolean> =>
  ask(documentId, { seq }, said)

interface Moment {
  readonly seq: number
  /** What was written after this row stays. */
  readonly since?: number
}

async function ask(documentId: string, moment: Moment, said: string): Promise<boolean> {
  try {
    const { seqBefore, seq, isChanged } = await restore(documentId, moment)
    if (!isChanged) {
      showToast({ text: 'The document says all of that already.' })
      return true
    }
    const undo = () =>
      void ask(documentId, { seq: seqBefore, since: seq }, 'What was restored is taken back.')
    showToast({ text: said, action: { label: 'Undo', run: undo } })
    return true
  } catch (thrown) {
    showToast({ text: asRefusal(thrown).message })
    return false
  }
}

const restore = (id: string, json: Moment): Promise<Restored> =>
  answer(api.documents[':id'].restoration.$post({ param: { id }, json }))
