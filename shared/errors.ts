/** The closed list of what can go wrong in a way that a person can act on. `server/http/errors.ts` gives each its status. */
export const errorCodes = [
  'invalid', // what was sent does not fit; `fields` says which part and what is accepted
  'unauthenticated', // nobody is signed in, or the sign-in has ended
  'forbidden', // signed in, but may not do this
  'not-found', // no such thing, or it may not be known that there is one
  'conflict', // what was asked for contradicts what is already there
  'gone', // was there and has ended, e.g. a link that expired or was used
  'not-acceptable', // no such format; the message lists those there are
  'too-large',
  'too-many', // a limit on how often; the message says when to try again
  'unavailable', // storage or another part does not answer; trying again later may help
] as const

export type ErrorCode = (typeof errorCodes)[number]

/** Sentences by the name of the field they are about: what is wrong and what is accepted. Never the value that was sent. */
export type FieldProblems = Readonly<Record<string, string>>

/** The body of every answer that is not a success: `{error: {code, message, fields?}}`. */
export interface ErrorBody {
  readonly error: { readonly code: ErrorCode; readonly message: string; readonly fields?: FieldProblems }
}

/** A refusal that a person can act on. Anything else that is thrown is a fault of ours and answers 500. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly fields: FieldProblems | undefined

  constructor(code: ErrorCode, message: string, fields?: FieldProblems) {
    super(message)
    this.name = 'AppError'
    this.code = code
    this.fields = fields
  }
}
