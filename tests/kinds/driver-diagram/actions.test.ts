import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { plainLines } from '../../../shared/content/blocks.ts'
import { diagramActions } from '../../../shared/kinds/driver-diagram/actions.ts'
import { diagramBlocks, diagramReferences } from '../../../shared/kinds/driver-diagram/content.ts'
import { removeCard } from '../../../shared/kinds/driver-diagram/edits.ts'
import { driverDiagram } from '../../../shared/kinds/driver-diagram/index.ts'
import { addLink, removeLink, setLink } from '../../../shared/kinds/driver-diagram/link-edits.ts'
import { aimId, linkId } from '../../../shared/kinds/driver-diagram/model.ts'
import { fillDiagram, parseSeed } from '../../../shared/kinds/driver-diagram/seed.ts'
import { linkOf, linkTitles, meet, newDiagram, type PersonAtWork, people, sampleSeed } from './people.ts'

const cycle = 'cycle-3'

function atWork(): PersonAtWork {
  const [person] = people(newDiagram(sampleSeed), 'Rafael')
  return person as PersonAtWork
}

/** Asks for an action as the server does: looks for problems, then edits. Answers the problems. */
function ask(person: PersonAtWork, name: string, args: unknown): readonly string[] {
  const action = driverDiagram.actions?.[name]
  if (action === undefined) throw new Error(`no action ${name}`)
  const problems = action.problems(person.diagram(), args)
  if (problems.length === 0) action.edit(person.doc, args)
  return problems
}

function sentenceOf(person: PersonAtWork, name: string, args: unknown): string {
  const action = diagramActions[name]
  if (action === undefined) throw new Error(`no action ${name}`)
  return action.sentence(person.diagram(), args)
}

const revision = (person: PersonAtWork, from: string, to: string, more: object) => ({
  link: linkOf(person, from, to),
  cycle,
  why: '',
  label: 'Calls at 7:30, cycle 3',
  ...more,
})

const linkAt = (person: PersonAtWork, id: string) => person.diagram().links.find((link) => link.id === id)

describe('the action add-idea', () => {
  it('adds a change idea under a driver, or one that leads nowhere yet', () => {
    const rafael = atWork()
    expect(ask(rafael, 'add-idea', { id: 'new-1', title: ' Ride pool ', under: rafael.id('S3') })).toEqual([])
    expect(ask(rafael, 'add-idea', { id: 'new-2', title: 'Loose' })).toEqual([])
    expect(rafael.card('Ride pool')).toMatchObject({ id: 'new-1', column: 'idea', status: 'proposed' })
    expect(linkTitles(rafael.diagram())).toContain('Ride pool > S3')
    expect(rafael.diagram().links.some(({ from }) => from === 'new-2')).toBe(false)
  })

  it('asked for twice adds one, and brings it back where it was removed meanwhile', () => {
    const rafael = atWork()
    const args = { id: 'new-1', title: 'Ride pool', under: rafael.id('S3') }
    ask(rafael, 'add-idea', args)
    ask(rafael, 'add-idea', { ...args, title: 'Other words' })
    expect(rafael.titles('idea').filter((title) => title === 'Ride pool')).toHaveLength(1)
    expect(rafael.titles('idea')).not.toContain('Other words')
    removeCard(rafael.edit, rafael.doc, 'new-1')
    ask(rafael, 'add-idea', args)
    expect(linkTitles(rafael.diagram())).toContain('Ride pool > S3')
  })

  it('refuses in a sentence what does not fit, and changes nothing', () => {
    const rafael = atWork()
    const before = Y.encodeStateVector(rafael.doc)
    const good = { id: 'new-1', title: 'Ride pool' }
    const refused: readonly (readonly [unknown, RegExp])[] = [
      [undefined, /named by an id/],
      [null, /named by an id/],
      ['add it', /named by an id/],
      [{ ...good, id: 'a>b' }, /named by an id/],
      [{ ...good, id: 'x'.repeat(65) }, /named by an id/],
      [{ ...good, title: '  ' }, /in a few words/],
      [{ ...good, title: 7 }, /in a few words/],
      [{ ...good, title: 'x'.repeat(121) }, /at most 120/],
      [{ ...good, under: 7 }, /driver is named by its id/],
      [{ ...good, under: 'gone' }, /no longer in the diagram/],
      [{ ...good, under: aimId }, /through a driver/],
      [{ ...good, under: rafael.id('C1') }, /leads to drivers/],
      [{ ...good, id: rafael.id('S1') }, /another card with this id/],
    ]
    for (const [args, sentence] of refused) {
      expect(ask(rafael, 'add-idea', args)).toEqual([expect.stringMatching(sentence)])
    }
    expect(Y.encodeStateVector(rafael.doc)).toEqual(before)
  })

  it('is about the driver that waits for it, and says what it would do', () => {
    const rafael = atWork()
    const args = { id: 'new-1', title: 'Ride pool', under: rafael.id('S3') }
    expect(diagramActions['add-idea']?.part?.(args)).toBe(rafael.id('S3'))
    expect(diagramActions['add-idea']?.part?.({ id: 'new-1', title: 'Ride pool' })).toBe('new-1')
    expect(diagramActions['add-idea']?.part?.('nonsense')).toBeUndefined()
    expect(sentenceOf(rafael, 'add-idea', args)).toBe('Add the change idea “Ride pool” under “S3”.')
  })
})

describe('the action revise-link', () => {
  it('makes a link weaker or stronger, with the cycle as evidence on it', () => {
    const rafael = atWork()
    const link = linkOf(rafael, 'C1', 'S1')
    const args = revision(rafael, 'C1', 'S1', { change: 'weaken', why: 'Nobody answered at noon.' })
    expect(ask(rafael, 'revise-link', args)).toEqual([])
    expect(linkAt(rafael, link)).toMatchObject({
      strength: 'weak',
      evidence: [
        {
          id: cycle,
          kind: 'cycle',
          text: 'Calls at 7:30, cycle 3',
          documentId: cycle,
          change: 'weaken',
          why: 'Nobody answered at noon.',
        },
      ],
    })
    expect(diagramReferences(rafael.diagram())).toContainEqual({
      part: link,
      documentId: cycle,
      relation: 'evidence',
    })
    expect(ask(rafael, 'revise-link', { ...args, change: 'strengthen', cycle: 'cycle-4' })).toEqual([])
    expect(linkAt(rafael, link)?.strength).toBe('strong')
    expect(linkAt(rafael, link)?.evidence.map(({ change }) => change)).toEqual(['weaken', 'strengthen'])
  })

  it('lets the idea lead to another driver instead', () => {
    const rafael = atWork()
    const args = revision(rafael, 'C1', 'S1', { change: 'redraw', to: rafael.id('S3') })
    expect(ask(rafael, 'revise-link', args)).toEqual([])
    expect(linkTitles(rafael.diagram())).toContain('C1 > S3')
    expect(linkTitles(rafael.diagram())).not.toContain('C1 > S1')
    expect(linkAt(rafael, linkOf(rafael, 'C1', 'S3'))?.evidence[0]).toMatchObject({ change: 'redraw' })
  })

  it('asked for again by the same cycle replaces what it asked for before', () => {
    const rafael = atWork()
    const link = linkOf(rafael, 'C1', 'S1')
    const asked = (more: object) => ask(rafael, 'revise-link', revision(rafael, 'C1', 'S1', more))
    expect(asked({ change: 'weaken' })).toEqual([])
    expect(asked({ change: 'redraw', to: rafael.id('S3') })).toEqual([])
    expect(asked({ change: 'redraw', to: rafael.id('P2') })).toEqual([])
    expect(linkTitles(rafael.diagram())).toContain('C1 > P2')
    expect(linkTitles(rafael.diagram())).not.toContain('C1 > S3')
    expect(asked({ change: 'strengthen' })).toEqual([])
    expect(linkTitles(rafael.diagram())).toContain('C1 > S1')
    expect(linkTitles(rafael.diagram())).not.toContain('C1 > P2')
    expect(linkAt(rafael, link)).toMatchObject({ strength: 'strong', evidence: [{ change: 'strengthen' }] })
  })

  it('refuses in a sentence what does not fit, and changes nothing', () => {
    const rafael = atWork()
    const before = Y.encodeStateVector(rafael.doc)
    const good = revision(rafael, 'C1', 'S1', { change: 'weaken' })
    const redraw = { ...good, change: 'redraw', to: rafael.id('S3') }
    const refused: readonly (readonly [unknown, RegExp])[] = [
      [undefined, /link is named by its id/],
      [[], /link is named by its id/],
      [{ ...good, link: 'no link' }, /link is named by its id/],
      [{ ...good, cycle: '' }, /cycle is named by its document’s id/],
      [{ ...good, change: 'cut' }, /one of: strengthen, weaken, redraw/],
      [{ ...good, why: 7 }, /Why is a text/],
      [{ ...good, why: 'x'.repeat(20_001) }, /Why is a text/],
      [{ ...good, label: ' ' }, /label says which cycle/],
      [{ ...redraw, to: undefined }, /Name the driver/],
      [{ ...redraw, to: 'a>b' }, /driver is named by its id/],
      [{ ...redraw, to: 'gone' }, /no longer in the diagram/],
      [{ ...redraw, to: rafael.id('C2') }, /leads to drivers/],
      [{ ...redraw, to: rafael.id('S1') }, /leads to that driver already/],
      [{ ...good, link: linkId(rafael.id('C1'), rafael.id('S3')) }, /“C1” → “S3”: this link is no longer/],
      [{ ...good, link: 'gone>gone' }, /idea is no longer/],
    ]
    for (const [args, sentence] of refused) {
      expect(ask(rafael, 'revise-link', args)).toEqual([expect.stringMatching(sentence)])
    }
    expect(Y.encodeStateVector(rafael.doc)).toEqual(before)
  })

  it('is about the idea, and says who would change what and why', () => {
    const rafael = atWork()
    const args = revision(rafael, 'C1', 'S1', { change: 'weaken', why: 'Nobody answered.' })
    expect(diagramActions['revise-link']?.part?.(args)).toBe(rafael.id('C1'))
    expect(diagramActions['revise-link']?.part?.(undefined)).toBeUndefined()
    expect(sentenceOf(rafael, 'revise-link', args)).toBe(
      'Calls at 7:30, cycle 3: weaken the link “C1” → “S1”. Nobody answered.',
    )
    expect(
      sentenceOf(rafael, 'revise-link', { ...args, why: '', change: 'redraw', to: rafael.id('S3') }),
    ).toBe('Calls at 7:30, cycle 3: let “C1” lead to “S3” instead of “S1”.')
  })

  it('is said in exports, and a copy of the diagram says it too', () => {
    const rafael = atWork()
    ask(rafael, 'revise-link', revision(rafael, 'C1', 'S1', { change: 'weaken', why: 'Nobody answered.' }))
    expect(plainLines(diagramBlocks(rafael.diagram())).join('\n')).toContain(
      'Evidence: Calls at 7:30, cycle 3 (weakened): Nobody answered.',
    )
    const copy = new Y.Doc()
    fillDiagram(copy, parseSeed(JSON.parse(JSON.stringify(rafael.diagram()))))
    const [evidence] = driverDiagram.read(copy).links.flatMap((link) => link.evidence)
    expect(evidence).toMatchObject({ documentId: cycle, change: 'weaken', why: 'Nobody answered.' })
  })
})

describe('the action withdraw-revision', () => {
  /** The links and what is said of them. */
  const said = (person: PersonAtWork) =>
    person.diagram().links.map(({ id, strength, evidence }) => ({ id, strength, evidence }))

  it.each([
    ['weaken', {}],
    ['strengthen', {}],
    ['redraw', { to: 'S3' }],
    // Where the idea led there before, too.
    ['redraw', { to: 'S1', from: 'C2', of: 'S3' }],
  ])('brings back exactly what a change was made of: %s %o', (change, more) => {
    const rafael = atWork()
    const { to, from = 'C1', of = 'S1' } = more as { to?: string; from?: string; of?: string }
    const before = said(rafael)
    const args = revision(rafael, from, of, { change, ...(to ? { to: rafael.id(to) } : {}) })
    expect(ask(rafael, 'revise-link', args)).toEqual([])
    expect(said(rafael)).not.toEqual(before)
    expect(ask(rafael, 'withdraw-revision', { link: args.link, cycle })).toEqual([])
    expect(said(rafael)).toEqual(before)
  })

  it('leaves what others changed since', () => {
    const rafael = atWork()
    const link = linkOf(rafael, 'C1', 'S1')
    ask(rafael, 'revise-link', revision(rafael, 'C1', 'S1', { change: 'weaken' }))
    ask(rafael, 'revise-link', { ...revision(rafael, 'C1', 'S1', { change: 'strengthen' }), cycle: 'other' })
    ask(rafael, 'withdraw-revision', { link, cycle })
    expect(linkAt(rafael, link)).toMatchObject({ strength: 'strong', evidence: [{ id: 'other' }] })
    setLink(rafael.edit, rafael.doc, link, { strength: 'weak' })
    ask(rafael, 'withdraw-revision', { link, cycle: 'other' })
    expect(linkAt(rafael, link)).toMatchObject({ strength: 'weak', evidence: [] })
  })

  it('leaves what another cycle found as well, until that is taken back too', () => {
    const rafael = atWork()
    const link = linkOf(rafael, 'C1', 'S1')
    ask(rafael, 'revise-link', revision(rafael, 'C1', 'S1', { change: 'weaken' }))
    ask(rafael, 'revise-link', { ...revision(rafael, 'C1', 'S1', { change: 'weaken' }), cycle: 'other' })
    ask(rafael, 'withdraw-revision', { link, cycle })
    expect(linkAt(rafael, link)).toMatchObject({ strength: 'weak', evidence: [{ id: 'other' }] })
    ask(rafael, 'withdraw-revision', { link, cycle: 'other' })
    expect(linkAt(rafael, link)).toMatchObject({ strength: 'strong', evidence: [] })
  })

  it('of a third that found what the first had, leads back to the beginning', () => {
    const rafael = atWork()
    const link = linkOf(rafael, 'C1', 'S1')
    for (const [by, change] of [
      ['first', 'weaken'],
      ['second', 'strengthen'],
      ['third', 'weaken'],
    ])
      ask(rafael, 'revise-link', { ...revision(rafael, 'C1', 'S1', { change }), cycle: by })
    ask(rafael, 'withdraw-revision', { link, cycle: 'third' })
    expect(linkAt(rafael, link)).toMatchObject({ strength: 'weak' })
    ask(rafael, 'withdraw-revision', { link, cycle: 'first' })
    ask(rafael, 'withdraw-revision', { link, cycle: 'second' })
    expect(linkAt(rafael, link)).toMatchObject({ strength: 'strong', evidence: [] })
  })

  it('keeps a link that another cycle drew as well', () => {
    const rafael = atWork()
    addLink(rafael.edit, rafael.doc, rafael.id('C1'), rafael.id('S2'))
    const [drawn, first] = [linkOf(rafael, 'C1', 'S3'), linkOf(rafael, 'C1', 'S1')]
    const to = rafael.id('S3')
    ask(rafael, 'revise-link', revision(rafael, 'C1', 'S1', { change: 'redraw', to }))
    ask(rafael, 'revise-link', { ...revision(rafael, 'C1', 'S2', { change: 'redraw', to }), cycle: 'other' })
    ask(rafael, 'withdraw-revision', { link: first, cycle })
    expect(linkAt(rafael, drawn)).toMatchObject({ evidence: [{ id: 'other' }] })
    expect(linkAt(rafael, first)).toBeDefined()
    ask(rafael, 'withdraw-revision', { link: drawn, cycle: 'other' })
    expect(linkAt(rafael, drawn)).toBeUndefined()
  })

  it.each([
    ['weaken and strengthen', ['weaken', 'strengthen']],
    ['redraw', ['redraw']],
  ])('of many cycles, in any order, leaves the links as they were: %s', (_, changes) => {
    const cycles = ['a', 'b', 'c', 'd']
    const drivers = ['S1', 'S2', 'S3']
    const step = fc.record({
      cycle: fc.constantFrom(...cycles),
      change: fc.constantFrom(...changes),
      of: fc.constantFrom(...drivers),
      to: fc.constantFrom(...drivers),
      takesBack: fc.boolean(),
    })
    const orders = fc.shuffledSubarray(cycles, { minLength: cycles.length })
    // One that lets the idea lead elsewhere twice, between others that do, may leave a link too many.
    const isOnce = !changes.includes('weaken')
    const some = isOnce
      ? fc.uniqueArray(step, { selector: ({ cycle }) => cycle, maxLength: cycles.length })
      : fc.array(step, { maxLength: 12 })
    fc.assert(
      fc.property(some, orders, (steps, order) => {
        const rafael = atWork()
        const before = said(rafael)
        for (const { cycle, change, of, to, takesBack } of steps) {
          const args = { ...revision(rafael, 'C1', of, { change, to: rafael.id(to) }), cycle }
          ask(rafael, takesBack ? 'withdraw-revision' : 'revise-link', args)
        }
        for (const cycle of order)
          ask(rafael, 'withdraw-revision', { link: linkOf(rafael, 'C1', 'S1'), cycle })
        const after = said(rafael)
        expect(after).toEqual(expect.arrayContaining([...before]))
        expect(after).toHaveLength(before.length)
      }),
    )
  })

  it('brings a link back as it was when it was removed meanwhile and comes back later', () => {
    const rafael = atWork()
    const link = linkOf(rafael, 'C1', 'S1')
    ask(rafael, 'revise-link', revision(rafael, 'C1', 'S1', { change: 'weaken' }))
    removeLink(rafael.edit, rafael.doc, link)
    ask(rafael, 'withdraw-revision', { link, cycle })
    expect(linkAt(rafael, link)).toBeUndefined()
    addLink(rafael.edit, rafael.doc, rafael.id('C1'), rafael.id('S1'))
    expect(linkAt(rafael, link)).toMatchObject({ strength: 'strong', evidence: [] })
  })

  it('does nothing where nothing of it stands, also asked for twice', () => {
    const rafael = atWork()
    const before = said(rafael)
    const args = revision(rafael, 'C1', 'S1', { change: 'weaken' })
    expect(ask(rafael, 'withdraw-revision', { link: args.link, cycle })).toEqual([])
    ask(rafael, 'revise-link', args)
    ask(rafael, 'withdraw-revision', { link: args.link, cycle })
    ask(rafael, 'withdraw-revision', { link: args.link, cycle })
    expect(said(rafael)).toEqual(before)
    expect(ask(rafael, 'withdraw-revision', { link: 7, cycle })).toEqual([
      expect.stringMatching(/link is named/),
    ])
    expect(ask(rafael, 'withdraw-revision', { link: args.link })).toEqual([
      expect.stringMatching(/cycle is named/),
    ])
    expect(sentenceOf(rafael, 'withdraw-revision', { link: args.link, cycle })).toBe(
      'Take back what the cycle changed: “C1” → “S1”.',
    )
    expect(diagramActions['withdraw-revision']?.part?.({ link: args.link, cycle })).toBe(rafael.id('C1'))
  })

  it('meets a colleague’s edit of the same link, and both have the same diagram', () => {
    const [nora, hank] = people(newDiagram(sampleSeed), 'Nora', 'Hank') as [PersonAtWork, PersonAtWork]
    ask(nora, 'revise-link', revision(nora, 'C1', 'S1', { change: 'redraw', to: nora.id('S3') }))
    setLink(hank.edit, hank.doc, linkOf(hank, 'C1', 'S1'), { confidence: 40 })
    meet(nora, hank)
    expect(hank.diagram()).toEqual(nora.diagram())
    ask(hank, 'withdraw-revision', { link: linkOf(hank, 'C1', 'S1'), cycle })
    meet(nora, hank)
    expect(nora.diagram()).toEqual(hank.diagram())
    expect(linkAt(nora, linkOf(nora, 'C1', 'S1'))).toMatchObject({ confidence: 40, evidence: [] })
  })

  it('survives what another version wrote into the document', () => {
    const rafael = atWork()
    const link = linkOf(rafael, 'C1', 'S1')
    const before = said(rafael)
    const junk: readonly unknown[] = [
      7,
      { change: 'redraw', before: 'x' },
      { change: 'weaken', before: { kind: 'strength', strength: 9 } },
    ]
    for (const value of junk) {
      rafael.doc.getMap('links').set(`${link}|evidence:${cycle}`, value)
      expect(() => rafael.diagram()).not.toThrow()
      ask(rafael, 'withdraw-revision', { link, cycle })
    }
    rafael.doc.getMap('links').delete(`${link}|evidence:${cycle}`)
    expect(said(rafael)).toEqual(before)
  })
})
