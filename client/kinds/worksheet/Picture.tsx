import { For, type JSX, Match, Show, Switch } from 'solid-js'

/** A worksheet in a few strokes, for lists and templates: questions along a line, a table, a clock. */
export function Picture(props: { template?: string }): JSX.Element {
  return (
    <svg
      class="kind-picture"
      viewBox="0 0 64 40"
      fill="none"
      stroke="currentColor"
      stroke-width="1.25"
      aria-hidden="true"
    >
      <Switch fallback={<Questions count={3} />}>
        <Match when={props.template === 'six-principles'}>
          <Questions count={6} />
        </Match>
        <Match when={props.template === 'backbone-functions' || props.template === 'common-agenda'}>
          <Grid />
        </Match>
        <Match when={props.template === 'data-sharing-plan'}>
          <Months />
        </Match>
        <Match when={props.template === 'blank'}>
          <path d="M4 8h28" stroke-width="2" />
          <path d="M4 16h54M4 23h48M4 30h36" opacity="0.6" />
        </Match>
      </Switch>
    </svg>
  )
}

/** What is asked along a line, and, where there is room, what is written beside it. */
function Questions(props: { count: number }): JSX.Element {
  const isDense = () => props.count > 3
  const lengths = [22, 32, 18, 28, 24, 30]
  return (
    <>
      <path d="M6 3v34" opacity="0.6" />
      <For each={lengths.slice(0, props.count)}>
        {(length, index) => {
          const y = () => (isDense() ? 4 : 7) + (36 / props.count) * index()
          return (
            <>
              <circle cx="6" cy={y()} r={isDense() ? 1.75 : 2.5} fill="var(--paper)" stroke-width="1.5" />
              <path d={`M14 ${y()}h${length}`} stroke-width="2" />
              <Show when={!isDense()}>
                <path d={`M14 ${y() + 4.5}h44`} opacity="0.6" />
              </Show>
            </>
          )
        }}
      </For>
    </>
  )
}

/** Who looks after what. */
function Grid(): JSX.Element {
  return (
    <>
      <path d="M4 6h14M24 6h14M44 6h14" stroke-width="2" />
      <path d="M4 11h54M4 20h54M4 29h54" opacity="0.6" />
      <path d="M4 16h12M24 16h10M44 16h6M4 25h10M24 25h14M4 34h13M44 34h12" />
    </>
  )
}

/** An agreement on its way through the months. */
function Months(): JSX.Element {
  return (
    <>
      <path d="M4 8h24M4 14h40" opacity="0.6" />
      <path d="M44 22h16v10H44z" fill="var(--sunk)" stroke="none" />
      <path d="M4 27h36" stroke-width="2" />
      <path d="M40 27h20" stroke-dasharray="2 3" />
      <circle cx="40" cy="27" r="4" fill="var(--paper)" stroke="var(--accent)" stroke-width="3" />
    </>
  )
}
