import { For, type JSX, Match, Show, Switch } from 'solid-js'
import { counted } from '#shared/counted.ts'
import { decisionNames, stageNames } from '#shared/kinds/pdsa-cycle/words.ts'
import type { Network } from '#shared/network.ts'
import { DecisionGlyph } from './DecisionGlyph.tsx'
import { pageStageOf } from './parts.ts'
import type { RampStep } from './ramp-steps.ts'
import './ramp-strip.css'
import { StageGlyph } from './StageGlyph.tsx'

export interface RampStripProps {
  steps: readonly RampStep[]
  /** The cycle that one looks at. */
  here?: string
  network: Network
}

/** The cycles of a change idea as a rising line: each step as high as its scale, with what was predicted and what came. */
export function RampStrip(props: RampStripProps): JSX.Element {
  const most = () => Math.max(1, ...props.steps.map(({ rise }) => rise))
  return (
    <figure
      class="ramp-strip"
      style={{ '--steps': props.steps.length, '--most': most() }}
      aria-label={`The ramp of this idea: ${counted(props.steps.length, 'cycle')}, each as high as its scale`}
    >
      <RampLine steps={props.steps} most={most()} />
      <ol>
        <For each={props.steps}>
          {(step) => (
            <li
              classList={{ 'is-here': step.documentId === props.here }}
              aria-current={step.documentId === props.here ? 'step' : undefined}
              style={{ '--rise': step.rise }}
            >
              <span class="dot" aria-hidden="true" />
              <StepWords step={step} isHere={step.documentId === props.here} network={props.network} />
            </li>
          )}
        </For>
      </ol>
    </figure>
  )
}

/** Drawn without its own measure: the style sheet gives it the width of the steps and the height of the rise. */
function RampLine(props: { steps: readonly RampStep[]; most: number }): JSX.Element {
  const at = (index: number) => {
    const rise = props.steps[index]?.rise ?? 0
    return `${(100 * index) / props.steps.length} ${60 * (1 - rise / props.most)}`
  }
  return (
    <svg viewBox="0 0 100 60" preserveAspectRatio="none" aria-hidden="true">
      <For each={props.steps.slice(1)}>
        {(step, index) => (
          <path
            d={`M${at(index())}L${at(index() + 1)}`}
            class={step.isCarried ? 'carried' : undefined}
            vector-effect="non-scaling-stroke"
          />
        )}
      </For>
    </svg>
  )
}

/** What a step says: how large, whose, predicted and got, decided. */
export function StepWords(props: { step: RampStep; isHere: boolean; network: Network }): JSX.Element {
  const where = () => {
    const team = props.network.teams.find(({ id }) => id === props.step.teamId)?.name
    return `Cycle ${props.step.number}${team === undefined ? '' : `, ${team}`}`
  }
  return (
    <div class="step">
      <Show when={!props.isHere} fallback={<b>{props.step.scale}</b>}>
        <a class="title-link" href={`/documents/${props.step.documentId}`}>
          {props.step.scale}
        </a>
      </Show>
      <span class="label">{where()}</span>
      <Show when={props.step.predicted || props.step.got}>
        <dl>
          <Show when={props.step.predicted}>
            <dt>predicted</dt>
            <dd>{props.step.predicted}</dd>
          </Show>
          <Show when={props.step.got}>
            <dt>got</dt>
            <dd>{props.step.got}</dd>
          </Show>
        </dl>
      </Show>
      <StepState step={props.step} />
    </div>
  )
}

/** What was decided, or where the cycle stands. */
function StepState(props: { step: RampStep }): JSX.Element {
  const stage = () => {
    const found = pageStageOf(props.step.stage)
    return found === 'closed' ? undefined : found
  }
  const decided = () =>
    props.step.stage === 'acted' || props.step.stage === 'closed' ? props.step.decision : undefined
  return (
    <Switch fallback={<span class="badge">{stageNames[props.step.stage]}</span>}>
      <Match when={decided()}>
        {(decision) => (
          <span class="badge">
            <DecisionGlyph decision={decision()} />
            {decisionNames[decision()]}
          </span>
        )}
      </Match>
      <Match when={stage()}>
        {(found) => (
          <span class={`badge ${found()}`}>
            <StageGlyph stage={found()} />
            In {found() === 'plan' ? 'Plan' : stageNames[props.step.stage]}
          </span>
        )}
      </Match>
    </Switch>
  )
}
