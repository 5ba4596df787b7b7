import { createSignal, For, type JSX, onCleanup, Show } from 'solid-js'

export interface Toast {
  text: string
  /** One step that answers it, such as Undo. */
  action?: { label: string; run: () => void }
  /** Stays until it is answered. For what must not be missed, such as a new version that waits. */
  stays?: boolean
}

interface ShownToast extends Toast {
  readonly id: number
}

const [shown, setShown] = createSignal<readonly ShownToast[]>([])
let lastId = 0

/** Says what just happened, and gives the way back. Returns what takes it away again. */
export function showToast(toast: Toast): () => void {
  const id = ++lastId
  setShown((before) => [...before.slice(-2), { ...toast, id }])
  return () => hide(id)
}

const hide = (id: number): void => {
  setShown((before) => before.filter((toast) => toast.id !== id))
}

/** The place where toasts appear: once a page, at its end. */
export function Toasts(): JSX.Element {
  return (
    <section class="toasts no-print" aria-live="polite" aria-label="Messages">
      <For each={shown()}>{(toast) => <ToastRow toast={toast} onEnd={() => hide(toast.id)} />}</For>
    </section>
  )
}

function ToastRow(props: { toast: ShownToast; onEnd: () => void }): JSX.Element {
  // Long enough to reach with a keyboard; it waits while someone points at it or stands in it.
  const patience = () => (props.toast.action ? 10_000 : 5_000)
  let timer: ReturnType<typeof setTimeout> | undefined
  const wait = () => {
    clearTimeout(timer)
    if (!props.toast.stays) timer = setTimeout(() => props.onEnd(), patience())
  }
  const stay = () => clearTimeout(timer)
  wait()
  onCleanup(stay)
  return (
    <div
      class="toast"
      classList={{ 'plain-end': props.toast.action === undefined }}
      onPointerEnter={stay}
      onPointerLeave={wait}
      onFocusIn={stay}
      onFocusOut={wait}
    >
      <span>{props.toast.text}</span>
      <Show when={props.toast.action}>
        {(action) => (
          <button
            type="button"
            onClick={() => {
              props.onEnd()
              action().run()
            }}
          >
            {action().label}
          </button>
        )}
      </Show>
    </div>
  )
}
