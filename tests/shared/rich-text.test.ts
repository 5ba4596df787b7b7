import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { Block } from '../../shared/content/blocks.ts'
import { parseBlocks, readRichText, writeRichText } from '../../shared/content/rich-text.ts'

type Content = string | Y.XmlElement | Y.XmlText

function element(
  name: string,
  children: readonly Content[] = [],
  attributes: Record<string, unknown> = {},
): Y.XmlElement {
  const made = new Y.XmlElement(name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value as string)
  made.insert(
    0,
    children.map((child) => (typeof child === 'string' ? new Y.XmlText(child) : child)),
  )
  return made
}

function read(...nodes: (Y.XmlElement | Y.XmlText)[]): Block[] {
  const fragment = new Y.Doc().getXmlFragment('notes')
  fragment.insert(0, nodes)
  return readRichText(fragment)
}

const paragraph = (text: string): Block => ({ type: 'paragraph', spans: text === '' ? [] : [{ text }] })

describe('rich text', () => {
  it('is read as blocks', () => {
    expect(
      read(
        element('heading', ['Plan'], { level: 2 }),
        element('paragraph', ['Call', element('hardBreak'), 'early']),
        element('bulletList', [
          element('listItem', [element('paragraph', ['one'])]),
          element('listItem', [
            element('paragraph', ['two']),
            element('orderedList', [element('listItem', [element('paragraph', ['three'])])]),
          ]),
        ]),
        element('blockquote', [element('paragraph', ['said'])]),
        element('codeBlock', ['a\nb']),
        element('horizontalRule'),
        element('paragraph'),
      ),
    ).toEqual([
      { type: 'heading', level: 2, spans: [{ text: 'Plan' }] },
      paragraph('Call\nearly'),
      {
        type: 'list',
        ordered: false,
        items: [
          [paragraph('one')],
          [paragraph('two'), { type: 'list', ordered: true, items: [[paragraph('three')]] }],
        ],
      },
      { type: 'quote', blocks: [paragraph('said')] },
      { type: 'code', text: 'a\nb' },
      { type: 'rule' },
      paragraph(''),
    ])
  })

  it('keeps bold, italic and safe links, also under the editor’s hashed names', () => {
    const text = new Y.XmlText()
    text.applyDelta([
      { insert: 'a', attributes: { bold: {} } },
      { insert: 'b', attributes: { bold: {}, 'italic--AbCd1234': {} } },
      { insert: 'c', attributes: { link: { href: 'https://example.org' }, underline: {} } },
      { insert: 'd', attributes: { link: { href: 'javascript:alert(1)' } } },
      { insert: 'e', attributes: { bold: null } },
    ])
    expect(read(element('paragraph', [text]))).toEqual([
      {
        type: 'paragraph',
        spans: [
          { text: 'a', bold: true },
          { text: 'b', bold: true, italic: true },
          { text: 'c', link: 'https://example.org' },
          { text: 'de' },
        ],
      },
    ])
  })

  it('[I6] keeps the words of what it does not know', () => {
    expect(
      read(
        element('table', [
          element('tableRow', [
            element('tableCell', [element('paragraph', ['cell'])]),
            element('tableCell', ['bare']),
          ]),
        ]),
        element('callout', ['Mind the gap']),
        element('paragraph', ['for ', element('mention', ['@Nora'])]),
        new Y.XmlText('loose'),
        element('bulletList', [element('paragraph', ['no item'])]),
      ),
    ).toEqual([
      paragraph('cell'),
      paragraph('bare'),
      paragraph('Mind the gap'),
      paragraph('for @Nora'),
      paragraph('loose'),
      { type: 'list', ordered: false, items: [[paragraph('no item')]] },
    ])
  })

  it('[V3] reads what is nested beyond all reason, without losing words or running out of stack', () => {
    const doc = new Y.Doc()
    const fragment = doc.getXmlFragment('notes')
    let inner = new Y.XmlElement('blockquote')
    fragment.insert(0, [inner])
    for (let depth = 0; depth < 3000; depth++) {
      const next = new Y.XmlElement('blockquote')
      inner.insert(0, [next])
      inner = next
    }
    inner.insert(0, [new Y.XmlText('deep down')])
    const copy = new Y.Doc()
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
    const blocks = readRichText(copy.getXmlFragment('notes'))
    expect(JSON.stringify(blocks)).toContain('deep down')
  })

  it('[V3] stops reading at a number of nodes', () => {
    const fragment = new Y.Doc().getXmlFragment('notes')
    fragment.insert(
      0,
      Array.from({ length: 25_000 }, () => new Y.XmlElement('horizontalRule')),
    )
    expect(readRichText(fragment)).toHaveLength(20_000)
  })

  it('comes back as it was written', () => {
    const blocks: Block[] = [
      { type: 'heading', level: 1, spans: [{ text: 'Plan', italic: true }] },
      {
        type: 'paragraph',
        spans: [
          { text: 'Call\n', bold: true },
          { text: 'at 7:30 ' },
          { text: 'here', link: 'mailto:a@b.example' },
        ],
      },
      {
        type: 'list',
        ordered: true,
        items: [[paragraph('one')], [paragraph('two'), { type: 'quote', blocks: [paragraph('q')] }]],
      },
      { type: 'code', text: '' },
      { type: 'rule' },
    ]
    const fragment = new Y.Doc().getXmlFragment('notes')
    writeRichText(fragment, blocks)
    expect(readRichText(fragment)).toEqual(parseBlocks(blocks, 'notes'))
    expect(parseBlocks(blocks, 'notes')).toEqual(blocks)
  })

  it('refuses JSON that is no blocks, with the place', () => {
    expect(() => parseBlocks({}, 'notes')).toThrow('notes is a list of blocks')
    expect(() => parseBlocks([{ type: 'heading', level: 9, spans: [] }], 'notes')).toThrow(
      'notes[0].level is a number from 1 to 4',
    )
    expect(() => parseBlocks([{ type: 'paragraph', spans: [{}] }], 'notes')).toThrow(
      'notes[0].spans[0] has a text',
    )
    let deep: unknown[] = []
    for (let depth = 0; depth < 100; depth++) deep = [{ type: 'quote', blocks: deep }]
    expect(() => parseBlocks(deep, 'notes')).toThrow(/is nested too deeply$/)
  })
})
