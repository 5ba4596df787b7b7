import type { Attachment } from '#shared/records.ts'
import { readRefusal, Unreachable } from '../api.ts'
import type { WaitingFile } from '../sync/waiting-files.ts'

/** Sends a file and answers what became of it; `onShare` hears how much of it is on its way, from 0 to 1. */
export type Upload = (
  file: WaitingFile,
  onShare: (share: number) => void,
  leaving: AbortSignal,
) => Promise<Attachment>

/** As long as the server waits for a request. */
const patience = 300_000

/** Throws the server's refusal as it said it. `fetch` would not say how far it is. */
export const uploadFile: Upload = ({ id, documentId, name, part, bytes }, onShare, leaving) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const query = new URLSearchParams({ id, name, ...(part !== undefined && { part }) })
    request.open('POST', `/api/documents/${documentId}/attachments?${query}`)
    request.timeout = patience
    request.upload.onprogress = ({ loaded, total }) => onShare(total === 0 ? 0 : loaded / total)
    const unreachable = () => reject(new Unreachable())
    request.onerror = unreachable
    request.ontimeout = unreachable
    request.onabort = unreachable
    request.onload = () => {
      // What this route answers with 201 is an attachment.
      if (request.status === 201) resolve(JSON.parse(request.responseText) as Attachment)
      else reject(readRefusal(request.status, request.responseText))
    }
    leaving.addEventListener('abort', () => request.abort(), { once: true })
    request.send(bytes)
  })
