import { describe, expect, it } from 'vitest'
import {
  addSignatory,
  removeSignatory,
  setAimField,
  setAimText,
} from '../../../shared/kinds/driver-diagram/aim-edits.ts'
import {
  addCard,
  addTag,
  demote,
  moveCard,
  moveCardBy,
  promote,
  removeCard,
  removeFrom,
  removeTag,
  renameCard,
  repairDiagram,
  reparent,
  restoreCard,
  setConcept,
  setOwner,
  setStatus,
} from '../../../shared/kinds/driver-diagram/edits.ts'
import {
  addEvidence,
  addLink,
  removeEvidence,
  removeLink,
  setLink,
  setWhy,
} from '../../../shared/kinds/driver-diagram/link-edits.ts'
import {
  aimId,
  cardMap,
  cardTitle,
  linkId,
  linksMap,
  readCard,
  readDiagramAll,
  readLink,
} from '../../../shared/kinds/driver-diagram/model.ts'
import { linkOf, linkTitles, newDiagram, type PersonAtWork, people, sampleSeed } from './people.ts'

function atWork(): PersonAtWork {
  const [person] = people(newDiagram(sampleSeed), 'Rafael')
  return person as PersonAtWork
}

describe('adding a card', () => {
  it('links a primary driver to the aim by itself', () => {
    const rafael = atWork()
    rafael.add('P3', 'primary')
    expect(linkTitles(rafael.diagram())).toContain('P3 > Aim')
  })

  it('puts a child after the last child of its parent', () => {
    const rafael = atWork()
    rafael.add('S1b', 'secondary', 'P1')
    rafael.add('C1b', 'idea', 'S1')
    expect(rafael.titles('secondary')).toEqual(['S1', 'S2', 'S1b', 'S3'])
    expect(rafael.titles('idea')).toEqual(['C1', 'C2', 'C1b', 'C3', 'C4'])
  })

  it('puts the first child of a parent after the children of those above', () => {
    const rafael = atWork()
    rafael.add('S4', 'secondary', 'P1')
    rafael.add('under S4', 'idea', 'S4')
    expect(rafael.titles('idea')).toEqual(['C1', 'C2', 'C3', 'under S4', 'C4'])
  })

  it('puts a sibling right behind its neighbor, and a loose card at the end', () => {
    const rafael = atWork()
    const { doc, edit } = rafael
    const parent = rafael.id('S1')
    addCard(edit, doc, { column: 'idea', title: 'after C1', parent, after: rafael.id('C1') })
    addCard(edit, doc, { column: 'idea', title: 'before C4', before: rafael.id('C4') })
    addCard(edit, doc, { column: 'idea', title: 'loose' })
    addCard(edit, doc, { column: 'primary', title: 'loose too', loose: true })
    expect(rafael.titles('idea')).toEqual(['C1', 'after C1', 'C2', 'C3', 'before C4', 'C4', 'loose'])
    expect(linkTitles(rafael.diagram()).some((link) => link.startsWith('loose'))).toBe(false)
  })

  it('is one undo step that hides the card and keeps its words for those who bring it back', () => {
    const rafael = atWork()
    const id = rafael.add('New', 'idea', 'S1')
    expect(rafael.undo.undoStack).toHaveLength(1)
    rafael.undo.undo()
    expect(rafael.titles('idea')).not.toContain('New')
    expect(readCard(rafael.doc, id)).toMatchObject({ title: 'New', removed: true })
    rafael.undo.redo()
    expect(rafael.titles('idea')).toContain('New')
    expect(linkTitles(rafael.diagram())).toContain('New > S1')
  })

  it('makes no link to a parent that does not fit', () => {
    const rafael = atWork()
    rafael.add('S9', 'secondary', 'C1')
    expect(linkTitles(rafael.diagram()).some((link) => link.startsWith('S9'))).toBe(false)
  })
})

describe('removing', () => {
  it('keeps the words and brings them back with the links', () => {
    const rafael = atWork()
    const id = rafael.id('S1')
    const before = linkTitles(rafael.diagram())
    expect(removeCard(rafael.edit, rafael.doc, id, 'account-1')).toEqual({
      id,
      column: 'secondary',
      title: 'S1',
      loose: [rafael.id('C1')],
    })
    expect(rafael.titles('secondary')).toEqual(['S2', 'S3'])
    expect(readCard(rafael.doc, id)).toMatchObject({ title: 'S1', removed: true, removedBy: 'account-1' })
    restoreCard(rafael.edit, rafael.doc, id)
    expect(linkTitles(rafael.diagram())).toEqual(before)
  })

  it('never removes the aim', () => {
    const rafael = atWork()
    expect(removeCard(rafael.edit, rafael.doc, aimId)).toBeUndefined()
    cardMap(rafael.doc, aimId)?.set('removed', true)
    expect(rafael.titles('aim')).toEqual(['Aim'])
  })

  it('takes a card with other parents out from under one of them only', () => {
    const rafael = atWork()
    const done = removeFrom(rafael.edit, rafael.doc, rafael.id('C2'), rafael.id('S3'))
    expect(done).toMatchObject({ kind: 'link', title: 'C2' })
    expect(linkTitles(rafael.diagram()).filter((link) => link.startsWith('C2'))).toEqual(['C2 > S1'])
  })

  it('removes a card that has no other parent; its children stay', () => {
    const rafael = atWork()
    const done = removeFrom(rafael.edit, rafael.doc, rafael.id('S1'), rafael.id('P1'))
    expect(done).toMatchObject({ kind: 'card', title: 'S1', loose: [rafael.id('C1')] })
    expect(rafael.titles('idea')).toEqual(['C1', 'C2', 'C3', 'C4'])
  })

  it('removes the card where the named parent is none of its parents and it has only one', () => {
    const rafael = atWork()
    expect(removeFrom(rafael.edit, rafael.doc, rafael.id('C1'), undefined)).toMatchObject({ kind: 'card' })
    expect(removeFrom(rafael.edit, rafael.doc, 'nobody', undefined)).toBeUndefined()
  })
})

describe('moving', () => {
  it('reorders by writing one scalar', () => {
    const rafael = atWork()
    let changes = 0
    rafael.doc.on('afterTransaction', (transaction) => {
      for (const [, keys] of transaction.changed) changes += keys.size
    })
    expect(moveCard(rafael.edit, rafael.doc, rafael.id('C4'), { before: rafael.id('C1') })).toBe(true)
    expect(rafael.titles('idea')).toEqual(['C4', 'C1', 'C2', 'C3'])
    expect(changes).toBe(1)
  })

  it('does nothing where nothing would change', () => {
    const rafael = atWork()
    expect(moveCard(rafael.edit, rafael.doc, rafael.id('C1'), { before: rafael.id('C2') })).toBe(false)
    expect(moveCard(rafael.edit, rafael.doc, rafael.id('C1'), { after: rafael.id('S1') })).toBe(false)
    expect(moveCardBy(rafael.edit, rafael.doc, rafael.id('C1'), -1)).toBe(false)
    expect(rafael.undo.undoStack).toHaveLength(0)
  })

  it('steps over neighbors, or over siblings under one parent', () => {
    const rafael = atWork()
    moveCardBy(rafael.edit, rafael.doc, rafael.id('C1'), 1)
    expect(rafael.titles('idea')).toEqual(['C2', 'C1', 'C3', 'C4'])
    moveCardBy(rafael.edit, rafael.doc, rafael.id('S3'), -1, rafael.id('P2'))
    expect(rafael.titles('secondary')).toEqual(['S1', 'S3', 'S2'])
  })

  it('puts a card under another parent and leaves the others', () => {
    const rafael = atWork()
    expect(
      reparent(rafael.edit, rafael.doc, rafael.id('C2'), rafael.id('S1'), rafael.id('S2')),
    ).toBeUndefined()
    expect(linkTitles(rafael.diagram()).filter((link) => link.startsWith('C2'))).toEqual([
      'C2 > S2',
      'C2 > S3',
    ])
    expect(rafael.titles('idea')).toEqual(['C1', 'C3', 'C2', 'C4'])
    expect(rafael.undo.undoStack).toHaveLength(1)
  })

  it('refuses a parent of a column that does not fit, in a sentence', () => {
    const rafael = atWork()
    const { edit, doc } = rafael
    const to = (card: string, parent: string) =>
      reparent(edit, doc, rafael.id(card), undefined, rafael.id(parent))
    expect(to('C1', 'Aim')?.refused).toBe('A change idea leads to the aim through a driver.')
    expect(to('C1', 'C2')?.refused).toBe('A change idea leads to drivers.')
    expect(to('S1', 'Aim')?.refused).toBe('A secondary driver leads to the aim through a primary driver.')
    expect(to('S1', 'S2')?.refused).toBe('A secondary driver leads to primary drivers.')
    expect(to('P1', 'P2')?.refused).toBe('A primary driver leads to the aim.')
    expect(to('Aim', 'P1')?.refused).toBe('The aim leads nowhere: everything leads to it.')
    expect(reparent(edit, doc, 'gone', undefined, 'gone')?.refused).toBe('That card is no longer here.')
    expect(rafael.undo.undoStack).toHaveLength(0)
  })
})

describe('moving to another column', () => {
  it('promotes an idea to stand beside the driver it was reached by, in one undo step', () => {
    const rafael = atWork()
    const before = linkTitles(rafael.diagram())
    const done = promote(rafael.edit, rafael.doc, rafael.id('C2'), rafael.id('S1'))
    expect(done).toMatchObject({ column: 'secondary', parent: rafael.id('P1') })
    expect(rafael.titles('secondary')).toEqual(['S1', 'C2', 'S2', 'S3'])
    expect(linkTitles(rafael.diagram()).filter((link) => link.startsWith('C2'))).toEqual(['C2 > P1'])
    expect(rafael.card('C2').status).toBeUndefined()
    rafael.undo.undo()
    expect(linkTitles(rafael.diagram())).toEqual(before)
    expect(rafael.titles('idea')).toEqual(['C1', 'C2', 'C3', 'C4'])
  })

  it('promotes a secondary driver to the aim; its ideas stay with it', () => {
    const rafael = atWork()
    promote(rafael.edit, rafael.doc, rafael.id('S1'))
    expect(rafael.titles('primary')).toEqual(['P1', 'S1', 'P2'])
    expect(linkTitles(rafael.diagram())).toEqual(
      expect.arrayContaining(['S1 > Aim', 'C1 > S1', 'C2 > S1', 'C2 > S3']),
    )
  })

  it('demotes a driver under the one above it, and hands on the children that no longer fit', () => {
    const rafael = atWork()
    const done = demote(rafael.edit, rafael.doc, rafael.id('P2'))
    expect(done).toMatchObject({ column: 'secondary', parent: rafael.id('P1') })
    const links = linkTitles(rafael.diagram())
    expect(links).toEqual(expect.arrayContaining(['P2 > P1', 'S2 > P1', 'S3 > P1', 'C4 > P2']))
    expect(links).not.toContain('P2 > Aim')
    expect(rafael.diagram().repairs).toBeUndefined()
  })

  it('demotes a secondary driver to an idea under its sibling, and other parents stay', () => {
    const rafael = atWork()
    demote(rafael.edit, rafael.doc, rafael.id('S2'), rafael.id('P1'))
    const links = linkTitles(rafael.diagram())
    expect(rafael.card('S2')).toMatchObject({ column: 'idea', status: 'proposed' })
    expect(links.filter((link) => link.startsWith('S2')).sort()).toEqual(['S2 > P2', 'S2 > S1'])
    expect(links).toContain('C3 > S1')
  })

  it('says why where it cannot be done', () => {
    const rafael = atWork()
    const { edit, doc } = rafael
    expect(promote(edit, doc, rafael.id('P1'))).toEqual({
      refused: 'A primary driver is already next to the aim.',
    })
    expect(demote(edit, doc, rafael.id('C1'))).toEqual({ refused: 'A change idea is already the last step.' })
    expect(promote(edit, doc, aimId)).toEqual({ refused: 'The aim stays where it is.' })
    removeCard(edit, doc, rafael.id('P2'))
    expect(demote(edit, doc, rafael.id('P1'))).toEqual({
      refused: 'There is no other primary driver that it could belong to.',
    })
  })
})

describe('links', () => {
  it('are many-to-many, and only between columns that fit', () => {
    const rafael = atWork()
    const { edit, doc } = rafael
    expect(addLink(edit, doc, rafael.id('C1'), rafael.id('S3'))).toBeUndefined()
    expect(addLink(edit, doc, rafael.id('C1'), rafael.id('P2'))).toBeUndefined()
    expect(addLink(edit, doc, rafael.id('S3'), rafael.id('C1'))?.refused).toBe(
      'A secondary driver leads to primary drivers.',
    )
    expect(linkTitles(rafael.diagram()).filter((link) => link.startsWith('C1'))).toEqual([
      'C1 > P2',
      'C1 > S1',
      'C1 > S3',
    ])
  })

  it('come back with all that was said of them when they are made again', () => {
    const rafael = atWork()
    const { edit, doc } = rafael
    const id = linkOf(rafael, 'C1', 'S1')
    setLink(edit, doc, id, { strength: 'weak', polarity: 'hinders', confidence: 40 })
    setWhy(edit, doc, id, 'The nurse hears of it')
    const evidence = addEvidence(edit, doc, id, { kind: 'cycle', text: 'Cycle 3' })
    const said = readLink(doc, id)
    expect(said).toMatchObject({
      strength: 'weak',
      polarity: 'hinders',
      confidence: 40,
      why: 'The nurse hears of it',
      evidence: [{ id: evidence, kind: 'cycle', text: 'Cycle 3' }],
    })
    removeLink(edit, doc, id)
    expect(readLink(doc, id)).toBeUndefined()
    expect(readDiagramAll(doc).links.find((link) => link.id === id)).toMatchObject({ removed: true })
    addLink(edit, doc, rafael.id('C1'), rafael.id('S1'))
    expect(readLink(doc, id)).toEqual(said)
    removeEvidence(edit, doc, id, evidence)
    setLink(edit, doc, id, { confidence: undefined })
    expect(readLink(doc, id)).not.toHaveProperty('confidence')
    expect(readLink(doc, id)?.evidence).toEqual([])
  })
})

describe('what is said of cards and the aim', () => {
  it('keeps owner, status, concept and tags', () => {
    const rafael = atWork()
    const { edit, doc } = rafael
    const id = rafael.id('C1')
    setOwner(edit, doc, id, 'Nora Lindqvist')
    setStatus(edit, doc, id, 'adopted')
    setConcept(edit, doc, id, 'Contact early')
    addTag(edit, doc, id, ' nurse ')
    addTag(edit, doc, id, 'grades K to 6')
    addTag(edit, doc, id, '  ')
    expect(rafael.card('C1')).toMatchObject({
      owner: 'Nora Lindqvist',
      status: 'adopted',
      concept: 'Contact early',
      tags: ['grades K to 6', 'nurse'],
    })
    removeTag(edit, doc, id, 'nurse')
    setOwner(edit, doc, id, undefined)
    setConcept(edit, doc, id, undefined)
    expect(rafael.card('C1')).toMatchObject({ tags: ['grades K to 6'] })
    expect(rafael.card('C1')).not.toHaveProperty('owner')
    expect(rafael.card('C1')).not.toHaveProperty('concept')
  })

  it('changes only the characters of a title that differ', () => {
    const rafael = atWork()
    const title = cardTitle(rafael.doc, rafael.id('C1'))
    renameCard(rafael.edit, rafael.doc, rafael.id('C1'), 'Call home')
    let deleted = 0
    title?.observe((event) => {
      for (const part of event.delta) deleted += part.delete ?? 0
    })
    renameCard(rafael.edit, rafael.doc, rafael.id('Call home'), 'Call mom at home')
    expect(rafael.titles('idea')).toContain('Call mom at home')
    expect(deleted).toBe(0)
  })

  it('keeps the fields of the aim and who signed it', () => {
    const rafael = atWork()
    const { edit, doc } = rafael
    setAimText(edit, doc, 'what', 'missed days')
    setAimField(edit, doc, 'targetValue', 19)
    setAimField(edit, doc, 'unit', '%')
    setAimField(edit, doc, 'byWhen', '2025-12')
    setAimField(edit, doc, 'direction', 'decrease')
    const signatory = addSignatory(edit, doc, { organization: 'Ridgeway', sector: 'Education' })
    expect(rafael.diagram().aim).toEqual({
      what: 'missed days',
      forWhom: '',
      direction: 'decrease',
      targetValue: 19,
      unit: '%',
      byWhen: '2025-12',
      boundary: '',
      whyNow: '',
      signatories: [{ id: signatory, organization: 'Ridgeway', sector: 'Education' }],
    })
    setAimField(edit, doc, 'unit', '')
    removeSignatory(edit, doc, signatory)
    expect(rafael.diagram().aim).not.toHaveProperty('unit')
    expect(rafael.diagram().aim.signatories).toEqual([])
  })
})

describe('repairing', () => {
  it('[S4] leaves out what does not fit, lists it, and writes the repair only when asked', () => {
    const rafael = atWork()
    const { doc, edit } = rafael
    const [s1, s2] = [rafael.id('S1'), rafael.id('S2')]
    doc.transact(() => {
      linksMap(doc).set(linkId(s1, s2), true)
      linksMap(doc).set(linkId(s2, s1), true)
      linksMap(doc).set(linkId(rafael.id('P1'), s1), true)
      linksMap(doc).set(linkId(rafael.id('C4'), rafael.id('C3')), true)
      cardMap(doc, rafael.id('C1'))?.set('column', 'tertiary')
    })
    const before = doc.store.clients.size
    const { repairs } = rafael.diagram()
    expect(repairs).toEqual([
      { kind: 'column', card: rafael.id('C1'), shownIn: 'idea' },
      {
        kind: 'misfit',
        link: linkId(rafael.id('C4'), rafael.id('C3')),
        from: rafael.id('C4'),
        to: rafael.id('C3'),
      },
      {
        kind: 'circle',
        cards: [rafael.id('P1'), s1, s2].sort(),
        links: [linkId(rafael.id('P1'), s1), linkId(s1, s2), linkId(s2, s1)].sort(),
      },
    ])
    expect(doc.store.clients.size).toBe(before)
    repairDiagram(edit, doc)
    expect(rafael.diagram().repairs).toBeUndefined()
    expect(rafael.undo.undoStack).toHaveLength(1)
  })
})
