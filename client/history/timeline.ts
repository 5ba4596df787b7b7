import type { Version } from '#shared/document.ts'
import type { HistoryPage, Stretch } from '#shared/history.ts'
import { isoDayOf, type Zone } from '../ui/when.ts'

/** A moment that the timeline shows: where someone's stretch of work ended, or a version. */
export type Moment =
  | { readonly kind: 'stretch'; readonly seq: number; readonly at: number; readonly stretch: Stretch }
  | { readonly kind: 'version'; readonly seq: number; readonly at: number; readonly version: Version }

export interface TimelineFilter {
  /** The account whose work is shown; absent: everybody's. */
  readonly person?: string | undefined
  /** Only what people gave a name. */
  readonly namedOnly: boolean
}

/** The moments of one day by their keys, the newest first. */
export interface TimelineDay {
  /** `2026-01-14` in the network's zone. */
  readonly day: string
  readonly at: number
  readonly keys: readonly string[]
}

/** What a moment is called on the page and in its address: a stretch that goes on stays the same. */
export const keyOf = (moment: Moment): string =>
  moment.kind === 'version' ? moment.version.id : String(moment.stretch.firstSeq)

/**
 * Stretches of work and versions as one line, the newest first; a version stands after the stretch that it ends. Versions
 * from before the oldest stretch wait until that part of the line is here.
 */
export function momentsOf(
  { stretches, before }: HistoryPage,
  versions: readonly Version[],
  filter: TimelineFilter,
): readonly Moment[] {
  const oldest = before !== undefined ? (stretches.at(-1)?.firstSeq ?? 0) : 0
  const moments = [
    ...(filter.namedOnly ? [] : stretches.map(momentOf)),
    ...versions
      .filter(({ seq, cause }) => (filter.namedOnly ? cause === 'by-hand' : seq >= oldest))
      .map(momentOfVersion),
  ]
  return moments.filter((moment) => isBy(moment, filter.person)).sort(newestFirst)
}

const momentOf = (stretch: Stretch): Moment => ({
  kind: 'stretch',
  seq: stretch.lastSeq,
  at: stretch.to,
  stretch,
})

const momentOfVersion = (version: Version): Moment => ({
  kind: 'version',
  seq: version.seq,
  at: version.createdAt,
  version,
})

/** Whether a person gave it its name. */
export const isNamed = (moment: Moment): boolean =>
  moment.kind === 'version' && moment.version.cause === 'by-hand'

const isBy = (moment: Moment, person: string | undefined): boolean =>
  person === undefined || authorOf(moment)?.id === person

export const authorOf = (moment: Moment) =>
  moment.kind === 'version' ? moment.version.by : moment.stretch.by

const newestFirst = (a: Moment, b: Moment): number =>
  b.seq - a.seq || Number(a.kind === 'stretch') - Number(b.kind === 'stretch') || b.at - a.at

/** The moment that an address names, by its key or by a row of the log; the newest where it names none that is here. */
export function momentAt(moments: readonly Moment[], at: string | undefined): Moment | undefined {
  const holds = (moment: Moment) =>
    moment.kind === 'stretch' && moment.stretch.firstSeq <= Number(at) && Number(at) <= moment.seq
  return moments.find((moment) => keyOf(moment) === at) ?? moments.find(holds) ?? moments[0]
}

/** The line cut where days end, as the network's zone counts them. */
export function daysOf(moments: readonly Moment[], zone: Zone): readonly TimelineDay[] {
  const days = new Map<string, { day: string; at: number; keys: string[] }>()
  for (const moment of moments) {
    const day = isoDayOf(moment.at, zone)
    const known = days.get(day) ?? { day, at: moment.at, keys: [] }
    days.set(day, known)
    known.keys.push(keyOf(moment))
  }
  return [...days.values()]
}

/** The last row of the log before what a moment brought. */
export function seqBefore(moment: Moment, stretches: readonly Stretch[]): number {
  if (moment.kind === 'stretch') return moment.stretch.firstSeq - 1
  const holding = stretches.find(({ firstSeq, lastSeq }) => firstSeq <= moment.seq && moment.seq <= lastSeq)
  return (holding?.firstSeq ?? moment.seq) - 1
}
