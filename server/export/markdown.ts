import type { Block, Span } from '#shared/content/blocks.ts'

/** Blocks as CommonMark. What people wrote stays text: nothing of it turns into markup. */
export function writeMarkdown(title: string, blocks: readonly Block[]): string {
  const heading: Block = { type: 'heading', level: 1, spans: [{ text: title }] }
  return `${joined([heading, ...blocks])}\n`
}

function joined(blocks: readonly Block[]): string {
  let text = ''
  let before: Block | undefined
  for (const block of blocks) {
    const written = writeBlock(block)
    if (written === '') continue
    if (before !== undefined) text += separator(before, block)
    text += written
    before = block
  }
  return text
}

/** Two lists in a row would become one, and a list right after its item's words belongs to them. */
function separator(before: Block, block: Block): string {
  if (before.type === 'list' && block.type === 'list') return '\n\n<!-- -->\n\n'
  return '\n\n'
}

function writeBlock(block: Block): string {
  switch (block.type) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${writeSpans(block.spans).replace(/\\\n/g, ' ')}`.trimEnd()
    case 'paragraph':
      return writeSpans(block.spans)
    case 'quote':
      return prefixed(joined(block.blocks), '> ', '> ')
    case 'list':
      return writeList(block.items, block.ordered)
    case 'code':
      return writeCode(block.text)
    case 'rule':
      return '---'
  }
}

function writeList(items: readonly (readonly Block[])[], ordered: boolean): string {
  const isTight = items.every(isTightItem)
  return items
    .map((item, index) => {
      const bullet = ordered ? `${index + 1}. ` : '- '
      const text = isTight ? item.map(writeBlock).join('\n') : joined(item)
      return prefixed(text, bullet, ' '.repeat(bullet.length)).trimEnd()
    })
    .join(isTight ? '\n' : '\n\n')
}

/** Words, and perhaps one list beneath them: no empty lines are needed between such items. */
const isTightItem = (item: readonly Block[]): boolean =>
  item.length <= 2 && (item[0]?.type ?? 'paragraph') === 'paragraph' && (item[1]?.type ?? 'list') === 'list'

function prefixed(text: string, first: string, others: string): string {
  return text
    .split('\n')
    .map((line, index) =>
      line === '' && index > 0 ? others.trimEnd() : `${index === 0 ? first : others}${line}`,
    )
    .join('\n')
}

/** The fence is longer than any in the text, so that the text cannot end it. */
function writeCode(text: string): string {
  const runs = text.match(/`+/g) ?? []
  const longest = runs.reduce((most, run) => Math.max(most, run.length), 2)
  const fence = '`'.repeat(longest + 1)
  return `${fence}\n${text}\n${fence}`
}

function writeSpans(spans: readonly Span[]): string {
  const text = merged(spans).map(writeSpan).join('')
  return text.trim().split('\n').map(escapeLineStart).join('\n')
}

/** Neighbors that look alike are one: `**a****b**` would not be bold. */
function merged(spans: readonly Span[]): readonly Span[] {
  const result: Span[] = []
  for (const span of spans) {
    const last = result.at(-1)
    if (last && last.bold === span.bold && last.italic === span.italic && last.link === span.link)
      result[result.length - 1] = { ...last, text: last.text + span.text }
    else result.push(span)
  }
  return result
}

/**
 * Marks do not hold when they begin or end at a space, so the spaces go outside. Here and below nothing looks for spaces
 * by a pattern that could begin at each of them: a page of spaces would keep the server busy for minutes.
 */
function writeSpan({ text, bold, italic, link }: Span): string {
  const words = text.trim()
  if (words === '') return text === '' ? '' : ' '
  const before = text.slice(0, text.length - text.trimStart().length)
  const after = text.slice(text.trimEnd().length)
  let written = escapeText(words)
  if (italic) written = `*${written}*`
  if (bold) written = `**${written}**`
  if (link !== undefined && isSafeLink(link)) written = `[${written}](<${escapeLink(link)}>)`
  return `${before}${written}${after}`
}

const escapeText = (text: string): string =>
  text
    .replace(/[\\`*_[\]<>~|]/g, '\\$&')
    .replace(/&(?=#?\w+;)/g, '&amp;')
    .split('\n')
    .map((line) => line.trim())
    .join('\\\n')

/** What means something only where a line begins: headings, lists, rules. */
const escapeLineStart = (line: string): string =>
  line
    .trimStart()
    .replace(/^(#{1,6})(?=\s|$)/, '\\$1')
    .replace(/^([+-])(?=\s|$)/, '\\$1')
    .replace(/^([-=]+)\s*$/, '\\$1')
    .replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2')

const isSafeLink = (link: string): boolean => /^(https?:|mailto:)/i.test(link)

const escapeLink = (link: string): string =>
  link.replace(/[<>\\\s]/g, (character) => encodeURIComponent(character))
