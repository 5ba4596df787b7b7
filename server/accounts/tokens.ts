import { createHash, randomBytes } from 'node:crypto'

/** A secret for a link: 256 random bits that fit into an address. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** What is stored of a secret: a copy of the database opens nothing. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')
