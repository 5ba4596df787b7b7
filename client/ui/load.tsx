import {
  type Accessor,
  createEffect,
  createMemo,
  createSignal,
  type JSX,
  Match,
  on,
  onCleanup,
  Switch,
} from 'solid-js'
import { AppError } from '#shared/errors.ts'
import { Button } from './Button.tsx'
import { EmptyState } from './EmptyState.tsx'
import { Skeleton } from './Skeleton.tsx'
import { sharing } from './sharing.ts'

/** Something that is fetched for a page: what is known now, and what went wrong. */
export interface Load<T> {
  readonly data: Accessor<T | undefined>
  readonly problem: Accessor<AppError | undefined>
  /** Asks again; what is known stays in sight meanwhile. */
  reload(): Promise<void>
  /** Shows a change before the server has been asked for it. */
  set(change: (data: T) => T): void
}

/**
 * Fetches whenever `key` changes (not while it is undefined), and again when the reader comes back to the page.
 * Only the newest answer counts. What stands in `known` is shown at once, until the newer answer is there.
 */
export function createLoad<K, T>(
  key: Accessor<K | undefined>,
  fetch: (key: K) => Promise<T>,
  known?: Map<K, T>,
): Load<T> {
  // What it is made of may be told anew and be the same: that is no reason to take away what is in sight.
  const current = createMemo(key)
  const [data, setData] = createSignal<T>()
  const [problem, setProblem] = createSignal<AppError>()
  let newest = 0

  const ask = async (): Promise<void> => {
    const asked = current()
    if (asked === undefined) return
    const mine = ++newest
    try {
      const found = await fetch(asked)
      if (mine !== newest) return
      setData((before) => sharing(before, found))
      known?.set(asked, found)
      setProblem(undefined)
    } catch (thrown) {
      if (mine !== newest) return
      if (!(thrown instanceof AppError)) throw thrown
      setProblem(thrown)
    }
  }

  createEffect(
    on(current, (asked) => {
      setData(() => (asked === undefined ? undefined : known?.get(asked)))
      setProblem(undefined)
      void ask()
    }),
  )

  const onReturn = () => {
    if (document.visibilityState === 'visible') void ask()
  }
  document.addEventListener('visibilitychange', onReturn)
  window.addEventListener('online', onReturn)
  onCleanup(() => {
    newest += 1
    document.removeEventListener('visibilitychange', onReturn)
    window.removeEventListener('online', onReturn)
  })

  return { data, problem, reload: ask, set: (change) => setData((before) => before && change(before)) }
}

/** Draws what was fetched; until then its place, and when it fails, why and what to do. */
export function Loaded<T>(props: {
  load: Load<T>
  lines?: number
  /** It is what the page is about: when it fails, that is the page's heading. */
  isPage?: boolean
  children: (data: Accessor<T>) => JSX.Element
}): JSX.Element {
  return (
    <Switch fallback={<Skeleton lines={props.lines ?? 6} />}>
      <Match when={props.load.data()}>{(data) => props.children(data as Accessor<T>)}</Match>
      <Match when={props.load.problem()}>
        {(problem) => (
          <Problem
            problem={problem()}
            onRetry={() => void props.load.reload()}
            asHeading={props.isPage === true}
          />
        )}
      </Match>
    </Switch>
  )
}

/** A refusal as a page shows it: not there, not allowed, or not reachable just now. */
export function Problem(props: {
  problem: AppError
  onRetry?: () => void
  asHeading?: boolean
}): JSX.Element {
  const isBarrier = () => props.problem.code === 'not-found' || props.problem.code === 'forbidden'
  return (
    <EmptyState
      asHeading={props.asHeading === true}
      picture={isBarrier() ? 'barrier' : 'offline'}
      action={
        isBarrier() || !props.onRetry ? (
          <a class="button" href="/">
            Go to my networks
          </a>
        ) : (
          <Button icon="reload" onClick={() => props.onRetry?.()}>
            Try again
          </Button>
        )
      }
    >
      {props.problem.message}
    </EmptyState>
  )
}
