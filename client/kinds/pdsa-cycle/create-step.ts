import { type Accessor, createEffect, createMemo, createRoot, createSignal } from 'solid-js'
import type { TransitionAnswer } from '#shared/document.ts'
import { AppError } from '#shared/errors.ts'
import { cycleTransitions } from '#shared/kinds/pdsa-cycle/transitions.ts'
import type { Problem } from '#shared/records.ts'
import { takeStep } from '../../records.ts'
import type { OpenDocument } from '../../sync/open-document.ts'
import { usePage } from './page.ts'

/** A step of the cycle as a button offers it. */
export interface OfferedStep {
  /** As the button says it. */
  readonly label: string
  /** Whether the cycle stands where the step is taken from. */
  readonly isNext: Accessor<boolean>
  /** What is missing, as far as this page knows; the server looks again. */
  readonly problems: Accessor<readonly Problem[]>
  /** Something is missing that no reason replaces. */
  readonly isBarred: Accessor<boolean>
  /** A step is taken by the server. */
  readonly isOffline: Accessor<boolean>
  readonly isBusy: Accessor<boolean>
  /** What the server said against it, in a sentence. */
  readonly refusal: Accessor<string | undefined>
  /** Takes it, with a reason where something is missing; undefined where it was refused. */
  take(reason?: string): Promise<TransitionAnswer | undefined>
}

/** Offers a step by its name. Call inside of the cycle's page. */
export function createStep(name: string): OfferedStep {
  const { open, model, records, network, stage, reloadRecords } = usePage()
  const step = cycleTransitions[name]
  if (step === undefined) throw new Error(`A cycle has no step ${name}.`)
  const isNext = () => step.from.includes(stage())
  const problems = createMemo(() =>
    isNext() ? step.problems(model(), records(), network.identifierGuard) : [],
  )
  const [isBusy, setBusy] = createSignal(false)
  const [refusal, setRefusal] = createSignal<string>()

  async function take(reason?: string): Promise<TransitionAnswer | undefined> {
    if (isBusy()) return undefined
    setBusy(true)
    setRefusal(undefined)
    try {
      // The server judges what it holds: first everything that was written here must have reached it.
      await whenSaved(open)
      const goOn = reason === undefined ? {} : { reason, goOn: true }
      const answer = await takeStep(open.id, { name, expect: { stage: stage() }, ...goOn })
      await reloadRecords()
      return answer
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown
      setRefusal(thrown.message)
      // Someone may have been faster: then the page shows where the cycle stands by now.
      if (thrown.code === 'conflict') await reloadRecords()
      return undefined
    } finally {
      setBusy(false)
    }
  }

  return {
    label: step.label,
    isNext,
    problems,
    isBarred: () => problems().some(({ mayGoOn }) => !mayGoOn),
    isOffline: () => open.saved().kind === 'offline',
    isBusy,
    refusal,
    take,
  }
}

/** Until everything that was written here is saved. Throws when it is not within a while. */
export function whenSaved(open: Pick<OpenDocument, 'saved' | 'unsent'>): Promise<void> {
  return new Promise((resolve, reject) => {
    createRoot((dispose) => {
      const timer = setTimeout(() => {
        dispose()
        reject(new AppError('unavailable', 'Your last words are not saved yet. Try again in a moment.'))
      }, patience)
      createEffect(() => {
        // The indicator says nothing of what is saved within a blink: the count does.
        if (open.saved().kind !== 'saved' || open.unsent() > 0) return
        clearTimeout(timer)
        dispose()
        resolve()
      })
    })
  })
}

const patience = 10_000
