import { sValidator } from '@hono/standard-validator'
import type { Context, ErrorHandler, NotFoundHandler, ValidationTargets } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Logger } from 'pino'
import * as v from 'valibot'
import { AppError, type ErrorBody, type ErrorCode, type FieldProblems } from '#shared/errors.ts'
import { newId } from '#shared/ids.ts'
import { StorageFailed } from '../db/database.ts'

const statusOf: Readonly<Record<ErrorCode, ContentfulStatusCode>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  'not-acceptable': 406,
  conflict: 409,
  incomplete: 422,
  gone: 410,
  'too-large': 413,
  'too-many': 429,
  unavailable: 503,
}

/** A limit on how often, with the seconds until it ends for the Retry-After header. */
export class TooMany extends AppError {
  readonly retryAfter: number

  constructor(message: string, retryAfter: number) {
    super('too-many', message)
    this.retryAfter = retryAfter
  }
}

/** A file of a type that is not accepted, which HTTP knows apart from other things that do not fit. */
export class UnsupportedType extends AppError {
  readonly status = 415
}

/** The disk is full or may not be written any more, which heals when whoever runs the server makes room. */
class NoRoom extends AppError {
  readonly status = 507

  constructor() {
    super(
      'unavailable',
      'The server has no room to save this. Nothing was changed; tell whoever runs the server, and try again.',
    )
  }
}

/** The one place where what was thrown becomes an answer. What is not meant for people gets an id that the log has too. */
export const answerError =
  (log: Logger): ErrorHandler =>
  (thrown, c) => {
    const refusal = refusalOf(thrown)
    if (refusal) return answer(c, refusal)
    const id = newId()
    log.error({ err: thrown, id, method: c.req.method, path: withoutSecrets(c.req.path) }, 'a request failed')
    const message = `Something went wrong on our side. Try again; if it stays, report the number ${id}.`
    return c.json({ error: { code: 'unavailable', message } } satisfies ErrorBody, 500)
  }

/** Links of invitations carry their secret in the path. */
const withoutSecrets = (path: string): string => path.replace(/[\w-]{40,}/g, '…')

export const answerNotFound: NotFoundHandler = (c) =>
  answer(c, new AppError('not-found', `There is nothing at ${c.req.method} on this address.`))

function answer(
  c: Context,
  {
    code,
    message,
    fields,
    details,
    retryAfter,
    status = statusOf[code],
  }: AppError & { readonly retryAfter?: number; readonly status?: ContentfulStatusCode },
): Response {
  const body: ErrorBody = { error: { code, message, ...(fields && { fields }), ...details } }
  // The rest of a body that is too large is not read, so nothing can follow it on its connection.
  if (code === 'too-large') c.header('Connection', 'close')
  if (retryAfter !== undefined) c.header('Retry-After', String(retryAfter))
  return c.json(body, status)
}

function refusalOf(thrown: unknown): AppError | undefined {
  if (thrown instanceof AppError) return thrown
  if (thrown instanceof StorageFailed) {
    if (thrown.isFull) return new NoRoom()
    return new AppError(
      'unavailable',
      'The database does not answer. Nothing was changed; try again in a minute.',
    )
  }
  if (thrown instanceof HTTPException && thrown.status === 400) {
    return new AppError('invalid', 'The body of the request is not valid JSON.')
  }
  // Whoever hung up in the middle reads no answer; it is no fault of ours, and nobody may fill our log with it.
  if (isCutOff(thrown)) return new AppError('invalid', 'The request ended before all of it was there.')
  return undefined
}

const isCutOff = (thrown: unknown): boolean =>
  thrown instanceof Error && thrown.message === 'aborted' && 'code' in thrown && thrown.code === 'ECONNRESET'

/** Checks one part of a request. Answers with a sentence for each field and never with what was sent. */
export const valid = <Target extends keyof ValidationTargets, Schema extends v.GenericSchema>(
  target: Target,
  schema: Schema,
) =>
  sValidator(target, schema, (result): void => {
    if (!result.success) throw invalid(result.error)
  })

interface Issue {
  readonly message: string
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
}

function invalid(issues: readonly Issue[]): AppError {
  const fields: Record<string, string> = {}
  for (const issue of issues) fields[fieldOf(issue)] ??= issue.message
  return invalidFields(fields)
}

/** The refusal of a form: the first sentence stands for the whole where only one is shown. */
export function invalidFields(fields: FieldProblems): AppError {
  const [field, problem] = Object.entries(fields)[0] ?? ['', 'This does not fit.']
  return new AppError('invalid', field === '' ? problem : `${field}: ${problem}`, fields)
}

const fieldOf = ({ path = [] }: Issue): string =>
  path.map((step) => String(typeof step === 'object' ? step.key : step)).join('.')

// Valibot's own sentences say what was received, a password too.
v.setGlobalMessage((issue) =>
  issue.received === 'undefined' ? 'This is missing.' : `This must be ${issue.expected ?? 'something else'}.`,
)
