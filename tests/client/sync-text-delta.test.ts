import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import {
  applyDelta,
  type Delta,
  diffText,
  mapPosition,
  transformDelta,
} from '../../client/sync/text-delta.ts'

const word = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '😀', 'é'), maxLength: 12 })

/** A change of `text` as two people's deltas come: several places, deletions among them. */
const changeOf = (text: string): fc.Arbitrary<Delta> =>
  fc
    .tuple(fc.nat(text.length), fc.nat(text.length), word, fc.nat(text.length), word)
    .map(([from, to, first, later, second]) => {
      const [a = 0, b = 0] = [from, to].sort((x, y) => x - y)
      const rest = Math.min(text.length, b + later) - b
      return [
        { retain: a },
        { insert: first },
        { delete: b - a },
        { retain: rest },
        { insert: second },
      ].filter((step) => Object.values(step)[0] !== 0 && Object.values(step)[0] !== '') as Delta
    })

describe('what was typed into a field, as the smallest change', () => {
  it.each([
    ['a letter at the end', 'cat', 'cats', 4, [{ retain: 3 }, { insert: 's' }]],
    ['a letter in front', 'at', 'cat', 1, [{ insert: 'c' }]],
    [
      'one of several equal letters, by where the caret is',
      'aaa',
      'aaaa',
      2,
      [{ retain: 1 }, { insert: 'a' }],
    ],
    ['a letter taken out of equal letters', 'aaa', 'aa', 1, [{ retain: 1 }, { delete: 1 }]],
    [
      'a selection that is written over',
      'one two',
      'one 2',
      5,
      [{ retain: 4 }, { insert: '2' }, { delete: 3 }],
    ],
    ['nothing', 'same', 'same', 2, []],
    [
      'a correction away from the caret',
      'teh cat',
      'the cat',
      7,
      [{ retain: 1 }, { insert: 'he' }, { delete: 2 }],
    ],
  ])('%s', (_name, before, after, caret, expected) => {
    expect(diffText(before, after, caret)).toEqual(expected)
  })

  it('never cuts an emoji in two', () => {
    expect(diffText('😀', '😁', 2)).toEqual([{ insert: '😁' }, { delete: 2 }])
    expect(diffText('\u{1F600}', '\u{1F200}', 2)).toEqual([{ insert: '\u{1F200}' }, { delete: 2 }])
  })

  it('leads from any text to any other, wherever the caret is', () => {
    fc.assert(
      fc.property(word, word, fc.nat(30), (before, after, caret) => {
        expect(applyDelta(before, diffText(before, after, caret))).toBe(after)
      }),
    )
  })

  it('does the same to a shared text', () => {
    fc.assert(
      fc.property(word, word, fc.nat(30), (before, after, caret) => {
        const text = new Y.Doc().getText('title')
        text.insert(0, before)
        text.applyDelta([...diffText(before, after, caret)])
        expect(text.toString()).toBe(after)
      }),
    )
  })
})

describe('two changes of one text at the same time', () => {
  it('lead to the same text in either order', () => {
    fc.assert(
      fc.property(
        word.chain((text) => fc.tuple(fc.constant(text), changeOf(text), changeOf(text))),
        ([text, mine, theirs]) => {
          const mineFirst = applyDelta(applyDelta(text, mine), transformDelta(theirs, mine, true))
          const theirsFirst = applyDelta(applyDelta(text, theirs), transformDelta(mine, theirs, false))
          expect(mineFirst).toBe(theirsFirst)
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('the caret when somebody else changes the text', () => {
  it.each([
    ['moves with text that is put in before it', 3, [{ insert: 'ab' }], 5],
    ['stays before text that is put in right at it', 3, [{ retain: 3 }, { insert: 'ab' }], 3],
    ['stays for a change behind it', 1, [{ retain: 2 }, { delete: 1 }], 1],
    ['falls back to where its surroundings were', 4, [{ retain: 2 }, { delete: 5 }], 2],
    [
      'counts several changes',
      6,
      [{ insert: 'x' }, { retain: 1 }, { delete: 2 }, { retain: 1 }, { insert: 'yy' }],
      7,
    ],
  ])('%s', (_name, caret, delta, expected) => {
    expect(mapPosition(caret, delta as Delta)).toBe(expected)
  })

  it('stays between the same letters', () => {
    fc.assert(
      fc.property(
        word.chain((text) => fc.tuple(fc.constant(text), fc.nat(text.length), changeOf(text))),
        ([text, caret, delta]) => {
          const after = applyDelta(text, delta)
          const mapped = mapPosition(caret, delta)
          const left = applyDelta(text.slice(0, caret), clip(delta, caret))
          expect(mapped).toBe(left.length)
          expect(after.startsWith(left)).toBe(true)
        },
      ),
    )
  })
})

/** The part of a change that happens before `position`. */
function clip(delta: Delta, position: number): Delta {
  const steps: { retain?: number; insert?: string; delete?: number }[] = []
  let left = position
  for (const step of delta) {
    if ('insert' in step) {
      if (left > 0) steps.push(step)
    } else if ('retain' in step) {
      steps.push({ retain: Math.min(left, step.retain) })
      left -= step.retain
    } else {
      steps.push({ delete: Math.min(left, step.delete) })
      left -= step.delete
    }
    if (left <= 0) break
  }
  return steps as Delta
}
