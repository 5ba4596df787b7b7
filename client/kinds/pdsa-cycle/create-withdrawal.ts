import { type Accessor, createSignal } from 'solid-js'
import { AppError } from '#shared/errors.ts'
import { runAction } from '../../records.ts'
import { showToast } from '../../ui/toasts.tsx'
import type { Theory } from './create-theory.ts'
import { usePage } from './page.ts'

/** Taking back what the cycle changed on the diagram, as far as it still stands. */
export interface Withdrawal {
  readonly isBusy: Accessor<boolean>
  run(place: { readonly documentId: string; readonly link: string }): Promise<void>
}

/** Call inside of the cycle's page; it may be run later, from a message that outlives the place where it was offered. */
export function createWithdrawal({ reload }: Pick<Theory, 'reload'>): Withdrawal {
  const { open } = usePage()
  const [isBusy, setBusy] = createSignal(false)
  return {
    isBusy,
    async run({ documentId, link }) {
      setBusy(true)
      try {
        await runAction(documentId, 'withdraw-revision', { link, cycle: open.id })
        showToast({ text: 'The theory is as it was before this cycle.' })
      } catch (thrown) {
        if (!(thrown instanceof AppError)) throw thrown
        showToast({ text: thrown.message })
      } finally {
        await reload()
        setBusy(false)
      }
    },
  }
}
