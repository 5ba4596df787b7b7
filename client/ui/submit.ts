import { type Accessor, createSignal } from 'solid-js'
import { AppError } from '#shared/errors.ts'

/** The sending of a form: whether it is under way, and what was wrong with it. */
export interface Submit {
  readonly isBusy: Accessor<boolean>
  /** The sentence for one field. */
  error(field: string): string | undefined
  /** What is wrong with the form as a whole, when no field of it is to blame. */
  readonly problem: Accessor<string | undefined>
  onSubmit(event: SubmitEvent): Promise<void>
}

/**
 * Sends a form with `work` and shows what the server refuses beside the fields it is about. `fields` are the names of
 * those the form has; a refusal of any other is shown for the whole. The first refused field gets the focus.
 */
export function createSubmit(fields: readonly string[], work: (values: FormData) => Promise<void>): Submit {
  const [isBusy, setBusy] = createSignal(false)
  const [refusal, setRefusal] = createSignal<AppError>()

  const error = (field: string) => (fields.includes(field) ? refusal()?.fields?.[field] : undefined)
  const problem = () => {
    const refused = refusal()
    if (refused === undefined || fields.some((field) => error(field) !== undefined)) return undefined
    return refused.message
  }

  async function onSubmit(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    if (isBusy()) return
    const form = event.currentTarget as HTMLFormElement
    setBusy(true)
    try {
      await work(new FormData(form))
      setRefusal(undefined)
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown
      setRefusal(thrown)
      queueMicrotask(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
    } finally {
      setBusy(false)
    }
  }

  return { isBusy, error, problem, onSubmit }
}

/** One field's text. */
export const textOf = (values: FormData, field: string): string => String(values.get(field) ?? '')
