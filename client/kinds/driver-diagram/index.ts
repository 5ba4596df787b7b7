import { lazy } from 'solid-js'
import type { KindView } from '../view.ts'
import { Picture } from './Picture.tsx'

/** The driver diagram in the browser. Its pages are fetched when they are opened. */
export const driverDiagram: KindView = {
  Body: lazy(async () => ({ default: (await import('./Body.tsx')).Body })),
  Picture,
  Print: lazy(async () => ({ default: (await import('./PrintSheet.tsx')).PrintSheet })),
  Compared: lazy(async () => ({ default: (await import('./ComparedDiagram.tsx')).ComparedDiagram })),
}
