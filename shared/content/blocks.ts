/**
 * The neutral form of any document: what Markdown, DOCX, PDF and search are made from. A kind yields blocks; a format
 * renders them. Neither knows the other.
 */
export interface Span {
  readonly text: string
  readonly bold?: true
  readonly italic?: true
  readonly link?: string
}

export type Block =
  | { readonly type: 'heading'; readonly level: 1 | 2 | 3 | 4; readonly spans: readonly Span[] }
  | { readonly type: 'paragraph'; readonly spans: readonly Span[]; readonly part?: string }
  | { readonly type: 'quote'; readonly blocks: readonly Block[] }
  | { readonly type: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Block[])[] }
  | { readonly type: 'code'; readonly text: string }
  | { readonly type: 'rule' }

/** A paragraph (or heading's content) of plain text. */
export const plain = (text: string): readonly Span[] => (text === '' ? [] : [{ text }])

/** The words of blocks, one line each, without any formatting: for search and for canonical text. */
export const plainLines = (blocks: readonly Block[]): string[] => blocks.flatMap(linesOf)

function linesOf(block: Block): string[] {
  switch (block.type) {
    case 'heading':
    case 'paragraph':
      return [block.spans.map((span) => span.text).join('')]
    case 'quote':
      return plainLines(block.blocks)
    case 'list':
      return block.items.flatMap((item) => plainLines(item))
    case 'code':
      return block.text.split('\n')
    case 'rule':
      return []
  }
}

/** How many pieces blocks are written with, those within them too: what makes a document slow to write. */
export const pieceCount = (blocks: readonly Block[]): number =>
  blocks.reduce((sum, block) => sum + 1 + innerCount(block), 0)

function innerCount(block: Block): number {
  switch (block.type) {
    case 'heading':
    case 'paragraph':
      return block.spans.length
    case 'quote':
      return pieceCount(block.blocks)
    case 'list':
      return block.items.reduce((sum, item) => sum + 1 + pieceCount(item), 0)
    case 'code':
    case 'rule':
      return 0
  }
}
