import { counted } from '#shared/counted.ts'
import type { TemplateSummary } from '#shared/document.ts'
import { type KindName, kinds } from '#shared/kinds/index.ts'
import type { ChosenOrigin } from './create-start.ts'

/** What a new document may be called: after what it stands on, its template, or its place. */
export function suggestTitle(
  { kind, id, name }: TemplateSummary,
  place: string,
  origin: ChosenOrigin | undefined,
): string {
  const idea = origin?.kind === 'new' ? origin.idea.title : origin?.label
  if (idea) return idea
  return id === 'blank' ? `${capital(kindInWords(kind))} of ${place}` : name
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

/** What one of a kind is called in a sentence, without the abbreviation before the noun: "cycle", "driver diagram". */
export const kindInWords = (kind: KindName): string => spoken(kinds[kind].label)

/** "1 cycle", "12 cycles" */
export const countOfKind = (n: number, kind: KindName): string =>
  counted(n, spoken(kinds[kind].label), spoken(kinds[kind].plural))

const spoken = (label: string): string => label.replace(/^[A-Z]{2,} /, '').toLowerCase()
