import { describe, expect, it } from 'vitest'
import { authorOfPart } from '../../client/history/authors.ts'

const imani = { id: 'imani', name: 'Imani Okafor', color: 1 } as const
const nora = { id: 'nora', name: 'Nora Lindqvist', color: 2 } as const

const places = [
  { place: 'cards/c1', by: imani, at: 10 },
  { place: 'notes/c1', by: nora, at: 30 },
  { place: 'rich/objective', by: imani, at: 20 },
  { place: 'questions/q1', by: nora, at: 5 },
]

const nameOf = (part: string) => authorOfPart(places, part)?.by.name

describe('who wrote a part', () => {
  it('is who wrote last at one of the places where its words lie', () => {
    expect(nameOf('c1')).toBe('Nora Lindqvist')
    expect(authorOfPart([...places].reverse(), 'c1')?.at).toBe(30)
    expect(nameOf('objective')).toBe('Imani Okafor')
    expect(nameOf('question/q1')).toBe('Nora Lindqvist')
  })

  it('is nobody where nothing of that name was written', () => {
    expect(nameOf('c2')).toBeUndefined()
    expect(nameOf('1')).toBeUndefined()
  })
})
