import { createMemo, createSignal, For, Index, type JSX, Match, Show, Switch } from 'solid-js'
import { AppError } from '#shared/errors.ts'
import { predictions, statementNow } from '#shared/kinds/pdsa-cycle/canonical.ts'
import { type ChangedField, type ChangeSince, changedSince } from '#shared/kinds/pdsa-cycle/changed-since.ts'
import { shortened } from '#shared/kinds/pdsa-cycle/text.ts'
import type { Seal } from '#shared/records.ts'
import { amend } from '../../records.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { LongTextField } from '../../ui/Field.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { createSubmit, textOf } from '../../ui/submit.ts'
import { showToast } from '../../ui/toasts.tsx'
import { whenSaved } from './create-step.ts'
import { hashOf } from './hash.ts'
import { usePage } from './page.ts'
import { StatementView } from './StatementView.tsx'

/** Where the plan says something else than its seal: typed later, or offline and arrived after it. */
export function ChangedSince(props: { seal: Seal }): JSX.Element {
  const { model, open } = usePage()
  const changes = createMemo(() => changedSince(model(), props.seal))
  const [part, setPart] = createSignal<string>()
  return (
    <Show when={changes().length > 0}>
      <section class="changed-since" aria-labelledby="changed-since">
        <h3 id="changed-since">Changed since</h3>
        <ul>
          <Index each={changes()}>
            {(change) => (
              <li>
                <ChangeWords change={change()} />
                <Show when={open.canEdit() && change().kind !== 'removed'}>
                  <Button onClick={() => setPart(change().id)}>Record as amendment</Button>
                </Show>
              </li>
            )}
          </Index>
        </ul>
      </section>
      <AmendDialog seal={props.seal} part={part()} onClose={() => setPart(undefined)} />
    </Show>
  )
}

function ChangeWords(props: { change: ChangeSince }): JSX.Element {
  const { model } = usePage()
  const number = () => model().questions.findIndex(({ id }) => id === props.change.id) + 1
  const fields = () => (props.change.kind === 'changed' ? props.change.fields : [])
  return (
    <Switch>
      <Match when={props.change.kind === 'added' && props.change}>
        {(change) => (
          <p class="small">
            <b>Not predicted before Do:</b> question {number()}
            {quoted(change().now.question)} was added after the seal, and counts as not predicted.
          </p>
        )}
      </Match>
      <Match when={props.change.kind === 'removed' && props.change}>
        {(change) => (
          <p class="small">
            <b>No longer in the plan:</b>
            {quoted(change().stated.question) || ' a sealed question'}. The seal keeps it.
          </p>
        )}
      </Match>
      <Match when={props.change.kind === 'changed'}>
        <p class="small">
          <b>Question {number()}</b>
        </p>
        <dl class="facts changed-fields">
          <For each={fields()}>{(field) => <ChangedLine field={field} />}</For>
        </dl>
      </Match>
    </Switch>
  )
}

function ChangedLine(props: { field: ChangedField }): JSX.Element {
  return (
    <>
      <dt>{fieldNames[props.field.field]}</dt>
      <dd>
        <del>{said(props.field.stated)}</del> <ins>{said(props.field.now)}</ins>
      </dd>
    </>
  )
}

const fieldNames: Readonly<Record<ChangedField['field'], string>> = {
  question: 'Question',
  prediction: 'Prediction',
  because: 'Because',
  unit: 'Unit',
  number: 'Number',
  low: 'From',
  high: 'To',
  confidence: 'How sure',
}

const said = (value: string | number | undefined): string =>
  value === undefined || value === '' ? 'nothing' : String(value)

const quoted = (words: string): string => (words === '' ? '' : ` “${shortened(words)}”`)

/** Records what a question says now beside its seal. The words come from the document as the server has it. */
function AmendDialog(props: { seal: Seal; part: string | undefined; onClose: () => void }): JSX.Element {
  const { open, model, flush, reloadRecords } = usePage()
  const question = () => model().questions.find(({ id }) => id === props.part)
  const submit = createSubmit(['reason'], async (values) => {
    await whenSaved(open)
    flush()
    const part = props.part ?? ''
    const text = predictions.partText(model(), open.id, part)
    if (text === undefined) throw new AppError('conflict', 'The question is no longer in the plan.')
    await amend(props.seal.id, { part, reason: textOf(values, 'reason'), expect: hashOf(text) })
    await reloadRecords()
    props.onClose()
    showToast({ text: 'The amendment stands beside the seal.' })
  })
  return (
    <Dialog open={props.part !== undefined} onClose={() => props.onClose()} title="Record as amendment?">
      <form class="form" novalidate onSubmit={submit.onSubmit}>
        <Show when={submit.problem()}>{(problem) => <Notice tone="wrong">{problem()}</Notice>}</Show>
        <p class="small">The seal stays as it is. Beside it will stand, with your name and the time:</p>
        <Show when={question()}>
          {(found) => (
            <div class="to-seal">
              <p class="serif">{statementNow(found()).question || 'A question without words'}</p>
              <StatementView statement={statementNow(found())} />
            </div>
          )}
        </Show>
        <LongTextField
          label="Reason"
          name="reason"
          help="Why it is stated differently now."
          rows={2}
          maxLength={2000}
          error={submit.error('reason')}
        />
        <div class="actions">
          <Button type="submit" kind="primary" busy={submit.isBusy()}>
            Record the amendment
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
