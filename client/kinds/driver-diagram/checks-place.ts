import { createMemo, createSignal } from 'solid-js'
import { aimId } from '#shared/kinds/driver-diagram/model.ts'
import type { Page } from './page.ts'
import { headsHeight } from './viewport.ts'

/** Left of the checks, their width, and the space that is kept beside and below them. */
const corner = { left: 24, width: 200, beside: 16, below: 40 }

/**
 * Where the checks stand: in the empty corner under the aim while it is empty; when the work comes there they become a
 * line in the foot that opens them over the canvas.
 */
export function createChecksPlace({ diagram, viewport }: Pick<Page, 'diagram' | 'viewport'>) {
  const [wanted, setWanted] = createSignal<boolean>()
  const [needed, setNeeded] = createSignal(200)
  const hasRoom = createMemo(() => {
    const { x, y, width, height } = viewport.window()
    const zoom = viewport.zoom()
    const aim = diagram.place(aimId)
    const primary = diagram.columnsAt().find((column) => column.column === 'primary')
    if (width === 0 || !aim || !primary) return false
    const below = height - (aim.y * zoom - y + headsHeight)
    const beside = primary.x * zoom - x
    return beside > corner.left + corner.width + corner.beside && below > needed() + corner.below
  })
  return {
    isShown: () => (wanted() === undefined ? hasRoom() : wanted() === true),
    floats: () => !hasRoom(),
    setHeight: (height: number) => {
      if (hasRoom()) setNeeded(height)
    },
    show: () => setWanted(true),
    hide: () => setWanted(false),
  }
}
