import { describe, expect, it } from 'vitest'
import { counted } from '#shared/counted.ts'
import { savedWords } from '../../client/ui/SavedIndicator.tsx'
import { dayOf, timeOfDay, untilOf, whenOf } from '../../client/ui/when.ts'

const chicago = { timeZone: 'America/Chicago' }
const wednesday = Date.parse('2026-01-14T09:20:00-06:00')
const minute = 60_000
const day = 24 * 60 * minute

describe('times as people say them', () => {
  it('are near in words and far in dates', () => {
    expect(whenOf(wednesday - 20_000, wednesday, chicago)).toBe('just now')
    expect(whenOf(wednesday - 6 * minute, wednesday, chicago)).toBe('9:14 am')
    expect(whenOf(wednesday - day, wednesday, chicago)).toBe('yesterday')
    expect(whenOf(wednesday - 5 * day, wednesday, chicago)).toBe('Friday')
    expect(whenOf(wednesday - 9 * day, wednesday, chicago)).toBe('Mon, Jan 5')
    expect(whenOf(wednesday - 30 * day, wednesday, chicago)).toBe('Dec 15, 2025')
  })

  it('are those of the network, not of the device', () => {
    expect(timeOfDay(wednesday, chicago)).toBe('9:20 am')
    expect(timeOfDay(wednesday, { timeZone: 'America/New_York' })).toBe('10:20 am')
    const justBeforeMidnight = Date.parse('2026-01-13T23:50:00-06:00')
    expect(whenOf(justBeforeMidnight, wednesday, chicago)).toBe('yesterday')
    expect(whenOf(justBeforeMidnight, wednesday, { timeZone: 'America/New_York' })).toBe('12:50 am')
  })

  it('say how far off an end is', () => {
    expect(untilOf(wednesday + minute, wednesday, chicago)).toBe('today')
    expect(untilOf(wednesday + day, wednesday, chicago)).toBe('tomorrow')
    expect(untilOf(wednesday + 14 * day, wednesday, chicago)).toBe('in 14 days')
  })

  it('name a day', () => {
    expect(dayOf(wednesday, wednesday, chicago)).toBe('Wed, Jan 14')
  })

  it('count in words', () => {
    expect([counted(0, 'team'), counted(1, 'team'), counted(2, 'person', 'people')]).toEqual([
      '0 teams',
      '1 team',
      '2 people',
    ])
  })
})

describe('the Saved indicator', () => {
  const words = (state: Parameters<typeof savedWords>[0]) => savedWords(state, wednesday, chicago)

  it('says when, and the day only when it was another one', () => {
    expect(words({ kind: 'saved', at: wednesday - 6 * minute })).toBe('Saved 9:14 am')
    expect(words({ kind: 'saved', at: wednesday - 5_000 })).toBe('Saved 9:19 am')
    expect(words({ kind: 'saved', at: wednesday - day })).toBe('Saved yesterday')
  })

  it('counts what is kept on this device, and warns when nothing is', () => {
    expect(words({ kind: 'offline', changes: 1, kept: true })).toBe('Offline: 1 change kept on this device')
    expect(words({ kind: 'offline', changes: 12, kept: true })).toBe(
      'Offline: 12 changes kept on this device',
    )
    expect(words({ kind: 'offline', changes: 12, kept: false })).toBe(
      'Offline: not kept, do not close this page',
    )
  })

  it('never says Saved while something is under way or wrong', () => {
    expect(words({ kind: 'saving' })).toBe('Saving…')
    expect(words({ kind: 'unsaved', reason: 'The disk is full.' })).toBe('Not saved: action needed')
  })
})
