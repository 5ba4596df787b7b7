import { beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { Diagram } from '../../client/kinds/pdsa-cycle/create-theory.ts'
import { readTheory, revisionBy } from '../../client/kinds/pdsa-cycle/theory.ts'
import { consequenceOf } from '../../client/kinds/pdsa-cycle/theory-words.ts'
import { addCard, removeCard } from '../../shared/kinds/driver-diagram/edits.ts'
import { driverDiagram } from '../../shared/kinds/driver-diagram/index.ts'
import { removeLink } from '../../shared/kinds/driver-diagram/link-edits.ts'
import { aimId } from '../../shared/kinds/driver-diagram/model.ts'
import { parseSeed } from '../../shared/kinds/driver-diagram/seed.ts'
import { plainEdit } from '../../shared/kinds/edit.ts'

let doc: Y.Doc
const theory = () => readTheory(JSON.parse(JSON.stringify(driverDiagram.read(doc))), 'calls')
const revise = (change: string, more: object = {}) =>
  driverDiagram.actions?.['revise-link']?.edit(doc, {
    link: 'calls>contact',
    change,
    cycle: 'cycle-5',
    why: 'One of three was reached.',
    label: 'Cycle 5',
    ...more,
  })

/** An aim, two drivers, and an idea that leads to one of them. */
beforeEach(() => {
  doc = new Y.Doc()
  const edit = plainEdit(doc)
  driverDiagram.fill(doc, parseSeed({}))
  addCard(edit, doc, { id: 'family', column: 'primary', title: 'Family partnership', parent: aimId })
  addCard(edit, doc, { id: 'contact', column: 'secondary', title: 'Welcoming contact', parent: 'family' })
  addCard(edit, doc, { id: 'barriers', column: 'secondary', title: '', parent: 'family' })
  addCard(edit, doc, { id: 'calls', column: 'idea', title: 'Nurse calls on day 2', parent: 'contact' })
})

describe('the theory around an idea, read from its diagram', () => {
  it('is the links that lead from it, and the drivers to which it does not lead yet', () => {
    expect(theory()).toEqual({
      idea: { id: 'calls', title: 'Nurse calls on day 2' },
      links: [
        {
          id: 'calls>contact',
          driver: { id: 'contact', title: 'Welcoming contact' },
          strength: 'strong',
          revisions: [],
        },
      ],
      others: [
        { id: 'family', title: 'Family partnership' },
        { id: 'barriers', title: 'Untitled' },
      ],
    })
  })

  it('says what a cycle changed of it, also of a link that it drew anew', () => {
    revise('weaken')
    expect(revisionBy(theory(), 'cycle-5')).toMatchObject({
      link: { id: 'calls>contact', strength: 'weak' },
      change: 'weaken',
    })
    revise('redraw', { to: 'barriers' })
    expect(revisionBy(theory(), 'cycle-5')).toMatchObject({
      link: { id: 'calls>barriers' },
      change: 'redraw',
    })
    expect(revisionBy(theory(), 'cycle-4')).toBeUndefined()
  })

  it('says nothing of a change that was taken back', () => {
    revise('weaken')
    driverDiagram.actions?.['withdraw-revision']?.edit(doc, { link: 'calls>contact', cycle: 'cycle-5' })
    expect(revisionBy(theory(), 'cycle-5')).toBeUndefined()
    expect(theory().links[0]?.strength).toBe('strong')
  })

  it('has no idea where the idea was removed', () => {
    removeCard(plainEdit(doc), doc, 'calls')
    expect(theory()).toEqual({ links: [], others: [] })
  })

  it('is read from anything without throwing', () => {
    const junk = [undefined, null, 7, 'x', [], { cards: 7 }, { cards: [null, { id: 1 }], links: [[]] }]
    for (const model of junk) expect(readTheory(model, 'calls')).toEqual({ links: [], others: [] })
  })
})

describe('what is said before closing of a change to the theory', () => {
  const known = (change: 'done' | 'proposed' | 'refused'): Diagram => ({
    kind: 'known',
    title: 'Missed school days',
    change,
    theory: theory(),
    waiting: [],
  })
  const weaken = { theory: 'weaken', theoryLink: 'calls>contact' } as const

  it('is that it is made at once by whoever may edit the diagram', () => {
    expect(consequenceOf(weaken, known('done'))).toEqual({
      sentence:
        'When the cycle is closed the link to “Welcoming contact” becomes weak, with this cycle as evidence. You can take it back.',
    })
    const redraw = { theory: 'redraw', theoryLink: 'calls>contact', theoryTo: 'family' } as const
    expect(consequenceOf(redraw, known('done'))?.sentence).toContain(
      'the idea leads to “Family partnership” instead of “Welcoming contact”',
    )
    expect(consequenceOf({ ...weaken, theory: 'strengthen' }, known('done'))?.sentence).toContain(
      'strong already',
    )
  })

  it('is that it waits as a proposal where one may only comment', () => {
    const said = consequenceOf(weaken, known('proposed'))
    expect(said?.isRefused).toBeUndefined()
    expect(said?.sentence).toContain('waits there as a proposal')
  })

  it('is why it cannot be: no access, no more than reading, the idea or the link gone, nothing chosen', () => {
    const refusals = [
      consequenceOf(weaken, { kind: 'private' }),
      consequenceOf(weaken, { kind: 'none' }),
      consequenceOf(weaken, known('refused')),
      consequenceOf({ theory: 'weaken' }, known('done')),
      consequenceOf({ theory: 'weaken', theoryLink: 'calls>barriers' }, known('done')),
      consequenceOf({ ...weaken, theory: 'redraw' }, known('done')),
      consequenceOf({ ...weaken, theory: 'redraw', theoryTo: 'contact' }, known('done')),
    ]
    for (const said of refusals) expect(said).toMatchObject({ isRefused: true })
    removeLink(plainEdit(doc), doc, 'calls>contact')
    expect(consequenceOf(weaken, known('done'))).toEqual({
      isRefused: true,
      sentence:
        '“Nurse calls on day 2” leads to no driver on the diagram yet. Choose to leave the link as it is.',
    })
    removeCard(plainEdit(doc), doc, 'calls')
    expect(consequenceOf(weaken, known('done'))?.sentence).toContain('no longer on the diagram')
  })

  it('is nothing to refuse where the link is left as it is, whatever may be said of the diagram', () => {
    for (const diagram of [{ kind: 'private' }, { kind: 'none' }, known('refused')] as const)
      expect(consequenceOf({ theory: 'leave' }, diagram)).toEqual({
        sentence: 'The diagram stays as it is.',
      })
    expect(consequenceOf({}, known('done'))).toBeUndefined()
  })
})
