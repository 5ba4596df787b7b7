import { type Accessor, createSignal, onCleanup } from 'solid-js'

/** A row being moved by pointer: mouse, pen or finger. */
export interface RowDrag {
  readonly lifted: Accessor<string | undefined>
  /** Before which of the rows it would come to stand, counted with itself; their number for the end. */
  readonly gap: Accessor<number | undefined>
  begin(event: PointerEvent, row: string): void
}

/** A pointer that moves less than this has only pressed. */
const slack = 4

/** Moves rows that are the children of `rows`; `move` gets the index among the others. */
export function createRowDrag(
  rows: () => readonly HTMLElement[],
  ids: () => readonly string[],
  move: (row: string, index: number) => void,
): RowDrag {
  const [lifted, setLifted] = createSignal<string>()
  const [gap, setGap] = createSignal<number>()
  let stop: (() => void) | undefined

  function begin(press: PointerEvent, row: string): void {
    if (press.button !== 0) return
    stop?.()
    const onMove = (event: PointerEvent) => {
      if (event.pointerId !== press.pointerId) return
      if (lifted() === undefined && Math.abs(event.clientY - press.clientY) < slack) return
      setLifted(row)
      setGap(gapAt(rows(), event.clientY))
    }
    const onUp = (event: PointerEvent) => {
      if (event.pointerId !== press.pointerId) return
      const to = gap()
      stop?.()
      if (to === undefined) return
      const from = ids().indexOf(row)
      const index = to > from ? to - 1 : to
      if (index !== from) move(row, index)
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') stop?.()
    }
    const end = () => stop?.()
    stop = () => {
      removeEventListener('pointermove', onMove)
      removeEventListener('pointerup', onUp)
      removeEventListener('pointercancel', end)
      removeEventListener('keydown', onKey, true)
      setLifted(undefined)
      setGap(undefined)
      stop = undefined
    }
    addEventListener('pointermove', onMove)
    addEventListener('pointerup', onUp)
    addEventListener('pointercancel', end)
    addEventListener('keydown', onKey, true)
  }

  onCleanup(() => stop?.())
  return { lifted, gap, begin }
}

/** The first row whose middle lies below the pointer. */
function gapAt(rows: readonly HTMLElement[], y: number): number {
  const index = rows.findIndex((row) => {
    const { top, height } = row.getBoundingClientRect()
    return y < top + height / 2
  })
  return index === -1 ? rows.length : index
}
