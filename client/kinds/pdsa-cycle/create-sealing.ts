import { type Accessor, createMemo, createSignal } from 'solid-js'
import { AppError } from '#shared/errors.ts'
import { predictions } from '#shared/kinds/pdsa-cycle/canonical.ts'
import { Unreachable } from '../../api.ts'
import { takeStep } from '../../records.ts'
import { whenSaved } from './create-step.ts'
import { hashOf } from './hash.ts'
import type { Page } from './page.ts'

/** A canonical text and its hash. */
export interface Sealable {
  readonly text: string
  readonly hash: string
}

/**
 * The seal from the first look to the answer. What is sealed is what the page shows: its hash travels with the step, and
 * where the server holds another text it is shown instead and looked at again.
 */
export interface Sealing {
  /** What is shown and would be sealed; undefined while nobody is looking. */
  readonly shown: Accessor<Sealable | undefined>
  /** The text has changed since it was shown. */
  readonly isStale: Accessor<boolean>
  readonly isBusy: Accessor<boolean>
  /** What stands against it, in a sentence. */
  readonly refusal: Accessor<string | undefined>
  /** Shows the text as it is now. */
  look(): void
  leave(): void
  /** Seals what is shown and begins Do. True when it is done. */
  seal(reason?: string): Promise<boolean>
}

export function createSealing(
  page: Pick<Page, 'open' | 'model' | 'flush' | 'stage' | 'reloadRecords'>,
): Sealing {
  const { open, model, stage } = page
  const [shown, setShown] = createSignal<Sealable>()
  /** What the server holds, where it has said so: the words may not have come here yet. */
  const [held, setHeld] = createSignal<Sealable>()
  /** What the page held when the text was shown. */
  const [before, setBefore] = createSignal<string>()
  const [isBusy, setBusy] = createSignal(false)
  const [refusal, setRefusal] = createSignal<string>()
  const current = createMemo(() => sealableOf(predictions.text(model(), open.id)))
  const isStale = () => {
    const hash = shown()?.hash
    if (hash === undefined) return false
    if (held() !== undefined) return held()?.hash !== hash
    return current().hash !== before() && current().hash !== hash
  }

  async function meetRefusal(thrown: unknown): Promise<void> {
    if (!(thrown instanceof AppError)) throw thrown
    if (thrown instanceof Unreachable) {
      setRefusal(
        'The seal is made by the server, and it cannot be reached now. Try again when you are back online.',
      )
      return
    }
    const { text, hash } = thrown.details.now ?? {}
    if (thrown.code === 'conflict' && text !== undefined && hash !== undefined) {
      setHeld({ text, hash })
      return
    }
    setRefusal(thrown.message)
    if (thrown.code === 'conflict') await page.reloadRecords()
  }

  return {
    shown,
    isStale,
    isBusy,
    refusal,
    look() {
      page.flush()
      setShown(held() ?? current())
      setBefore(current().hash)
      setHeld(undefined)
      setRefusal(undefined)
    },
    leave() {
      setShown(undefined)
      setHeld(undefined)
      setRefusal(undefined)
    },
    async seal(reason) {
      const text = shown()
      if (text === undefined || isBusy()) return false
      setBusy(true)
      setRefusal(undefined)
      try {
        await whenSaved(open)
        const goOn = reason === undefined ? {} : { reason, goOn: true }
        await takeStep(open.id, { name: 'start-do', expect: { stage: stage(), seal: text.hash }, ...goOn })
        await page.reloadRecords()
        return true
      } catch (thrown) {
        await meetRefusal(thrown)
        return false
      } finally {
        setBusy(false)
      }
    },
  }
}

const sealableOf = (text: string): Sealable => ({ text, hash: hashOf(text) })
