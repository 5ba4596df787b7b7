import type { DatedEntry } from '../kind.ts'
import type { Cycle } from './model.ts'

/** The days of a cycle, for calendars. */
export const cycleDates = ({ number, start, plannedEnd, started, ended }: Cycle): DatedEntry[] => {
  const entries: readonly (readonly [string | undefined, string, string])[] = [
    [started ?? start, started === undefined ? 'is to begin' : 'began', 'start'],
    [ended ?? plannedEnd, ended === undefined ? 'is to end' : 'ended', 'plannedEnd'],
  ]
  return entries.flatMap(([date, what, part]) =>
    date === undefined || date.length < 10 ? [] : [{ date, label: `Cycle ${number} ${what}`, part }],
  )
}
