import { createSignal, type JSX, Match, Show, Switch } from 'solid-js'
import { withUnit } from '#shared/drawing/figures.ts'
import { drawNumberLine } from '#shared/drawing/number-line.ts'
import { AppError } from '#shared/errors.ts'
import { forecastKind } from '#shared/kinds/pdsa-cycle/calibration.ts'
import { setForecast } from '#shared/kinds/pdsa-cycle/edits.ts'
import type { Question } from '#shared/kinds/pdsa-cycle/model.ts'
import { sealOf } from '#shared/kinds/pdsa-cycle/sealed.ts'
import type { Ballot } from '#shared/records.ts'
import { readNumber, whyNot } from '../../form/read-fields.ts'
import { TickField } from '../../form/TickField.tsx'
import { answerBallot, revealBallot, shareAnswer } from '../../records.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Drawn } from './Drawn.tsx'
import { answeredWords, crowdOf, revealedWords } from './forecast-words.ts'
import './forecast.css'
import { usePage } from './page.ts'

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

/** What is asked for: a number in the question's unit, or how likely the prediction is. */
type Asked = Pick<Question, 'id' | 'number' | 'low' | 'high' | 'unit'>

const unitOf = (question: Asked): string =>
  forecastKind(question) === 'percent' ? '%' : question.unit.trim()

/** The answers on the line, before there is a result to compare them with. */
function Spread(props: { question: Question; ballot: Ballot }): JSX.Element {
  const line = () => ({
    unit: unitOf(props.question),
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
  const [isRevealing, setRevealing] = createSignal(false)
  const answers = () => props.ballot?.answers ?? 0
  return (
    <div class="answering">
      <Show when={createMayAnswer()()}>
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
  const unit = () => unitOf(props.question)
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

/** What the answers were, mine among them, and whose are known. */
export function RevealedForecast(props: { question: Asked; ballot: Ballot | undefined }): JSX.Element {
  return (
    <Show when={props.ballot?.revealed && props.ballot}>
      {(ballot) => (
        <div class="revealed small">
          <p class="label guesses">
            <Ring />
            {revealedWords(ballot(), unitOf(props.question))}
          </p>
          <Known question={props.question} ballot={ballot()} />
        </div>
      )}
    </Show>
  )
}

const Ring = (): JSX.Element => (
  <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
    <circle cx="5" cy="5" r="3.5" fill="none" stroke="var(--plan)" stroke-width="1.5" />
  </svg>
)

function Known(props: { question: Asked; ballot: Ballot }): JSX.Element {
  const { open, me, reloadRecords } = usePage()
  const ask = createAsking(reloadRecords)
  const others = () => props.ballot.revealed?.shared.filter(({ by }) => by.id !== me.id) ?? []
  const say = (value: number) => withUnit(value, unitOf(props.question))
  return (
    <>
      <Show when={others().length > 0}>
        <p>
          {others()
            .map(({ by, value }) => `${by.name}: ${say(value)}`)
            .join(', ')}
        </p>
      </Show>
      <Show when={props.ballot.own}>
        {(own) => (
          <p>
            You said {say(own().value)}.{' '}
            <button
              type="button"
              class="link-button no-print"
              onClick={() => void ask.run(() => shareAnswer(open.id, props.question.id, !own().isShared))}
            >
              {own().isShared
                ? 'Others see that it is yours. Keep it to yourself'
                : 'Let others know that it is yours'}
            </button>
          </p>
        )}
      </Show>
      <Show when={ask.problem()}>{(problem) => <p class="form-problem">{problem()}</p>}</Show>
    </>
  )
}

/** Whoever may edit the cycle answers, and so does its team. */
function createMayAnswer(): () => boolean {
  const { open, network, detail } = usePage()
  return () =>
    open.level() === 'edit' ||
    (detail().teamId !== undefined && network.roles.some(({ teamId }) => teamId === detail().teamId))
}

interface Asking {
  readonly isBusy: () => boolean
  readonly problem: () => string | undefined
  run(ask: () => Promise<void>): Promise<void>
}

/** Something is asked of the server, and the records are read again. */
function createAsking(reload: () => Promise<void>): Asking {
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
