import { type ClientResponse, hc } from 'hono/client'
import { AppError, type ErrorBody } from '#shared/errors.ts'
import type { App } from '../server/app.ts'

/** The server's routes, typed. The one place in the browser that names a server type. */
export const api = hc<App>('/').api

/** No answer at all: no network, or the server is not running. What was asked for may work later. */
export class Unreachable extends AppError {
  constructor() {
    super('unavailable', 'You are offline, or the server does not answer. Try again in a moment.')
    this.name = 'Unreachable'
  }
}

type Answer<Response> =
  Response extends ClientResponse<infer Data, number, infer Format>
    ? Format extends 'json'
      ? Json<Data>
      : undefined
    : never

/** JSON holds no `undefined`: what is optional is there or is not. */
type Json<Data> = Data extends object ? { [Key in keyof Data]: Json<Exclude<Data[Key], undefined>> } : Data

/** Waits for an answer and gives what it holds. Throws the server's refusal as it said it, fields included. */
export async function answer<Response extends ClientResponse<unknown, number, string>>(
  request: Promise<Response>,
): Promise<Answer<Response>> {
  const response = await request.catch(() => {
    throw new Unreachable()
  })
  if (!response.ok) throw await refusal(response)
  const data: unknown = response.status === 204 ? undefined : await response.json()
  // The type of what a route answers is the route's own; nothing is left to check here.
  return data as Answer<Response>
}

const onSignedOut = new Set<() => void>()

/** Calls `listener` whenever the server says that nobody is signed in any more. */
export function listenForSignOut(listener: () => void): () => void {
  onSignedOut.add(listener)
  return () => onSignedOut.delete(listener)
}

async function refusal(response: ClientResponse<unknown, number, string>): Promise<AppError> {
  return readRefusal(response.status, await response.text().catch(() => ''))
}

/** What an answer says that is no success. Whoever waits for the end of a sign-in hears of it. */
export function readRefusal(status: number, body: string): AppError {
  if (status === 401) for (const listener of onSignedOut) listener()
  try {
    const { error } = JSON.parse(body) as ErrorBody
    const { code, message, fields, ...details } = error
    return new AppError(code, message, fields, details)
  } catch {
    // A proxy's page, or a connection that broke in the middle.
    return new Unreachable()
  }
}

/** What was thrown, as a refusal that can be shown. Anything else is a fault of ours and goes on. */
export function asRefusal(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown
  throw thrown
}
