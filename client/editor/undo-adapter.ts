import type * as Y from 'yjs'

type StepName = 'stack-item-added' | 'stack-item-popped'
type Listener = Parameters<typeof Y.UndoManager.prototype.on<StepName>>[1]

/**
 * The document's undo manager as the editor's undo plugin wants one (Y10). The plugin destroys what it is given when its
 * editor goes, takes its listeners apart and puts them back; here all that reaches only what this editor itself added.
 */
export function adaptUndo(undo: Y.UndoManager) {
  const own: [name: StepName, listener: Listener][] = []
  return {
    get undoStack() {
      return undo.undoStack
    },
    get redoStack() {
      return undo.redoStack
    },
    undo: () => undo.undo(),
    redo: () => undo.redo(),
    stopCapturing: () => undo.stopCapturing(),
    on(name: StepName, listener: Listener) {
      own.push([name, listener])
      undo.on(name, listener)
    },
    destroy() {
      for (const [name, listener] of own.splice(0)) undo.off(name, listener)
    },
    // What the plugin would take apart and put back of a manager of its own.
    trackedOrigins: new Set<unknown>(),
    _observers: new Map<string, unknown>(),
    doc: { on: () => {}, off: () => {} },
    afterTransactionHandler: () => {},
  }
}
