import { For, type JSX, Show } from 'solid-js'

export interface WayStep {
  readonly title: string
  /** One sentence of method. */
  readonly sentence: string
  readonly isDone: boolean
  /** What is said of a step that is done. */
  readonly done?: string
  readonly step: () => JSX.Element
  /** What stands between the sentence and the step while it is not done. */
  readonly more?: () => JSX.Element
  readonly drawing?: () => JSX.Element
}

/** The first steps of a network or a team: the line, downward. One is at `here`, or else at the first open one. */
export function Way(props: { steps: readonly WayStep[]; here?: number }): JSX.Element {
  const here = () => props.here ?? props.steps.findIndex(({ isDone }) => !isDone)
  return (
    <ol class="way">
      <For each={props.steps}>
        {(step, index) => (
          <li classList={{ 'is-here': index() === here(), 'is-done': step.isDone }}>
            <div class="with-sketch" classList={{ whole: step.drawing === undefined }}>
              <div>
                <h2>{step.title}</h2>
                <p class="quiet">{step.isDone ? (step.done ?? step.sentence) : step.sentence}</p>
                <Show when={!step.isDone && step.more}>{(more) => more()()}</Show>
                <div class="row-wide">{step.step()}</div>
              </div>
              <Show when={!step.isDone && step.drawing}>{(drawing) => drawing()()}</Show>
            </div>
          </li>
        )}
      </For>
    </ol>
  )
}

/** A small driver diagram. */
export function DiagramSketch(): JSX.Element {
  return (
    <svg class="sketch" viewBox="0 0 200 84" aria-hidden="true">
      <g class="links">
        <path d="M40 42C56 42 52 16 68 16M40 42C56 42 52 62 68 62M104 16C120 16 116 8 132 8M104 16C120 16 116 28 132 28M104 62C120 62 116 28 132 28M104 62C120 62 116 52 132 52" />
        <path class="weak" d="M104 62C120 62 116 76 132 76" />
      </g>
      <path class="of-aim" d="M4 42h36" />
      <path class="of-primary" d="M68 16h36M68 62h36" />
      <path class="of-idea" d="M132 8h56M132 28h56M132 52h56M132 76h56" />
    </svg>
  )
}

/** Several places on one line. */
export function TeamsSketch(): JSX.Element {
  return (
    <svg class="sketch" viewBox="0 0 200 84" aria-hidden="true">
      <path
        class="links"
        d="M100 42C70 42 70 14 40 14M100 42H36M100 42C70 42 70 70 40 70M100 42C130 42 130 14 160 14M100 42h64M100 42C130 42 130 70 160 70"
      />
      <g class="stops">
        <circle cx="34" cy="14" r="5" />
        <circle cx="30" cy="42" r="5" />
        <circle cx="34" cy="70" r="5" />
        <circle cx="166" cy="14" r="5" />
        <circle cx="170" cy="42" r="5" />
        <circle cx="166" cy="70" r="5" />
      </g>
      <circle class="here" cx="100" cy="42" r="6.5" />
    </svg>
  )
}

/** A path that rises step by step. */
export function PathSketch(): JSX.Element {
  return (
    <svg class="sketch" viewBox="0 0 200 84" aria-hidden="true">
      <path class="links dotted" d="M12 70L74 52L136 30L192 10" />
      <g class="stops">
        <circle cx="74" cy="52" r="5" />
        <circle cx="136" cy="30" r="5" />
        <circle cx="192" cy="10" r="5" />
      </g>
      <circle class="here" cx="12" cy="70" r="6.5" />
    </svg>
  )
}

/** People around one point. */
export function PeopleSketch(): JSX.Element {
  return (
    <svg class="sketch" viewBox="0 0 200 84" aria-hidden="true">
      <path
        class="links dotted"
        d="M100 42L44 14M100 42L44 70M100 42L156 14M100 42L156 70M100 42L100 8M100 42L100 76"
      />
      <g class="stops">
        <circle cx="44" cy="14" r="5" />
        <circle cx="44" cy="70" r="5" />
        <circle cx="156" cy="14" r="5" />
        <circle cx="156" cy="70" r="5" />
        <circle cx="100" cy="8" r="5" />
        <circle cx="100" cy="76" r="5" />
      </g>
      <circle class="here" cx="100" cy="42" r="6.5" />
    </svg>
  )
}
