import { describe, expect, it } from 'vitest'
import type { PlacedFact } from '../../../shared/fact.ts'
import type { Station } from '../../../shared/kinds/kind.ts'
import {
  checkSection,
  type Finding,
  factsFor,
  readsWorkspace,
  type Workspace,
} from '../../../shared/kinds/worksheet/checks.ts'
import { type CheckName, checkNames, readWorksheet } from '../../../shared/kinds/worksheet/model.ts'
import { newWorksheet } from './people.ts'

const document = (id: string, station: Station, more: { teamId?: string; shared?: boolean } = {}) => ({
  id,
  title: `Document ${id}`,
  station,
  shared: true,
  ...more,
})

const fact = (documentId: string, name: string, value: PlacedFact['value'], teamId?: string): PlacedFact => ({
  documentId,
  name,
  value,
  kind: 'any',
  ...(teamId === undefined ? {} : { teamId }),
})

const empty: Workspace = { documents: [], facts: [] }

/** What is said beside a section with this check. */
function check(name: CheckName, workspace: Workspace, section: object = {}): Finding {
  const { sections } = readWorksheet(newWorksheet({ sections: [{ check: name, ...section }] }))
  const [finding] = checkSection(sections[0]!, workspace)
  if (finding === undefined) throw new Error('Nothing is said.')
  return finding
}

const dates = [
  { name: 'Stage', holds: 'label' },
  { name: 'A', holds: 'date' },
  { name: 'B', holds: 'date' },
  'Who',
]

describe('what is said beside a section', () => {
  it('is nothing without a check, and nothing where the check is drawn', () => {
    const { sections } = readWorksheet(
      newWorksheet({ sections: [{}, { check: 'elapsed', type: 'table', columns: dates }] }),
    )
    for (const section of sections) expect(checkSection(section, empty)).toEqual([])
  })

  it('is honest in an empty network: nothing is there, and how one could begin', () => {
    const looking = checkNames.filter(readsWorkspace)
    expect(looking).toEqual(['voices', 'variation', 'system', 'measures', 'inquiry', 'exchange'])
    for (const name of looking) {
      const { isThere, sentence, documents } = check(name, empty)
      expect(isThere, name).toBe(false)
      expect(sentence, name).toMatch(/^No .+ yet\. .+\.$/)
      expect(documents).toEqual([])
    }
  })

  it('asks for the facts that its sections read, each once', () => {
    expect(factsFor([{ check: 'voices' }, { check: 'voices' }, { check: 'inquiry' }, {}])).toEqual([
      'voices',
      'cycle',
    ])
    expect(factsFor([{ check: 'owners' }, { check: 'system' }])).toEqual([])
  })
})

describe('voices', () => {
  const notes = (...counts: number[]): Workspace => ({
    documents: counts.map((_, index) => document(`n${index}`, 'aim')),
    facts: counts.map((count, index) => fact(`n${index}`, 'voices', count)),
  })

  it('are heard from three on, over all notes, and the notes are named', () => {
    expect(check('voices', notes(2, 0))).toMatchObject({
      isThere: false,
      sentence: '2 voices so far. With three you begin to hear what they have in common.',
    })
    const heard = check('voices', notes(2, 0, 1))
    expect(heard).toMatchObject({ isThere: true, sentence: '3 voices in 2 go-and-see notes.' })
    expect(heard.documents.map(({ id }) => id)).toEqual(['n0', 'n2'])
  })
})

describe('the system', () => {
  it('is seen once others can read the diagram', () => {
    const draft = { documents: [document('d', 'driver', { shared: false })], facts: [] }
    expect(check('system', draft)).toMatchObject({
      isThere: false,
      sentence: 'Your driver diagram is still a draft. Share it, so that others can question it.',
      documents: [{ id: 'd' }],
    })
    const shared = { documents: [document('d', 'driver')], facts: [] }
    expect(check('system', shared)).toMatchObject({
      isThere: true,
      sentence: 'Everyone in the network can read the driver diagram.',
    })
  })
})

describe('measures', () => {
  const typed = (...types: string[]): Workspace => ({
    documents: types.map((type) => document(type, 'measure')),
    facts: types.map((type) => fact(type, 'measure-type', type)),
  })

  it('are of three types, and the missing ones are named', () => {
    expect(check('measures', typed('outcome')).sentence).toBe(
      'Still without a measure: process and balancing.',
    )
    expect(check('measures', typed('outcome', 'process', 'balancing')).isThere).toBe(true)
  })

  it('of several teams can be compared', () => {
    expect(check('variation', typed('outcome'))).toMatchObject({
      isThere: true,
      sentence: '1 measure can be compared between teams.',
    })
  })
})

describe('inquiry', () => {
  const cycles = (...summaries: unknown[]): Workspace => ({
    documents: summaries.map((_, index) => document(`c${index}`, 'cycle')),
    facts: summaries.map((summary, index) =>
      fact(`c${index}`, 'cycle', typeof summary === 'string' ? summary : JSON.stringify(summary)),
    ),
  })

  it('is a cycle under way with a sealed prediction', () => {
    const sealed = { stage: 'doing', questions: [{ sealed: false }, { sealed: true }] }
    expect(check('inquiry', cycles({ stage: 'closed' })).sentence).toBe(
      '1 cycle is finished, none is under way.',
    )
    expect(check('inquiry', cycles({ stage: 'draft', questions: [] })).sentence).toBe(
      '1 cycle under way, no prediction sealed yet.',
    )
    expect(check('inquiry', cycles({ stage: 'draft' }, sealed))).toMatchObject({
      isThere: true,
      sentence: '2 cycles under way, 1 with a sealed prediction.',
      documents: [{ id: 'c1' }],
    })
  })

  it('reads past what it cannot read', () => {
    expect(check('inquiry', cycles('no json', '7', 'null', '{"questions":[null]}')).sentence).toBe(
      '1 cycle under way, no prediction sealed yet.',
    )
  })
})

describe('exchange', () => {
  const own = document('own', 'cycle', { teamId: 't1' })
  const theirs = document('theirs', 'cycle', { teamId: 't2' })

  it('is a cycle that a team shares, not one that others share', () => {
    expect(check('exchange', { teamId: 't1', documents: [theirs], facts: [] }).isThere).toBe(false)
    expect(check('exchange', { teamId: 't1', documents: [own, theirs], facts: [] })).toMatchObject({
      isThere: true,
      sentence: '1 cycle shared with them.',
      documents: [{ id: 'own' }],
    })
    expect(check('exchange', { documents: [own, theirs], facts: [] }).documents).toHaveLength(2)
  })

  it('is a plan that it took over', () => {
    const draft = { ...own, shared: false }
    const facts = [fact('own', 'cycle', JSON.stringify({ stage: 'draft', clonedFrom: 'theirs' }), 't1')]
    expect(check('exchange', { teamId: 't1', documents: [draft], facts })).toMatchObject({
      isThere: true,
      sentence: '1 plan taken over from others.',
      documents: [{ id: 'own' }],
    })
  })
})

describe('a team', () => {
  it('looks at its own documents and the network’s, the network at all', () => {
    const facts = [fact('a', 'voices', 3, 't2'), fact('b', 'voices', 1), fact('c', 'voices', 1, 't1')]
    expect(check('voices', { teamId: 't1', documents: [], facts }).sentence).toMatch(/^2 voices so far/)
    expect(check('voices', { documents: [], facts }).isThere).toBe(true)
  })
})

describe('a table', () => {
  const owners = (...rows: string[][]) =>
    check('owners', empty, { type: 'table', columns: [{ name: 'Function', holds: 'label' }, 'Who'], rows })

  it('says who has nobody yet', () => {
    expect(owners(['Guide'], ['Fund']).sentence).toBe(
      'Nobody is named yet. One owner for each is enough, several are fine.',
    )
    expect(owners(['Guide', 'The hub'], ['Fund'], ['Advance policy', ' '], ['']).sentence).toBe(
      'Nobody yet for: fund and advance policy.',
    )
    expect(owners(['Guide', 'The hub; the district'], ['Fund', 'The hub'])).toMatchObject({
      isThere: true,
      sentence: 'All 2 have someone who looks after them.',
    })
  })

  it('says who has signed on', () => {
    const signed = (...rows: string[][]) =>
      check('signatures', empty, { type: 'table', columns: ['Who', { name: 'On', holds: 'date' }], rows })
    expect(signed().sentence).toMatch(/^Nobody is listed yet\./)
    expect(signed(['District', '2025-11-03'], ['Court'], [''])).toMatchObject({
      isThere: false,
      sentence: '1 of 2 have signed on.',
    })
    expect(signed(['District', '2025-11-03']).isThere).toBe(true)
  })
})
