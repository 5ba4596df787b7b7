import type { JSX } from 'solid-js'
import { Show } from 'solid-js'
import { setChoice, setPercent } from '#shared/kinds/pdsa-cycle/edits.ts'
import {
  type ChoiceName,
  type ChoiceOf,
  type Cycle,
  choices,
  type ScaleStep,
  scaleSteps,
  shortText,
} from '#shared/kinds/pdsa-cycle/model.ts'
import { checkSize, type SizeCheck, stepIndex, type TestSize } from '#shared/kinds/pdsa-cycle/test-size.ts'
import { choiceNames, scaleNames, shortNames } from '#shared/kinds/pdsa-cycle/words.ts'
import { ChoiceField } from '../../form/ChoiceField.tsx'
import { NumberField } from '../../form/NumberField.tsx'
import { TextLine } from '../../form/TextLine.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Short } from './Fields.tsx'
import { usePage } from './page.ts'

/** How large the test is, and the three things that say how large it may be. */
export function PlanSize(): JSX.Element {
  const { open, model } = usePage()
  return (
    <section class="part form-section" aria-labelledby="plan-size" data-at="scale">
      <h3 id="plan-size" class="part-head">
        How large
      </h3>
      <Chosen
        name="belief"
        label="Do you think that it works?"
        value={model().belief}
        guidance="The less sure you are, the smaller the test."
      />
      <Chosen name="failureCost" label="If it fails" value={model().failureCost} />
      <Chosen name="readiness" label="Those who would do it" value={model().readiness} />
      <ChoiceField
        at="scaleStep"
        label="So we try it with"
        guidance="A ramp begins with one and grows: one, three, five, all."
        stacked
        options={scaleSteps.map((value) => ({
          value,
          label: scaleNames[value],
          about: aboutStep(value, suggestionFor(model())),
        }))}
        value={model().scaleStep}
        onChange={(value) => setChoice(open.edit, open.doc, 'scaleStep', value)}
      />
      <Suggestion />
      <TextLine
        at="scaleWords"
        label={shortNames.scale}
        guidance="In your own words, as it will stand on the ramp."
        example="1 nurse, 5 families"
        placeholder="Grade 6, 171 students"
        text={() => shortText(open.doc, 'scale')}
      />
      <div class="form-pair">
        <Short field="overallPopulation" placeholder="414 students" />
        <Short field="testPopulation" placeholder="Three students on day 2 of an absence" />
        <NumberField
          at="sureBefore"
          label="How sure we are that it works"
          unit="%"
          min={0}
          max={100}
          such="60"
          value={model().sureBefore}
          onChange={(value) => setPercent(open.edit, open.doc, 'sureBefore', value)}
        />
      </div>
    </section>
  )
}

interface ChosenProps<Name extends ChoiceName> {
  name: Name
  label: string
  value: ChoiceOf<Name> | undefined
  guidance?: string
}

/** One of the cycle's choices: its options are `choices`, their words `choiceNames`, its place its name. */
function Chosen<Name extends ChoiceName>(props: ChosenProps<Name>): JSX.Element {
  const { open } = usePage()
  const options = (): readonly ChoiceOf<Name>[] => choices[props.name]
  return (
    <ChoiceField
      at={props.name}
      label={props.label}
      guidance={props.guidance}
      options={options().map((value) => ({ value, label: choiceNames[props.name][value] }))}
      value={props.value}
      onChange={(value) => setChoice(open.edit, open.doc, props.name, value)}
    />
  )
}

/** What the three say about the size, whatever step is chosen; undefined until all of them are said. */
const suggestionFor = (cycle: Cycle): SizeCheck | undefined =>
  checkSize({ ...cycle, scaleStep: cycle.scaleStep ?? scaleSteps[0] })

function aboutStep(step: ScaleStep, check: SizeCheck | undefined): string | undefined {
  if (check === undefined) return undefined
  if (step === check.upTo) return 'the most that is advised'
  return stepIndex(step) > stepIndex(check.upTo) ? 'larger than advised' : undefined
}

const sizeWords: Readonly<Record<TestSize, string>> = {
  'very-small': 'a very small test',
  small: 'a small test',
  large: 'a large test',
  implement: 'that you can implement it',
}

function Suggestion(): JSX.Element {
  const { model } = usePage()
  return (
    <p class="size-guide small" role="status">
      <Show
        when={suggestionFor(model())}
        fallback={<span class="faint">Answer the three above, and a size is suggested here.</span>}
      >
        {(check) => (
          <>
            <Icon name={check().isSmallEnough ? 'check' : 'alert'} />
            This speaks for {sizeWords[check().size]}: at most {scaleNames[check().upTo].toLowerCase()}.
          </>
        )}
      </Show>
    </p>
  )
}
