import { For, type JSX, Show } from 'solid-js'
import { withUnit } from '#shared/drawing/figures.ts'
import type { Question, ShortField } from '#shared/kinds/pdsa-cycle/model.ts'
import { readSealed, sealOf } from '#shared/kinds/pdsa-cycle/sealed.ts'
import { hasReached } from '#shared/kinds/pdsa-cycle/stages.ts'
import { predictionInWords } from '#shared/kinds/pdsa-cycle/stated.ts'
import { isFilled } from '#shared/kinds/pdsa-cycle/text.ts'
import {
  choiceNames,
  decisionNames,
  richNames,
  shortNames,
  verdictNames,
} from '#shared/kinds/pdsa-cycle/words.ts'
import { createNow } from '../../clock.ts'
import { Blocks } from '../../form/Blocks.tsx'
import { dayOf, timeOfDay } from '../../ui/when.ts'
import { whenOfStage } from './gist.ts'
import { NumberLine } from './NumberLine.tsx'
import { byTime } from './observed.ts'
import { PointsChart } from './Points.tsx'
import { usePage } from './page.ts'
import type { PageStage } from './parts.ts'
import { PrintedFacts, PrintedStage, PrintedText } from './printed.tsx'

/** Do, Study and Act on paper, as far as the cycle has come. */
export function PrintedOutcome(): JSX.Element {
  const { records } = usePage()
  return (
    <div class="printed-outcome">
      <Show when={hasReached(records(), 'doing')}>
        <PrintedDo />
      </Show>
      <Show when={hasReached(records(), 'studying')}>
        <PrintedStudy />
      </Show>
      <Show when={hasReached(records(), 'acted')}>
        <PrintedAct />
      </Show>
    </div>
  )
}

function createWhen(stage: PageStage): () => string {
  const { model, records, network } = usePage()
  const now = createNow()
  return () => whenOfStage(stage, model(), records(), { now: now(), zone: network })
}

function PrintedDo(): JSX.Element {
  const { model, network } = usePage()
  const now = createNow()
  const seen = () => byTime(model().observations).filter(({ text }) => isFilled(text))
  const timeOf = (at: number) => `${dayOf(at, now(), network)}, ${timeOfDay(at, network)}`
  return (
    <PrintedStage stage="do" when={createWhen('do')()}>
      <Show when={model().carriedOut}>{(how) => <p>{choiceNames.carriedOut[how()]}.</p>}</Show>
      <PrintedText label={richNames.deviations} blocks={model().rich.deviations} />
      <ul class="printed-observations">
        <For each={seen()}>
          {({ at, text, unexpected }) => (
            <li>
              <span class="label">{at === undefined ? '' : timeOf(at)}</span>
              <span>
                {text}
                <Show when={unexpected}> (unexpected)</Show>
              </span>
            </li>
          )}
        </For>
      </ul>
      <PrintedText label={richNames.unexpected} blocks={model().rich.unexpected} />
      <PrintedText label={richNames.problems} blocks={model().rich.problems} />
    </PrintedStage>
  )
}

const conditionFields: readonly ShortField[] = ['setting', 'population', 'level', 'staffing', 'length']

function PrintedStudy(): JSX.Element {
  const { model } = usePage()
  const facts = () => conditionFields.map((field) => [shortNames[field], model().texts[field]] as const)
  return (
    <PrintedStage stage="study" when={createWhen('study')()}>
      <For each={model().questions}>{(question) => <PrintedAnswer question={question} />}</For>
      <PointsChart />
      <PrintedText label={richNames.summary} blocks={model().rich.summary} />
      <PrintedText label={richNames.comparison} blocks={model().rich.comparison} />
      <PrintedText label={richNames.learned} blocks={model().rich.learned} />
      <PrintedText label={richNames.surprises} blocks={model().rich.surprises} />
      <PrintedFacts facts={facts()} />
      <PrintedText label={richNames.conditions} blocks={model().rich.conditions} />
    </PrintedStage>
  )
}

/** Prediction and result of one question beside each other, with the line between them. */
function PrintedAnswer(props: { question: Question }): JSX.Element {
  const { records } = usePage()
  const stated = () => readSealed(sealOf(records())).get(props.question.id)?.sealed
  const ballot = () => records().ballots?.find(({ part }) => part === props.question.id)
  const predicted = () => {
    const statement = stated()
    return (statement && predictionInWords(statement)) || 'Not predicted before Do.'
  }
  return (
    <div class="keep printed-answer">
      <p class="q serif">{stated()?.question ?? props.question.question}</p>
      <dl class="facts printed-facing">
        <dt>We predicted</dt>
        <dd>{predicted()}</dd>
        <dt>What happened</dt>
        <dd>
          <Show when={props.question.resultNumber !== undefined}>
            <b>{withUnit(props.question.resultNumber as number, props.question.unit)}</b>{' '}
          </Show>
          <Blocks blocks={props.question.result} />
        </dd>
        <Show when={props.question.verdict}>
          {(verdict) => (
            <>
              <dt>Against the prediction</dt>
              <dd>{verdictNames[verdict()]}</dd>
            </>
          )}
        </Show>
      </dl>
      <NumberLine question={props.question} stated={stated()} ballot={ballot()} />
    </div>
  )
}

function PrintedAct(): JSX.Element {
  const { model } = usePage()
  const facts = () => {
    const { decision, expand, theory, texts } = model()
    return [
      ['Decision', decision && `${decisionNames[decision]}${expand ? ', and on a larger scale' : ''}`],
      ['The theory', theory && choiceNames.theory[theory]],
      [shortNames.holdOwner, texts.holdOwner],
      [shortNames.holdMeasure, texts.holdMeasure],
    ] as const
  }
  return (
    <PrintedStage stage="act" when={createWhen('act')()}>
      <PrintedFacts facts={facts()} />
      <PrintedText label={richNames.changes} blocks={model().rich.changes} />
      <PrintedText label={richNames.standard} blocks={model().rich.standard} />
      <PrintedText label={richNames.training} blocks={model().rich.training} />
      <PrintedText label={richNames.abandonReason} blocks={model().rich.abandonReason} />
      <PrintedText label={richNames.changeOurMind} blocks={model().rich.changeOurMind} />
      <PrintedText label={richNames.theoryWhy} blocks={model().rich.theoryWhy} />
    </PrintedStage>
  )
}
