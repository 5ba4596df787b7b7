import { align, type Likeness } from './align.ts'
import { type Block, plain, plainLines, type Span } from './blocks.ts'
import { type Mark, type MarkedSpan, wordDifferences } from './word-differences.ts'

/**
 * Two moments of a document as one text, for every kind: its neutral blocks beside each other, and inside those that both
 * have, the words. Leaving out what was removed it reads as the later moment, leaving out what was added as the earlier.
 */
export type BlockDifference =
  /** The block as a whole is there on both sides, or on one alone. */
  | { readonly kind: 'same' | Mark; readonly block: Block }
  /** Words of it differ. `block` is the later side. */
  | { readonly kind: 'words'; readonly block: WordedBlock; readonly spans: readonly MarkedSpan[] }
  | { readonly kind: 'quote'; readonly blocks: readonly BlockDifference[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly ItemDifference[] }

export interface ItemDifference {
  /** Absent: both sides have it, with differences inside or without. */
  readonly mark?: Mark
  readonly blocks: readonly BlockDifference[]
}

/** A block that holds words itself. */
export type WordedBlock = Extract<Block, { type: 'heading' | 'paragraph' | 'code' }>

/** What differs between two moments of a document, from its neutral blocks. */
export function blockDifferences(
  before: readonly Block[],
  after: readonly Block[],
): readonly BlockDifference[] {
  return align(before.map(pieceOf), after.map(pieceOf), likeness).map((pair): BlockDifference => {
    if (pair.after === undefined) return { kind: 'removed', block: pair.before.of }
    if (pair.before === undefined) return { kind: 'added', block: pair.after.of }
    if (pair.before.key === pair.after.key) return { kind: 'same', block: pair.after.of }
    return insideOf(pair.before.of, pair.after.of)
  })
}

/** How many places differ: each added or removed block or item, and each block in which words do. */
export const countDifferences = (differences: readonly BlockDifference[]): number =>
  differences.reduce((count, difference) => count + placesIn(difference), 0)

function placesIn(difference: BlockDifference): number {
  switch (difference.kind) {
    case 'same':
      return 0
    case 'added':
    case 'removed':
    case 'words':
      return 1
    case 'quote':
      return countDifferences(difference.blocks)
    case 'list':
      return difference.items.reduce(
        (count, { mark, blocks }) => count + (mark === undefined ? countDifferences(blocks) : 1),
        0,
      )
  }
}

/** Two blocks of one type that stand for each other. */
function insideOf(before: Block, after: Block): BlockDifference {
  if (before.type === 'quote' && after.type === 'quote')
    return { kind: 'quote', blocks: blockDifferences(before.blocks, after.blocks) }
  if (before.type === 'list' && after.type === 'list')
    return { kind: 'list', ordered: after.ordered, items: itemDifferences(before.items, after.items) }
  if (!holdsWords(before) || !holdsWords(after)) return { kind: 'same', block: after }
  const spans = wordDifferences(spansOf(before), spansOf(after))
  // Where only the look of words differs there is nothing to read.
  return spans.some(({ mark }) => mark !== undefined)
    ? { kind: 'words', block: after, spans }
    : { kind: 'same', block: after }
}

const holdsWords = (block: Block): block is WordedBlock =>
  block.type === 'heading' || block.type === 'paragraph' || block.type === 'code'

const spansOf = (block: WordedBlock): readonly Span[] =>
  block.type === 'code' ? plain(block.text) : block.spans

type Item = readonly Block[]

function itemDifferences(before: readonly Item[], after: readonly Item[]): readonly ItemDifference[] {
  return align(before.map(itemPieceOf), after.map(itemPieceOf), likeness).map((pair): ItemDifference => {
    if (pair.after === undefined) return wholeItem(pair.before.of, 'removed')
    if (pair.before === undefined) return wholeItem(pair.after.of, 'added')
    return { blocks: blockDifferences(pair.before.of, pair.after.of) }
  })
}

const wholeItem = (blocks: Item, mark: Mark): ItemDifference => ({
  mark,
  blocks: blocks.map((block) => ({ kind: mark, block })),
})

/* Which blocks stand for each other. */

/** A block or an item as it is compared. */
interface Piece<T> {
  readonly of: T
  /** The same when nothing differs. */
  readonly key: string
  /** Only pieces of one shape stand for each other. */
  readonly shape: string
  /** Two of one part stand for each other however different their words are, those of different parts never do. */
  readonly part: string | undefined
  /** It holds others: what differs is looked for inside. */
  readonly isFrame: boolean
  readonly words: ReadonlyMap<string, number>
  readonly length: number
}

function pieceOf(block: Block): Piece<Block> {
  const shape = block.type === 'heading' ? `heading ${block.level}` : block.type
  const part = block.type === 'paragraph' ? block.part : undefined
  return { of: block, shape, part, isFrame: isFrame(block), ...comparedBy([block]) }
}

function itemPieceOf(blocks: Item): Piece<Item> {
  const [first] = blocks
  const part = first?.type === 'paragraph' ? first.part : undefined
  return { of: blocks, shape: 'item', part, isFrame: false, ...comparedBy(blocks) }
}

const isFrame = ({ type }: Block): boolean => type === 'list' || type === 'quote'

function comparedBy(blocks: readonly Block[]): Pick<Piece<unknown>, 'key' | 'words' | 'length'> {
  const all = plainLines(blocks).flatMap((line) => line.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [])
  const words = new Map<string, number>()
  for (const word of all) words.set(word, (words.get(word) ?? 0) + 1)
  return { key: JSON.stringify(blocks), words, length: all.length }
}

/** As much as two texts must share to be one that was changed, rather than another one. */
const leastShared = 0.4

const likeness: Likeness<Piece<unknown>> = (a, b) => {
  if (a.shape !== b.shape) return 0
  if (a.key === b.key) return 1
  if (a.part !== b.part) return 0
  const shared = sharedWords(a, b)
  if (a.part !== undefined) return 0.5 + 0.4 * shared
  if (a.isFrame) return 0.1 + 0.8 * shared
  return shared < leastShared ? 0 : 0.9 * shared
}

/** From 0 to 1: how many of the words of both are in both. */
function sharedWords(a: Piece<unknown>, b: Piece<unknown>): number {
  if (a.length + b.length === 0) return 1
  let shared = 0
  for (const [word, count] of a.words) shared += Math.min(count, b.words.get(word) ?? 0)
  return (2 * shared) / (a.length + b.length)
}
