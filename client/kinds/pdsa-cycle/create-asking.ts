import { type Accessor, createSignal } from 'solid-js'
import { AppError } from '#shared/errors.ts'

/** Something that is asked of the server from a place on the page. */
export interface Asking {
  readonly isBusy: Accessor<boolean>
  /** Why it was not done, in a sentence. */
  readonly problem: Accessor<string | undefined>
  run(ask: () => Promise<void>): Promise<void>
}

/** Asks, and then reads with `reload` what has become of it. */
export function createAsking(reload: () => Promise<void>): Asking {
  const [isBusy, setBusy] = createSignal(false)
  const [problem, setProblem] = createSignal<string>()
  return {
    isBusy,
    problem,
    async run(ask) {
      setBusy(true)
      setProblem(undefined)
      try {
        await ask()
      } catch (thrown) {
        if (!(thrown instanceof AppError)) throw thrown
        setProblem(thrown.message)
      } finally {
        await reload()
        setBusy(false)
      }
    },
  }
}
