import { AppError, type ErrorBody } from '#shared/errors.ts'
import { type KindName, kinds } from '#shared/kinds/index.ts'
import { Unreachable } from '../api.ts'
import { downloadFile } from '../sync/download.ts'
import type { IconName } from '../ui/Icon.tsx'
import { showToast } from '../ui/toasts.tsx'

/** A file that the server makes of a document. */
export interface FileFormat {
  readonly format: string
  readonly label: string
  readonly icon: IconName
}

/** The files that a kind of document can be taken out as. */
export function formatsOf(kind: KindName): readonly FileFormat[] {
  const { tables, drawing } = kinds[kind]
  return [
    { format: 'markdown', label: 'Text (Markdown)', icon: 'document' },
    ...(tables ? [{ format: 'csv', label: 'Spreadsheet (CSV)', icon: 'table' } as const] : []),
    ...(drawing ? [{ format: 'svg', label: 'Drawing (SVG)', icon: 'diagram' } as const] : []),
    { format: 'json', label: 'All data (JSON)', icon: 'download' },
  ]
}

/**
 * Saves the file of the given format that the server writes at `path`, and says what the format leaves out. Where the server
 * does not answer, `saveHere` may offer what lies on this device.
 */
export async function takeOut(path: string, format: string, saveHere?: () => void): Promise<void> {
  try {
    const response = await askFor(`${path}?format=${format}`)
    downloadFile({
      name: nameIn(response.headers.get('Content-Disposition')) ?? `document.${format}`,
      type: response.headers.get('Content-Type') ?? 'application/octet-stream',
      body: await response.text(),
    })
    const omits = response.headers.get('X-Throughline-Omits')
    if (omits !== null) showToast({ text: omits })
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown
    if (!(thrown instanceof Unreachable) || saveHere === undefined)
      return void showToast({ text: thrown.message })
    showToast({
      text: 'The server does not answer.',
      action: { label: 'Save what is here', run: saveHere },
    })
  }
}

async function askFor(path: string): Promise<Response> {
  const response = await fetch(path).catch(() => {
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
