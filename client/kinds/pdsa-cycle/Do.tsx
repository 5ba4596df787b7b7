import { For, type JSX, Show } from 'solid-js'
import { counted } from '#shared/counted.ts'
import { setChoice, setDay, setTaskDone } from '#shared/kinds/pdsa-cycle/edits.ts'
import type { Task } from '#shared/kinds/pdsa-cycle/model.ts'
import { carriedOuts } from '#shared/kinds/pdsa-cycle/model.ts'
import { choiceNames } from '#shared/kinds/pdsa-cycle/words.ts'
import { Attachments } from '../../attachments/Attachments.tsx'
import { ChoiceField } from '../../form/ChoiceField.tsx'
import { DateField } from '../../form/DateField.tsx'
import { Observations } from './Observations.tsx'
import { Onward } from './Onward.tsx'
import { Points } from './Points.tsx'
import './do.css'
import { Long } from './Fields.tsx'
import { usePage } from './page.ts'

/** Do: the test is carried out, and what is seen is written down while it is seen. */
export function Do(): JSX.Element {
  const { stage } = usePage()
  return (
    <>
      <Observations />
      <CarriedOut />
      <Tasks />
      <Show when={stage() === 'doing'}>
        <Points />
      </Show>
      <Happened />
      <Files />
      <Days />
      <Onward step="finish-do" />
    </>
  )
}

function CarriedOut(): JSX.Element {
  const { open, model } = usePage()
  const wasOtherwise = () => {
    const { carriedOut, rich } = model()
    return carriedOut === 'partly' || carriedOut === 'no' || rich.deviations.length > 0
  }
  return (
    <div class="part form-section">
      <ChoiceField
        at="carriedOut"
        label="Was it carried out as planned?"
        options={carriedOuts.map((value) => ({ value, label: choiceNames.carriedOut[value] }))}
        value={model().carriedOut}
        onChange={(value) => setChoice(open.edit, open.doc, 'carriedOut', value)}
      />
      <Show when={wasOtherwise()}>
        <Long
          field="deviations"
          guidance="A test that ran otherwise than planned can still teach, once it is said how."
          example="On two of fifteen mornings the counselor was in a crisis meeting and made no calls."
          placeholder="Write here"
        />
      </Show>
    </div>
  )
}

/** The tasks of the plan, to be ticked off. */
function Tasks(): JSX.Element {
  const { model } = usePage()
  const tasks = () => model().tasks.filter(({ what }) => what.trim() !== '')
  const done = () => tasks().filter((task) => task.done).length
  return (
    <Show when={tasks().length > 0}>
      <section class="part" aria-labelledby="do-tasks">
        <h3 id="do-tasks">
          Tasks{' '}
          <span class="label">
            {done()} of {counted(tasks().length, 'task')} done
          </span>
        </h3>
        <ul class="tasks">
          <For each={tasks()}>{(task) => <TaskLine task={task} />}</For>
        </ul>
      </section>
    </Show>
  )
}

function TaskLine(props: { task: Task }): JSX.Element {
  const { open } = usePage()
  const about = () =>
    [props.task.who, props.task.when, props.task.where].filter((words) => words.trim() !== '').join(', ')
  return (
    <li>
      <label class="choice">
        <input
          type="checkbox"
          checked={props.task.done === true}
          disabled={!open.canEdit()}
          onChange={(event) => setTaskDone(open.edit, open.doc, props.task.id, event.currentTarget.checked)}
        />
        <span>
          {props.task.what}
          <Show when={about()}>{(words) => <span class="faint"> {words()}</span>}</Show>
        </span>
      </label>
    </li>
  )
}

function Happened(): JSX.Element {
  return (
    <div class="part form-section">
      <Long
        field="unexpected"
        guidance="What nobody planned for, good or bad."
        example="Two families asked who was calling: they know the nurse, not the counselor."
        placeholder="Write here"
      />
      <Long
        field="problems"
        guidance="What stood in the way of doing it or of counting it."
        example="Twelve families have no number on file."
        placeholder="Write here"
      />
    </div>
  )
}

/** The part of the document to which photos and files of Do belong. */
const filesPart = 'do'

function Files(): JSX.Element {
  const { open, records, reloadRecords } = usePage()
  const files = () => records().attachments ?? []
  return (
    <Show when={open.canEdit() || files().some(({ part }) => part === filesPart)}>
      <section class="part files" aria-labelledby="do-files">
        <h3 id="do-files">Photos and files</h3>
        <p class="hint">
          A photo of the tally on the wall says more than a paragraph. Nobody’s face, nobody’s name.
        </p>
        <Attachments
          documentId={open.id}
          part={filesPart}
          attachments={files()}
          canEdit={open.canEdit()}
          reload={reloadRecords}
          label="Photos and files of Do"
        />
      </section>
    </Show>
  )
}

function Days(): JSX.Element {
  const { open, model } = usePage()
  return (
    <div class="part form-pair">
      <DateField
        at="started"
        label="Began"
        value={model().started}
        max={model().ended}
        onChange={(day) => setDay(open.edit, open.doc, 'started', day)}
      />
      <DateField
        at="ended"
        label="Ended"
        value={model().ended}
        min={model().started}
        onChange={(day) => setDay(open.edit, open.doc, 'ended', day)}
      />
    </div>
  )
}
