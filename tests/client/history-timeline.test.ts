import { describe, expect, it } from 'vitest'
import { iconOf, momentTitle, timesOf } from '../../client/history/moment-words.ts'
import {
  authorOf,
  daysOf,
  keyOf,
  type Moment,
  momentAt,
  momentsOf,
  seqBefore,
} from '../../client/history/timeline.ts'
import type { Version } from '../../shared/document.ts'
import type { Stretch } from '../../shared/history.ts'

const zone = { timeZone: 'America/Chicago' }
const imani = { id: 'imani', name: 'Imani Okafor', color: 1 } as const
const nora = { id: 'nora', name: 'Nora Lindqvist', color: 2 } as const
const at = (local: string) => Date.parse(`${local}-06:00`)

const stretch = (firstSeq: number, lastSeq: number, more: Partial<Stretch> = {}): Stretch => ({
  firstSeq,
  lastSeq,
  by: imani,
  from: at('2026-01-14T09:00:00'),
  to: at('2026-01-14T09:10:00'),
  via: 'ws',
  ...more,
})

const version = (id: string, seq: number, more: Partial<Version> = {}): Version => ({
  id,
  seq,
  name: 'When the last person left',
  cause: 'left',
  createdAt: at('2026-01-14T09:10:00'),
  ...more,
})

const everything = { namedOnly: false }
const keys = (moments: readonly Moment[]) => moments.map(keyOf)

describe('the timeline', () => {
  const stretches = [stretch(21, 30, { by: nora }), stretch(11, 20)]

  it('puts a version after the stretch that it ends, the newest first', () => {
    const moments = momentsOf({ stretches }, [version('a', 20), version('b', 25)], everything)
    expect(keys(moments)).toEqual(['21', 'b', 'a', '11'])
  })

  it('holds back versions from before what has been read', () => {
    const versions = [version('a', 4), version('b', 30)]
    expect(keys(momentsOf({ stretches, before: 11 }, versions, everything))).toEqual(['b', '21', '11'])
    expect(keys(momentsOf({ stretches }, versions, everything))).toEqual(['b', '21', '11', 'a'])
  })

  it('shows one person’s work, or only what people named', () => {
    const versions = [version('a', 4, { cause: 'by-hand', by: nora }), version('b', 30)]
    const page = { stretches, before: 11 }
    const shown = momentsOf({ stretches }, versions, { person: 'nora', namedOnly: false })
    expect(shown.map((moment) => authorOf(moment)?.name)).toEqual(['Nora Lindqvist', 'Nora Lindqvist'])
    expect(keys(momentsOf(page, versions, { namedOnly: true }))).toEqual(['a'])
  })

  it('ends days where the network’s days end', () => {
    const late = stretch(1, 10, { to: at('2026-01-13T23:50:00') })
    const moments = momentsOf({ stretches: [...stretches, late] }, [], everything)
    expect(daysOf(moments, zone).map(({ day, keys }) => [day, keys])).toEqual([
      ['2026-01-14', ['21', '11']],
      ['2026-01-13', ['1']],
    ])
  })

  it('finds the moment of an address: a version, a stretch, or any row inside one', () => {
    const moments = momentsOf({ stretches }, [version('a', 20)], everything)
    const keyAt = (address: string | undefined) => keys([momentAt(moments, address)].flatMap((m) => m ?? []))
    expect(keyAt('a')).toEqual(['a'])
    expect(keyAt('11')).toEqual(['11'])
    expect(keyAt('17')).toEqual(['11'])
    expect(keyAt('nothing of ours')).toEqual(['21'])
    expect(momentAt([], undefined)).toBeUndefined()
  })

  it('knows what was there before a moment', () => {
    const [newest, named] = momentsOf({ stretches }, [version('a', 25)], everything)
    expect(newest && seqBefore(newest, stretches)).toBe(20)
    expect(named && seqBefore(named, stretches)).toBe(20)
  })
})

describe('a moment in words', () => {
  it('says what happened and from when to when', () => {
    const [restored] = momentsOf({ stretches: [stretch(1, 2, { via: 'restore' })] }, [], everything)
    expect(restored && momentTitle(restored)).toBe('Restored an earlier moment')
    expect(restored && timesOf(restored, zone)).toBe('9:00 am to 9:10 am')
    const titleOf = (more: Partial<Stretch>) => {
      const [moment] = momentsOf({ stretches: [{ ...stretch(1, 2), ...more }] }, [], everything)
      return moment && momentTitle(moment)
    }
    expect(titleOf({ via: 'system' })).toBe('Started')
    expect(titleOf({ via: 'system', firstSeq: 2 })).toBe('Edited')
    const night = stretch(1, 2, { from: at('2026-01-13T23:58:00'), to: at('2026-01-14T00:05:00') })
    const [long] = momentsOf({ stretches: [night] }, [], everything)
    expect(long && timesOf(long, zone)).toBe('until 12:05 am')
  })

  it('has a picture only where it is a version', () => {
    const moments = momentsOf(
      { stretches: [stretch(1, 2)] },
      [version('a', 2, { cause: 'deletion' })],
      everything,
    )
    expect(moments.map(iconOf)).toEqual(['trash', undefined])
  })
})
