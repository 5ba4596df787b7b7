import { createUniqueId, For, type JSX, Show } from 'solid-js'

export interface Tab<Id extends string> {
  id: Id
  label: string
  count?: number
}

export interface TabsProps<Id extends string> {
  label: string
  tabs: readonly Tab<Id>[]
  selected: Id
  onSelect: (id: Id) => void
  /** The content of the selected tab. */
  children: JSX.Element
}

/** Several views of one thing, one at a time. https://www.w3.org/WAI/ARIA/apg/patterns/tabs/ */
export function Tabs<Id extends string>(props: TabsProps<Id>): JSX.Element {
  const name = createUniqueId()
  let list: HTMLDivElement | undefined
  const move = (event: KeyboardEvent) => {
    const at = props.tabs.findIndex((tab) => tab.id === props.selected)
    const last = props.tabs.length - 1
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: last }[event.key]
    const next = to === undefined ? undefined : props.tabs[(to + props.tabs.length) % props.tabs.length]
    if (!next) return
    event.preventDefault()
    props.onSelect(next.id)
    queueMicrotask(() => list?.querySelector<HTMLElement>('[aria-selected="true"]')?.focus())
  }
  return (
    <>
      <div ref={list} class="tabs" role="tablist" aria-label={props.label} onKeyDown={move}>
        <For each={props.tabs}>
          {(tab) => (
            <button
              type="button"
              role="tab"
              id={`${name}-${tab.id}`}
              aria-selected={tab.id === props.selected}
              aria-controls={`${name}-panel`}
              tabIndex={tab.id === props.selected ? 0 : -1}
              onClick={() => props.onSelect(tab.id)}
            >
              {tab.label}
              <Show when={tab.count !== undefined}>
                {' '}
                <span class="count">{tab.count}</span>
              </Show>
            </button>
          )}
        </For>
      </div>
      <div role="tabpanel" id={`${name}-panel`} aria-labelledby={`${name}-${props.selected}`}>
        {props.children}
      </div>
    </>
  )
}
