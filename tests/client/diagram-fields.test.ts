import { describe, expect, it } from 'vitest'
import { quoted, spelledCount } from '../../client/kinds/driver-diagram/words.ts'

describe('words on the screen', () => {
  it('quotes a title, short, and never an empty one', () => {
    expect(quoted('Ride pool')).toBe('“Ride pool”')
    expect(quoted('  ')).toBe('a card without words')
    expect(quoted('Ride pool for everyone', 10)).toBe('“Ride pool…”')
  })

  it('spells small counts', () => {
    expect([0, 2, 11].map(spelledCount)).toEqual(['No', 'Two', '11'])
  })
})
