import { type JSX, Show } from 'solid-js'
import { showWording } from '#shared/kinds/worksheet/edits.ts'
import { commonSource, type Wordings } from '#shared/kinds/worksheet/model.ts'
import { Choices } from '../../ui/Choices.tsx'
import { usePage } from './page.ts'

/** How the worksheet is to be used, in a sentence, and in whose words it asks. */
export function Lede(): JSX.Element {
  const { sheet } = usePage()
  const source = () => commonSource(sheet.worksheet)
  return (
    <Show when={sheet.worksheet.guidance || sheet.worksheet.wordings || source()}>
      <header class="ws-lede">
        <Show when={sheet.worksheet.guidance}>{(words) => <p class="prose quiet">{words()}</p>}</Show>
        <Show when={sheet.worksheet.wordings}>{(wordings) => <WordingSwitch wordings={wordings()} />}</Show>
        <Show when={source()}>{(words) => <p class="label">Quoted headings: {words()}.</p>}</Show>
      </header>
    </Show>
  )
}

/** The same questions in the words and the order of another source, over the same answers. */
function WordingSwitch(props: { wordings: Wordings }): JSX.Element {
  const { open, isOther } = usePage()
  const shown = () => (isOther() ? props.wordings.other : props.wordings.first)
  return (
    <div class="ws-wording">
      <Show when={open.canEdit()}>
        <Choices
          label="Wording of the questions"
          options={[
            { value: 'first', label: props.wordings.first.name },
            { value: 'other', label: props.wordings.other.name },
          ]}
          value={isOther() ? 'other' : 'first'}
          onChange={(value) => showWording(open.edit, open.doc, value === 'other')}
        />
      </Show>
      <p class="label">Questions: {shown().source}.</p>
    </div>
  )
}
