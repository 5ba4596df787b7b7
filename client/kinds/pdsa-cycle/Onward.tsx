import { createSignal, For, type JSX, Show } from 'solid-js'
import type { TransitionAnswer } from '#shared/document.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { LongTextField } from '../../ui/Field.tsx'
import { createStep, type OfferedStep } from './create-step.ts'
import { missingWords } from './missing-words.ts'
import './onward.css'
import { usePage } from './page.ts'

export interface OnwardProps {
  /** The step's name. */
  step: string
  /** Something that only this page knows stands against it, in a sentence. */
  barrier?: string | undefined
  onTaken?: (answer: TransitionAnswer) => void
}

/** The step that leads on from a stage. Beside it stands what is missing, and what may be passed is passed with a reason. */
export function Onward(props: OnwardProps): JSX.Element {
  const { open, flush } = usePage()
  const step = createStep(props.step)
  const [isAsking, setAsking] = createSignal(false)
  const take = async (reason?: string) => {
    const answer = await step.take(reason)
    setAsking(false)
    if (answer !== undefined) props.onTaken?.(answer)
  }
  const goOn = () => {
    // What was typed a moment ago is not missing any more.
    flush()
    if (step.problems().length > 0) setAsking(true)
    else void take()
  }
  const isBarred = () => step.isBarred() || step.isOffline() || props.barrier !== undefined
  return (
    <Show when={step.isNext() && open.canEdit()}>
      <div class="onward no-print">
        <Beside step={step} barrier={props.barrier} />
        <Button kind="primary" class="push" disabled={isBarred()} busy={step.isBusy()} onClick={goOn}>
          {step.label}
        </Button>
      </div>
      <PassDialog
        open={isAsking()}
        step={step}
        onClose={() => setAsking(false)}
        onPass={(reason) => void take(reason)}
      />
    </Show>
  )
}

/** What stands against the step, with the way to where it can be mended. */
function Beside(props: { step: OfferedStep; barrier: string | undefined }): JSX.Element {
  const { goTo } = usePage()
  const missing = () => missingWords(props.step.problems())
  return (
    <span class="small quiet" role="status">
      <Show when={props.step.refusal()}>{(refusal) => <b class="refusal">{refusal()} </b>}</Show>
      <Show
        when={!props.step.isOffline()}
        fallback="You are offline. This step needs the server: it can be taken once you are back."
      >
        <Show when={missing()} fallback={props.barrier}>
          {(found) => (
            <>
              {found().sentence}{' '}
              <Show when={found().part}>
                {(part) => (
                  <button type="button" class="link-button" onClick={() => goTo(part())}>
                    Go there
                  </button>
                )}
              </Show>
            </>
          )}
        </Show>
      </Show>
    </span>
  )
}

function PassDialog(props: {
  open: boolean
  step: OfferedStep
  onClose: () => void
  onPass: (reason: string) => void
}): JSX.Element {
  const [reason, setReason] = createSignal('')
  const [problem, setProblem] = createSignal<string>()
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const said = reason().trim()
    setProblem(said === '' ? 'Say why you go on although something is missing.' : undefined)
    if (said !== '') props.onPass(said)
  }
  return (
    <Dialog
      open={props.open}
      onClose={props.onClose}
      title="Go on although something is missing?"
      footer={
        <>
          <Button kind="quiet" onClick={() => props.onClose()}>
            Not yet
          </Button>
          <Button kind="primary" type="submit" form="pass-reason" busy={props.step.isBusy()}>
            {props.step.label}
          </Button>
        </>
      }
    >
      <ul class="missing small">
        <For each={props.step.problems()}>{({ message }) => <li>{message}</li>}</For>
      </ul>
      <form id="pass-reason" onSubmit={submit}>
        <LongTextField
          label="Why you go on"
          help="It is kept with the step, for those who read the cycle later."
          error={problem()}
          rows={2}
          maxLength={2000}
          value={reason()}
          onInput={(event) => setReason(event.currentTarget.value)}
        />
      </form>
    </Dialog>
  )
}
