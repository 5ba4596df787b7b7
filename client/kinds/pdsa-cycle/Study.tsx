import { createMemo, For, type JSX, Show } from 'solid-js'
import { isStated, statementNow } from '#shared/kinds/pdsa-cycle/canonical.ts'
import { setVerdict } from '#shared/kinds/pdsa-cycle/edits.ts'
import { type Question, richText, shortText, verdicts } from '#shared/kinds/pdsa-cycle/model.ts'
import { readSealed, sealOf } from '#shared/kinds/pdsa-cycle/sealed.ts'
import { richNames, shortNames, verdictNames } from '#shared/kinds/pdsa-cycle/words.ts'
import { ChoiceField } from '../../form/ChoiceField.tsx'
import { RichField } from '../../form/RichField.tsx'
import { TextLine } from '../../form/TextLine.tsx'
import { Calibration } from './Calibration.tsx'
import { Facing } from './Facing.tsx'
import { NumberLine } from './NumberLine.tsx'
import { Onward } from './Onward.tsx'
import { Points } from './Points.tsx'
import { RevealedForecast } from './RevealedForecast.tsx'
import './study.css'
import { Long } from './Fields.tsx'
import { usePage } from './page.ts'
import { suggestVerdict } from './suggest-verdict.ts'

/** Study: what was predicted beside what happened, and what was learned. */
export function Study(): JSX.Element {
  const { model } = usePage()
  const ids = createMemo(
    () =>
      model()
        .questions.filter(isAsked)
        .map(({ id }) => id),
    undefined,
    {
      equals: (a, b) => a.join() === b.join(),
    },
  )
  return (
    <>
      <For each={ids()}>
        {(id, index) => (
          <Show when={model().questions.find((each) => each.id === id)}>
            {(question) => (
              <StudiedQuestion question={question()} number={index() + 1} count={ids().length} />
            )}
          </Show>
        )}
      </For>
      <Data />
      <Learned />
      <Conditions />
      <Calibration />
      <Onward step="go-on-to-act" />
    </>
  )
}

/** A row in which nothing is written is not asked. */
const isAsked = (question: Question): boolean =>
  isStated(statementNow(question)) || question.resultNumber !== undefined || question.result.length > 0

function StudiedQuestion(props: { question: Question; number: number; count: number }): JSX.Element {
  const { open, records } = usePage()
  const seal = createMemo(() => sealOf(records()))
  const stated = () => readSealed(seal()).get(props.question.id)
  const ballot = () => records().ballots?.find(({ part }) => part === props.question.id)
  const suggestion = () =>
    suggestVerdict({
      predicted: seal() === undefined ? {} : stated()?.sealed,
      result: props.question.resultNumber,
      before: props.question.before,
      unit: props.question.unit.trim(),
    })
  return (
    <section class="question" aria-labelledby={`study-${props.question.id}`}>
      <p class="label">
        Question {props.number} of {props.count}
      </p>
      <h3 class="q serif" id={`study-${props.question.id}`}>
        {stated()?.sealed.question || props.question.question || 'A question without words'}
      </h3>
      <Facing question={props.question} stated={stated()} seal={seal()} isFirst={props.number === 1} />
      <NumberLine question={props.question} stated={stated()?.sealed} ballot={ballot()} />
      <RevealedForecast question={props.question} ballot={ballot()} />
      <ChoiceField
        at={`questions/${props.question.id}/verdict`}
        label="Against the prediction"
        guidance={suggestionWords(suggestion())}
        options={verdicts.map((value) => ({ value, label: verdictNames[value] }))}
        value={props.question.verdict}
        onChange={(verdict) => setVerdict(open.edit, open.doc, props.question.id, verdict)}
      />
    </section>
  )
}

/** What the numbers say. The verdict stays to be given. */
function suggestionWords(suggestion: ReturnType<typeof suggestVerdict>): string | undefined {
  if (suggestion === undefined) return undefined
  const { verdict, sentence } = suggestion
  return verdict === undefined
    ? sentence
    : `${sentence} The numbers suggest: ${verdictNames[verdict].toLowerCase()}.`
}

function Data(): JSX.Element {
  return (
    <>
      <Points />
      <div class="part form-section">
        <Long
          field="summary"
          guidance="What the values show, before anyone explains it."
          example="19 of 57 absences of two days were followed by another within ten days."
          placeholder="Write here"
        />
        <Long
          field="comparison"
          guidance="How it was before the test, or where nobody tested."
          example="In September, before the test, it was 39 %."
          placeholder="Write here"
        />
      </div>
    </>
  )
}

function Learned(): JSX.Element {
  return (
    <div class="part form-section">
      <Long
        field="learned"
        guidance="What you believe now that you did not believe when you predicted."
        example="The call helps even when the counselor makes it, and less with families who have never met the caller."
        placeholder="Write here"
      />
      <Long
        field="surprises"
        guidance="What nobody expected, even if it is small."
        example="The bus driver knew five of the eight families we could not reach."
        placeholder="Write here"
      />
    </div>
  )
}

/** The five things by which conditions are compared across teams, and an example of each. */
const conditionFields = [
  ['setting', 'Suburban middle school'],
  ['population', 'Grade 6, 171 students, one in three riding the bus'],
  ['level', 'One grade of one school'],
  ['staffing', 'A counselor, half a day free of classes'],
  ['length', 'Three weeks before winter break'],
] as const

function Conditions(): JSX.Element {
  const { open } = usePage()
  return (
    <section class="part form-section" aria-labelledby="conditions">
      <h3 id="conditions">{richNames.conditions}</h3>
      <div class="conditions-structured">
        <For each={conditionFields}>
          {([field, example]) => (
            <TextLine
              at={field}
              label={shortNames[field]}
              placeholder={example}
              text={() => shortText(open.doc, field)}
            />
          )}
        </For>
      </div>
      <RichField
        at="conditions"
        label="What else must be known"
        guidance="What another team would have to know before it tries the same."
        placeholder="Write here"
        fragment={() => richText(open.doc, 'conditions')}
      />
    </section>
  )
}
