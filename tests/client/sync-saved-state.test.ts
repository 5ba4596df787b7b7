import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  asksBeforeLeaving,
  enter,
  type Ledger,
  nextLook,
  openLedger,
  type SavedEvent,
  show,
  unsentChanges,
} from '../../client/sync/saved-state.ts'

/** Plays events and looks at the end, `at` milliseconds after the document was opened. */
const played = (...events: SavedEvent[]): Ledger => events.reduce(enter, openLedger(1_000, 0))

const opened: SavedEvent[] = [
  { type: 'loaded', unsent: 0, at: 10 },
  { type: 'answered' },
  { type: 'asked', counter: 1 },
  { type: 'acknowledged', counter: 1, time: 2_000 },
]

describe('[I9] the saved indicator', () => {
  it('says Saved with the time that the server gave', () => {
    expect(show(played(...opened), 100)).toEqual({ kind: 'saved', at: 2_000 })
  })

  it('says Saving… only of what takes longer than 600 ms', () => {
    const changed = played(...opened, { type: 'changed', at: 1_000 }, { type: 'asked', counter: 2 })
    expect(show(changed, 1_599).kind).toBe('saved')
    expect(nextLook(changed, 1_000)).toBe(1_600)
    expect(show(changed, 1_600).kind).toBe('saving')
  })

  it('stays on Saved while someone types and the answers keep up', () => {
    let ledger = played(...opened)
    for (let step = 0; step < 20; step += 1) {
      const at = 1_000 + step * 250
      ledger = enter(ledger, { type: 'changed', at })
      ledger = enter(ledger, { type: 'asked', counter: 2 + step })
      if (step > 0) ledger = enter(ledger, { type: 'acknowledged', counter: 1 + step, time: at })
      expect(show(ledger, at + 240).kind).toBe('saved')
    }
  })

  it('counts from the oldest change that is not acknowledged', () => {
    const ledger = played(
      ...opened,
      { type: 'changed', at: 1_000 },
      { type: 'asked', counter: 2 },
      { type: 'changed', at: 1_400 },
      { type: 'acknowledged', counter: 2, time: 2_500 },
    )
    expect(unsentChanges(ledger)).toBe(1)
    expect(show(ledger, 1_999).kind).toBe('saved')
    expect(show(ledger, 2_000).kind).toBe('saving')
  })

  it('says Saving… at once over unsent changes of an earlier visit, and Saved only after the answer', () => {
    const loaded = played(
      { type: 'loaded', unsent: 3, at: 10 },
      { type: 'answered' },
      { type: 'asked', counter: 1 },
    )
    expect(show(loaded, 11).kind).toBe('saving')
    expect(show(enter(loaded, { type: 'acknowledged', counter: 1, time: 5 }), 12)).toEqual({
      kind: 'saved',
      at: 5,
    })
  })

  it('says nothing of being saved before the device was asked', () => {
    expect(show(played(), 1).kind).toBe('saving')
  })

  it('an answer to a marker of an earlier socket changes nothing', () => {
    const ledger = played(
      ...opened,
      { type: 'changed', at: 1_000 },
      { type: 'asked', counter: 2 },
      { type: 'dropped', at: 1_100 },
      { type: 'answered' },
      { type: 'acknowledged', counter: 2, time: 9 },
    )
    expect(unsentChanges(ledger)).toBe(1)
  })
})

describe('offline', () => {
  const offline: SavedEvent[] = [
    ...opened,
    { type: 'dropped', at: 1_000 },
    { type: 'changed', at: 2_000 },
    { type: 'changed', at: 2_100 },
  ]

  it('is said when the socket has been gone for a moment', () => {
    const dropped = played(...opened, { type: 'dropped', at: 1_000 })
    expect(show(dropped, 1_100).kind).toBe('saved')
    expect(show(dropped, 1_600)).toEqual({ kind: 'offline', changes: 0, kept: true })
  })

  it('counts the changes since the last answer, and says that they are kept once the device has confirmed', () => {
    const kept = played(...offline, { type: 'kept', through: 2 })
    expect(show(kept, 9_000)).toEqual({ kind: 'offline', changes: 2, kept: true })
  })

  it('says that they are not kept when the device does not confirm', () => {
    expect(show(played(...offline), 9_000)).toEqual({ kind: 'offline', changes: 2, kept: false })
    expect(show(played(...offline, { type: 'not-kept' }), 2_200)).toEqual({
      kind: 'offline',
      changes: 2,
      kept: false,
    })
  })

  it('does not flicker while the device confirms one change after the other', () => {
    const ledger = played(...offline, { type: 'kept', through: 1 })
    expect(show(ledger, 2_300)).toEqual({ kind: 'offline', changes: 2, kept: true })
  })

  it('keeps its first moment through failing attempts', () => {
    const ledger = played(...opened, { type: 'dropped', at: 1_000 }, { type: 'dropped', at: 1_550 })
    expect(show(ledger, 1_600).kind).toBe('offline')
  })

  it('ends in Saving… when changes wait, and in Saved when the server has them', () => {
    const back = played(...offline, { type: 'answered' }, { type: 'asked', counter: 3 })
    expect(show(back, 9_000).kind).toBe('saving')
    expect(show(enter(back, { type: 'acknowledged', counter: 3, time: 7 }), 9_001)).toEqual({
      kind: 'saved',
      at: 7,
    })
  })
})

describe('when nothing more can be saved', () => {
  it('says why, until someone has acted', () => {
    const ended = played(...opened, { type: 'ended', reason: 'Sign in again.', code: 4401 })
    expect(show(ended, 100)).toEqual({ kind: 'unsaved', reason: 'Sign in again.', code: 4401 })
    expect(show(enter(ended, { type: 'resumed', at: 200 }), 300).kind).toBe('saved')
  })
})

describe('leaving the page', () => {
  it('asks whenever changes are not in the database and the person has been told so', () => {
    expect(asksBeforeLeaving({ kind: 'saving' }, 1)).toBe(true)
    expect(asksBeforeLeaving({ kind: 'offline', changes: 2, kept: true }, 2)).toBe(true)
    expect(asksBeforeLeaving({ kind: 'unsaved', reason: '' }, 1)).toBe(true)
  })

  it('does not ask when nothing would be lost', () => {
    expect(asksBeforeLeaving({ kind: 'saved', at: 0 }, 0)).toBe(false)
    expect(asksBeforeLeaving({ kind: 'offline', changes: 0, kept: true }, 0)).toBe(false)
  })
})

describe('[I9] whatever happens in whatever order', () => {
  const kinds = ['changed', 'ask', 'answer', 'lose', 'drop', 'connect', 'wait'] as const

  it('Saved is never shown over a change that is older than 600 ms and not in the database', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...kinds), { maxLength: 80 }), (steps) => {
        let ledger = played({ type: 'loaded', unsent: 0, at: 0 })
        let now = 0
        let counter = 0
        let isOpen = false
        /** What the server really has: the changes before each marker that it will answer. */
        let travelling: { counter: number; made: number }[] = []
        let made: number[] = []
        let committed = 0
        for (const step of steps) {
          now += 100
          if (step === 'changed') {
            made = [...made, now]
            ledger = enter(ledger, { type: 'changed', at: now })
          } else if (step === 'ask' && isOpen) {
            counter += 1
            travelling = [...travelling, { counter, made: made.length }]
            ledger = enter(ledger, { type: 'asked', counter })
          } else if (step === 'answer' && travelling[0] !== undefined) {
            const answered = travelling[0]
            travelling = travelling.slice(1)
            committed = Math.max(committed, answered.made)
            ledger = enter(ledger, { type: 'acknowledged', counter: answered.counter, time: now })
          } else if (step === 'drop' || step === 'lose') {
            isOpen = false
            travelling = []
            ledger = enter(ledger, { type: 'dropped', at: now })
          } else if (step === 'connect') {
            isOpen = true
            travelling = []
            ledger = enter(ledger, { type: 'answered' })
          } else if (step === 'wait') now += 700
          const oldest = made[committed]
          if (oldest !== undefined && now - oldest >= 600) expect(show(ledger, now).kind).not.toBe('saved')
          expect(unsentChanges(ledger)).toBe(made.length - committed)
        }
      }),
      { numRuns: 500 },
    )
  })
})
