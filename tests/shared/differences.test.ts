import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { align } from '../../shared/content/align.ts'
import { type Block, plain, plainLines } from '../../shared/content/blocks.ts'
import {
  type BlockDifference,
  blockDifferences,
  countDifferences,
  type ItemDifference,
} from '../../shared/content/differences.ts'
import { type Mark, type MarkedSpan, wordDifferences } from '../../shared/content/word-differences.ts'

const paragraph = (text: string, part?: string): Block => ({
  type: 'paragraph',
  spans: plain(text),
  ...(part === undefined ? {} : { part }),
})
const heading = (text: string): Block => ({ type: 'heading', level: 2, spans: plain(text) })
const list = (...items: readonly (readonly Block[])[]): Block => ({ type: 'list', ordered: false, items })

/** A text with its marks, as one reads it: `We [-drive-]{+walk+} there`. */
const marked = (spans: readonly MarkedSpan[]): string =>
  spans
    .map(({ text, mark }) => (mark === 'removed' ? `[-${text}-]` : mark === 'added' ? `{+${text}+}` : text))
    .join('')

const compared = (before: string, after: string): string =>
  marked(wordDifferences(plain(before), plain(after)))

/** What one side reads when what only the other has is left out. */
const side = (without: Mark, spans: readonly MarkedSpan[]): string =>
  spans.flatMap(({ text, mark }) => (mark === without ? [] : [text])).join('')

const sideOfBlocks = (without: Mark, differences: readonly BlockDifference[]): readonly string[] =>
  differences.flatMap((difference) => sideOfBlock(without, difference))

function sideOfBlock(without: Mark, difference: BlockDifference): readonly string[] {
  switch (difference.kind) {
    case 'same':
    case 'added':
    case 'removed':
      return difference.kind === without ? [] : plainLines([difference.block])
    case 'words': {
      const text = side(without, difference.spans)
      return difference.block.type === 'code' ? text.split('\n') : [text]
    }
    case 'quote':
      return sideOfBlocks(without, difference.blocks)
    case 'list':
      return difference.items.flatMap((item) => sideOfItem(without, item))
  }
}

const sideOfItem = (without: Mark, { mark, blocks }: ItemDifference): readonly string[] =>
  mark === without ? [] : sideOfBlocks(without, blocks)

describe('words side by side', () => {
  it('shows only what changed, the removed before what came for it', () => {
    expect(compared('We call families early', 'We call families by noon')).toBe(
      'We call families [-early-]{+by noon+}',
    )
    expect(compared('two buses', 'two buses')).toBe('two buses')
    expect(compared('', 'new words')).toBe('{+new words+}')
    expect(compared('old words', '')).toBe('[-old words-]')
  })

  it('reads a phrase that was replaced as one phrase', () => {
    expect(compared('start with one class today', 'start at three schools today')).toBe(
      'start [-with one class-]{+at three schools+} today',
    )
  })

  it('sees that a link leads elsewhere, and keeps the look of the later side', () => {
    expect(
      wordDifferences(
        [{ text: 'the plan', link: 'https://a.example' }],
        [{ text: 'the plan', link: 'https://b.example', bold: true }],
      ),
    ).toEqual([
      { text: 'the plan', link: 'https://a.example', mark: 'removed' },
      { text: 'the plan', link: 'https://b.example', bold: true, mark: 'added' },
    ])
    expect(wordDifferences(plain('loud'), [{ text: 'loud', bold: true }])).toEqual([
      { text: 'loud', bold: true },
    ])
  })

  it('gives both sides back, whatever they say', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc
        .array(fc.constantFrom('bus', 'ride', 'the', ' ', '\n', '.', '出席', 'é'), { maxLength: 30 })
        .map((words) => words.join('')),
    )
    fc.assert(
      fc.property(text, text, (before, after) => {
        const spans = wordDifferences(plain(before), plain(after))
        expect(side('added', spans)).toBe(before)
        expect(side('removed', spans)).toBe(after)
      }),
    )
  })

  it('takes what is too long to compare as replaced', () => {
    const long = (word: string) => `${word} x `.repeat(1500)
    const spans = wordDifferences(plain(long('a')), plain(long('b')))
    expect(side('added', spans)).toBe(long('a'))
    expect(side('removed', spans)).toBe(long('b'))
  })
})

describe('blocks side by side', () => {
  it('leaves alone what stayed, and looks for words inside what changed', () => {
    const before = [heading('Plan'), paragraph('We try it in one class.'), paragraph('Then we talk.')]
    const after = [heading('Plan'), paragraph('We try it in two classes.'), paragraph('Then we talk.')]
    expect(blockDifferences(before, after)).toEqual([
      { kind: 'same', block: before[0] },
      { kind: 'words', block: after[1], spans: expect.anything() },
      { kind: 'same', block: before[2] },
    ])
  })

  it('another text in its place is another block, unless it is the same part', () => {
    const kinds = (before: Block, after: Block) => blockDifferences([before], [after]).map(({ kind }) => kind)
    expect(kinds(paragraph('Call every family.'), paragraph('Paint the bus.'))).toEqual(['removed', 'added'])
    expect(kinds(paragraph('Call every family.', 'a'), paragraph('Paint the bus.', 'a'))).toEqual(['words'])
    expect(kinds(paragraph('Call every family.', 'a'), paragraph('Call every family.', 'b'))).toEqual([
      'removed',
      'added',
    ])
  })

  it('goes into lists: an item that came, one that went, one that says something else', () => {
    const before = list(
      [paragraph('Bus', 'b')],
      [paragraph('Walk', 'w'), list([paragraph('with a friend', 'f')])],
    )
    const after = list(
      [paragraph('Walk', 'w'), list([paragraph('with a parent', 'f')])],
      [paragraph('Bike', 'k')],
    )
    const [difference] = blockDifferences([before], [after])
    expect(difference).toMatchObject({
      kind: 'list',
      items: [{ mark: 'removed' }, {}, { mark: 'added' }],
    })
    expect(countDifferences(difference ? [difference] : [])).toBe(3)
  })

  it('says nothing of words that only look different', () => {
    const bold: Block = { type: 'paragraph', spans: [{ text: 'loud', bold: true }] }
    expect(blockDifferences([paragraph('loud')], [bold])).toEqual([{ kind: 'same', block: bold }])
  })

  it('gives both sides back, whatever they hold', () => {
    fc.assert(
      fc.property(blocks, blocks, (before, after) => {
        const differences = blockDifferences(before, after)
        expect(sideOfBlocks('added', differences)).toEqual(plainLines(before))
        expect(sideOfBlocks('removed', differences)).toEqual(plainLines(after))
        expect(countDifferences(blockDifferences(before, before))).toBe(0)
      }),
    )
  })
})

describe('aligning', () => {
  it('pairs as much as possible, in the order of both sides', () => {
    const same = (a: string, b: string) => (a === b ? 1 : 0)
    const steps = align([...'abcd'], [...'xbdcd'], same).map(
      ({ before = '-', after = '-' }) => before + after,
    )
    expect(steps).toEqual(['a-', '-x', 'bb', '-d', 'cc', 'dd'])
  })
})

const words = fc
  .array(fc.constantFrom('call', 'families', 'early', 'bus', 'and', 'walk'), { maxLength: 6 })
  .map((all) => all.join(' '))

const { blocks } = fc.letrec<{ block: Block; blocks: readonly Block[] }>((tie) => ({
  block: fc.oneof(
    { depthSize: 'small' },
    words.map((text) => paragraph(text)),
    fc.tuple(words, fc.constantFrom('p', 'q')).map(([text, part]) => paragraph(text, part)),
    words.map(heading),
    words.map((text): Block => ({ type: 'code', text: text.replaceAll(' ', '\n') })),
    fc.constant<Block>({ type: 'rule' }),
    tie('blocks').map((inner): Block => ({ type: 'quote', blocks: inner })),
    fc.array(tie('blocks'), { maxLength: 3 }).map((items) => list(...items)),
  ),
  blocks: fc.array(tie('block'), { maxLength: 4 }),
}))
