/** Dates and times as people say them, in the reader's own words for days and in the given zone. */

export interface Zone {
  /** IANA name; absent: the reader's own. */
  readonly timeZone?: string | undefined
}

const format = (at: number, options: Intl.DateTimeFormatOptions): string =>
  formatOf('en-US', options).format(at)

/** Making one takes longer than all that is done with it, and "Saved" is said again after each key. */
function formatOf(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options)
  const made = formats.get(key) ?? new Intl.DateTimeFormat(locale, options)
  formats.set(key, made)
  return made
}

const formats = new Map<string, Intl.DateTimeFormat>()

const inZone = (zone: Zone | undefined): Intl.DateTimeFormatOptions =>
  zone?.timeZone === undefined ? {} : { timeZone: zone.timeZone }

/** "9:14 am" */
export const timeOfDay = (at: number, zone?: Zone): string =>
  format(at, { hour: 'numeric', minute: '2-digit', ...inZone(zone) })
    .replace(/\u202f/g, ' ')
    .replace('AM', 'am')
    .replace('PM', 'pm')

/** "Wed, Jan 14", with the year when it is another one. */
export function dayOf(at: number, now: number, zone?: Zone): string {
  const isThisYear =
    format(at, { year: 'numeric', ...inZone(zone) }) === format(now, { year: 'numeric', ...inZone(zone) })
  return isThisYear
    ? format(at, { weekday: 'short', month: 'short', day: 'numeric', ...inZone(zone) })
    : format(at, { month: 'short', day: 'numeric', year: 'numeric', ...inZone(zone) })
}

/** "just now", "9:14 am", "yesterday", "Friday", "Wed, Jan 14": as near as one would say it. */
export function whenOf(at: number, now: number, zone?: Zone): string {
  const days = daysBetween(at, now, zone)
  if (Math.abs(now - at) < 60_000) return 'just now'
  if (days === 0) return timeOfDay(at, zone)
  if (days === 1) return 'yesterday'
  if (days > 1 && days < 7) return format(at, { weekday: 'long', ...inZone(zone) })
  return dayOf(at, now, zone)
}

/** How a future moment is said: "today", "tomorrow", "in 6 days". */
export function untilOf(at: number, now: number, zone?: Zone): string {
  const days = -daysBetween(at, now, zone)
  if (days <= 0) return 'today'
  if (days === 1) return 'tomorrow'
  return `in ${days} days`
}

/** The day on the calendar of the zone, `2026-01-14`. */
export const isoDayOf = (at: number, zone?: Zone): string =>
  formatOf('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', ...inZone(zone) }).format(at)

/** Whole calendar days from `at` to `now`, as the zone counts them. */
function daysBetween(at: number, now: number, zone?: Zone): number {
  const day = (time: number) => Date.parse(`${isoDayOf(time, zone)}T00:00:00Z`)
  return Math.round((day(now) - day(at)) / 86_400_000)
}
