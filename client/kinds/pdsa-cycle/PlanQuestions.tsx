import { For, type JSX, Show } from 'solid-js'
import { isStated, statementNow } from '#shared/kinds/pdsa-cycle/canonical.ts'
import { setAnswerKind, setQuestionNumber } from '#shared/kinds/pdsa-cycle/edits.ts'
import {
  answerKinds,
  lists,
  type Question,
  type QuestionNumber,
  type QuestionRichField,
} from '#shared/kinds/pdsa-cycle/model.ts'
import { readSealed, sealOf } from '#shared/kinds/pdsa-cycle/sealed.ts'
import { rowRich, rowText } from '#shared/kinds/rows.ts'
import { ChoiceField } from '../../form/ChoiceField.tsx'
import { createRowList, type RowList } from '../../form/create-row-list.ts'
import { NumberField } from '../../form/NumberField.tsx'
import { RichField } from '../../form/RichField.tsx'
import { BringBack, RowTools } from '../../form/Rows.tsx'
import { TextLine } from '../../form/TextLine.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Forecast } from './Forecast.tsx'
import { usePage } from './page.ts'

/** What the cycle asks, each question with what the team expects to see, and why. */
export function PlanQuestions(): JSX.Element {
  const { open } = usePage()
  let element!: HTMLOListElement
  const list = createRowList({
    list: 'questions',
    one: 'question',
    texts: lists.questions,
    element: () => element,
  })
  return (
    <section class="part plan-questions" aria-labelledby="plan-questions" data-at="questions">
      <h3 id="plan-questions" class="part-head">
        What we ask, and what we predict
      </h3>
      <p class="hint">
        Write the prediction before anything else is known: what surprises you later is where you learn.
      </p>
      <ol ref={element} class="asked" onFocusOut={list.left}>
        <For each={list.ids()}>{(row, index) => <AskedQuestion row={row} index={index()} list={list} />}</For>
      </ol>
      <Show when={open.canEdit()}>
        <Button class="form-add" kind="quiet" icon="plus" onClick={() => list.add()}>
          Add a question
        </Button>
      </Show>
      <span class="visually-hidden" role="status">
        {list.said()}
      </span>
    </section>
  )
}

function AskedQuestion(props: { row: string; index: number; list: RowList }): JSX.Element {
  const { open, model } = usePage()
  const { list } = props
  const question = () => model().questions.find(({ id }) => id === props.row)
  const isGone = () => list.goneBy(props.row) !== undefined
  const count = () => list.ids().length
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.altKey ? { ArrowUp: -1, ArrowDown: 1 }[event.key] : undefined
    if (step === undefined || !open.canEdit()) return
    event.preventDefault()
    list.move(props.row, props.index + step)
  }
  return (
    <li
      class="asked-question form-section"
      classList={{
        'is-gone': isGone(),
        'is-lifted': list.drag.lifted() === props.row,
        'has-gap': list.drag.gap() === props.index,
      }}
      data-row={props.row}
      data-at={`questions/${props.row}`}
      onKeyDown={onKeyDown}
    >
      <div class="row asked-head">
        <span class="label">
          Question {props.index + 1} of {count()}
        </span>
        <LateBadge question={question()} />
        <Show when={open.canEdit() && !isGone()}>
          <span class="push" />
          <RowTools
            row={props.row}
            name={`Question ${props.index + 1}`}
            index={props.index}
            count={count()}
            drag={list.drag}
            onMove={(to) => list.move(props.row, to)}
            onRemove={() => list.remove(props.row)}
          />
        </Show>
      </div>
      <Show when={isGone()}>
        <BringBack by={list.goneBy(props.row) ?? ''} onRestore={() => list.restore(props.row)} />
      </Show>
      <QuestionFields id={props.row} question={question()} />
    </li>
  )
}

/** What was not there when Do began was not predicted. */
function LateBadge(props: { question: Question | undefined }): JSX.Element {
  const { records } = usePage()
  const isLate = () => {
    const seal = sealOf(records())
    if (seal === undefined || props.question === undefined) return false
    return isStated(statementNow(props.question)) && !readSealed(seal).has(props.question.id)
  }
  return (
    <Show when={isLate()}>
      <Badge tone="waits" icon="alert">
        Not predicted before Do
      </Badge>
    </Show>
  )
}

function QuestionFields(props: { id: string; question: Question | undefined }): JSX.Element {
  const { open } = usePage()
  const at = (field: string) => `questions/${props.id}/${field}`
  return (
    <>
      <TextLine
        at={at('question')}
        label="Question"
        quiet
        placeholder="What do we want to find out?"
        guidance="One thing that this test can answer."
        example="When the counselor calls on day 2, how many students miss school again within ten days?"
        text={() => rowText(open.doc, 'questions', props.id, 'question')}
      />
      <Words
        id={props.id}
        field="prediction"
        label="We predict"
        guidance="What you expect to see, in words."
        example="Fewer than a third miss school again."
      />
      <PredictedNumbers id={props.id} question={props.question} />
      <Words
        id={props.id}
        field="because"
        label="Because"
        guidance="The theory behind it, in a sentence: it is what the result will test."
        example="Families at Alder Creek answered a person they had met, and ours know the counselor less."
      />
      <Words
        id={props.id}
        field="method"
        label="How it will be answered"
        guidance="What is counted or looked at, and by whom."
        example="The attendance clerk counts on Fridays who was absent again."
      />
      <ChoiceField
        at={at('answerKind')}
        label="The answer is"
        options={answerKinds.map((value) => ({ value, label: answerKindNames[value] }))}
        value={props.question?.answerKind}
        onChange={(kind) => setAnswerKind(open.edit, open.doc, props.id, kind)}
      />
      <Show when={props.question}>{(question) => <Forecast question={question()} />}</Show>
    </>
  )
}

const answerKindNames = {
  number: 'A number',
  observation: 'Something seen',
  both: 'Both',
} as const

function Words(props: {
  id: string
  field: QuestionRichField
  label: string
  guidance: string
  example: string
}): JSX.Element {
  const { open } = usePage()
  return (
    <RichField
      at={`questions/${props.id}/${props.field}`}
      label={props.label}
      guidance={props.guidance}
      example={props.example}
      fragment={() => rowRich(open.doc, 'questions', props.field, props.id)}
    />
  )
}

/** The prediction as numbers, where one is wanted: the number, its range and unit, and how sure one is. */
function PredictedNumbers(props: { id: string; question: Question | undefined }): JSX.Element {
  const { open } = usePage()
  const unit = () => props.question?.unit.trim()
  const set = (name: QuestionNumber) => (value: number | undefined) =>
    setQuestionNumber(open.edit, open.doc, props.id, name, value)
  return (
    <div class="predicted-numbers">
      <NumberField
        at={`questions/${props.id}/number`}
        label="As a number"
        such="28"
        unit={unit()}
        value={props.question?.number}
        problem={outsideOfRange(props.question)}
        onChange={set('number')}
      />
      <NumberField
        at={`questions/${props.id}/low`}
        label="From"
        such="25"
        unit={unit()}
        value={props.question?.low}
        problem={turnedRange(props.question)}
        onChange={set('low')}
      />
      <NumberField
        at={`questions/${props.id}/high`}
        label="To"
        such="31"
        unit={unit()}
        value={props.question?.high}
        onChange={set('high')}
      />
      <TextLine
        at={`questions/${props.id}/unit`}
        label="Unit"
        placeholder="e.g. %"
        maxLength={40}
        text={() => rowText(open.doc, 'questions', props.id, 'unit')}
      />
      <NumberField
        at={`questions/${props.id}/confidence`}
        label="How sure"
        such="60"
        unit="%"
        min={0}
        max={100}
        value={props.question?.confidence}
        onChange={set('confidence')}
      />
    </div>
  )
}

function turnedRange({ low, high }: Partial<Question> = {}): string | undefined {
  const isTurned = low !== undefined && high !== undefined && low > high
  return isTurned ? 'The range runs from the lower to the higher number.' : undefined
}

function outsideOfRange({ number, low, high }: Partial<Question> = {}): string | undefined {
  if (number === undefined) return undefined
  const isOutside = (low !== undefined && number < low) || (high !== undefined && number > high)
  return isOutside ? 'It lies outside of its range.' : undefined
}
