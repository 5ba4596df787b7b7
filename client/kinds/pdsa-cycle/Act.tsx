import { type JSX, Match, Show, Switch } from 'solid-js'
import { setChoice, setPercent, setTick } from '#shared/kinds/pdsa-cycle/edits.ts'
import { nextCycle } from '#shared/kinds/pdsa-cycle/lineage.ts'
import { decisions } from '#shared/kinds/pdsa-cycle/model.ts'
import { opensNext } from '#shared/kinds/pdsa-cycle/transitions.ts'
import { decisionNames, scaleNames } from '#shared/kinds/pdsa-cycle/words.ts'
import { ChoiceField } from '../../form/ChoiceField.tsx'
import { NumberField } from '../../form/NumberField.tsx'
import { TickField } from '../../form/TickField.tsx'
import { Close } from './Close.tsx'
import { createTheory } from './create-theory.ts'
import './act.css'
import { Long, Short } from './Fields.tsx'
import { usePage } from './page.ts'
import { TheoryPart } from './TheoryPart.tsx'

/** Act: what becomes of the change, of the next cycle and of the theory. */
export function Act(): JSX.Element {
  const { model, network } = usePage()
  const theory = createTheory(network.id, () => model().idea)
  const goesOn = () =>
    model().decision === 'adapt' || (model().decision === 'adopt' && model().expand === true)
  return (
    <>
      <DecisionPart />
      <Switch>
        <Match when={model().decision === 'abandon'}>
          <Abandoning />
        </Match>
        <Match when={model().decision === 'adopt'}>
          <Holding />
        </Match>
      </Switch>
      <Show when={goesOn()}>
        <Continuing />
      </Show>
      <Sureness />
      <TheoryPart theory={theory} />
      <Close theory={theory} />
    </>
  )
}

/** What each decision means, in a sentence. */
const decisionSentences = {
  adopt: 'It works here: it becomes the way things are done.',
  adapt: 'It works in part: change something and test again.',
  abandon: 'It does not work here: let it go, and keep what it taught.',
} as const

function DecisionPart(): JSX.Element {
  const { open, model } = usePage()
  return (
    <div class="part form-section decision">
      <ChoiceField
        at="decision"
        label="What do we do with the change?"
        stacked
        options={decisions.map((value) => ({
          value,
          label: decisionNames[value],
          about: decisionSentences[value],
        }))}
        value={model().decision}
        onChange={(value) => setChoice(open.edit, open.doc, 'decision', value)}
      />
      <Show when={model().decision === 'adopt' || model().decision === 'adapt'}>
        <TickField
          at="expand"
          label="And try it on a larger scale next"
          checked={model().expand === true}
          onChange={(isSet) => setTick(open.edit, open.doc, 'expand', isSet)}
        />
      </Show>
    </div>
  )
}

/** Adapting, or going larger: another cycle follows. */
function Continuing(): JSX.Element {
  const { open, model, records } = usePage()
  const next = () => (opensNext(model(), records()) ? nextCycle(model(), open.id).content : undefined)
  return (
    <div class="part form-section">
      <Long
        field="changes"
        guidance="What will be different, in a line or two: it becomes the objective of the next cycle."
        example="Text at 7:15 first, and call only those who have not answered."
        placeholder="Write here"
      />
      <Show when={next()}>
        {(content) => (
          <div class="next-cycle small">
            <p>
              <b>Cycle {content().number}</b> is opened when you close this one. It takes over the idea, the
              questions, the plan and who does what
              <Show when={content().scaleStep} fallback=".">
                {(step) => <>, at the scale “{scaleNames[step()].toLowerCase()}”.</>}
              </Show>
            </p>
            <p class="quiet">Predictions are made anew, and nothing of what happened goes with it.</p>
          </div>
        )}
      </Show>
    </div>
  )
}

/** Adopting: what keeps the change alive when nobody looks at it any more. */
function Holding(): JSX.Element {
  return (
    <section class="part form-section" aria-labelledby="holding">
      <h3 id="holding">What will hold it</h3>
      <p class="hint">A change that nobody holds is gone within months of the last cycle.</p>
      <Short field="holdOwner" placeholder="A person, and who stands in for them" />
      <Long
        field="standard"
        guidance="Where it is written down how it is done from now on."
        example="Attendance handbook, page 4: the nurse texts at 7:15 and calls at 7:30 on day 2."
        placeholder="Write here"
      />
      <Long
        field="training"
        guidance="Also those who come next year."
        example="Each new nurse and clerk in August, ten minutes, with the list of last week."
        placeholder="Write here"
      />
      <Short field="holdMeasure" placeholder="What would show that it is slipping" />
    </section>
  )
}

/** Abandoning is something learned, and is shown so. */
function Abandoning(): JSX.Element {
  return (
    <section class="part form-section" aria-labelledby="letting-go">
      <h3 id="letting-go">What this taught</h3>
      <p class="hint">
        A change that is let go for a reason saves every other team a cycle. It stands on the ramp as a result
        like any other.
      </p>
      <Long
        field="abandonReason"
        guidance="What you know now that speaks against it here."
        example="Nobody reads a card in the moment: both teachers reached for the phone."
        placeholder="Write here"
      />
      <Long
        field="changeOurMind"
        guidance="What would have to be otherwise for it to be worth another test."
        example="If the card were the phone’s lock screen."
        placeholder="Write here"
      />
    </section>
  )
}

function Sureness(): JSX.Element {
  const { open, model } = usePage()
  return (
    <div class="part sureness">
      <NumberField
        at="sureBefore"
        label="How sure we were that it works"
        unit="%"
        min={0}
        max={100}
        such="60"
        value={model().sureBefore}
        onChange={(value) => setPercent(open.edit, open.doc, 'sureBefore', value)}
      />
      <span class="arrow" aria-hidden="true">
        →
      </span>
      <NumberField
        at="sureAfter"
        label="How sure we are now"
        unit="%"
        min={0}
        max={100}
        such="75"
        value={model().sureAfter}
        onChange={(value) => setPercent(open.edit, open.doc, 'sureAfter', value)}
      />
    </div>
  )
}
