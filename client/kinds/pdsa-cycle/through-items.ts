import type { Cycle } from '#shared/kinds/pdsa-cycle/model.ts'
import { isFilled } from '#shared/kinds/pdsa-cycle/text.ts'
import type { ThroughItem } from '../../ui/ThroughLine.tsx'
import type { Through } from './create-through.ts'

/** What stands on the through-line above a cycle: the way from the aim to its idea, itself, and what it will count. */
export function throughItems(cycle: Cycle, { idea }: Through, title: string): readonly ThroughItem[] {
  const { number, texts } = cycle
  const where = [String(number), texts.site.trim() || title].join(', ')
  return [
    ...wayTo(idea),
    { station: 'cycle', label: where, here: true },
    ...(isFilled(texts.measure) ? [{ station: 'measure' as const, label: texts.measure.trim() }] : []),
  ]
}

function wayTo(idea: Through['idea']): readonly ThroughItem[] {
  if (idea === undefined) return []
  if (idea.kind === 'private') return [{ station: 'idea', label: privateWords(idea.to) }]
  if (idea.parts.length === 0) {
    return [{ station: 'idea', label: 'no longer on its diagram', href: `/documents/${idea.id}` }]
  }
  // Where two drivers lie on the way, the one next to the idea is named.
  return (['aim', 'driver', 'idea'] as const).flatMap((station) => {
    const part = idea.parts.findLast((each) => each.station === station)
    return part === undefined
      ? []
      : [{ station, label: part.label, href: `/documents/${idea.id}#${part.part}` }]
  })
}

/** What is said in place of a title that is not for this reader. */
export const privateWords = (to: string | undefined): string =>
  to === undefined ? 'private' : `private to ${to}`
