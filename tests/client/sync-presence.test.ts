import { describe, expect, it } from 'vitest'
import type { Me } from '#shared/people.ts'
import { readPeople } from '../../client/sync/presence.ts'

const me: Me = { id: 'ada', name: 'Ada', color: 2, email: 'ada@example.org' }

const here = (states: [number, object | null][]) =>
  readPeople({ clientID: 1, getStates: () => new Map(states as [number, Record<string, unknown>][]) }, me)

const user = (id: string, name: string) => ({ user: { id, name, color: 5, role: 'Coach' } })

describe('who is here', () => {
  it('is oneself first, then the others by name', () => {
    const people = here([
      [3, { ...user('zoe', 'Zoe') }],
      [1, { at: 'card 1' }],
      [2, { ...user('ben', 'Ben'), at: 'card 2', writing: true }],
    ])
    expect(people).toEqual([
      { accountId: 'ada', name: 'Ada', color: 2, role: '', clientId: 1, at: 'card 1', self: true },
      {
        accountId: 'ben',
        name: 'Ben',
        color: 5,
        role: 'Coach',
        clientId: 2,
        at: 'card 2',
        writing: true,
        self: false,
      },
      { accountId: 'zoe', name: 'Zoe', color: 5, role: 'Coach', clientId: 3, self: false },
    ])
  })

  it('lists a person with several tabs once, where they write or at least are', () => {
    const people = here([
      [1, {}],
      [2, user('ben', 'Ben')],
      [3, { ...user('ben', 'Ben'), at: 'card 3' }],
      [4, { ...user('ben', 'Ben'), at: 'card 4', writing: true }],
    ])
    expect(people.map(({ accountId, at }) => [accountId, at])).toEqual([
      ['ada', undefined],
      ['ben', 'card 4'],
    ])
  })

  it('takes one’s own other tab for oneself', () => {
    const people = here([
      [1, {}],
      [2, { ...user('ada', 'Ada'), at: 'card 9' }],
    ])
    expect(people).toEqual([{ accountId: 'ada', name: 'Ada', color: 2, role: '', clientId: 1, self: true }])
  })

  it('leaves out entries that the server has put no name to, and colors that are none', () => {
    const people = here([
      [1, {}],
      [2, { at: 'card 1' }],
      [3, null],
      [4, { user: { id: 'x', name: 'X', color: 99, role: '' }, at: 7, writing: 'yes' }],
    ])
    expect(people.slice(1)).toEqual([
      { accountId: 'x', name: 'X', color: 1, role: '', clientId: 4, self: false },
    ])
  })
})
