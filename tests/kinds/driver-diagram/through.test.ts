import { describe, expect, it } from 'vitest'
import { driverDiagram } from '../../../shared/kinds/driver-diagram/index.ts'
import { removeLink } from '../../../shared/kinds/driver-diagram/link-edits.ts'
import { aimId } from '../../../shared/kinds/driver-diagram/model.ts'
import { linkOf, newDiagram, type PersonAtWork, people, sampleSeed } from './people.ts'

function atWork(): PersonAtWork {
  const [person] = people(newDiagram(sampleSeed), 'Rafael')
  return person as PersonAtWork
}

const wayTo = (person: PersonAtWork, part: string) =>
  driverDiagram.through?.(person.diagram(), part).map(({ station, label }) => `${station}: ${label}`)

describe('the way from the aim to a part', () => {
  it('follows the first links, from the aim to the part', () => {
    const rafael = atWork()
    const way = driverDiagram.through?.(rafael.diagram(), rafael.id('C2'))
    expect(way?.map(({ station, label }) => `${station}: ${label}`)).toEqual([
      'aim: Aim',
      'driver: P1',
      'driver: S1',
      'idea: C2',
    ])
    expect(way?.map(({ part }) => part)).toEqual([aimId, ...['P1', 'S1', 'C2'].map(rafael.id)])
  })

  it('may skip the secondary drivers, and ends at any card', () => {
    const rafael = atWork()
    expect(wayTo(rafael, rafael.id('C4'))).toEqual(['aim: Aim', 'driver: P2', 'idea: C4'])
    expect(wayTo(rafael, rafael.id('S3'))).toEqual(['aim: Aim', 'driver: P2', 'driver: S3'])
    expect(wayTo(rafael, aimId)).toEqual(['aim: Aim'])
  })

  it('names the aim by its target, where it has one', () => {
    const [rafael] = people(
      newDiagram({ aim: { statement: 'By December 2025 …', targetValue: 19, unit: '%', byWhen: '2025-12' } }),
      'Rafael',
    )
    expect(wayTo(rafael as PersonAtWork, aimId)).toEqual(['aim: 19\u00a0% by December 2025'])
  })

  it('is the card alone where it leads nowhere yet, and empty where there is no such card', () => {
    const rafael = atWork()
    removeLink(rafael.edit, rafael.doc, linkOf(rafael, 'C1', 'S1'))
    expect(wayTo(rafael, rafael.id('C1'))).toEqual(['idea: C1'])
    expect(wayTo(rafael, 'gone')).toEqual([])
  })
})
