import type { Attachment } from '#shared/records.ts'
import { asRefusal } from '../api.ts'
import { showToast } from '../ui/toasts.tsx'
import { removeAttachment, restoreAttachment } from './requests.ts'

/** Removes a file from its document and offers to bring it back. */
export async function removeWithUndo({ id, name }: Attachment, reload: () => unknown): Promise<void> {
  const isRemoved = await sayRefusal(() => removeAttachment(id))
  if (!isRemoved) return
  reload()
  const undo = async () => {
    if (await sayRefusal(() => restoreAttachment(id))) reload()
  }
  showToast({ text: `“${name}” was removed.`, action: { label: 'Undo', run: () => void undo() } })
}

async function sayRefusal(request: () => Promise<void>): Promise<boolean> {
  try {
    await request()
    return true
  } catch (thrown) {
    showToast({ text: asRefusal(thrown).message })
    return false
  }
}
