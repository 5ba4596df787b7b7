import { withUnit } from '#shared/drawing/figures.ts'
import type { Cycle } from '#shared/kinds/pdsa-cycle/model.ts'
import { oneLine } from '#shared/kinds/pdsa-cycle/text.ts'

/** A decision as a result: all three in the same tone, and what is let go says what it taught. */
export function closedWords({ decision, expand, rich }: Pick<Cycle, 'decision' | 'expand' | 'rich'>): string {
  const because = (words: string) => (words === '' ? '.' : `: ${words}`)
  if (decision === undefined) return 'Closed without a decision.'
  switch (decision) {
    case 'adopt':
      return expand
        ? `Adopted, and tried on a larger scale${because(oneLine(rich.changes, 160))}`
        : 'Adopted.'
    case 'adapt':
      return `Adapted${expand ? ', on a larger scale' : ''}${because(oneLine(rich.changes, 160))}`
    case 'abandon':
      return `Let go here${because(oneLine(rich.abandonReason, 160))}`
  }
}

/** How sure the team was and is that the change works; '' where it did not say. */
export function surenessWords({ sureBefore, sureAfter }: Pick<Cycle, 'sureBefore' | 'sureAfter'>): string {
  const percent = (value: number) => withUnit(value, '%')
  if (sureAfter === undefined) return ''
  if (sureBefore === undefined) return `${percent(sureAfter)} sure that it works.`
  return `${percent(sureAfter)} sure that it works, ${percent(sureBefore)} before the test.`
}
