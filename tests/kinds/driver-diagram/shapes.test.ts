import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import {
  addCard,
  demote,
  moveCard,
  promote,
  removeCard,
  repairDiagram,
  reparent,
  restoreCard,
  setStatus,
} from '../../../shared/kinds/driver-diagram/edits.ts'
import { addLink, removeLink, setLink, setWhy } from '../../../shared/kinds/driver-diagram/link-edits.ts'
import {
  aimId,
  cardMap,
  cardNotes,
  cardTitle,
  linkWhy,
  readCard,
  readDiagramAll,
  readLink,
} from '../../../shared/kinds/driver-diagram/model.ts'
import { linkOf, linkTitles, meet, newDiagram, type PersonAtWork, people, sampleSeed } from './people.ts'

function two(): [PersonAtWork, PersonAtWork] {
  const [rafael, marisol] = people(newDiagram(sampleSeed), 'Rafael', 'Marisol')
  return [rafael as PersonAtWork, marisol as PersonAtWork]
}

const type = (person: PersonAtWork, card: string, at: number, words: string) =>
  person.edit(() => cardTitle(person.doc, card)?.insert(at, words))

/** Both see the same, down to removed cards and texts. */
function expectAlike(...all: PersonAtWork[]): void {
  const [first, ...others] = all.map(({ doc }) => readDiagramAll(doc))
  for (const other of others) expect(other).toEqual(first)
}

describe('the shapes hold what two people do at once', () => {
  it('[Y1] a card that is moved, re-parented or promoted stays the same card', () => {
    const [rafael, marisol] = two()
    const id = rafael.id('C2')
    const map = cardMap(rafael.doc, id)
    moveCard(rafael.edit, rafael.doc, id, { after: rafael.id('C4') })
    reparent(rafael.edit, rafael.doc, id, rafael.id('S1'), rafael.id('S2'))
    promote(rafael.edit, rafael.doc, id)
    expect(cardMap(rafael.doc, id)).toBe(map)
    type(marisol, id, 2, ' with her words')
    meet(rafael, marisol)
    expect(rafael.titles('secondary')).toContain('C2 with her words')
    expectAlike(rafael, marisol)
  })

  it('[Y2] a title is born with its card, and notes that two people begin at once hold both beginnings', () => {
    const [rafael, marisol] = two()
    const id = rafael.id('C1')
    const write = (person: PersonAtWork, words: string) =>
      person.edit(() => {
        const paragraph = new Y.XmlElement('paragraph')
        paragraph.insert(0, [new Y.XmlText(words)])
        cardNotes(person.doc, id).push([paragraph])
      })
    write(rafael, 'Call at 7:30')
    write(marisol, 'A text first')
    meet(rafael, marisol)
    const notes = JSON.stringify(rafael.card('C1').notes)
    expect(notes).toContain('Call at 7:30')
    expect(notes).toContain('A text first')
    expectAlike(rafael, marisol)
  })

  it('[Y2] two people who type in one title at once are merged character by character', () => {
    const [rafael, marisol] = two()
    const id = rafael.id('C1')
    type(rafael, id, 0, 'Nurse: ')
    type(marisol, id, 2, ' at noon')
    meet(rafael, marisol)
    expect(rafael.titles('idea')).toContain('Nurse: C1 at noon')
    expectAlike(rafael, marisol)
  })

  it('[Y3] a blank diagram that two people open at once has one aim, and both write in it', () => {
    const [rafael, marisol] = people(newDiagram({}), 'Rafael', 'Marisol') as [PersonAtWork, PersonAtWork]
    type(rafael, aimId, 0, 'Fewer ')
    type(marisol, aimId, 0, 'missed days ')
    meet(rafael, marisol)
    expect(rafael.titles('aim')).toHaveLength(1)
    expect(rafael.titles('aim')[0]).toHaveLength('Fewer missed days '.length)
    expectAlike(rafael, marisol)
  })

  it('[Y4] words typed into a card while a colleague removes it are there when it is brought back', () => {
    const [rafael, marisol] = two()
    const id = rafael.id('C1')
    removeCard(rafael.edit, rafael.doc, id, 'rafael')
    type(marisol, id, 2, ' at 7:30')
    meet(rafael, marisol)
    expect(readCard(marisol.doc, id)).toMatchObject({
      title: 'C1 at 7:30',
      removed: true,
      removedBy: 'rafael',
    })
    restoreCard(marisol.edit, marisol.doc, id)
    meet(rafael, marisol)
    expect(rafael.titles('idea')).toContain('C1 at 7:30')
    expectAlike(rafael, marisol)
  })

  it('[Y4] undoing a removal brings back the card with what was typed meanwhile', () => {
    const [rafael, marisol] = two()
    const id = rafael.id('S1')
    const links = linkTitles(rafael.diagram())
    removeCard(rafael.edit, rafael.doc, id)
    type(marisol, id, 2, '!')
    meet(rafael, marisol)
    rafael.undo.undo()
    meet(rafael, marisol)
    expect(marisol.titles('secondary')).toContain('S1!')
    expect(linkTitles(marisol.diagram())).toEqual(links.map((link) => link.replace('S1', 'S1!')))
    expectAlike(rafael, marisol)
  })

  it('[Y4] a card that both remove at once is removed, whoever undoes', () => {
    const [rafael, marisol] = two()
    const id = rafael.id('C1')
    removeCard(rafael.edit, rafael.doc, id, 'rafael')
    removeCard(marisol.edit, marisol.doc, id, 'marisol')
    meet(rafael, marisol)
    expect(rafael.titles('idea')).not.toContain('C1')
    expectAlike(rafael, marisol)
    rafael.undo.undo()
    marisol.undo.undo()
    meet(rafael, marisol)
    expect(readCard(rafael.doc, id)?.title).toBe('C1')
    expectAlike(rafael, marisol)
  })

  it('[Y5] undoing a creation hides the card and destroys nobody’s words', () => {
    const [rafael, marisol] = two()
    const id = rafael.add('New', 'idea', 'S1')
    meet(rafael, marisol)
    type(marisol, id, 3, ' idea of hers')
    meet(rafael, marisol)
    rafael.undo.undo()
    meet(rafael, marisol)
    expect(readCard(marisol.doc, id)).toMatchObject({ title: 'New idea of hers', removed: true })
    restoreCard(marisol.edit, marisol.doc, id)
    meet(rafael, marisol)
    expect(rafael.titles('idea')).toContain('New idea of hers')
    expectAlike(rafael, marisol)
  })

  it('[Y5] what a colleague typed before the creation is undone and redone stays', () => {
    const [rafael, marisol] = two()
    const id = rafael.add('New', 'idea', 'S1')
    rafael.undo.undo()
    meet(rafael, marisol)
    type(marisol, id, 3, ', hidden')
    rafael.undo.redo()
    meet(rafael, marisol)
    expect(marisol.titles('idea')).toContain('New, hidden')
    expectAlike(rafael, marisol)
  })

  it('[Y6] moves made at once end with one of them', () => {
    const [rafael, marisol] = two()
    const id = rafael.id('C1')
    moveCard(rafael.edit, rafael.doc, id, { after: rafael.id('C2') })
    moveCard(marisol.edit, marisol.doc, id, { after: marisol.id('C4') })
    meet(rafael, marisol)
    const order = rafael.titles('idea').join(' ')
    expect(['C2 C1 C3 C4', 'C2 C3 C4 C1']).toContain(order)
    expectAlike(rafael, marisol)
  })

  it('[Y6] a card that is moved while a colleague removes it is removed, and comes back where it was moved to', () => {
    const [rafael, marisol] = two()
    const id = rafael.id('C1')
    moveCard(rafael.edit, rafael.doc, id, { after: rafael.id('C4') })
    removeCard(marisol.edit, marisol.doc, id)
    meet(rafael, marisol)
    expect(rafael.titles('idea')).toEqual(['C2', 'C3', 'C4'])
    marisol.undo.undo()
    meet(rafael, marisol)
    expect(rafael.titles('idea')).toEqual(['C2', 'C3', 'C4', 'C1'])
    expectAlike(rafael, marisol)
  })

  it('[Y7] cards added at one place at once both stand there, in one order for everyone', () => {
    const [rafael, marisol] = two()
    for (const title of ['R1', 'R2', 'R3']) rafael.add(title, 'idea', 'S1')
    for (const title of ['M1', 'M2', 'M3']) marisol.add(title, 'idea', 'S1')
    meet(rafael, marisol)
    const titles = rafael.titles('idea')
    expect(titles).toHaveLength(10)
    expect(titles.slice(-2)).toEqual(['C3', 'C4'])
    expect(titles.filter((title) => title.startsWith('R'))).toEqual(['R1', 'R2', 'R3'])
    expect(titles.filter((title) => title.startsWith('M'))).toEqual(['M1', 'M2', 'M3'])
    expectAlike(rafael, marisol)
  })

  it('[Y7] where two keys are equal the later one is re-keyed with the card put between', () => {
    const [rafael] = two()
    const { doc, edit } = rafael
    cardMap(doc, rafael.id('C2'))?.set('order', cardMap(doc, rafael.id('C1'))?.get('order'))
    const [first, second] = rafael.titles('idea').slice(0, 2) as [string, string]
    addCard(edit, doc, { column: 'idea', title: 'between', after: rafael.id(first) })
    expect(rafael.titles('idea')).toEqual([first, 'between', second, 'C3', 'C4'])
    expect(rafael.undo.undoStack).toHaveLength(1)
    rafael.undo.undo()
    expect(rafael.titles('idea')).toEqual([first, second, 'C3', 'C4'])
  })

  it('[Y8] the same link made twice is one link, with what both said of it', () => {
    const [rafael, marisol] = two()
    const id = linkOf(rafael, 'C4', 'S3')
    addLink(rafael.edit, rafael.doc, rafael.id('C4'), rafael.id('S3'))
    setLink(rafael.edit, rafael.doc, id, { strength: 'weak' })
    setWhy(rafael.edit, rafael.doc, id, 'Families say so. ')
    addLink(marisol.edit, marisol.doc, marisol.id('C4'), marisol.id('S3'))
    setLink(marisol.edit, marisol.doc, id, { confidence: 60 })
    marisol.edit(() => linkWhy(marisol.doc, id).insert(0, 'We saw it. '))
    meet(rafael, marisol)
    expect(readLink(rafael.doc, id)).toMatchObject({ strength: 'weak', confidence: 60 })
    expect(readLink(rafael.doc, id)?.why).toHaveLength('Families say so. We saw it. '.length)
    expect(linkTitles(rafael.diagram()).filter((link) => link.startsWith('C4'))).toEqual([
      'C4 > P2',
      'C4 ~> S3',
    ])
    expectAlike(rafael, marisol)
  })

  it('[Y8] a link that is removed and made again keeps its reasons, also when both do it at once', () => {
    const [rafael, marisol] = two()
    const id = linkOf(rafael, 'C1', 'S1')
    setWhy(rafael.edit, rafael.doc, id, 'Because')
    meet(rafael, marisol)
    removeLink(rafael.edit, rafael.doc, id)
    removeLink(marisol.edit, marisol.doc, id)
    addLink(marisol.edit, marisol.doc, marisol.id('C1'), marisol.id('S1'))
    meet(rafael, marisol)
    expectAlike(rafael, marisol)
    addLink(rafael.edit, rafael.doc, rafael.id('C1'), rafael.id('S1'))
    meet(rafael, marisol)
    expect(readLink(marisol.doc, id)?.why).toBe('Because')
  })

  it('[Y9] undo takes back one’s own steps and never a colleague’s', () => {
    const [rafael, marisol] = two()
    type(rafael, rafael.id('C1'), 2, ' his')
    meet(rafael, marisol)
    type(marisol, rafael.id('C1 his'), 6, ' hers')
    setStatus(marisol.edit, marisol.doc, marisol.id('C2'), 'adopted')
    meet(rafael, marisol)
    rafael.undo.undo()
    expect(rafael.undo.canUndo()).toBe(false)
    meet(rafael, marisol)
    expect(rafael.titles('idea')).toContain('C1 hers')
    expect(rafael.card('C2').status).toBe('adopted')
    expectAlike(rafael, marisol)
  })

  it('[Y10] undoing a setting that a colleague has changed since leaves theirs', () => {
    const [rafael, marisol] = two()
    const id = rafael.id('C1')
    setStatus(rafael.edit, rafael.doc, id, 'accepted')
    meet(rafael, marisol)
    setStatus(marisol.edit, marisol.doc, id, 'adopted')
    meet(rafael, marisol)
    rafael.undo.undo()
    meet(rafael, marisol)
    expect(rafael.card('C1').status).toBe('adopted')
    expectAlike(rafael, marisol)
  })

  it('[Y10] each command is one undo step: typing, adding and moving are taken back one by one', () => {
    const [rafael] = two()
    const id = rafael.add('New', 'idea', 'S1')
    type(rafael, id, 3, 'er')
    moveCard(rafael.edit, rafael.doc, id, { before: rafael.id('C1') })
    rafael.undo.undo()
    expect(rafael.titles('idea')).toEqual(['C1', 'C2', 'Newer', 'C3', 'C4'])
    rafael.undo.undo()
    expect(rafael.titles('idea')).toContain('New')
    rafael.undo.undo()
    expect(rafael.titles('idea')).toEqual(['C1', 'C2', 'C3', 'C4'])
  })

  it('[S4] two drivers that are put under each other at once are read without a circle, and can be repaired', () => {
    const [rafael, marisol] = two()
    demote(rafael.edit, rafael.doc, rafael.id('P2'))
    demote(marisol.edit, marisol.doc, marisol.id('P1'))
    meet(rafael, marisol)
    expectAlike(rafael, marisol)
    const { repairs = [] } = rafael.diagram()
    expect(repairs.filter(({ kind }) => kind === 'circle')).toHaveLength(1)
    expect(marisol.diagram().repairs).toEqual(repairs)
    repairDiagram(rafael.edit, rafael.doc)
    meet(rafael, marisol)
    expect(marisol.diagram().repairs).toBeUndefined()
  })
})
