import { For, type JSX, Match, Switch } from 'solid-js'
import type { Mark, MarkedSpan } from '#shared/content/word-differences.ts'
import { SpanView } from './Blocks.tsx'

/** Which moment is read: both in one text, or one of them, with what the other has not marked. */
export type Side = 'both' | 'before' | 'after'

/** Whether what has this mark is there on a side. */
export const isOn = (side: Side, mark: Mark | undefined): boolean =>
  mark === undefined || side === 'both' || (mark === 'removed') === (side === 'before')

/** Words of two moments as one text: struck where they went, underlined where they came, and said so. */
export function MarkedWords(props: { spans: readonly MarkedSpan[]; side: Side }): JSX.Element {
  return (
    <For each={props.spans.filter(({ mark }) => isOn(props.side, mark))}>
      {(span) => (
        <Marked mark={span.mark}>
          <SpanView span={span} />
        </Marked>
      )}
    </For>
  )
}

/** Something that only one moment has. */
export function Marked(props: { mark: Mark | undefined; children: JSX.Element }): JSX.Element {
  return (
    <Switch fallback={props.children}>
      <Match when={props.mark === 'removed'}>
        <del>
          <Said>removed: </Said>
          {props.children}
          <Said>, end of removed. </Said>
        </del>
      </Match>
      <Match when={props.mark === 'added'}>
        <ins>
          <Said>added: </Said>
          {props.children}
          <Said>, end of added. </Said>
        </ins>
      </Match>
    </Switch>
  )
}

/** For those who hear the page. */
const Said = (props: { children: string }): JSX.Element => (
  <span class="visually-hidden">{props.children}</span>
)
