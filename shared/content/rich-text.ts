import * as Y from 'yjs'
import type { Block, Span } from './blocks.ts'

/**
 * Rich text as the editor stores it (elements named like the editor's nodes, marks as formats of texts), read and written
 * without the editor's schema: what the schema does not know is kept as paragraphs of its text, never dropped (I6, S2).
 */

/** How deep and how much is read (V3). What lies deeper is kept as text; what comes later is left out. */
const deepest = 64
const mostNodes = 20_000

type Writable<T> = { -readonly [K in keyof T]: T[K] }
type Node = Y.XmlElement | Y.XmlText | Y.XmlHook

/** Reads rich text as blocks. Never throws, whatever the fragment holds, and does not recurse. */
export function readRichText(fragment: Y.XmlFragment): Block[] {
  const blocks: Block[] = []
  const open: Open[] = [opened(fragment, blocks)]
  let left = mostNodes
  while (open.length > 0 && left > 0) {
    const parent = open[open.length - 1] as Open
    const node = parent.children[parent.next++]
    if (node === undefined) {
      open.pop()
      continue
    }
    left--
    const inner = readNode(node, parent, open.length)
    if (inner !== undefined) open.push(inner)
  }
  return blocks
}

/** An element whose children are being read; `items` where they are a list's. */
interface Open {
  readonly children: readonly Node[]
  readonly blocks: Block[]
  readonly items?: Block[][]
  next: number
}

function opened(parent: Y.XmlFragment, blocks: Block[], items?: Block[][]): Open {
  return { children: childrenOf(parent), blocks, next: 0, ...(items === undefined ? {} : { items }) }
}

/** Reads one node into its parent; answers what to read next when it holds blocks itself. */
function readNode(node: Node, parent: Open, depth: number): Open | undefined {
  const blocks = parent.items === undefined ? parent.blocks : newItem(parent.items)
  if (!(node instanceof Y.XmlElement)) {
    if (node instanceof Y.XmlText) addParagraph(blocks, spansOf([node]))
    return undefined
  }
  if (depth >= deepest) {
    addParagraph(blocks, plainSpans(textWithin(node)))
    return undefined
  }
  switch (node.nodeName) {
    case 'paragraph':
      blocks.push({ type: 'paragraph', spans: spansOf(childrenOf(node)) })
      return undefined
    case 'heading':
      blocks.push({ type: 'heading', level: headingLevel(node), spans: spansOf(childrenOf(node)) })
      return undefined
    case 'codeBlock':
      blocks.push({ type: 'code', text: textWithin(node) })
      return undefined
    case 'horizontalRule':
      blocks.push({ type: 'rule' })
      return undefined
    case 'blockquote': {
      const quoted: Block[] = []
      blocks.push({ type: 'quote', blocks: quoted })
      return opened(node, quoted)
    }
    case 'bulletList':
    case 'orderedList': {
      const items: Block[][] = []
      blocks.push({ type: 'list', ordered: node.nodeName === 'orderedList', items })
      return opened(node, [], items)
    }
    case 'listItem':
      return opened(node, blocks)
    default:
      return readUnknown(node, blocks)
  }
}

function readUnknown(node: Y.XmlElement, blocks: Block[]): Open | undefined {
  const holdsBlocks = childrenOf(node).some(
    (child) => child instanceof Y.XmlElement && child.nodeName !== 'hardBreak',
  )
  if (holdsBlocks) return opened(node, blocks)
  addParagraph(blocks, spansOf(childrenOf(node)))
  return undefined
}

function newItem(items: Block[][]): Block[] {
  const item: Block[] = []
  items.push(item)
  return item
}

function addParagraph(blocks: Block[], spans: readonly Span[]): void {
  if (spans.length > 0) blocks.push({ type: 'paragraph', spans })
}

function headingLevel(node: Y.XmlElement): 1 | 2 | 3 | 4 {
  const level: unknown = node.getAttribute('level')
  return level === 1 || level === 2 || level === 3 ? level : 4
}

function spansOf(nodes: readonly Node[]): Span[] {
  const spans: Span[] = []
  for (const node of nodes) {
    if (node instanceof Y.XmlText) {
      for (const piece of piecesOf(node)) addSpan(spans, piece)
    } else if (node instanceof Y.XmlElement) {
      addSpan(spans, { text: node.nodeName === 'hardBreak' ? '\n' : textWithin(node) })
    }
  }
  return spans
}

function piecesOf(text: Y.XmlText): Span[] {
  const delta = text.toDelta() as { insert?: unknown; attributes?: Record<string, unknown> }[]
  return delta.flatMap(({ insert, attributes = {} }) => {
    if (typeof insert !== 'string') return []
    const span: Writable<Span> = { text: insert }
    for (const [name, value] of Object.entries(attributes)) {
      if (value === null || value === undefined) continue
      // Marks that may overlap carry a hash after their name.
      const mark = name.replace(/--[a-zA-Z0-9+/=]{8}$/, '')
      if (mark === 'bold') span.bold = true
      if (mark === 'italic') span.italic = true
      if (mark === 'link') {
        const href = safeLink((value as { href?: unknown }).href)
        if (href !== undefined) span.link = href
      }
    }
    return [span]
  })
}

/** A link that may be followed, or undefined: nothing that runs as a script. */
function safeLink(href: unknown): string | undefined {
  return typeof href === 'string' && /^(https?:|mailto:|tel:|\/(?!\/))/i.test(href) ? href : undefined
}

/** Adds a span, as part of the last one where both look alike. A line's end belongs to the words before it. */
function addSpan(spans: Span[], span: Span): void {
  const [ends = ''] = /^\n*/.exec(span.text) ?? []
  const last = spans[spans.length - 1]
  if (ends !== '') spans[Math.max(0, spans.length - 1)] = { ...last, text: (last?.text ?? '') + ends }
  const text = span.text.slice(ends.length)
  if (text === '') return
  const before = spans[spans.length - 1]
  if (
    before !== undefined &&
    before.bold === span.bold &&
    before.italic === span.italic &&
    before.link === span.link
  )
    spans[spans.length - 1] = { ...before, text: before.text + text }
  else spans.push({ ...span, text })
}

const plainSpans = (text: string): Span[] => (text === '' ? [] : [{ text }])

/** All words inside a node, in order, without recursion. */
function textWithin(node: Y.XmlElement): string {
  const words: string[] = []
  const waiting: Node[] = [node]
  for (let left = mostNodes; waiting.length > 0 && left > 0; left--) {
    const next = waiting.pop()
    if (next instanceof Y.XmlText) words.push(...piecesOf(next).map((piece) => piece.text))
    else if (next instanceof Y.XmlElement) {
      if (next.nodeName === 'hardBreak') words.push('\n')
      waiting.push(...childrenOf(next).reverse())
    }
  }
  return words.join('')
}

const childrenOf = (parent: Y.XmlFragment): Node[] => parent.toArray() as Node[]

/**
 * Writes blocks into an empty fragment as the editor would have: `readRichText` of it gives the blocks in their plainest
 * form (`normalBlocks`).
 */
export function writeRichText(fragment: Y.XmlFragment, blocks: readonly Block[]): void {
  fragment.insert(0, blocks.map(elementOf))
}

function elementOf(block: Block): Y.XmlElement {
  switch (block.type) {
    case 'heading': {
      const heading = element('heading', inline(block.spans))
      // The editor's heading level is a number; Yjs types attributes as strings but stores any JSON value.
      heading.setAttribute('level', block.level as unknown as string)
      return heading
    }
    case 'paragraph':
      return element('paragraph', inline(block.spans))
    case 'quote':
      return element('blockquote', block.blocks.map(elementOf))
    case 'list':
      return element(
        block.ordered ? 'orderedList' : 'bulletList',
        block.items.map((item) => element('listItem', item.map(elementOf))),
      )
    case 'code':
      return element('codeBlock', block.text === '' ? [] : [new Y.XmlText(block.text)])
    case 'rule':
      return element('horizontalRule', [])
  }
}

function element(name: string, children: readonly (Y.XmlElement | Y.XmlText)[]): Y.XmlElement {
  const made = new Y.XmlElement(name)
  made.insert(0, [...children])
  return made
}

function inline(spans: readonly Span[]): (Y.XmlElement | Y.XmlText)[] {
  const children: (Y.XmlElement | Y.XmlText)[] = []
  let delta: { insert: string; attributes: Record<string, unknown> }[] = []
  const flush = () => {
    if (delta.length === 0) return
    const text = new Y.XmlText()
    text.applyDelta(delta)
    children.push(text)
    delta = []
  }
  for (const span of spans) {
    span.text.split('\n').forEach((line, index) => {
      if (index > 0) {
        flush()
        children.push(new Y.XmlElement('hardBreak'))
      }
      if (line !== '') delta.push({ insert: line, attributes: marksOf(span) })
    })
  }
  flush()
  return children
}

const marksOf = (span: Span): Record<string, unknown> => ({
  ...(span.bold ? { bold: {} } : {}),
  ...(span.italic ? { italic: {} } : {}),
  ...(span.link === undefined ? {} : { link: { href: span.link } }),
})

/**
 * Blocks out of unknown JSON, in their plainest form: no empty spans, neighbors that look alike joined. Throws a sentence
 * that begins with `place`.
 */
export function parseBlocks(json: unknown, place: string, depth = 0): Block[] {
  if (!Array.isArray(json)) throw new Error(`${place} is a list of blocks`)
  if (depth >= deepest / 2) throw new Error(`${place} is nested too deeply`)
  return json.map((block, index) => parseBlock(block, `${place}[${index}]`, depth))
}

function parseBlock(json: unknown, place: string, depth: number): Block {
  if (typeof json === 'string') return { type: 'paragraph', spans: plainSpans(json) }
  if (typeof json !== 'object' || json === null)
    throw new Error(`${place} is a text or an object with a type`)
  const block = json as Record<string, unknown>
  switch (block.type) {
    case 'heading': {
      const { level } = block
      if (level !== 1 && level !== 2 && level !== 3 && level !== 4)
        throw new Error(`${place}.level is a number from 1 to 4`)
      return { type: 'heading', level, spans: parseSpans(block.spans, `${place}.spans`) }
    }
    case 'paragraph':
      return { type: 'paragraph', spans: parseSpans(block.spans, `${place}.spans`) }
    case 'quote':
      return { type: 'quote', blocks: parseBlocks(block.blocks, `${place}.blocks`, depth + 1) }
    case 'list':
      if (!Array.isArray(block.items)) throw new Error(`${place}.items is a list of lists of blocks`)
      return {
        type: 'list',
        ordered: block.ordered === true,
        items: block.items.map((item, index) => parseBlocks(item, `${place}.items[${index}]`, depth + 1)),
      }
    case 'code':
      if (typeof block.text !== 'string') throw new Error(`${place}.text is a text`)
      return { type: 'code', text: block.text }
    case 'rule':
      return { type: 'rule' }
    default:
      throw new Error(`${place}.type is one of heading, paragraph, quote, list, code, rule`)
  }
}

function parseSpans(json: unknown, place: string): Span[] {
  if (!Array.isArray(json)) throw new Error(`${place} is a list of spans`)
  const spans: Span[] = []
  json.forEach((value: unknown, index) => {
    if (typeof value !== 'object' || value === null || typeof (value as Span).text !== 'string')
      throw new Error(`${place}[${index}] has a text`)
    const { text, bold, italic, link } = value as Record<string, unknown>
    const href = safeLink(link)
    addSpan(spans, {
      text: text as string,
      ...(bold === true ? { bold } : {}),
      ...(italic === true ? { italic } : {}),
      ...(href === undefined ? {} : { link: href }),
    })
  })
  return spans
}
