import { lazy } from 'solid-js'
import { summaryFact } from '#shared/kinds/pdsa-cycle/summary.ts'
import type { KindView } from '../view.ts'
import { Picture } from './Picture.tsx'
import { SummaryLine } from './SummaryLine.tsx'

/** The PDSA cycle in the browser. The page's body is fetched when one is opened. */
export const pdsaCycle: KindView = {
  Body: lazy(async () => ({ default: (await import('./Body.tsx')).Body })),
  Picture,
  Print: lazy(async () => ({ default: (await import('./PrintSheet.tsx')).PrintSheet })),
  originQuestion: 'Which change idea does it test?',
  copy: {
    label: 'Use this plan in my team',
    sentence: 'It takes over the plan and where it comes from, and no prediction, date or result.',
  },
  summary: {
    fact: summaryFact,
    Line: SummaryLine,
    Ramp: lazy(async () => ({ default: (await import('./Ramps.tsx')).Ramps })),
    board: async () => (await import('./board.tsx')).cycleBoard,
  },
}
