import { AppError } from '#shared/errors.ts'
import { fileTypeOf, notAttachable } from '#shared/file-type.ts'
import { attachmentLimits } from '#shared/records.ts'
import { nameFor, sizeOf } from './file-words.ts'

/** A file as it will be sent. */
export interface PreparedFile {
  readonly name: string
  readonly bytes: Blob
}

/** A picture drawn anew, smaller; undefined where this browser cannot show it. */
export type Redraw = (picture: Blob) => Promise<Blob | undefined>

/** Cameras make larger pictures than may be sent; drawn anew they become small. */
const largestPicture = 60 * 1024 * 1024

/**
 * What a person chose, as it will be sent: pictures drawn anew and small, without what the camera wrote into them; everything
 * else as it is, copied, so that it can be sent when the file has moved. Throws the sentence for what the server would refuse.
 */
export async function prepareFile(file: File, redraw: Redraw): Promise<PreparedFile> {
  if (file.size === 0) throw new AppError('invalid', 'This file is empty.')
  const isPicture = file.type.startsWith('image/') && file.type !== 'image/svg+xml'
  if (isPicture && file.size <= largestPicture) {
    const drawn = await redraw(file)
    if (drawn !== undefined) return { name: nameFor(file.name, drawn.type), bytes: drawn }
  }
  if (file.size > attachmentLimits.file)
    throw new AppError('too-large', `A file has at most 10 MB. This one has ${sizeOf(file.size)}.`)
  const bytes = await read(file)
  const type = fileTypeOf(new Uint8Array(bytes))
  if (type === undefined) throw new AppError('invalid', notAttachable)
  return { name: nameFor(file.name), bytes: new Blob([bytes], { type }) }
}

async function read(file: File): Promise<ArrayBuffer> {
  try {
    return await file.arrayBuffer()
  } catch {
    throw new AppError('invalid', 'This file can no longer be read. Choose it again.')
  }
}
