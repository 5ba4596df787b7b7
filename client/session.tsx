import { Navigate, useLocation } from '@solidjs/router'
import { createSignal, type JSX, Match, onCleanup, type ParentProps, Switch } from 'solid-js'
import type { AppError } from '#shared/errors.ts'
import type { NetworkSummary } from '#shared/network.ts'
import type { Me } from '#shared/people.ts'
import { answer, api, asRefusal, listenForSignOut } from './api.ts'
import { setClockOffset } from './clock.ts'
import { forgetNetworks } from './known.ts'
import { forgetMe, readRememberedMe, rememberMe } from './remembered-me.ts'
import { Problem } from './ui/load.tsx'

/** What the server says of itself before anyone is signed in. */
type StartInfo = Awaited<ReturnType<typeof askStart>>

/** Who uses this browser now. */
export type Session =
  | { readonly kind: 'loading' }
  | { readonly kind: 'setup' }
  | {
      readonly kind: 'signed-out' /** The person asked for it: whoever signs in next begins at the start. */
      readonly isWanted?: true
    }
  | { readonly kind: 'unreachable'; readonly problem: AppError }
  | SignedInSession

export interface SignedInSession {
  readonly kind: 'signed-in'
  readonly me: Me
  readonly networks: readonly NetworkSummary[]
  /** The server no longer knows this sign-in. A page that holds unsent work stays and asks for the password in place. */
  readonly hasEnded?: true
}

const [session, setSession] = createSignal<Session>({ kind: 'loading' })
const [start, setStart] = createSignal<StartInfo>()

export { session, start }

/** The person who is signed in. Only for what stands behind `RequireSignIn`. */
export function getMe(): Me {
  const now = session()
  if (now.kind !== 'signed-in') throw new Error('Nobody is signed in here')
  return now.me
}

/** Finds out who uses this browser: once when the page opens, and again after signing in. */
export async function startSession(): Promise<void> {
  listenForSignOut(signedOutElsewhere)
  window.addEventListener('online', () => {
    if (!isAnswered) void refreshSession()
  })
  await refreshSession()
}

/** Whether the server was there to say who this is. */
let isAnswered = false

export async function refreshSession(): Promise<void> {
  try {
    const [info, found] = await Promise.all([askStart(), findWhoIsSignedIn()])
    isAnswered = true
    setClockOffset(info.clockOffset)
    setStart(info)
    setSession(info.setupNeeded ? { kind: 'setup' } : found)
  } catch (thrown) {
    const problem = asRefusal(thrown)
    isAnswered = false
    setSession(rememberedSession(problem))
  }
}

/** Ends this sign-in. What this device holds of the person goes with it (C4); say first what was never sent. */
export async function signOut(): Promise<void> {
  const { id } = getMe()
  const { forgetAccount } = await import('./sync/local-copy.ts')
  await answer(api.session.$delete())
  await forgetAccount(id)
  forgetMe()
  forgetNetworks()
  setSession({ kind: 'signed-out', isWanted: true })
}

/** Shows a change of one's own name or color at once. */
export function updateMe(me: Me): void {
  const before = session()
  if (before.kind === 'signed-in') setSession({ ...before, me })
}

const askStart = () => answer(api.start.$get())

async function findWhoIsSignedIn(): Promise<Session> {
  try {
    const { account, networks } = await answer(api.session.$get())
    rememberMe({ me: account, networks })
    return { kind: 'signed-in', me: account, networks }
  } catch (thrown) {
    if (asRefusal(thrown).code !== 'unauthenticated') throw thrown
    return { kind: 'signed-out' }
  }
}

/** Without the server: what this device knows, so that the documents it holds open all the same. */
function rememberedSession(problem: AppError): Session {
  const remembered = readRememberedMe()
  return remembered ? { kind: 'signed-in', ...remembered } : { kind: 'unreachable', problem }
}

function signedOutElsewhere(): void {
  const before = session()
  if (before.kind === 'signed-in')
    setSession(holders() > 0 ? { ...before, hasEnded: true } : { kind: 'signed-out' })
}

const [holders, setHolders] = createSignal(0)

/** Keeps this page in sight when the sign-in ends, until its owner is gone: it asks for the password itself. */
export function holdPage(): void {
  setHolders((count) => count + 1)
  onCleanup(() => {
    setHolders((count) => count - 1)
    const now = session()
    if (now.kind === 'signed-in' && now.hasEnded) setSession({ kind: 'signed-out' })
  })
}

/** Shows its pages only to someone who is signed in; others sign in first and come back to where they were. */
export function RequireSignIn(props: ParentProps): JSX.Element {
  const location = useLocation()
  const signIn = () => {
    const here = `${location.pathname}${location.search}`
    const now = session()
    const returns = here !== '/' && !(now.kind === 'signed-out' && now.isWanted)
    return returns ? `/sign-in?next=${encodeURIComponent(here)}` : '/sign-in'
  }
  return (
    <Switch>
      <Match when={session().kind === 'signed-in'}>{props.children}</Match>
      <Match when={session().kind === 'setup'}>
        <Navigate href="/setup" />
      </Match>
      <Match when={session().kind === 'signed-out'}>
        <Navigate href={signIn()} />
      </Match>
      <Match when={unreachable()}>
        {(problem) => (
          <main class="page" id="main" tabIndex={-1}>
            <Problem problem={problem()} onRetry={() => void refreshSession()} asHeading />
          </main>
        )}
      </Match>
    </Switch>
  )
}

function unreachable(): AppError | undefined {
  const now = session()
  return now.kind === 'unreachable' ? now.problem : undefined
}
