import { describe, expect, it } from 'vitest'
import { type Check, checkDiagram } from '../../../shared/kinds/driver-diagram/checks.ts'
import { cardMap, linksMap, readDiagram } from '../../../shared/kinds/driver-diagram/model.ts'
import { parseSeed } from '../../../shared/kinds/driver-diagram/seed.ts'
import { newDiagram } from './people.ts'

const goodAim = { statement: 'By December 2025, halve referrals from 14 to 7 a month.' }
const whole = [
  { id: 'P1', column: 'primary', title: 'Early help' },
  { id: 'S1', column: 'secondary', title: 'Screening', leadsTo: ['P1'] },
  { id: 'C1', column: 'idea', title: 'Check-in', leadsTo: ['S1'] },
]

const checks = (...cards: object[]): Check[] => checkDiagram(parseSeed({ aim: goodAim, cards }))
const look = (found: readonly Check[]) => found.filter(({ state }) => state === 'look')
const messages = (found: readonly Check[]) => look(found).map(({ message }) => message)

describe('checks', () => {
  it('say that a whole diagram is in order', () => {
    const found = checks(...whole)
    expect(look(found)).toEqual([])
    expect(found.map(({ message }) => message)).toEqual(['The aim has a number and a date.'])
  })

  it('point out an idea without a driver', () => {
    const found = look(checks(...whole, { id: 'C2', column: 'idea', title: 'Youth co-leads' }))
    expect(found).toEqual([
      {
        kind: 'idea-without-driver',
        state: 'look',
        message: '“Youth co-leads” is under no driver.',
        cards: ['C2'],
        links: [],
        fix: 'link-it',
      },
    ])
  })

  it('point out drivers that lead nowhere', () => {
    expect(
      messages(
        checks(
          ...whole,
          { id: 'P2', column: 'primary', title: 'Policy', leadsTo: [] },
          { id: 'S2', column: 'secondary', title: 'Agreements' },
          { id: 'C2', column: 'idea', title: 'Addendum', leadsTo: ['P2', 'S2'] },
        ),
      ),
    ).toEqual(['“Policy” is not linked to the aim.', '“Agreements” is under no primary driver.'])
  })

  it('point out the lowest driver that no idea works on', () => {
    const found = checks(
      ...whole,
      { id: 'P2', column: 'primary', title: 'Policy' },
      { id: 'P3', column: 'primary', title: 'Data' },
      { id: 'S3', column: 'secondary', title: 'Agreements', leadsTo: ['P3'] },
    )
    expect(messages(found)).toEqual([
      'No change idea works on “Policy” yet.',
      'No change idea works on “Agreements” yet.',
    ])
    expect(look(found)[0]?.fix).toBe('add-idea')
  })

  it('point out more than five primary drivers', () => {
    const drivers = (count: number) =>
      Array.from({ length: count }, (_, at) => [
        { id: `P${at}`, column: 'primary', title: `Driver ${at}` },
        { id: `C${at}`, column: 'idea', title: `Idea ${at}`, leadsTo: [`P${at}`] },
      ]).flat()
    expect(messages(checks(...drivers(5)))).toEqual([])
    expect(messages(checks(...drivers(6)))).toEqual([
      '6 primary drivers are a lot to hold in mind. Most diagrams do with two to five.',
    ])
  })

  it('point out an idea that reaches the aim by weak links alone, until somebody says why', () => {
    const weak = (to: string, why = '') => [{ to, strength: 'weak', why }]
    const chain = (idea: readonly object[], driver: unknown) => [
      { id: 'P1', column: 'primary', title: 'Partnership', leadsTo: weak('aim') },
      { id: 'S1', column: 'secondary', title: 'Barriers', leadsTo: driver },
      { id: 'C1', column: 'idea', title: 'Ride pool', leadsTo: idea },
    ]
    const [found] = look(checks(...chain(weak('S1'), weak('P1'))))
    expect(found).toMatchObject({
      kind: 'weak-only',
      message: '“Ride pool” reaches the aim by weak links alone.',
      cards: ['C1'],
      links: ['C1>S1'],
      fix: 'say-why',
    })
    expect(messages(checks(...chain(weak('S1', 'Families say so'), weak('P1'))))).toEqual([])
    expect(messages(checks(...chain(weak('S1'), ['P1'])))).toEqual([])
  })

  it('point out titles that are empty or long', () => {
    const found = look(
      checks(
        ...whole,
        { id: 'C2', column: 'idea', title: ' ', leadsTo: ['S1'] },
        { id: 'C3', column: 'idea', title: 'x'.repeat(121), leadsTo: ['S1'] },
        { id: 'C4', column: 'idea', title: 'x'.repeat(120), leadsTo: ['S1'] },
      ),
    )
    expect(found.map(({ kind }) => kind)).toEqual(['title-empty', 'title-long'])
    expect(found[0]?.message).toBe('A change idea has no words yet.')
  })

  it('point out an aim without a number or a date, with a way to write them', () => {
    const found = checkDiagram(parseSeed({ aim: { statement: 'Better attendance' }, cards: whole }))
    expect(found.map(({ kind, state, fix }) => [kind, state, fix])).toEqual([
      ['aim', 'look', 'edit-aim'],
      ['aim', 'look', 'edit-aim'],
    ])
  })

  it('[S4] point out what reading set right, and offer to repair it', () => {
    const doc = newDiagram({ aim: goodAim, cards: whole })
    const id = (title: string) => readDiagram(doc).cards.find((card) => card.title === title)?.id as string
    linksMap(doc).set(`${id('Screening')}>${id('Check-in')}`, true)
    linksMap(doc).set(`${id('Check-in')}>aim`, true)
    cardMap(doc, id('Early help'))?.set('column', 'aim')
    const found = look(checkDiagram(readDiagram(doc)))
    expect(found.map(({ message }) => message)).toEqual([
      '“Early help” came without a column that this version knows.',
      'The link from “Check-in” to “By December 2025, halve referrals from 14 to 7 a month.” does not fit their columns and is left out.',
      expect.stringMatching(
        /^“(Screening|Check-in)” and “(Screening|Check-in)” lead to each other in a circle\. One link is left out\.$/,
      ),
    ])
    expect(found.every(({ fix }) => fix === 'repair')).toBe(true)
  })
})
