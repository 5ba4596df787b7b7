import { describe, expect, it } from 'vitest'
import type { Membership, Network, RoleGrant } from '#shared/network.ts'
import { placesToCreate } from '../../client/documents/places.ts'
import { givableRoles, mayManage, membersOf, roleInWords } from '../../client/networks/people.ts'

const teams = [
  { id: 'east', name: 'Eastfield Middle' },
  { id: 'harbor', name: 'Harbor Point' },
]

const networkFor = (...roles: readonly RoleGrant[]): Network => ({
  id: 'rivers',
  name: 'Three Rivers',
  timeZone: 'America/Chicago',
  identifierGuard: { mode: 'warn', schoolDomains: [] },
  roles,
  teams,
  members: [],
})

const membership = (id: string, name: string, grant: RoleGrant): Membership => ({
  id: `${id}-${grant.role}`,
  person: { id, name, color: 1 },
  ...grant,
})

describe('the people of a network', () => {
  it('are listed once each, by last name, with all their roles', () => {
    const members = membersOf([
      membership('3', 'Marisol Vega', { role: 'member', teamId: 'east' }),
      membership('1', 'Dr. Lena Whitfield', { role: 'expert' }),
      membership('3', 'Marisol Vega', { role: 'facilitator' }),
      membership('2', 'Imani Okafor', { role: 'coordinator' }),
    ])
    expect(members.map(({ person }) => person.name)).toEqual([
      'Imani Okafor',
      'Marisol Vega',
      'Dr. Lena Whitfield',
    ])
    expect(members[1]?.memberships.map(({ role }) => role)).toEqual(['member', 'facilitator'])
  })

  it('read as what they are', () => {
    const network = networkFor()
    expect(roleInWords(network, { role: 'lead', teamId: 'east' })).toBe('Team lead, Eastfield Middle')
    expect(roleInWords(network, { role: 'data-steward' })).toBe('Data steward')
  })
})

describe('what someone is offered', () => {
  it('a lead gives the roles of the own team alone', () => {
    const network = networkFor({ role: 'lead', teamId: 'east' })
    expect(givableRoles(network)).toEqual([
      { role: 'member', teamId: 'east' },
      { role: 'lead', teamId: 'east' },
    ])
    expect(mayManage(network, { role: 'member', teamId: 'harbor' })).toBe(false)
    expect(mayManage(network, { role: 'coach' })).toBe(false)
  })

  it('a coordinator gives every role, a member none', () => {
    expect(givableRoles(networkFor({ role: 'coordinator' }))).toHaveLength(10)
    expect(givableRoles(networkFor({ role: 'member', teamId: 'east' }))).toEqual([])
  })

  it('documents are started in the network by coaches, in a team by its own people', () => {
    const names = (...roles: readonly RoleGrant[]) =>
      placesToCreate(networkFor(...roles)).map(({ name }) => name)
    expect(names({ role: 'coach' })).toEqual(['Three Rivers'])
    expect(names({ role: 'member', teamId: 'harbor' })).toEqual(['Harbor Point'])
    expect(names({ role: 'coach' }, { role: 'lead', teamId: 'east' })).toEqual([
      'Three Rivers',
      'Eastfield Middle',
    ])
    expect(names({ role: 'observer' })).toEqual([])
  })
})
