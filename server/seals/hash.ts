import { createHash } from 'node:crypto'

/** SHA-256 of a canonical text as UTF-8, in hexadecimal: what `sha256sum` says of a file that holds it. */
export const hashOf = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')
