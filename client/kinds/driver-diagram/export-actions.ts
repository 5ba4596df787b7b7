import { drawDiagram } from '#shared/kinds/driver-diagram/draw.ts'
import { downloadFile } from '../../sync/download.ts'
import { showToast } from '../../ui/toasts.tsx'
import type { ExportAction } from '../view.ts'
import type { Page } from './page.ts'

/** What only the page itself can take out or bring in: a picture in pixels, a sheet of paper, a pasted outline, a file. */
export function exportActions(page: Page, title: string): ExportAction[] {
  const savePng = async () => {
    try {
      const { drawPng } = await import('./png.ts')
      const picture = await drawPng(drawDiagram(page.diagram.model(), { title }))
      downloadFile({ name: `${fileName(title)}.png`, type: 'image/png', body: picture })
    } catch {
      showToast({ text: 'The picture could not be made here. Export it as SVG instead.' })
    }
  }
  return [
    { label: 'Picture (PNG)', icon: 'download', takesOut: true, run: () => void savePng() },
    ...(page.open.canEdit()
      ? ([
          {
            label: 'Paste an outline…',
            icon: 'paste',
            run: () => page.openDialog({ kind: 'paste', text: '' }),
          },
          { label: 'Import a CSV file…', icon: 'table', run: () => page.openDialog({ kind: 'import' }) },
        ] satisfies ExportAction[])
      : []),
  ]
}

const fileName = (title: string): string =>
  title.replace(/[^\p{L}\p{N} ._()-]/gu, '').trim() || 'driver-diagram'
