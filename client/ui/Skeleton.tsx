import { Index, type JSX } from 'solid-js'

/** The place of lines that are on their way. */
export function Skeleton(props: { lines?: number; label?: string }): JSX.Element {
  return (
    <div class="skeleton" role="status" aria-label={props.label ?? 'Loading'}>
      <Index each={Array.from({ length: props.lines ?? 3 })}>{() => <i />}</Index>
    </div>
  )
}
