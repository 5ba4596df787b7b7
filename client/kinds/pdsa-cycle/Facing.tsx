import { type JSX, Match, Show, Switch } from 'solid-js'
import { isPrediction } from '#shared/kinds/pdsa-cycle/canonical.ts'
import { setQuestionNumber } from '#shared/kinds/pdsa-cycle/edits.ts'
import type { Question } from '#shared/kinds/pdsa-cycle/model.ts'
import type { SealedStatement } from '#shared/kinds/pdsa-cycle/sealed.ts'
import { rowRich } from '#shared/kinds/rows.ts'
import type { Seal } from '#shared/records.ts'
import { createNow } from '../../clock.ts'
import { NumberField } from '../../form/NumberField.tsx'
import { RichField } from '../../form/RichField.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { whenOf } from '../../ui/when.ts'
import { usePage } from './page.ts'
import { predictionLine } from './prediction-words.ts'
import { SealMark } from './SealedPlan.tsx'
import { StageGlyph } from './StageGlyph.tsx'
import { StatementView } from './StatementView.tsx'

export interface FacingProps {
  question: Question
  /** What was stated before Do; undefined where nothing was. */
  stated: SealedStatement | undefined
  seal: Seal | undefined
  /** The seal is the same for all questions: its mark stands at the first. */
  isFirst: boolean
}

/** Prediction and result of one question as facing pages: the one is sealed, the other is written. */
export function Facing(props: FacingProps): JSX.Element {
  return (
    <div class="facing">
      <Predicted {...props} />
      <Happened question={props.question} />
    </div>
  )
}

function Predicted(props: FacingProps): JSX.Element {
  return (
    <div class="sealed">
      <p class="side plan">
        <Icon name="seal" />
        We predicted
      </p>
      <Switch fallback={<NotPredicted isSealed={props.seal !== undefined} />}>
        <Match when={props.stated && isPrediction(props.stated.sealed) && props.stated.sealed}>
          {(statement) => <StatementView statement={statement()} />}
        </Match>
      </Switch>
      <Amendments {...props} />
      <Show when={props.isFirst && props.seal}>{(seal) => <SealMark seal={seal()} />}</Show>
    </div>
  )
}

function NotPredicted(props: { isSealed: boolean }): JSX.Element {
  return (
    <Show when={props.isSealed} fallback={<p class="faint">Nothing is sealed yet.</p>}>
      <p>
        <b>Not predicted before Do.</b>
      </p>
      <p class="small quiet">
        Whatever came out, it cannot be held against what you believed. It counts as not predicted.
      </p>
    </Show>
  )
}

/** What was stated differently after the seal: beside it, never in its place. */
function Amendments(props: FacingProps): JSX.Element {
  const { network } = usePage()
  const now = createNow()
  return (
    <Show when={props.stated?.amended}>
      {(amended) => (
        <p class="amended small">
          <b>Amended</b> {whenOf(amended().by.at, now(), network)} by {amended().by.by.name}:{' '}
          {predictionLine(amended().statement)}. <span class="quiet">Reason: {amended().by.reason}</span>
        </p>
      )}
    </Show>
  )
}

function Happened(props: { question: Question }): JSX.Element {
  const { open } = usePage()
  const { id } = props.question
  const setNumber = (name: 'resultNumber' | 'before', value: number | undefined) =>
    setQuestionNumber(open.edit, open.doc, id, name, value)
  const hasNumber = () =>
    props.question.answerKind !== 'observation' || props.question.resultNumber !== undefined
  return (
    <div class="result">
      <p class="side study">
        <StageGlyph stage="study" />
        What happened
      </p>
      <Show when={hasNumber()}>
        <div class="figure">
          <NumberField
            at={`questions/${id}/resultNumber`}
            label="Result as a number"
            quiet
            unit={props.question.unit.trim()}
            value={props.question.resultNumber}
            onChange={(value) => setNumber('resultNumber', value)}
          />
        </div>
      </Show>
      <RichField
        at={`questions/${id}/result`}
        label="Result in words"
        quiet
        placeholder="What came out, and of how many"
        fragment={() => rowRich(open.doc, 'questions', 'result', id)}
      />
      <Show when={hasNumber()}>
        <div class="before-number">
          <NumberField
            at={`questions/${id}/before`}
            label="Before the test"
            unit={props.question.unit.trim()}
            value={props.question.before}
            onChange={(value) => setNumber('before', value)}
          />
        </div>
      </Show>
    </div>
  )
}
