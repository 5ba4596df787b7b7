import { describe, expect, it } from 'vitest'
import { close } from '#shared/sync-protocol.ts'
import { describeTrouble, isForgotten, isKeptAside, troubleOf } from '../../client/sync/trouble.ts'
import { stepFor } from '../../client/sync/undo.ts'

const finals = Object.values(close).filter((code) => code >= 4400 && code < 4500)

describe('a final close', () => {
  it.each(finals)(
    '%i has its trouble, a sentence that says what to do, and no more than what can be done',
    (code) => {
      const kind = troubleOf(code)
      expect(kind).toBeDefined()
      for (const unsent of [0, 1, 12]) {
        const trouble = describeTrouble(kind ?? 'refused', { unsent, keptAside: unsent > 0, code })
        expect(trouble.sentence).toMatch(/^[A-Z].*\.$/)
        expect(trouble.sentence.length).toBeLessThan(200)
        expect(trouble.code).toBe(code)
      }
    },
  )

  it.each([1000, 1006, close.restart, close.tooSlow, close.levelChanged, close.storage, close.slowDown])(
    '%i is none: one reconnects',
    (code) => expect(troubleOf(code)).toBeUndefined(),
  )

  it('[C5] sets aside what cannot be merged, [C4] and forgets what one may no longer hold', () => {
    expect(['replaced', 'too-large', 'refused'].every((kind) => isKeptAside(kind as 'refused'))).toBe(true)
    expect(isKeptAside('signed-out') || isKeptAside('too-old') || isKeptAside('not-saving')).toBe(false)
    expect(isForgotten('no-access') && isForgotten('gone')).toBe(true)
  })

  it('offers lost access’s unsent work as a file, and nothing when there is none', () => {
    expect(describeTrouble('no-access', { unsent: 3, keptAside: false }).actions).toEqual([
      'download',
      'forget',
    ])
    expect(describeTrouble('no-access', { unsent: 0, keptAside: false }).actions).toEqual([])
  })

  it('says what the server said', () => {
    const { sentence } = describeTrouble('refused', {
      unsent: 1,
      keptAside: true,
      reason: 'You may read this.',
    })
    expect(sentence).toBe(
      'The server did not accept your last change: You may read this. Reload to go on without it. One change is kept as a copy on this device.',
    )
  })
})

describe('undo by keyboard', () => {
  const key = { key: 'z', ctrlKey: true, metaKey: false, altKey: false, shiftKey: false }
  it.each([
    ['Ctrl-Z', key, 'undo'],
    ['Command-Z', { ...key, ctrlKey: false, metaKey: true }, 'undo'],
    ['Ctrl-Shift-Z', { ...key, key: 'Z', shiftKey: true }, 'redo'],
    ['Ctrl-Y', { ...key, key: 'y' }, 'redo'],
    ['Z', { ...key, ctrlKey: false }, undefined],
    ['Ctrl-Alt-Z', { ...key, altKey: true }, undefined],
    ['Ctrl-Shift-Y', { ...key, key: 'Y', shiftKey: true }, undefined],
  ])('%s', (_name, pressed, step) => expect(stepFor(pressed)).toBe(step))
})
