import type { DocumentSummary } from '#shared/document.ts'
import { kindViews } from '../kinds/index.ts'

/** What a copy is called, and what it takes: everything, where the kind does not say otherwise. */
export function copyWords({ kind, title }: DocumentSummary) {
  const { copy } = kindViews[kind]
  return copy
    ? { ...copy, title }
    : {
        label: 'Make a copy',
        sentence: 'The copy holds all that is in it now and goes its own way from there.',
        title: `Copy of ${title}`,
      }
}
