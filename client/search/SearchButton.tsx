import { createSignal, type JSX, lazy, onCleanup, onMount, Show, Suspense } from 'solid-js'
import type { NetworkSummary } from '#shared/network.ts'
import { Icon } from '../ui/Icon.tsx'
import './search.css'

const loadDialog = async () => ({ default: (await import('./SearchDialog.tsx')).SearchDialog })
const Dialog = lazy(loadDialog)

/** The way to the search from every page of a network: a press, or the slash key when nobody writes. */
export function SearchButton(props: { network: Pick<NetworkSummary, 'id'> }): JSX.Element {
  const [isOpen, setOpen] = createSignal(false)
  onSlash(() => setOpen(true))
  return (
    <>
      <button
        type="button"
        class="search-button"
        aria-label="Search"
        aria-keyshortcuts="/"
        title="Search"
        onPointerEnter={() => void loadDialog()}
        onClick={() => setOpen(true)}
      >
        <Icon name="search" />
        <span class="search-button-words" aria-hidden="true">
          Search <kbd>/</kbd>
        </span>
      </button>
      <Show when={isOpen()}>
        <Suspense>
          <Dialog network={props.network} onClose={() => setOpen(false)} />
        </Suspense>
      </Show>
    </>
  )
}

/** On the window, so that whoever gives the key a meaning of their own (a card begins to be written in) comes first. */
function onSlash(run: () => void): void {
  const onKeyDown = (event: KeyboardEvent) => {
    const isPlain = event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey
    if (!isPlain || event.defaultPrevented || event.isComposing || isBusy()) return
    event.preventDefault()
    run()
  }
  onMount(() => window.addEventListener('keydown', onKeyDown))
  onCleanup(() => window.removeEventListener('keydown', onKeyDown))
}

/** Someone writes, or answers something first. */
function isBusy(): boolean {
  const active = document.activeElement
  const writes =
    active instanceof HTMLElement && (active.isContentEditable || active.matches('input, textarea, select'))
  return writes || document.querySelector('[role="dialog"], [role="menu"]') !== null
}
