import { createSignal, createUniqueId, type JSX, Show } from 'solid-js'
import type { Stage } from '#shared/kinds/pdsa-cycle/model.ts'
import { cycleTransitions } from '#shared/kinds/pdsa-cycle/transitions.ts'
import { stageNames } from '#shared/kinds/pdsa-cycle/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { LongTextField } from '../../ui/Field.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Menu } from '../../ui/Menu.tsx'
import { showToast } from '../../ui/toasts.tsx'
import { createStep, type OfferedStep } from './create-step.ts'
import { usePage } from './page.ts'
import { type PageStage, pageStageOf } from './parts.ts'
import { StageGlyph } from './StageGlyph.tsx'

/** Steps beside the way from Plan to Act: those on the way stand at the end of each stage. */
const names = ['ready', 'to-draft', 'resume', 'pause', 'stall', 'reopen'] as const
type Name = (typeof names)[number]

/** Where the cycle stands, and what else can be done with it. */
export function StepsMenu(): JSX.Element {
  const { open, stage } = usePage()
  const steps = names.map((name) => ({ name, step: createStep(name) }))
  const [asked, setAsked] = createSignal<(typeof steps)[number]>()
  const take = async (step: OfferedStep, reason?: string) => {
    setAsked(undefined)
    if ((await step.take(reason)) === undefined) showToast({ text: step.refusal() ?? 'It was not done.' })
  }
  const items = () =>
    steps
      .filter(({ step }) => step.isNext())
      .map(({ name, step }) => ({
        label: step.label,
        disabled: step.isBarred() || step.isOffline(),
        run: () => (needsReason(name) ? setAsked({ name, step }) : void take(step)),
      }))
  const name = () => stageWords[stage()] ?? stageNames[stage()]
  const face = () => (
    <>
      <Show when={glyphOf(stage())}>{(found) => <StageGlyph stage={found()} />}</Show>
      {name()}
      <Icon name="down" />
    </>
  )
  return (
    <Show when={open.canEdit()} fallback={<span class="badge">{name()}</span>}>
      <Menu
        label={`Stage: ${name()}`}
        class={`button stage-menu ${glyphOf(stage()) ?? ''}`}
        trigger={face()}
        items={items()}
      />
      <Show when={asked()}>
        {(now) => (
          <ReasonDialog
            name={now().name}
            step={now().step}
            onClose={() => setAsked(undefined)}
            onTake={(reason) => void take(now().step, reason)}
          />
        )}
      </Show>
    </Show>
  )
}

/** Beside the document's own being a draft the first stage is called by its part of the page. */
const stageWords: { readonly [S in Stage]?: string } = { draft: 'Plan' }

function glyphOf(stage: Stage): PageStage | undefined {
  const part = pageStageOf(stage)
  return part === 'closed' ? undefined : part
}

const needsReason = (name: Name): boolean => cycleTransitions[name]?.needsReason === true

/** What is asked before a step that is taken only with a reason. */
const questions: { readonly [N in Name]?: { readonly title: string; readonly help: string } } = {
  stall: {
    title: 'Say that it is stalled?',
    help: 'What stands in the way: no agreement, no data, nobody to look at it, nowhere to spread it.',
  },
  reopen: { title: 'Open the cycle again?', help: 'What has to be looked at once more.' },
}

function ReasonDialog(props: {
  name: Name
  step: OfferedStep
  onClose: () => void
  onTake: (reason: string) => void
}): JSX.Element {
  const form = createUniqueId()
  const [problem, setProblem] = createSignal<string>()
  const submit = (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault()
    const reason = String(new FormData(event.currentTarget).get('reason') ?? '').trim()
    setProblem(reason === '' ? 'Say why, in a sentence.' : undefined)
    if (reason !== '') props.onTake(reason)
  }
  return (
    <Dialog
      open
      onClose={() => props.onClose()}
      title={questions[props.name]?.title ?? props.step.label}
      footer={
        <>
          <Button kind="quiet" onClick={() => props.onClose()}>
            Cancel
          </Button>
          <Button kind="primary" type="submit" form={form} busy={props.step.isBusy()}>
            {props.step.label}
          </Button>
        </>
      }
    >
      <form id={form} class="form" novalidate onSubmit={submit}>
        <LongTextField
          label="Reason"
          name="reason"
          help={questions[props.name]?.help}
          rows={2}
          maxLength={2000}
          error={problem()}
        />
      </form>
    </Dialog>
  )
}
