import { For, type JSX, Show } from 'solid-js'
import type { Statement } from '#shared/kinds/pdsa-cycle/canonical.ts'
import { becauseWords, predictedFigure, rangeWords } from './prediction-words.ts'

/** What was predicted of one question: its figure, its words, its range, and why. */
export function StatementView(props: { statement: Statement }): JSX.Element {
  return (
    <>
      <Show when={predictedFigure(props.statement)}>{(figure) => <p class="figure">{figure()}</p>}</Show>
      <Lines text={props.statement.prediction} />
      <Lines
        class="small"
        text={[rangeWords(props.statement), becauseWords(props.statement)].filter(Boolean).join('\n')}
      />
    </>
  )
}

/** Plain lines of a sealed text, each its own paragraph. */
function Lines(props: { text: string; class?: string }): JSX.Element {
  return (
    <For each={props.text.split('\n').filter((line) => line.trim() !== '')}>
      {(line) => <p class={props.class}>{line}</p>}
    </For>
  )
}
