import { createSignal, onCleanup, Show } from 'solid-js'
import { IconButton } from '../../ui/Button.tsx'
import { Choices } from '../../ui/Choices.tsx'
import type { ViewName } from './on-screen.ts'
import { type Page, usePage } from './page.ts'

/** What the diagram puts into the document's head: undo and redo, the two views, the side panel. */
export function Tools(props: { onView: (view: ViewName) => void }) {
  const page = usePage()
  const { open, commands } = page
  const steps = createUndoSteps(page)
  return (
    <div class="diagram-tools">
      <Show when={open.canEdit()}>
        <span class="row undo-tools">
          <IconButton icon="undo" label="Undo" disabled={!steps.canUndo()} onClick={() => commands.undo()} />
          <IconButton icon="redo" label="Redo" disabled={!steps.canRedo()} onClick={() => commands.redo()} />
        </span>
      </Show>
      <Choices
        label="View"
        compact
        options={[
          { value: 'diagram', label: 'Diagram', icon: 'diagram' },
          { value: 'outline', label: 'Outline', icon: 'outline' },
        ]}
        value={page.view()}
        onChange={props.onView}
      />
      <IconButton
        kind="plain"
        icon="panel"
        label="Side panel"
        pressed={page.isPanelOpen()}
        onClick={() => page.openPanel(!page.isPanelOpen())}
      />
    </div>
  )
}

function createUndoSteps({ open }: Pick<Page, 'open'>) {
  const read = () => ({ undo: open.undo.undoStack.length > 0, redo: open.undo.redoStack.length > 0 })
  const [steps, setSteps] = createSignal(read(), { equals: (a, b) => a.undo === b.undo && a.redo === b.redo })
  const update = () => setSteps(read())
  const events = ['stack-item-added', 'stack-item-popped', 'stack-cleared'] as const
  for (const event of events) open.undo.on(event, update)
  open.doc.on('afterTransaction', update)
  onCleanup(() => {
    for (const event of events) open.undo.off(event, update)
    open.doc.off('afterTransaction', update)
  })
  return { canUndo: () => steps().undo, canRedo: () => steps().redo }
}
