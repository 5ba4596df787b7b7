import { describe, expect, it } from 'vitest'
import { chordOf, findKey, keys } from '../../client/kinds/driver-diagram/keyboard.ts'

const press = (key: string, held: Partial<KeyboardEvent> = {}) =>
  ({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held }) as KeyboardEvent

describe('the keyboard of a driver diagram', () => {
  it('gives each chord one meaning on a card and one in its words', () => {
    for (const place of ['card', 'words'] as const) {
      const chords = keys
        .filter((key) => key.place === place || key.place === 'both')
        .flatMap((key) => key.chords)
      expect(new Set(chords).size).toBe(chords.length)
    }
  })

  it('says of every key in the help sheet what it does, and how it is pressed', () => {
    for (const key of keys) expect(key.words === '').toBe(key.shown.length === 0)
  })

  it('writes chords the same on every system: Mod is Ctrl, on a Mac Cmd', () => {
    expect(chordOf(press('z', { ctrlKey: true }), false)).toBe('Mod+z')
    expect(chordOf(press('z', { metaKey: true }), true)).toBe('Mod+z')
    expect(chordOf(press('Z', { ctrlKey: true, shiftKey: true }), false)).toBe('Mod+Shift+z')
    expect(chordOf(press('ArrowUp', { altKey: true }), false)).toBe('Alt+ArrowUp')
  })

  it('finds a character wherever a keyboard has it', () => {
    expect(chordOf(press('?', { shiftKey: true }), false)).toBe('?')
    expect(findKey('?', 'card')?.words).toBe('This sheet')
    expect(findKey('?', 'words')).toBeUndefined()
  })
})
