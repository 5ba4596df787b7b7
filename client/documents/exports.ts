import { AppError, type ErrorBody } from '#shared/errors.ts'
import { Unreachable } from '../api.ts'
import { downloadFile } from '../sync/download.ts'
import type { OpenDocument } from '../sync/open-document.ts'
import { showToast } from '../ui/toasts.tsx'

/**
 * Saves the document as a file of the given format, as the server writes it, and says what the format leaves out.
 * Without the server, what lies on this device can still be saved.
 */
export async function takeOut(document: { id: string }, format: string, open: OpenDocument): Promise<void> {
  try {
    const response = await askFor(document.id, format)
    downloadFile({
      name: nameIn(response.headers.get('Content-Disposition')) ?? `document.${format}`,
      type: response.headers.get('Content-Type') ?? 'application/octet-stream',
      body: await response.text(),
    })
    const omits = response.headers.get('X-Throughline-Omits')
    if (omits !== null) showToast({ text: omits })
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown
    if (!(thrown instanceof Unreachable)) return void showToast({ text: thrown.message })
    showToast({
      text: 'The server does not answer.',
      action: { label: 'Save what is here', run: () => open.download() },
    })
  }
}

async function askFor(id: string, format: string): Promise<Response> {
  const response = await fetch(`/api/documents/${id}/export?format=${format}`).catch(() => {
    throw new Unreachable()
  })
  if (response.ok) return response
  const { error } = (await response.json().catch(() => {
    throw new Unreachable()
  })) as ErrorBody
  throw new AppError(error.code, error.message)
}

/** The file's name: the encoded one where there is one, since the other holds ASCII alone. */
function nameIn(disposition: string | null): string | undefined {
  const encoded = disposition?.match(/filename\*=UTF-8''([^;]+)/i)?.[1]
  return encoded ? decodeURIComponent(encoded) : disposition?.match(/filename="([^"]+)"/)?.[1]
}
