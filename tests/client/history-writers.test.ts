import { describe, expect, it } from 'vitest'
import { writersOf } from '../../client/history/writers.ts'
import type { Authors } from '../../shared/history.ts'

const imani = { id: 'imani', name: 'Imani Okafor', color: 1 } as const
const nora = { id: 'nora', name: 'Nora Lindqvist', color: 2 } as const

const authors: Authors = {
  passages: [
    {
      root: 'rich/objective',
      words: [
        { text: 'Call every family ', by: imani, at: 10 },
        { text: 'by noon.', by: nora, at: 30 },
        { text: 'Then we talk.', by: imani, at: 20 },
      ],
    },
    { root: 'cards', item: 'c1', field: 'title', words: [{ text: 'Ride pool', by: nora, at: 5 }] },
    { root: 'notes/c2', words: [{ text: 'Nothing is said twice.', at: 1 }] },
  ],
  items: [
    { root: 'cards', id: 'c1', madeBy: imani, madeAt: 1, changedBy: imani, changedAt: 50 },
    { root: 'tasks', id: 't1', madeBy: imani, madeAt: 1, changedBy: nora, changedAt: 40 },
  ],
}

const names = (text: string, part?: string) =>
  writersOf(authors, { text, part }).map(({ by, at }) => `${by?.name ?? 'nobody'} ${at}`)

describe('who wrote a passage', () => {
  it('are those who wrote its own words, the last one first', () => {
    expect(names('Call every family by noon.', 'objective')).toEqual(['Nora Lindqvist 30', 'Imani Okafor 10'])
    expect(names('Then we talk.', 'objective')).toEqual(['Imani Okafor 20'])
  })

  it('are all who wrote in its part, where the page says it in other words', () => {
    expect(names('Objective: call them (soon)', 'objective')).toEqual([
      'Nora Lindqvist 30',
      'Imani Okafor 20',
    ])
    expect(names('', 'c1')).toEqual(['Nora Lindqvist 5'])
  })

  it('is who changed the item last, where it has no words of its own', () => {
    expect(names('Size: one class', 't1')).toEqual(['Nora Lindqvist 40'])
  })

  it('is found by the words where no part is known, and nobody where the words are nowhere', () => {
    expect(names('Nothing is said twice.')).toEqual(['nobody 1'])
    expect(names('Cycle 3. Stage: draft.')).toEqual([])
    expect(names('Some text', 'unknown')).toEqual([])
  })
})
