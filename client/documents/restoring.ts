import type { Restored } from '#shared/history.ts'
import { answer, api, asRefusal } from '../api.ts'
import { showToast } from '../ui/toasts.tsx'

/**
 * Makes a document say again what it said at a moment (a row of the update log), as an edit like any other: what others
 * write meanwhile stays. It is done at once, and can be taken back. Answers whether it was done.
 */
export async function restoreMoment(documentId: string, seq: number, said: string): Promise<boolean> {
  try {
    const { seqBefore, isChanged } = await askFor(documentId, seq)
    if (!isChanged) {
      showToast({ text: 'The document says all of that already.' })
      return true
    }
    const undo = () => void restoreMoment(documentId, seqBefore, 'The document is as it was before.')
    showToast({ text: said, action: { label: 'Undo', run: undo } })
    return true
  } catch (thrown) {
    showToast({ text: asRefusal(thrown).message })
    return false
  }
}

const askFor = (id: string, seq: number): Promise<Restored> =>
  answer(api.documents[':id'].restoration.$post({ param: { id }, json: { seq } }))
