import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { setAimField } from '../../../shared/kinds/driver-diagram/aim-edits.ts'
import { addCard, setStatus } from '../../../shared/kinds/driver-diagram/edits.ts'
import { addLink, setLink, setWhy } from '../../../shared/kinds/driver-diagram/link-edits.ts'
import { aimText, cardNotes, cardTitle } from '../../../shared/kinds/driver-diagram/model.ts'
import { type DiagramChange, watchDiagram } from '../../../shared/kinds/driver-diagram/watch.ts'
import { linkOf, meet, newDiagram, type PersonAtWork, people, sampleSeed } from './people.ts'

function watched() {
  const [rafael, marisol] = people(newDiagram(sampleSeed), 'Rafael', 'Marisol') as [
    PersonAtWork,
    PersonAtWork,
  ]
  const changes: DiagramChange[] = []
  const stop = watchDiagram(rafael.doc, (change) => changes.push(change))
  return { rafael, marisol, changes, stop }
}

const nothing = { cards: new Set(), titles: new Set(), notes: new Set(), links: new Set(), aim: false }

describe('watching a diagram', () => {
  it('says which cards, titles, notes and links changed', () => {
    const { rafael, changes } = watched()
    const { doc, edit } = rafael
    const id = rafael.id('C1')
    const link = linkOf(rafael, 'C1', 'S1')
    edit(() => cardTitle(doc, id)?.insert(0, 'x'))
    setStatus(edit, doc, id, 'adopted')
    setLink(edit, doc, link, { strength: 'weak' })
    setWhy(edit, doc, link, 'Because')
    setAimField(edit, doc, 'unit', '%')
    edit(() => aimText(doc, 'what').insert(0, 'days'))
    edit(() => cardNotes(doc, id).push([new Y.XmlElement('paragraph')]))
    expect(changes).toEqual([
      { ...nothing, cards: new Set([id]), titles: new Set([id]) },
      { ...nothing, cards: new Set([id]) },
      { ...nothing, links: new Set([link]) },
      { ...nothing, links: new Set([link]) },
      { ...nothing, aim: true },
      { ...nothing, aim: true },
      { ...nothing, notes: new Set([id]) },
    ])
  })

  it('says what a colleague did, deep inside notes too', () => {
    const { rafael, marisol, changes } = watched()
    const id = marisol.id('C1')
    const paragraph = new Y.XmlElement('paragraph')
    marisol.edit(() => {
      paragraph.insert(0, [new Y.XmlText('Call')])
      cardNotes(marisol.doc, id).push([paragraph])
    })
    meet(rafael, marisol)
    marisol.edit(() => (paragraph.get(0) as Y.XmlText).insert(4, ' early'))
    const added = addCard(marisol.edit, marisol.doc, {
      column: 'idea',
      title: 'New',
      parent: marisol.id('S1'),
    })
    addLink(marisol.edit, marisol.doc, id, marisol.id('S3'))
    meet(rafael, marisol)
    expect(changes).toHaveLength(2)
    expect(changes[0]).toEqual({ ...nothing, notes: new Set([id]) })
    expect(changes[1]).toEqual({
      ...nothing,
      notes: new Set([id]),
      cards: new Set([added]),
      links: new Set([linkOf(rafael, 'New', 'S1'), linkOf(rafael, 'C1', 'S3')]),
    })
  })

  it('is silent about other things, and once it was stopped', () => {
    const { rafael, changes, stop } = watched()
    rafael.doc.getMap('of another version').set('a', 1)
    stop()
    setStatus(rafael.edit, rafael.doc, rafael.id('C1'), 'adopted')
    expect(changes).toEqual([])
  })
})
