import { type JSX, Match, Show, Switch } from 'solid-js'

/**
 * What is drawn of the line: a beginning, a gap (nothing found), an end that waits (offline), a barrier (no access),
 * all stations reached (nothing to do), or people around one point.
 */
export type EmptyPicture = 'beginning' | 'gap' | 'offline' | 'barrier' | 'done' | 'meeting'

export interface EmptyStateProps {
  picture?: EmptyPicture
  /** One sentence of method. */
  children: JSX.Element
  /** One step. */
  action?: JSX.Element
  /** The sentence is all that the page says: its heading. */
  asHeading?: boolean
}

/** The line, one sentence, one step: for nothing yet, nothing found, no access and no connection alike. */
export function EmptyState(props: EmptyStateProps): JSX.Element {
  return (
    <div class="empty">
      <svg viewBox="0 0 256 56" fill="none" stroke="currentColor" stroke-width="1.5" aria-hidden="true">
        <EmptyLine picture={props.picture ?? 'beginning'} />
      </svg>
      <Show when={props.asHeading} fallback={<p class="serif">{props.children}</p>}>
        <h1>{props.children}</h1>
      </Show>
      <Show when={props.action}>
        <div class="row-wide">{props.action}</div>
      </Show>
    </div>
  )
}

const laterStations = [68, 108, 148, 188, 228]

function EmptyLine(props: { picture: EmptyPicture }): JSX.Element {
  return (
    <Switch>
      <Match when={props.picture === 'beginning'}>
        <path d="M0 28h256" stroke-dasharray="2 5" />
        <circle class="here" cx="28" cy="28" r="7" />
        {laterStations.map((x) => (
          <circle class="hollow" cx={x} cy="28" r="6" stroke-dasharray="2 3" />
        ))}
      </Match>
      <Match when={props.picture === 'done'}>
        <path d="M0 28h256" />
        {[28, ...laterStations].map((x) => (
          <circle class="reached" cx={x} cy="28" r="6" />
        ))}
      </Match>
      <Match when={props.picture === 'gap'}>
        <path d="M0 28h92M164 28h92" />
        <circle class="hollow" cx="92" cy="28" r="6" />
        <circle class="hollow" cx="164" cy="28" r="6" />
        <path class="accent" d="M104 28h48" stroke-dasharray="1 7" stroke-linecap="round" />
      </Match>
      <Match when={props.picture === 'offline'}>
        <path class="ink" d="M0 28h120" />
        <path d="M136 28h120" stroke-dasharray="2 5" />
        <circle class="waiting" cx="120" cy="28" r="6" />
        <circle class="hollow" cx="236" cy="28" r="6" />
      </Match>
      <Match when={props.picture === 'barrier'}>
        <path d="M0 28h108M148 28h108M108 18v20M148 18v20" />
      </Match>
      <Match when={props.picture === 'meeting'}>
        <path d="M0 28h256" />
        <path d="M128 28 70 8M128 28 70 48M128 28 186 8M128 28 186 48" stroke-dasharray="2 5" />
        <circle class="here" cx="128" cy="28" r="7" />
        {[70, 186].flatMap((x) => [8, 48].map((y) => <circle class="hollow" cx={x} cy={y} r="5" />))}
      </Match>
    </Switch>
  )
}
