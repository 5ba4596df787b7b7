import { digest } from 'lib0/hash/sha256'

/** SHA-256 of a text as UTF-8, in hexadecimal: where the page is served without TLS the browser itself offers none. */
export const hashOf = (text: string): string =>
  [...digest(new TextEncoder().encode(text))].map((byte) => byte.toString(16).padStart(2, '0')).join('')

/** The beginning of a hash, in groups that one can compare by eye: "9c41 e07b 52af". */
export const shortHash = (hash: string): string => (hash.slice(0, 12).match(/.{4}/g) ?? []).join(' ')
