import { Match, Show, Switch } from 'solid-js'
import type { Fact } from '#shared/fact.ts'
import { readSummary } from '#shared/kinds/pdsa-cycle/summary.ts'
import { decisionNames, stageNames } from '#shared/kinds/pdsa-cycle/words.ts'
import { DecisionGlyph } from './DecisionGlyph.tsx'
import { pageStageNames, pageStageOf } from './parts.ts'
import { StageGlyph } from './StageGlyph.tsx'

/** A cycle in a line: how large it is, and where it stands or what was decided. */
export function SummaryLine(props: { value: Fact['value'] }) {
  const summary = () => readSummary(props.value)
  const decided = () => {
    const { stage, decision } = summary() ?? {}
    return stage === 'acted' || stage === 'closed' ? decision : undefined
  }
  const quarter = () => {
    const stage = summary()?.stage
    if (stage === undefined || stage === 'paused' || stage === 'stalled') return undefined
    const found = pageStageOf(stage)
    return found === 'closed' ? undefined : found
  }
  return (
    <Show when={summary()}>
      {(summary) => (
        <span class="summary-line">
          <Show when={summary().scale}>
            <span>{summary().scale}</span>
          </Show>
          <Switch fallback={<span class="badge">{stageNames[summary().stage]}</span>}>
            <Match when={decided()}>
              {(decision) => (
                <span class="badge">
                  <DecisionGlyph decision={decision()} />
                  {decisionNames[decision()]}
                </span>
              )}
            </Match>
            <Match when={quarter()}>
              {(stage) => (
                <span class={`badge ${stage()}`}>
                  <StageGlyph stage={stage()} />
                  {pageStageNames[stage()]}
                </span>
              )}
            </Match>
          </Switch>
        </span>
      )}
    </Show>
  )
}
