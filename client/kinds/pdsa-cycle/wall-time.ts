/**
 * A moment as the clock on the wall shows it in a time zone, in the form of the browser's own field for date and time:
 * `2025-12-02T07:41`.
 */
export function wallTimeOf(at: number, timeZone: string): string {
  // The Swedish way of writing dates is the ISO one.
  return new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
    .format(at)
    .replace(' ', 'T')
}

/**
 * The moment at which that clock shows this, undefined for anything that is none. An hour that the clock leaps over in
 * spring is taken for the one after it; of an hour that it shows twice in autumn one is meant.
 */
export function momentOf(wallTime: string, timeZone: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(wallTime)) return undefined
  const asIfUtc = Date.parse(`${wallTime}:00Z`)
  if (Number.isNaN(asIfUtc)) return undefined
  const offsetAt = (at: number) => Date.parse(`${wallTimeOf(at, timeZone)}:00Z`) - at
  const near = asIfUtc - offsetAt(asIfUtc)
  return asIfUtc - offsetAt(near)
}
