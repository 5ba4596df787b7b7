import type { Seal } from '#shared/records.ts'
import type { Zone } from '../../ui/when.ts'

/** "Mon, December 1, 2025" */
export const sealedDay = (at: number, { timeZone }: Zone): string =>
  new Intl.DateTimeFormat('en-US', {
    weekday: 'short',
    month: 'long',
    day: 'numeric',
    year: 'numeric',
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(at)

/** "Hank Sorensen", "… with Priya Raman", "… with Priya Raman and 4 others" */
export function sealedBy({ by, present }: Pick<Seal, 'by' | 'present'>): string {
  const [first, ...more] = present.filter(({ id }) => id !== by.id)
  if (first === undefined) return by.name
  if (more.length === 0) return `${by.name} with ${first.name}`
  return `${by.name} with ${first.name} and ${more.length === 1 ? more[0]?.name : `${more.length} others`}`
}
