import { createSignal, type JSX, Match, Show, Switch } from 'solid-js'
import { drawNumberLine } from '#shared/drawing/number-line.ts'
import { forecastKind } from '#shared/kinds/pdsa-cycle/calibration.ts'
import { setForecast } from '#shared/kinds/pdsa-cycle/edits.ts'
import type { Question } from '#shared/kinds/pdsa-cycle/model.ts'
import { sealOf } from '#shared/kinds/pdsa-cycle/sealed.ts'
import type { Ballot } from '#shared/records.ts'
import { readNumber, whyNot } from '../../form/read-fields.ts'
import { TickField } from '../../form/TickField.tsx'
import { answerBallot, revealBallot } from '../../records.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { type Asking, createAsking } from './create-asking.ts'
import { Drawn } from './Drawn.tsx'
import { answeredWords, crowdOf, forecastUnit } from './forecast-words.ts'
import './forecast.css'
import { usePage } from './page.ts'
import { RevealedForecast } from './RevealedForecast.tsx'

/**
 * A blind forecast of one question, before the seal: everyone gives a number of their own, and nobody's browser holds
 * another's until the reveal.
 */
export function Forecast(props: { question: Question }): JSX.Element {
  const { open, records } = usePage()
  const ballot = () => records().ballots?.find(({ part }) => part === props.question.id)
  const isSealed = () => sealOf(records()) !== undefined
  const isAsked = () => props.question.forecast === true || ballot() !== undefined
  return (
    <Show when={!isSealed() || isAsked()}>
      <div class="forecast">
        <Show when={ballot()?.revealed === undefined && !isSealed()}>
          <TickField
            at={`questions/${props.question.id}/forecast`}
            label="Ask everyone for a private number"
            guidance="Before you talk about it, each says a number. Nobody sees another’s until it is revealed."
            checked={props.question.forecast === true}
            onChange={(isSet) => setForecast(open.edit, open.doc, props.question.id, isSet)}
          />
        </Show>
        <Show when={isAsked()}>
          <Switch>
            <Match when={ballot()?.revealed !== undefined}>
              <Spread question={props.question} ballot={ballot() as Ballot} />
              <RevealedForecast question={props.question} ballot={ballot()} />
            </Match>
            <Match when={!isSealed()}>
              <Answering question={props.question} ballot={ballot()} />
            </Match>
          </Switch>
        </Show>
      </div>
    </Show>
  )
}

/** The answers on the line, before there is a result to compare them with. */
function Spread(props: { question: Question; ballot: Ballot }): JSX.Element {
  const line = () => ({
    unit: forecastUnit(props.question),
    marks:
      props.question.number === undefined
        ? []
        : [
            {
              value: props.question.number,
              label: 'predicted',
              form: 'bar' as const,
              ink: 'plan' as const,
            },
          ],
    ...crowdOf(props.ballot),
  })
  return <Drawn class="compare" draw={(width) => drawNumberLine({ width, ...line() })} />
}

/** My own number, and how many have given one. */
function Answering(props: { question: Question; ballot: Ballot | undefined }): JSX.Element {
  const { open, reloadRecords } = usePage()
  const ask = createAsking(reloadRecords)
  const mayAnswer = createMayAnswer()
  const [isRevealing, setRevealing] = createSignal(false)
  const answers = () => props.ballot?.answers ?? 0
  return (
    <div class="answering">
      <Show when={mayAnswer()}>
        <OwnNumber question={props.question} ballot={props.ballot} ask={ask} />
      </Show>
      <p class="small quiet" role="status">
        {answeredWords(props.ballot)}
      </p>
      <Show when={open.canEdit() && answers() > 0}>
        <Button busy={ask.isBusy()} onClick={() => setRevealing(true)}>
          Reveal the answers
        </Button>
      </Show>
      <Show when={ask.problem()}>
        {(problem) => (
          <p class="form-problem" role="alert">
            <Icon name="alert" />
            {problem()}
          </p>
        )}
      </Show>
      <RevealDialog
        open={isRevealing()}
        answers={answers()}
        onClose={() => setRevealing(false)}
        onReveal={() => {
          setRevealing(false)
          void ask.run(() => revealBallot(open.id, props.question.id))
        }}
      />
    </div>
  )
}

function OwnNumber(props: { question: Question; ballot: Ballot | undefined; ask: Asking }): JSX.Element {
  const { open } = usePage()
  const [problem, setProblem] = createSignal<string>()
  const unit = () => forecastUnit(props.question)
  const isChance = () => forecastKind(props.question) === 'percent'
  const take = (typed: string) => {
    const value = readNumber(typed)
    const refused = whyNot(value, isChance() ? { min: 0, max: 100, such: '60' } : {})
    setProblem(refused)
    if (refused !== undefined || typeof value !== 'number' || value === props.ballot?.own?.value) return
    void props.ask.run(() => answerBallot(open.id, props.question.id, value))
  }
  return (
    <Field
      label={isChance() ? 'How likely it is, I think' : 'My number'}
      help="Only you see it until the answers are revealed."
      error={problem()}
    >
      {(control) => (
        <span class="own-number">
          <input
            {...control}
            type="text"
            inputmode="decimal"
            autocomplete="off"
            value={props.ballot?.own?.value ?? ''}
            onChange={(event) => take(event.currentTarget.value)}
            onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
          />
          <Show when={unit()}>
            <span aria-hidden="true">{unit()}</span>
          </Show>
          <Icon name="lock" />
        </span>
      )}
    </Field>
  )
}

function RevealDialog(props: {
  open: boolean
  answers: number
  onClose: () => void
  onReveal: () => void
}): JSX.Element {
  return (
    <Dialog
      open={props.open}
      onClose={props.onClose}
      title="Reveal the answers?"
      footer={
        <>
          <Button kind="quiet" onClick={() => props.onClose()}>
            Wait for more
          </Button>
          <Button kind="primary" onClick={() => props.onReveal()}>
            Reveal
          </Button>
        </>
      }
    >
      <p class="small">
        Everyone sees the numbers, without names, and nobody can answer or change an answer any more.
        {props.answers < 3 ? ' Fewer than three people have answered, so only the range is shown.' : ''}
      </p>
    </Dialog>
  )
}

/** Whoever may edit the cycle answers, and so does its team. */
function createMayAnswer(): () => boolean {
  const { open, network, detail } = usePage()
  return () =>
    open.level() === 'edit' ||
    (detail().teamId !== undefined && network.roles.some(({ teamId }) => teamId === detail().teamId))
}
