import { type JSX, Show } from 'solid-js'
import { Menu } from '../../ui/Menu.tsx'
import { createAdding } from './create-adding.ts'
import { usePage } from './page.ts'

/** Adds a section at the end. */
export function AddSection(): JSX.Element {
  const { open, openDialog } = usePage()
  const adding = createAdding()
  return (
    <Show when={open.canEdit()}>
      <div class="ws-add no-print">
        <Menu
          label="Add a section"
          icon="plus"
          items={[
            { label: 'Text', icon: 'document', run: () => adding.text() },
            { label: 'Checklist', icon: 'check', run: () => adding.checklist() },
            {
              label: 'Table…',
              icon: 'table',
              run: () => openDialog({ kind: 'table', after: undefined }),
            },
            { label: 'Rating', icon: 'outline', run: () => adding.rating() },
            { label: 'Links to documents', icon: 'link', run: () => adding.links() },
          ]}
        />
      </div>
    </Show>
  )
}
