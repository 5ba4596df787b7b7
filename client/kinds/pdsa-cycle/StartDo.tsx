import { createSignal, createUniqueId, For, type JSX, Show } from 'solid-js'
import { counted } from '#shared/counted.ts'
import { isPrediction, type Statement } from '#shared/kinds/pdsa-cycle/canonical.ts'
import { readStatements } from '#shared/kinds/pdsa-cycle/sealed.ts'
import type { Problem } from '#shared/records.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { LongTextField } from '../../ui/Field.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { showToast } from '../../ui/toasts.tsx'
import { createSealing, type Sealing } from './create-sealing.ts'
import { shortHash } from './hash.ts'
import { usePage } from './page.ts'
import { StatementView } from './StatementView.tsx'

/** The step from Plan to Do: it seals the predictions as they are shown. */
export function StartDo(props: { problems: readonly Problem[] }): JSX.Element {
  const page = usePage()
  const sealing = createSealing(page)
  const barrier = () => props.problems.find(({ mayGoOn }) => !mayGoOn)
  const isOffline = () => page.open.saved().kind === 'offline'
  const isNext = () => page.stage() === 'draft' || page.stage() === 'ready'
  return (
    <Show when={page.open.canEdit() && isNext()}>
      <div class="onward no-print">
        <span class="small quiet" role="status">
          <Show when={isOffline()} fallback={barrier()?.message ?? beside(props.problems)}>
            You are offline. The seal needs the server: start Do once you are back.
          </Show>
        </span>
        <Button
          kind="primary"
          class="push"
          icon="seal"
          disabled={isOffline() || barrier() !== undefined}
          onClick={() => sealing.look()}
        >
          Start Do
        </Button>
      </div>
      <SealDialog sealing={sealing} problems={props.problems} />
    </Show>
  )
}

function beside(problems: readonly Problem[]): string {
  if (problems.length === 0) return 'Starting Do seals the predictions: they are kept as they are now.'
  return `${counted(problems.length, 'thing is', 'things are')} missing. Starting Do seals the predictions as they are now.`
}

function SealDialog(props: { sealing: Sealing; problems: readonly Problem[] }): JSX.Element {
  const { sealing } = props
  const form = createUniqueId()
  const [reason, setReason] = createSignal('')
  const [problem, setProblem] = createSignal<string>()
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    if (sealing.isStale()) return sealing.look()
    const said = reason().trim()
    const isMissing = props.problems.length > 0
    setProblem(isMissing && said === '' ? 'Say why you go on although something is missing.' : undefined)
    if (isMissing && said === '') return
    if (!(await sealing.seal(isMissing ? said : undefined))) return
    sealing.leave()
    showToast({ text: 'The predictions are sealed. Do has begun.' })
  }
  return (
    <Dialog
      open={sealing.shown() !== undefined}
      onClose={() => sealing.leave()}
      title="Seal the predictions and start Do?"
      wide
      footer={
        <>
          <Button kind="quiet" onClick={() => sealing.leave()}>
            Not yet
          </Button>
          <Button kind="primary" type="submit" form={form} icon="seal" busy={sealing.isBusy()}>
            {sealing.isStale() ? 'Show the new text' : 'Seal and start Do'}
          </Button>
        </>
      }
    >
      <form id={form} class="form seal-form" onSubmit={(event) => void submit(event)}>
        <p class="small">
          Nobody can change or back-date what is sealed, you neither. The plan stays open: what you change
          later stands beside the seal, with the reason.
        </p>
        <Show when={sealing.isStale()}>
          <Notice tone="waits" title="The prediction changed while you were looking.">
            Look at the new text before you seal it.
          </Notice>
        </Show>
        <Show when={sealing.refusal()}>{(refusal) => <Notice tone="wrong">{refusal()}</Notice>}</Show>
        <Show when={sealing.shown()}>{(shown) => <ToSeal text={shown().text} hash={shown().hash} />}</Show>
        <Show when={props.problems.length > 0}>
          <ul class="missing small" aria-label="Missing">
            <For each={props.problems}>
              {({ message }) => (
                <li>
                  <Icon name="alert" />
                  {message}
                </li>
              )}
            </For>
          </ul>
          <LongTextField
            label="Why you go on"
            help="It is kept with the step, for those who read the cycle later."
            error={problem()}
            rows={2}
            maxLength={2000}
            value={reason()}
            onInput={(event) => setReason(event.currentTarget.value)}
          />
        </Show>
      </form>
    </Dialog>
  )
}

/** The text as it would be sealed. */
function ToSeal(props: { text: string; hash: string }): JSX.Element {
  const statements = (): readonly Statement[] => readStatements(props.text)
  return (
    <div class="to-seal">
      <ol>
        <For each={statements()}>
          {(statement) => (
            <li>
              <p class="serif">{statement.question || 'A question without words'}</p>
              <Show
                when={isPrediction(statement)}
                fallback={<p class="faint small">Nothing is predicted.</p>}
              >
                <StatementView statement={statement} />
              </Show>
            </li>
          )}
        </For>
      </ol>
      <p class="label">
        Its mark: <span class="tabular">{shortHash(props.hash)}</span>
      </p>
    </div>
  )
}
