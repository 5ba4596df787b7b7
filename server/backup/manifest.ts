import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import * as v from 'valibot'
import { AppError } from '#shared/errors.ts'

/*
 * A backup is one archive (tar, compressed): `manifest.json`, the database as it was at one moment, and the files that people
 * attached. The manifest names each of them with its hash, so that whoever restores it knows that all is there and unharmed.
 */

export const manifestName = 'manifest.json'
export const databaseName = 'throughline.db'
export const uploadsName = 'uploads'

/** Where a file of a backup may stand: nothing else is taken out of an archive. */
const filePath = /^(throughline\.db|uploads\/[0-9a-f]{2}\/[0-9a-f-]{36})$/

export const isBackupPath = (path: string): boolean => path === manifestName || filePath.test(path)

const fileSchema = v.object({
  path: v.pipe(v.string(), v.regex(filePath)),
  bytes: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
})

const manifestSchema = v.object({
  format: v.literal(1),
  /** The version of the program that made it. */
  program: v.string(),
  /** The last step of the database's form that it has taken. */
  step: v.pipe(v.number(), v.safeInteger()),
  createdAt: v.string(),
  files: v.array(fileSchema),
  /** What is not in it and has to be kept elsewhere. */
  leftOut: v.array(v.string()),
})

export type Manifest = v.InferOutput<typeof manifestSchema>
export type BackupFile = Manifest['files'][number]

/** Secrets are settings of the environment; an archive that is copied around must not hold them. */
export const leftOut: readonly string[] = ['SMTP_URL', 'METRICS_TOKEN', 'DATABASE_AUTH_TOKEN']

/** Reads a manifest; refuses one of another form with a sentence. */
export function parseManifest(text: string): Manifest {
  try {
    return v.parse(manifestSchema, JSON.parse(text))
  } catch {
    throw new AppError(
      'invalid',
      'This is no backup of Throughline that this version can read: its manifest does not fit.',
    )
  }
}

export async function hashOf(path: string): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const hash = createHash('sha256')
  let bytes = 0
  await pipeline(createReadStream(path), async (pieces: AsyncIterable<Buffer>) => {
    for await (const piece of pieces) {
      hash.update(piece)
      bytes += piece.byteLength
    }
  })
  return { bytes, sha256: hash.digest('hex') }
}
