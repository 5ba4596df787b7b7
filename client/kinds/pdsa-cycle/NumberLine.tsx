import { createMemo, type JSX, Show } from 'solid-js'
import { drawNumberLine } from '#shared/drawing/number-line.ts'
import { type Compared, lineOf } from './compared-line.ts'
import { Drawn } from './Drawn.tsx'

/** What was predicted, what happened and what was before, on one line. Drawn once there are two values to compare. */
export function NumberLine(props: Compared): JSX.Element {
  const line = createMemo(() => lineOf(props))
  return (
    <Show when={line()}>
      {(found) => <Drawn class="compare" draw={(width) => drawNumberLine({ width, ...found() })} />}
    </Show>
  )
}
