import { For, type JSX, Show } from 'solid-js'
import { Mark } from './Mark.tsx'

export interface Crumb {
  readonly label: string
  readonly href?: string
}

export interface Place {
  readonly label: string
  readonly href: string
  readonly current?: boolean
}

export interface BarProps {
  /** Where one is, from the network inward. */
  crumbs?: readonly Crumb[]
  /** Where one can go in this network. */
  places?: readonly Place[]
  /** A hairline below, for pages without the through-line. */
  lined?: boolean
  /** What stands at the end: the account's menu. */
  children?: JSX.Element
}

/** The one bar above every page. */
export function Bar(props: BarProps): JSX.Element {
  return (
    <header class="bar no-print" classList={{ lined: props.lined === true }}>
      <a class="mark" href="/" aria-label="Throughline, home">
        <Mark />
        <span class="wide">Throughline</span>
      </a>
      <Show when={props.crumbs?.length}>
        <nav class="where" aria-label="You are in">
          <ol class="crumbs">
            <For each={props.crumbs}>
              {(crumb, index) => (
                <li class={index() === (props.crumbs?.length ?? 0) - 1 ? 'clip' : 'wide'}>
                  <Show when={crumb.href} fallback={<span>{crumb.label}</span>}>
                    {(href) => <a href={href()}>{crumb.label}</a>}
                  </Show>
                </li>
              )}
            </For>
          </ol>
        </nav>
      </Show>
      <Show when={props.places?.length}>
        <nav class="places push" aria-label="Network">
          <For each={props.places}>
            {(place) => (
              <a href={place.href} aria-current={place.current ? 'page' : undefined}>
                {place.label}
              </a>
            )}
          </For>
        </nav>
      </Show>
      <div class="bar-end" classList={{ push: !props.places?.length }}>
        {props.children}
      </div>
    </header>
  )
}
