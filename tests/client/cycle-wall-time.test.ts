import fc from 'fast-check'
import { expect, it } from 'vitest'
import { momentOf, wallTimeOf } from '../../client/kinds/pdsa-cycle/wall-time.ts'

const chicago = 'America/Chicago'

it('a moment is shown as the clock on the network’s wall shows it, wherever the device is', () => {
  const moment = Date.parse('2025-12-02T07:41:30-06:00')
  expect(wallTimeOf(moment, chicago)).toBe('2025-12-02T07:41')
  expect(wallTimeOf(moment, 'Asia/Kolkata')).toBe('2025-12-02T19:11')
})

it('what is read from the clock is the moment again, on both sides of a change of time', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: Date.parse('2024-01-01'), max: Date.parse('2028-01-01') }),
      fc.constantFrom(chicago, 'Asia/Kolkata', 'Europe/Berlin', 'Pacific/Chatham'),
      (at, zone) => {
        const shown = wallTimeOf(at, zone)
        const read = momentOf(shown, zone) as number
        expect(wallTimeOf(read, zone)).toBe(shown)
      },
    ),
  )
})

it('what is read just before and just after a change of time is right too', () => {
  for (const day of ['2026-03-08', '2026-11-01'])
    for (const hour of ['00:30', '03:30', '06:30', '12:30'])
      expect(wallTimeOf(momentOf(`${day}T${hour}`, chicago) as number, chicago)).toBe(`${day}T${hour}`)
})

it('an hour that the clock leaps over is taken for one that it shows', () => {
  const leapt = momentOf('2026-03-08T02:30', chicago) as number
  expect(['2026-03-08T01:30', '2026-03-08T03:30']).toContain(wallTimeOf(leapt, chicago))
})

it('anything else is no moment', () => {
  for (const typed of ['', '2025-12-02', '7:41', '2025-13-40T07:41'])
    expect(momentOf(typed, chicago)).toBeUndefined()
})
