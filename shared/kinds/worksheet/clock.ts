import type { SectionShape, TableRow } from './model.ts'

/*
 * How long an agreement takes, computed from the dates in its table of stages: the first column names a stage, the first
 * column of days says when it began, the second when it was done.
 */

/** Months that one agreement between a school district and a health system took: what to expect. */
export const expectedMonths = { least: 18, most: 24 } as const

export interface Clock {
  /** The day on which the first stage began. */
  readonly since: string
  /** The day on which the last stage was done; absent while one is not. */
  readonly until?: string
  /** Whole months from `since` to `until`, or to today. */
  readonly months: number
  /** The stage that began last and is not done, with the whole months that it takes so far. */
  readonly now?: { readonly stage: string; readonly since: string; readonly months: number }
}

/** The clock of a table of stages on a day; undefined where no stage has begun. */
export function readClock(section: SectionShape, today: string): Clock | undefined {
  if (section.type !== 'table') return undefined
  const [began, done] = section.columns.flatMap(({ holds }, index) => (holds === 'date' ? [index] : []))
  if (began === undefined || done === undefined) return undefined
  const stages = section.rows
    .map((row) => stageOf(row, began, done))
    .filter(({ stage, since }) => stage !== '' || since !== '')
  const begun = stages.filter(({ since }) => since !== '')
  const since = begun.map((stage) => stage.since).sort()[0]
  if (since === undefined) return undefined
  const isDone = stages.every(({ until }) => until !== '')
  const until = isDone
    ? stages
        .map((stage) => stage.until)
        .sort()
        .at(-1)
    : undefined
  const open = begun
    .filter((stage) => stage.until === '')
    .sort((a, b) => (a.since < b.since ? -1 : 1))
    .at(-1)
  return {
    since,
    ...(until === undefined ? {} : { until }),
    months: wholeMonths(since, until ?? today),
    ...(open === undefined
      ? {}
      : { now: { stage: open.stage, since: open.since, months: wholeMonths(open.since, today) } }),
  }
}

const stageOf = ({ cells }: TableRow, began: number, done: number) => ({
  stage: (cells[0] ?? '').trim(),
  since: cells[began] ?? '',
  until: cells[done] ?? '',
})

/** Whole calendar months from one day to another: from the 15th of one to the 14th of the next is none yet. */
export function wholeMonths(from: string, to: string): number {
  const [fromYear = 0, fromMonth = 0, fromDay = 1] = from.split('-').map(Number)
  const [toYear = 0, toMonth = 0, toDay = 1] = to.split('-').map(Number)
  const months = (toYear - fromYear) * 12 + toMonth - fromMonth - (toDay < fromDay ? 1 : 0)
  return Math.max(0, months)
}
