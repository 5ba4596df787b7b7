import type { Version } from '#shared/document.ts'
import type { Stretch } from '#shared/history.ts'
import type { IconName } from '../ui/Icon.tsx'
import { dayOf, isoDayOf, timeOfDay, type Zone } from '../ui/when.ts'
import type { Moment } from './timeline.ts'

const stretchTitles: Readonly<Record<Stretch['via'], string>> = {
  ws: 'Edited',
  http: 'Edited',
  restore: 'Restored an earlier moment',
  import: 'Imported',
  transition: 'Took a step',
  system: 'Set right by the program',
}

/** What happened, in a few words. */
export function momentTitle(moment: Moment): string {
  if (moment.kind === 'version') return moment.version.name
  const { via, firstSeq, by } = moment.stretch
  if (via === 'system' && firstSeq === 1) return 'Started'
  return via === 'system' && by !== undefined ? stretchTitles.ws : stretchTitles[via]
}

export const noteOf = (moment: Moment): string | undefined =>
  moment.kind === 'version' ? moment.version.note : undefined

const versionIcons: Readonly<Record<Version['cause'], IconName>> = {
  'by-hand': 'flag',
  import: 'paste',
  active: 'history',
  left: 'history',
  deletion: 'trash',
  transition: 'right',
  restore: 'restore',
}

/** Versions stand out by a picture beside their names. */
export const iconOf = (moment: Moment): IconName | undefined =>
  moment.kind === 'version' ? versionIcons[moment.version.cause] : undefined

/** "9:14 am", or from when to when. */
export function timesOf(moment: Moment, zone: Zone): string {
  const end = timeOfDay(moment.at, zone)
  if (moment.kind === 'version') return end
  const begin = timeOfDay(moment.stretch.from, zone)
  if (isoDayOf(moment.stretch.from, zone) !== isoDayOf(moment.at, zone)) return `until ${end}`
  return begin === end ? end : `${begin} to ${end}`
}

/** "Wed, Jan 14, 9:14 am to 9:20 am" */
export const wholeTimeOf = (moment: Moment, now: number, zone: Zone): string =>
  `${dayOf(moment.at, now, zone)}, ${timesOf(moment, zone)}`
