import type { JSX } from 'solid-js'
import { moveSection, removeSection, restoreSection } from '#shared/kinds/worksheet/edits.ts'
import type { Section } from '#shared/kinds/worksheet/model.ts'
import { Menu } from '../../ui/Menu.tsx'
import { showToast } from '../../ui/toasts.tsx'
import { createAdding } from './create-adding.ts'
import { usePage } from './page.ts'

/** What can be done with a section as a whole. */
export function SectionMenu(props: { section: Section; index: number }): JSX.Element {
  const { open, me, sheet, openDialog, goTo, say } = usePage()
  const adding = createAdding()
  const count = () => sheet.ids().length

  const move = (to: number) => {
    moveSection(open.edit, open.doc, props.section.id, to)
    say(`Moved to ${to + 1} of ${count()}.`)
  }
  const remove = () => {
    const { id } = props.section
    const next = sheet.ids()[props.index + 1] ?? sheet.ids()[props.index - 1]
    removeSection(open.edit, open.doc, id, me.id)
    if (next !== undefined) goTo(next, 'heading')
    showToast({
      text: 'Section removed.',
      action: { label: 'Undo', run: () => restoreSection(open.edit, open.doc, id) },
    })
  }

  return (
    <Menu
      label={`Section ${props.index + 1}`}
      icon="more"
      kind="quiet"
      iconOnly
      items={[
        { label: 'Rename', icon: 'edit', run: () => goTo(props.section.id, 'heading') },
        {
          label: 'Guidance and example…',
          icon: 'help',
          run: () => openDialog({ kind: 'guidance', section: props.section.id }),
        },
        { divider: true },
        { label: 'Move up', icon: 'up', disabled: props.index === 0, run: () => move(props.index - 1) },
        {
          label: 'Move down',
          icon: 'down',
          disabled: props.index === count() - 1,
          run: () => move(props.index + 1),
        },
        {
          label: 'Add a section below',
          icon: 'plus',

          run: () => adding.text(props.section.id),
        },
        { divider: true },
        { label: 'Remove', icon: 'trash', run: remove },
      ]}
    />
  )
}
