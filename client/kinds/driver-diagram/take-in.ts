import { counted } from '#shared/counted.ts'
import { applyImport, type Import } from '#shared/kinds/driver-diagram/import.ts'
import { showToast } from '../../ui/toasts.tsx'
import type { Page } from './page.ts'

/** Adds what was read to the diagram as one undo step and says what came of it; false when it was refused. */
export function takeIn(page: Page, source: Import, under?: string): boolean {
  const { open, diagram } = page
  const result = applyImport(open.edit, open.doc, source, under === undefined ? {} : { under })
  if ('refused' in result) {
    showToast({ text: result.refused })
    return false
  }
  diagram.flush()
  const depth = open.undo.undoStack.length
  const words = [
    `${counted(result.added.length, 'card')} and ${counted(result.links, 'link')} added.`,
    result.found > 0 ? `${counted(result.found, 'card was', 'cards were')} here already.` : '',
    result.keptAim ? 'The aim stays as it was.' : '',
  ]
  showToast({
    text: words.filter(Boolean).join(' '),
    action: {
      label: 'Undo',
      run: () =>
        open.undo.undoStack.length === depth
          ? page.commands.undo()
          : showToast({ text: 'You have gone on since then. Undo step by step with the arrow above.' }),
    },
  })
  const first = result.added[0]
  if (first !== undefined) page.commands.goTo(first)
  return true
}
