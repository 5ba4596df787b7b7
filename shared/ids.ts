import { uuidv7 } from 'uuidv7'

/** A new id: a UUID of version 7, so that ids sort by the time they were made. */
export const newId = (): string => uuidv7()

const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Whether `text` has the form of an id that `newId` makes. */
export const isId = (text: unknown): text is string => typeof text === 'string' && pattern.test(text)

/** When an id was made, in milliseconds since 1970; undefined for what is none. */
export const timeOfId = (id: string): number | undefined =>
  isId(id) ? Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) : undefined
