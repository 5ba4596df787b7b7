import { type Block, plainLines } from '#shared/content/blocks.ts'

/** A stretch of a document's words that search finds as one, with the part of the document it stands in. */
export interface Passage {
  readonly part?: string
  readonly text: string
}

/** The passages of a document's neutral content, in reading order. What stands beneath a part's words belongs to it. */
export const passagesOf = (blocks: readonly Block[], part?: string): readonly Passage[] =>
  blocks.flatMap((block) => passagesOfBlock(block, part))

function passagesOfBlock(block: Block, part: string | undefined): readonly Passage[] {
  switch (block.type) {
    case 'quote':
      return passagesOf(block.blocks, part)
    case 'list':
      return block.items.flatMap((item) => passagesOf(item, partOf(item) ?? part))
    case 'paragraph':
      return passage(block, block.part ?? part)
    case 'heading':
    case 'code':
      return passage(block, part)
    case 'rule':
      return []
  }
}

function partOf([first]: readonly Block[]): string | undefined {
  return first?.type === 'paragraph' ? first.part : undefined
}

function passage(block: Block, part: string | undefined): readonly Passage[] {
  const text = plainLines([block]).join('\n')
  return text.trim() === '' ? [] : [{ text, ...(part !== undefined && { part }) }]
}
