import { expect, it } from 'vitest'
import type { Block } from '#shared/content/blocks.ts'
import { passagesOf } from '../../server/search/passages.ts'

const paragraph = (text: string, part?: string): Block => ({
  type: 'paragraph',
  spans: [{ text }],
  ...(part !== undefined && { part }),
})

it('a passage knows the part of the document that it stands in, also from below', () => {
  const inner: Block = {
    type: 'list',
    ordered: false,
    items: [[paragraph('Plans', 's1'), paragraph('A note')]],
  }
  const outer: Block = { type: 'list', ordered: false, items: [[paragraph('Asthma', 'p1'), inner]] }
  const quote: Block = { type: 'quote', blocks: [paragraph('Said by a parent')] }
  expect(passagesOf([paragraph('The aim', 'aim'), outer, quote, { type: 'rule' }, paragraph(' ')])).toEqual([
    { part: 'aim', text: 'The aim' },
    { part: 'p1', text: 'Asthma' },
    { part: 's1', text: 'Plans' },
    { part: 's1', text: 'A note' },
    { text: 'Said by a parent' },
  ])
})
