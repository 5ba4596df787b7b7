import { AppError } from '#shared/errors.ts'
import { attachmentLimits } from '#shared/records.ts'
import { TooMany } from '../http/errors.ts'

/** Files that one person sends at the same time. Each lies in memory until it is on the disk. */
const mostAtOnce = 4

/** Takes the bytes of files, of nobody too many at a time. */
export function createReceiving() {
  const sending = new Map<string, number>()

  return {
    /** Reads a request's body and does `work` with it. */
    async receive<T>(
      accountId: string,
      request: Request,
      work: (bytes: Uint8Array) => Promise<T>,
    ): Promise<T> {
      const others = sending.get(accountId) ?? 0
      if (others >= mostAtOnce)
        throw new TooMany(`At most ${mostAtOnce} files can be sent at once. Wait for one of them.`, 5)
      sending.set(accountId, others + 1)
      try {
        return await work(await readBytes(request, attachmentLimits.file))
      } finally {
        const left = (sending.get(accountId) ?? 1) - 1
        if (left === 0) sending.delete(accountId)
        else sending.set(accountId, left)
      }
    },
  }
}

/**
 * The body of a request as one piece of memory, which it is written to as it comes: at most `most` bytes. More are refused
 * before they are read where the request says so, and otherwise as soon as they come.
 */
export async function readBytes(request: Request, most: number): Promise<Uint8Array> {
  const said = request.headers.get('Content-Length')
  const length = said === null ? most : Number(said)
  if (length > most) throw tooLarge()
  const bytes = new Uint8Array(length)
  let read = 0
  for await (const chunk of chunksOf(request)) {
    if (read + chunk.length > length) throw tooLarge()
    bytes.set(chunk, read)
    read += chunk.length
  }
  if (read === 0) throw new AppError('invalid', 'This file is empty.', { file: 'This file is empty.' })
  return bytes.subarray(0, read)
}

async function* chunksOf({ body }: Request): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader()
  for (;;) {
    // Cancelling what is not wanted would cut the connection, and the refusal with it.
    const next = await reader?.read()
    if (next === undefined || next.done) return
    yield next.value
  }
}

function tooLarge(): AppError {
  const sentence = 'A file has at most 10 MB.'
  return new AppError('too-large', sentence, { file: sentence })
}
