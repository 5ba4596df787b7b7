import type { Problem } from './records.ts'

/** The closed list of what can go wrong in a way that a person can act on. `server/http/errors.ts` gives each its status. */
export const errorCodes = [
  'invalid', // what was sent does not fit; `fields` says which part and what is accepted
  'unauthenticated', // nobody is signed in, or the sign-in has ended
  'forbidden', // signed in, but may not do this
  'not-found', // no such thing, or it may not be known that there is one
  'conflict', // what was asked for contradicts what is already there
  'incomplete', // something must be mended first; `problems` lists it
  'gone', // was there and has ended, e.g. a link that expired or was used
  'not-acceptable', // no such format; the message lists those there are
  'too-large',
  'too-many', // a limit on how often; the message says when to try again
  'unavailable', // storage or another part does not answer; trying again later may help
] as const

export type ErrorCode = (typeof errorCodes)[number]

/** Sentences by the name of the field they are about: what is wrong and what is accepted. Never the value that was sent. */
export type FieldProblems = Readonly<Record<string, string>>

/** The body of every answer that is not a success: `{error: {code, message, fields?, problems?, now?}}`. */
export interface ErrorBody {
  readonly error: { readonly code: ErrorCode; readonly message: string } & ErrorDetails
}

/** What a refusal may say beside its sentence. */
export interface ErrorDetails {
  readonly fields?: FieldProblems
  /** What is missing before a step can be taken. */
  readonly problems?: readonly Problem[]
  /** What the server holds where the page expected something else. */
  readonly now?: { readonly stage?: string; readonly text?: string; readonly hash?: string }
}

/** A refusal that a person can act on. Anything else that is thrown is a fault of ours and answers 500. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly fields: FieldProblems | undefined
  readonly details: Omit<ErrorDetails, 'fields'>

  constructor(
    code: ErrorCode,
    message: string,
    fields?: FieldProblems,
    details: Omit<ErrorDetails, 'fields'> = {},
  ) {
    super(message)
    this.name = 'AppError'
    this.code = code
    this.fields = fields
    this.details = details
  }
}
