import { createMemo, For, Show } from 'solid-js'
import { counted } from '#shared/counted.ts'
import { type PlacedCycle, type Ramp, rampsOf } from '#shared/kinds/pdsa-cycle/ramp.ts'
import type { Network } from '#shared/network.ts'
import type { RampProps } from '../view.ts'
import { placedCycle } from './placed.ts'
import { StepWords } from './RampStrip.tsx'
import { type RampStep, rampSteps } from './ramp-steps.ts'
import './ramps.css'

/** The cycles of a change idea as rising paths: one for each chain, and where a plan was cloned, one that branches off. */
export function Ramps(props: RampProps) {
  const cycles = createMemo(() => props.documents.flatMap(placedCycle))
  const ramps = createMemo(() => rampsOf(cycles()))
  /** How each step is put in words, the same as on the page of a cycle. */
  const words = createMemo(() => new Map(rampSteps(cycles()).map((step) => [step.documentId, step])))
  const columns = () => Math.max(1, ...ramps().map((ramp) => columnOf(ramp, ramps()) + ramp.steps.length))
  return (
    <div class="ramps" style={{ '--columns': columns() }}>
      <For each={ramps()}>
        {(ramp) => (
          <RampView
            ramp={ramp}
            column={columnOf(ramp, ramps())}
            name={nameOf(ramp, cycles(), props.network)}
            words={words()}
            network={props.network}
          />
        )}
      </For>
    </div>
  )
}

/** A branch begins one column behind the step that it leaves, wherever that one stands. */
function columnOf(ramp: Ramp, all: readonly Ramp[], depth = 0): number {
  const leaves = ramp.branchOf?.documentId
  const isThere = ({ cycle }: Ramp['steps'][number]) => cycle.documentId === leaves
  const trunk = all.find((other) => other !== ramp && other.steps.some(isThere))
  // Plans may have been cloned in a ring: it ends here.
  if (trunk === undefined || depth > all.length) return 0
  return columnOf(trunk, all, depth + 1) + trunk.steps.findIndex(isThere) + 1
}

/** "Eastfield Middle: 1 cycle, with the plan of cycle 4 at Alder Creek" */
function nameOf({ steps, branchOf }: Ramp, cycles: readonly PlacedCycle[], network: Network): string {
  const teamOf = ({ teamId }: PlacedCycle) =>
    network.teams.find(({ id }) => id === teamId)?.name ?? network.name
  const teams = [...new Set(steps.map(({ cycle }) => teamOf(cycle)))].join(', ')
  const name = `${teams}: ${counted(steps.length, 'cycle')}`
  const source = cycles.find(({ documentId }) => documentId === branchOf?.documentId)
  if (source === undefined) return name
  const how = branchOf?.by === 'clone' ? 'with the plan of' : 'beside the ramp that goes on from'
  return `${name}, ${how} cycle ${source.summary.number} at ${teamOf(source)}`
}

/** The height of one step of the ladder, and how far above a branch its line begins, in pixels. */
const rung = 28
const above = -36

function RampView(props: {
  ramp: Ramp
  column: number
  name: string
  words: ReadonlyMap<string, RampStep>
  network: Network
}) {
  const rise = (index: number) => props.words.get(props.ramp.steps[index]?.cycle.documentId ?? '')?.rise ?? 0
  const highest = () => Math.max(...props.ramp.steps.map((_, index) => rise(index)))
  const top = (index: number) => (highest() - rise(index)) * rung
  const from = (index: number) => {
    if (index > 0) return top(index - 1)
    return props.ramp.branchOf === undefined ? undefined : above
  }
  return (
    <section class="ramp" aria-label={props.name}>
      <p class="label" aria-hidden="true">
        {props.name}
      </p>
      <ol style={{ '--before': props.column }}>
        <For each={props.ramp.steps}>
          {({ cycle }, index) => (
            <li style={{ '--top': `${top(index())}px`, '--rise': rise(index()) }}>
              <StepLine from={from(index())} to={top(index())} />
              <span class="dot" aria-hidden="true" />
              <Show when={props.words.get(cycle.documentId)}>
                {(words) => <StepWords step={words()} isHere={false} network={props.network} />}
              </Show>
            </li>
          )}
        </For>
      </ol>
    </section>
  )
}

/** The line to a step, from the one before it or from above: one column wide, as high as the rise. */
function StepLine(props: { from: number | undefined; to: number }) {
  return (
    <Show when={props.from !== undefined && { from: props.from }}>
      {(line) => (
        <svg
          class="step-line"
          classList={{ carried: line().from === above }}
          viewBox="0 0 100 100"
          preserveAspectRatio="none"
          aria-hidden="true"
          style={{
            top: `${Math.min(line().from, props.to)}px`,
            height: `${Math.max(1, Math.abs(line().from - props.to))}px`,
          }}
        >
          <path d={pathOf(line().from, props.to)} vector-effect="non-scaling-stroke" />
        </svg>
      )}
    </Show>
  )
}

const pathOf = (from: number, to: number): string => {
  if (from === to) return 'M0 0 100 0'
  return from < to ? 'M0 0 100 100' : 'M0 100 100 0'
}
