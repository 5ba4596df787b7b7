import * as v from 'valibot'
import type { FileType } from '#shared/file-type.ts'

/**
 * The name that a file is shown under. A path before it says where it lay on somebody's computer and is left out; so is what
 * cannot be seen, such as signs that turn the direction of writing and make one ending look like another.
 */
export const attachmentNameSchema = v.pipe(
  v.string('A file needs a name.'),
  v.transform((name) =>
    name
      .normalize('NFC')
      .replace(/^.*[/\\]/s, '')
      .replace(/[\p{Cc}\p{Cf}\p{Cs}]+/gu, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  ),
  v.minLength(1, 'A file needs a name.'),
  v.maxLength(200, 'The name of a file has at most 200 characters.'),
)

/** The endings that files of a type may have; the first is given to those that have none of them. */
const endings: Readonly<Record<FileType, readonly string[]>> = {
  'image/jpeg': ['jpg', 'jpeg'],
  'image/png': ['png'],
  'image/webp': ['webp'],
  'application/pdf': ['pdf'],
  'text/plain': ['txt', 'csv', 'tsv', 'md', 'log'],
  'text/csv': ['csv', 'tsv', 'txt'],
}

/** A name in two: before the last dot, and an ending that says what the file is, whatever it was called. */
export function nameToSave(
  name: string,
  type: string,
): { readonly title: string; readonly extension: string } {
  const accepted = endings[type as FileType] ?? []
  const [, title = name, ending = ''] = /^(.*)\.([^.]+)$/.exec(name) ?? []
  const extension = ending.toLowerCase()
  if (accepted.includes(extension)) return { title, extension }
  return { title: name, extension: accepted[0] ?? 'bin' }
}
