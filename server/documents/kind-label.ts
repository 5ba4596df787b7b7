import type { AnyKind } from '#shared/kinds/index.ts'

/** What a kind is called within a sentence: a driver diagram, a PDSA cycle. */
export const labelWithin = ({ label }: AnyKind): string =>
  /^[A-Z][a-z]/.test(label) ? `${label.charAt(0).toLowerCase()}${label.slice(1)}` : label
