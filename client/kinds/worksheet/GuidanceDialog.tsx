import type { JSX } from 'solid-js'
import { setGuidance } from '#shared/kinds/worksheet/edits.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { LongTextField } from '../../ui/Field.tsx'
import { createSubmit, textOf } from '../../ui/submit.ts'
import { usePage } from './page.ts'

/** What stands beside a section, in the words of this team or network. */
export function GuidanceDialog(props: { section: string; onClose: () => void }): JSX.Element {
  const { open, sheet } = usePage()
  const section = () => sheet.section(props.section)
  const submit = createSubmit([], async (values) => {
    setGuidance(open.edit, open.doc, props.section, {
      guidance: textOf(values, 'guidance'),
      example: textOf(values, 'example'),
    })
    props.onClose()
  })
  return (
    <Dialog open onClose={props.onClose} title="Guidance and example">
      <form class="form" onSubmit={submit.onSubmit}>
        <LongTextField
          label="Guidance"
          help="What to write in this section, in a sentence."
          name="guidance"
          value={section()?.guidance ?? ''}
          rows={2}
          maxlength={500}
        />
        <LongTextField
          label="Example"
          help="How someone else wrote it. It is shown to those who ask for it."
          name="example"
          value={section()?.example ?? ''}
          rows={4}
          maxlength={2000}
        />
        <div class="actions">
          <Button type="submit" kind="primary">
            Take it over
          </Button>
          <Button kind="quiet" onClick={() => props.onClose()}>
            Cancel
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
