import { describe, expect, it } from 'vitest'
import type { Block, Span } from '#shared/content/blocks.ts'
import { writeMarkdown } from '../../../server/export/markdown.ts'

const paragraph = (...spans: Span[]): Block => ({ type: 'paragraph', spans })
const text = (words: string): Block => paragraph({ text: words })
const body = (...blocks: Block[]): string =>
  writeMarkdown('T', blocks)
    .replace(/^# T\n\n/, '')
    .trimEnd()

describe('a Markdown export', () => {
  it('opens with the title', () => {
    expect(writeMarkdown('Fewer missed days', [text('Hello.')])).toBe('# Fewer missed days\n\nHello.\n')
  })

  it('keeps what people wrote as text, not as markup', () => {
    expect(body(text('*not bold* _nor this_ [nor](a link) <b> `code` a|b'))).toBe(
      '\\*not bold\\* \\_nor this\\_ \\[nor\\](a link) \\<b\\> \\`code\\` a\\|b',
    )
    expect(body(text('# no heading'))).toBe('\\# no heading')
    expect(body(text('- no list'))).toBe('\\- no list')
    expect(body(text('1. no list either'))).toBe('1\\. no list either')
    expect(body(text('---'))).toBe('\\---')
    expect(body(text('R&D &amp; more'))).toBe('R&D &amp;amp; more')
    expect(body(text('one\n# two'))).toBe('one\\\n\\# two')
  })

  it('leaves ordinary sentences alone', () => {
    const sentence = "By December 2025, lower it from 24.3 % to 19 % (a 5-point drop) - that's all!"
    expect(body(text(sentence))).toBe(sentence)
  })

  it('puts marks around words, not around the spaces beside them', () => {
    expect(body(paragraph({ text: 'a ' }, { text: 'bold ', bold: true }, { text: 'word' }))).toBe(
      'a **bold** word',
    )
    expect(body(paragraph({ text: 'bo', bold: true }, { text: 'ld', bold: true }))).toBe('**bold**')
    expect(body(paragraph({ text: 'both', bold: true, italic: true }))).toBe('***both***')
  })

  it('keeps links to the web and drops the address of any other', () => {
    expect(body(paragraph({ text: 'here', link: 'https://a.example/x y>' }))).toBe(
      '[here](<https://a.example/x%20y%3E>)',
    )
    expect(body(paragraph({ text: 'here', link: 'javascript:alert(1)' }))).toBe('here')
  })

  it('nests lists under the words they belong to', () => {
    const inner: Block = { type: 'list', ordered: true, items: [[text('first')], [text('second')]] }
    const outer: Block = { type: 'list', ordered: false, items: [[text('Driver'), inner], [text('Other')]] }
    expect(body(outer)).toBe('- Driver\n  1. first\n  2. second\n- Other')
  })

  it('parts items of several paragraphs by empty lines', () => {
    const list: Block = { type: 'list', ordered: false, items: [[text('One'), text('more')], [text('Two')]] }
    expect(body(list)).toBe('- One\n\n  more\n\n- Two')
  })

  it('keeps two lists in a row apart', () => {
    const list: Block = { type: 'list', ordered: false, items: [[text('x')]] }
    expect(body(list, list)).toBe('- x\n\n<!-- -->\n\n- x')
  })

  it('fences code so that the code cannot end it', () => {
    expect(body({ type: 'code', text: 'a\n```\nb' })).toBe('````\na\n```\nb\n````')
  })

  it.each([
    ['spaces', ' '],
    ['tabs', '\t'],
    ['line ends', '\n'],
    ['backticks', '` '],
    ['ampersands', '&a'],
    ['dashes', '-'],
  ])('is written at once whatever stands in it: a megabyte of %s', (_, piece) => {
    const long = `x${piece.repeat(1_000_000 / piece.length)}y`
    const begun = performance.now()
    body(text(long), { type: 'code', text: long }, { type: 'heading', level: 2, spans: [{ text: long }] })
    // Far more than it takes, far less than the hours of a search that begins anew at every space.
    expect(performance.now() - begun).toBeLessThan(10_000)
  })

  it('keeps the ends of lines, and no spaces around them', () => {
    expect(body(text('one \t\r\n  two\n\nthree'))).toBe('one\\\ntwo\\\n\\\nthree')
  })

  it('quotes line by line', () => {
    expect(body({ type: 'quote', blocks: [text('a'), text('b')] })).toBe('> a\n>\n> b')
  })
})
