import { type Context, Hono } from 'hono'
import { createMiddleware } from 'hono/factory'
import type { FieldProblems } from '#shared/errors.ts'
import type { IdentifierContext } from '#shared/identifiers/identifier.ts'
import { findIdentifiers } from '#shared/identifiers.ts'
import type { Authenticates } from '../accounts/signed-in.ts'
import type { Database } from '../db/database.ts'
import { invalidFields } from '../http/errors.ts'
import type { Access } from './access.ts'
import { findIdentifierGuard, type InNetwork } from './store.ts'

export interface IdentifierGuardDeps {
  readonly accounts: Authenticates
  readonly db: Database
  readonly access: Access
  readonly now: () => number
}

/**
 * Where a network blocks students' identifiers, refuses a body that holds one before its route sees it, and names the field,
 * never the value. It stands before the routes of what people send in forms and imports: titles, content, reasons, versions,
 * amendments, what actions are done with. All else it leaves to them: whoever is not in the network, and what is not JSON.
 */
export function identifierGuard(deps: IdentifierGuardDeps) {
  const guard = createMiddleware(async (c, next) => {
    if (isForm(c.req.raw)) await refuseIfBlocked(deps, c)
    await next()
  })
  return new Hono()
    .use('/api/networks/:networkId/documents', guard)
    .use('/api/documents/:documentId/*', guard)
    .use('/api/seals/:sealId/*', guard)
}

async function refuseIfBlocked(deps: IdentifierGuardDeps, { req }: Context): Promise<void> {
  const guard = await findIdentifierGuard(deps.db, namedIn(req.param()))
  if (guard?.mode !== 'block' || !(await isMember(deps, guard.networkId, req.raw.headers))) return
  const body: unknown = await req.json().catch(() => undefined)
  refuseIdentifiers(body, { ...guard, year: new Date(deps.now()).getUTCFullYear() })
}

const isForm = ({ method, headers }: Request): boolean =>
  method !== 'GET' && method !== 'HEAD' && (headers.get('content-type') ?? '').includes('json')

function namedIn({ networkId, documentId, sealId }: Readonly<Record<string, string>>): InNetwork {
  if (networkId !== undefined) return { networkId }
  return documentId === undefined ? { sealId: sealId ?? '' } : { documentId }
}

async function isMember(
  { accounts, access }: IdentifierGuardDeps,
  networkId: string,
  headers: Headers,
): Promise<boolean> {
  // The route asks again, and that is the use of the sign-in.
  const signedIn = await accounts.authenticate(headers, { isUse: false })
  return signedIn !== undefined && (await access.viewerIn(networkId, signedIn.account.id)) !== undefined
}

/** Throws the refusal of a form whose texts look like students' identifiers; the fields are named by their path. */
function refuseIdentifiers(body: unknown, context: IdentifierContext): void {
  const fields: Record<string, string> = {}
  for (const { path, text } of textsIn(body)) {
    const [identifier] = findIdentifiers(text, context)
    if (identifier === undefined) continue
    fields[path] = `${identifier.why} This network keeps students’ identifiers out: write it without.`
    if (Object.keys(fields).length >= mostFields) break
  }
  if (Object.keys(fields).length > 0) throw invalidFields(fields satisfies FieldProblems)
}

/** A refusal of a whole pasted class need not name each of its children. */
const mostFields = 20

interface PlacedText {
  readonly path: string
  readonly text: string
}

/** Every text of a body. Walks without calling itself: content may be nested as deeply as its sender likes. */
function* textsIn(body: unknown): Generator<PlacedText> {
  const waiting: { readonly path: string; readonly value: unknown }[] = [{ path: '', value: body }]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { path, value } = next
    if (typeof value === 'string') yield { path, text: value }
    else if (typeof value === 'object' && value !== null) {
      const inside = Object.entries(value).map(([name, value]) => ({ path: join(path, name), value }))
      waiting.push(...inside.reverse())
    }
  }
}

const join = (path: string, name: string): string => {
  const whole = path === '' ? name : `${path}.${name}`
  return whole.length > longestPath ? whole.slice(0, longestPath) : whole
}

/** Names in content are the sender's, and may be as long as the content. */
const longestPath = 200
