import { type JSX, Show } from 'solid-js'
import { setChoice, setDay, setTick } from '#shared/kinds/pdsa-cycle/edits.ts'
import { cycleKinds, lists } from '#shared/kinds/pdsa-cycle/model.ts'
import { sealOf } from '#shared/kinds/pdsa-cycle/sealed.ts'
import { choiceNames } from '#shared/kinds/pdsa-cycle/words.ts'
import { ChoiceField } from '../../form/ChoiceField.tsx'
import { DateField } from '../../form/DateField.tsx'
import { Rows } from '../../form/Rows.tsx'
import { TickField } from '../../form/TickField.tsx'
import { ChangedSince } from './ChangedSince.tsx'
import { Long, Short } from './Fields.tsx'
import { PlanQuestions } from './PlanQuestions.tsx'
import { PlanSize } from './PlanSize.tsx'
import { Preflight } from './Preflight.tsx'
import { usePage } from './page.ts'
import { SealedPlan } from './SealedPlan.tsx'

/** Plan: what is asked, what is expected and why, and how it will be tried. Once sealed, it stays open beside its seal. */
export function Plan(): JSX.Element {
  const { records } = usePage()
  const seal = () => sealOf(records())
  return (
    <>
      <Show when={seal()}>
        {(found) => (
          <>
            <SealedPlan seal={found()} />
            <ChangedSince seal={found()} />
          </>
        )}
      </Show>
      <div class="part form-section first">
        <Long
          field="objective"
          guidance="What this one cycle is to find out, in a sentence."
          example="Find out whether the call still works when the counselor makes it instead of the nurse."
        />
      </div>
      <PlanQuestions />
      <Doing />
      <Counting />
      <Care />
      <PlanSize />
      <WhoAndWhen />
      <Show when={seal() === undefined}>
        <Preflight />
      </Show>
    </>
  )
}

/** A long text of the plan: its words are `richNames`, its place is its name. */
function Doing(): JSX.Element {
  return (
    <section class="part form-section" aria-labelledby="plan-doing">
      <h3 id="plan-doing" class="part-head">
        What we will do
      </h3>
      <Long
        field="actions"
        guidance="So exact that someone who was not here could do it."
        example="On the second morning of an absence the counselor texts the family at 7:15 and, without an answer, calls at 7:30. Grade 6 only, three weeks."
      />
      <Rows
        at="tasks"
        list="tasks"
        label="Steps"
        one="step"
        guidance="Each step with one name. Enter adds a step; rows of a spreadsheet can be pasted."
        texts={lists.tasks}
        columns={[
          { name: 'what', label: 'What', width: '2.2fr', placeholder: 'Print the day-2 list' },
          { name: 'who', label: 'Who', width: '1.4fr', placeholder: 'A name' },
          { name: 'when', label: 'When', width: '1.4fr', placeholder: 'Daily, 7:00' },
          { name: 'where', label: 'Where', width: '1.2fr', placeholder: 'Front office' },
        ]}
        empty="No steps yet."
      />
    </section>
  )
}

function Counting(): JSX.Element {
  return (
    <section class="part form-section" aria-labelledby="plan-counting">
      <h3 id="plan-counting" class="part-head">
        How we will know
      </h3>
      <Short
        field="measure"
        guidance="One thing that can be counted while the test runs."
        example="Absences of two days that are followed by another within ten days."
        placeholder="What is counted, out of what"
      />
      <Rows
        at="data"
        list="data"
        label="Data plan"
        one="row"
        guidance="Who counts it, when, where and how, so that nobody has to remember it later."
        texts={lists.data}
        columns={[
          { name: 'measure', label: 'What is counted', width: '1.8fr', placeholder: 'Families reached' },
          { name: 'who', label: 'Who', width: '1.2fr', placeholder: 'A name' },
          { name: 'when', label: 'When', width: '1.2fr', placeholder: 'After each call' },
          { name: 'where', label: 'Where', width: '1.1fr', placeholder: 'Nurse’s room' },
          { name: 'how', label: 'How', width: '1.3fr', placeholder: 'Tally on the list' },
        ]}
        empty="Nothing is planned to be counted yet."
      />
      <Long
        field="criterion"
        guidance="What you would have to see to say that it works, decided before you see it."
        example="Fewer than three in ten are absent again within ten days."
      />
      <Long
        field="stopRule"
        guidance="What would make you stop at once."
        example="Stop if a family asks not to be called."
      />
    </section>
  )
}

/** What could go wrong, and who has a say in it. */
function Care(): JSX.Element {
  const { open, model } = usePage()
  return (
    <section class="part form-section" aria-labelledby="plan-care">
      <h3 id="plan-care" class="part-head">
        With care
      </h3>
      <Long
        field="harm"
        guidance="Whom it could hurt or burden, even if that is unlikely."
        example="A call may feel like blame. We listen for that."
      />
      <Short
        field="balancing"
        guidance="If it does harm, where would you see it?"
        example="Minutes of class that a student misses for each case."
        placeholder="What is watched beside it"
      />
      <TickField
        at="consulted"
        label="Those whom it touches were asked"
        checked={model().consulted === true}
        onChange={(isSet) => setTick(open.edit, open.doc, 'consulted', isSet)}
      />
      <Long
        field="stakeholders"
        guidance="Whom you asked, and what they said. Those who live the problem first."
        example="The nurse, the front office, and two parents of the school council."
      />
    </section>
  )
}

function WhoAndWhen(): JSX.Element {
  const { open, model } = usePage()
  return (
    <section class="part form-section" aria-labelledby="plan-who">
      <h3 id="plan-who" class="part-head">
        Who, where and when
      </h3>
      <div class="form-pair">
        <Short field="site" placeholder="School, grade or room" />
        <Short field="testers" placeholder="Who carries it out" />
        <Short field="coach" placeholder="Who is asked when it gets stuck" />
      </div>
      <div class="form-pair">
        <DateField
          at="start"
          label="Begins"
          value={model().start}
          max={model().plannedEnd}
          onChange={(day) => setDay(open.edit, open.doc, 'start', day)}
        />
        <DateField
          at="plannedEnd"
          label="Ends"
          value={model().plannedEnd}
          min={model().start}
          onChange={(day) => setDay(open.edit, open.doc, 'plannedEnd', day)}
        />
      </div>
      <ChoiceField
        at="cycleKind"
        label="This cycle is to"
        guidance="A first cycle often only collects information; the last one implements."
        options={cycleKinds.map((value) => ({ value, label: choiceNames.cycleKind[value] }))}
        value={model().cycleKind}
        onChange={(value) => setChoice(open.edit, open.doc, 'cycleKind', value)}
      />
    </section>
  )
}
