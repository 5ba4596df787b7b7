import { attachmentTypes } from '#shared/records.ts'

const kilobyte = 1024
const megabyte = 1024 * kilobyte

/** "812 KB", "2.1 MB" */
export function sizeOf(bytes: number): string {
  if (bytes >= 10 * megabyte) return `${Math.round(bytes / megabyte)} MB`
  if (bytes >= megabyte) return `${(bytes / megabyte).toFixed(1)} MB`
  return `${Math.max(1, Math.round(bytes / kilobyte))} KB`
}

/** What a file is called for people: "PDF", "JPEG". */
export const typeName = (type: string): string => attachmentTypes[type] ?? 'file'

const longestName = 200
const drawnEndings: Readonly<Record<string, string>> = { 'image/jpeg': 'jpg', 'image/png': 'png' }

/** The name that a file is sent under: not longer than may be, and ending as what it was drawn anew as. */
export function nameFor(name: string, drawnAs?: string): string {
  const [, before = name, ending = ''] = /^(.+)\.([^.]+)$/.exec(name) ?? []
  const drawn = drawnAs === undefined ? undefined : drawnEndings[drawnAs]
  const isSame = ending.toLowerCase() === drawn || (drawn === 'jpg' && /^jpeg$/i.test(ending))
  const wanted = drawn === undefined || isSame ? ending : drawn
  if (wanted === '') return name.slice(0, longestName)
  return `${before.slice(0, longestName - wanted.length - 1)}.${wanted}`
}
