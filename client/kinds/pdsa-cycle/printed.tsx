import { For, type JSX, Show } from 'solid-js'
import type { Block } from '#shared/content/blocks.ts'
import { isFilled, isWritten } from '#shared/kinds/pdsa-cycle/text.ts'
import { Blocks } from '../../form/Blocks.tsx'
import { type PageStage, pageStageNames } from './parts.ts'
import { StageGlyph } from './StageGlyph.tsx'

/** A stage on paper. */
export function PrintedStage(props: { stage: PageStage; when: string; children: JSX.Element }): JSX.Element {
  return (
    <section class={`printed-stage ${props.stage}`}>
      <h2>
        <span class="stage">
          <StageGlyph stage={props.stage} />
          {pageStageNames[props.stage]}
        </span>
        <span class="label">{props.when}</span>
      </h2>
      <div class="printed-body">{props.children}</div>
    </section>
  )
}

/** A long text under its label; nothing where nothing is written. */
export function PrintedText(props: { label: string; blocks: readonly Block[] }): JSX.Element {
  return (
    <Show when={isWritten(props.blocks)}>
      <div class="keep">
        <h3>{props.label}</h3>
        <div class="prose">
          <Blocks blocks={props.blocks} />
        </div>
      </div>
    </Show>
  )
}

/** Short facts side by side; those that are not said are left out. */
export function PrintedFacts(props: {
  facts: readonly (readonly [label: string, words: string | undefined])[]
}): JSX.Element {
  const said = () => props.facts.filter(([, words]) => words !== undefined && isFilled(words))
  return (
    <Show when={said().length > 0}>
      <dl class="facts printed-facts">
        <For each={said()}>
          {([label, words]) => (
            <>
              <dt>{label}</dt>
              <dd>{words}</dd>
            </>
          )}
        </For>
      </dl>
    </Show>
  )
}

/** A list as a table; nothing while no row says anything. */
export function PrintedTable(props: {
  label: string
  columns: readonly string[]
  rows: readonly (readonly string[])[]
}): JSX.Element {
  const filled = () => props.rows.filter((cells) => cells.some(isFilled))
  return (
    <Show when={filled().length > 0}>
      <table>
        <caption class="visually-hidden">{props.label}</caption>
        <thead>
          <tr>
            <For each={props.columns}>{(column) => <th scope="col">{column}</th>}</For>
          </tr>
        </thead>
        <tbody>
          <For each={filled()}>
            {(cells) => (
              <tr>
                <For each={cells}>{(cell) => <td>{cell}</td>}</For>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </Show>
  )
}
