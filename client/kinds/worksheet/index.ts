import { lazy } from 'solid-js'
import type { KindView } from '../view.ts'
import { Picture } from './Picture.tsx'

/** The worksheet in the browser. The page's body and its print sheet are fetched when they are opened. */
export const worksheet: KindView = {
  Body: lazy(async () => ({ default: (await import('./Body.tsx')).Body })),
  Picture,
  Print: lazy(async () => ({ default: (await import('./PrintSheet.tsx')).PrintSheet })),
}
