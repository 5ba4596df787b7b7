import { getSchema } from '@tiptap/core'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { Block } from '#shared/content/blocks.ts'
import { readRichText, writeRichText } from '#shared/content/rich-text.ts'
import { canHold, readLink, richTextKit } from '../../client/editor/rich-text-schema.ts'

const schema = getSchema([richTextKit])

function fragmentOf(build: (fragment: Y.XmlFragment) => void): Y.XmlFragment {
  const fragment = new Y.Doc().getXmlFragment('notes/1')
  build(fragment)
  return fragment
}

function element(name: string, children: (Y.XmlElement | Y.XmlText)[] = []): Y.XmlElement {
  const made = new Y.XmlElement(name)
  made.insert(0, children)
  return made
}

const everything: Block[] = [
  { type: 'heading', level: 1, spans: [{ text: 'Head' }] },
  { type: 'heading', level: 4, spans: [{ text: 'Small' }] },
  {
    type: 'paragraph',
    spans: [
      { text: 'a' },
      { text: 'b', bold: true, italic: true },
      { text: 'c', link: 'https://example.org' },
    ],
  },
  {
    type: 'list',
    ordered: true,
    items: [
      [
        { type: 'paragraph', spans: [{ text: 'one' }] },
        { type: 'list', ordered: false, items: [[{ type: 'paragraph', spans: [{ text: 'deep' }] }]] },
      ],
    ],
  },
  { type: 'quote', blocks: [{ type: 'paragraph', spans: [{ text: 'said\nso' }] }] },
  { type: 'code', text: 'x = 1' },
  { type: 'rule' },
]

describe('the editor’s schema', () => {
  it('holds all that the neutral form of rich text can say', () => {
    const fragment = fragmentOf((made) => writeRichText(made, everything))
    expect(readRichText(fragment)).toEqual(everything)
    expect(canHold(schema, fragment)).toBe(true)
  })

  it('[C3] needs nothing to exist: what two people can make at one moment is held as it is', () => {
    for (const name of ['paragraph', 'blockquote', 'bulletList', 'orderedList']) {
      expect(
        canHold(
          schema,
          fragmentOf((made) => made.insert(0, [element(name)])),
        ),
      ).toBe(true)
    }
    const emptyItem = fragmentOf((made) => made.insert(0, [element('bulletList', [element('listItem')])]))
    expect(canHold(schema, emptyItem)).toBe(true)
    expect(schema.topNodeType.createAndFill()?.childCount).toBe(0)
    expect(schema.nodes.listItem?.createAndFill()?.childCount).toBe(0)
  })

  it('[I6] says when it cannot hold something, wherever that stands', () => {
    const deep = element('bulletList', [element('listItem', [element('poll')])])
    expect(
      canHold(
        schema,
        fragmentOf((made) => made.insert(0, [deep])),
      ),
    ).toBe(false)
    const marked = new Y.XmlText('x')
    marked.format(0, 1, { comment: { id: 1 } })
    expect(
      canHold(
        schema,
        fragmentOf((made) => made.insert(0, [element('paragraph', [marked])])),
      ),
    ).toBe(false)
    const misplaced = element('bulletList', [element('paragraph')])
    expect(
      canHold(
        schema,
        fragmentOf((made) => made.insert(0, [misplaced])),
      ),
    ).toBe(false)
  })

  it('reads marks that may overlap by their name', () => {
    const text = new Y.XmlText('x')
    text.format(0, 1, { 'bold--abcdefgh': {} })
    expect(
      canHold(
        schema,
        fragmentOf((made) => made.insert(0, [element('paragraph', [text])])),
      ),
    ).toBe(true)
  })
})

describe('a link that someone types', () => {
  it.each([
    ['example.org', 'https://example.org'],
    [' https://example.org/a?b ', 'https://example.org/a?b'],
    ['dana@threerivers.example', 'mailto:dana@threerivers.example'],
    ['tel:+15550100', 'tel:+15550100'],
    ['/documents/1', '/documents/1'],
  ])('%s', (typed, link) => expect(readLink(typed)).toBe(link))

  it.each(['javascript:alert(1)', '//example.org', 'just words', '', 'data:text/html,x'])(
    'is refused: %s',
    (typed) => expect(readLink(typed)).toBeUndefined(),
  )
})
