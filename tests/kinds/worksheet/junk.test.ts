import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { newId } from '../../../shared/ids.ts'
import { worksheet as kind } from '../../../shared/kinds/worksheet/index.ts'
import {
  itemsOf,
  readRemovedSections,
  readWorksheet,
  sectionTypes,
} from '../../../shared/kinds/worksheet/model.ts'
import { sayEverything } from '../everything.ts'

const junk = fc.oneof(
  fc.string(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom(
    ...sectionTypes,
    'removed',
    '[]',
    '{"most":',
    '[{"name":7}]',
    '[{"name":"A","holds":"date"}]',
    'a0',
    '2026-02-31',
  ),
  fc.array(fc.integer()),
)
const scalars = [
  'type',
  'key',
  'order',
  'otherOrder',
  'guidance',
  'prompts',
  'example',
  'check',
  'columns',
  'scale',
  'removed',
]
const row = fc.dictionary(
  fc.constantFrom(
    ...scalars,
    'heading',
    'otherwise',
    'c0',
    'c1',
    'done',
    'value',
    'documentId',
    'note',
    'text',
  ),
  junk,
)

describe('a worksheet that another version wrote, or nobody', () => {
  it('is read and said in all ways without a fault', () => {
    fc.assert(
      fc.property(
        fc.array(row, { maxLength: 4 }),
        fc.array(row, { maxLength: 3 }),
        row,
        (sections, items, head) => {
          const doc = new Y.Doc()
          for (const [key, value] of Object.entries(head)) doc.getMap('worksheet').set(key, value)
          for (const name of ['sort', 'wordings', 'isOther', 'guidance'])
            doc.getMap('worksheet').set(name, Object.values(head)[0] ?? 7)
          for (const section of sections) {
            const id = newId()
            doc.getMap('sections').set(id, new Y.Map(Object.entries(section)))
            for (const item of items) doc.getMap(itemsOf(id)).set(newId(), new Y.Map(Object.entries(item)))
          }
          sayEverything(kind, doc, {})
          readRemovedSections(doc)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('whose parts are of other types shows what can be read', () => {
    const doc = new Y.Doc()
    doc.getMap('sections').set('7', 7)
    doc.getMap('sections').set('a', new Y.Map([['heading', new Y.Text('Still here')]]))
    doc.getArray('items/a').push([1])
    doc.getText('worksheet').insert(0, 'no map')
    doc.getArray('became').push([1])
    doc.getText('sections/body/a').insert(0, 'plain words')
    const { sections } = readWorksheet(doc)
    expect(sections).toMatchObject([{ id: 'a', heading: 'Still here', type: 'text', body: [] }])
  })

  it('with a type of section that is unknown keeps its words in sight', () => {
    const doc = new Y.Doc()
    doc.getMap('sections').set(
      'a',
      new Y.Map<unknown>([
        ['type', 'mind-map'],
        ['heading', new Y.Text('New')],
      ]),
    )
    expect(readWorksheet(doc).sections).toMatchObject([{ heading: 'New', type: 'text' }])
  })
})
