const words = new Intl.DateTimeFormat('en-US', {
  month: 'short',
  day: 'numeric',
  year: 'numeric',
  timeZone: 'UTC',
})
const monthWords = new Intl.DateTimeFormat('en-US', { month: 'long', year: 'numeric', timeZone: 'UTC' })

/** "Dec 1, 2025", or "December 2025" for a month. */
export const dayInWords = (date: string): string =>
  date.length === 7 ? monthWords.format(Date.parse(`${date}-01`)) : words.format(Date.parse(date))
