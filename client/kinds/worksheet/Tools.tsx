import { createSignal, type JSX, onCleanup, Show } from 'solid-js'
import { IconButton } from '../../ui/Button.tsx'
import { usePage } from './page.ts'

/** What the worksheet puts into the document's head: undo and redo, or why there is nothing to undo. */
export function Tools(): JSX.Element {
  const { open } = usePage()
  const steps = createUndoSteps()
  return (
    <Show
      when={open.canEdit()}
      fallback={
        <Show when={open.level() !== 'edit'}>
          <span class="label">You can read this worksheet, not edit it.</span>
        </Show>
      }
    >
      <span class="row">
        <IconButton icon="undo" label="Undo" disabled={!steps().undo} onClick={() => open.undo.undo()} />
        <IconButton icon="redo" label="Redo" disabled={!steps().redo} onClick={() => open.undo.redo()} />
      </span>
    </Show>
  )
}

function createUndoSteps() {
  const { open } = usePage()
  const read = () => ({ undo: open.undo.undoStack.length > 0, redo: open.undo.redoStack.length > 0 })
  const [steps, setSteps] = createSignal(read(), { equals: (a, b) => a.undo === b.undo && a.redo === b.redo })
  const update = () => setSteps(read())
  open.doc.on('afterTransaction', update)
  open.undo.on('stack-item-added', update)
  open.undo.on('stack-item-popped', update)
  onCleanup(() => {
    open.doc.off('afterTransaction', update)
    open.undo.off('stack-item-added', update)
    open.undo.off('stack-item-popped', update)
  })
  return steps
}
