import { describe, expect, it } from 'vitest'
import { plainLines } from '../../../shared/content/blocks.ts'
import { parseSeed } from '../../../shared/kinds/driver-diagram/seed.ts'
import {
  asksThreeQuestions,
  diagramContent,
  proposeDiagram,
} from '../../../shared/kinds/worksheet/answers.ts'
import { readWorksheet, type Worksheet } from '../../../shared/kinds/worksheet/model.ts'
import { newWorksheet } from './people.ts'

const answered = (aim: unknown, changes: unknown, measures: unknown = []): Worksheet =>
  readWorksheet(
    newWorksheet({
      sections: [
        { key: 'aim', heading: 'What?', body: aim },
        { key: 'changes', heading: 'Which changes?', body: changes },
        { key: 'measures', heading: 'How will we know?', body: measures },
      ],
    }),
  )

describe('the answers to the three questions', () => {
  it('are asked for where all three are', () => {
    expect(asksThreeQuestions(answered([], []))).toBe(true)
    expect(asksThreeQuestions(readWorksheet(newWorksheet({ sections: [{ key: 'aim' }] })))).toBe(false)
  })

  it('become an aim, and one idea for each line or point; what stands under a point becomes its notes', () => {
    const proposed = proposeDiagram(
      answered(
        ['By June fewer days are lost.', ' ', 'For all of us.'],
        [
          { type: 'heading', level: 2, spans: [{ text: 'At school' }] },
          'Call at 7:30',
          { type: 'paragraph', spans: [{ text: 'Text first\n\nIn the language of the home' }] },
          {
            type: 'list',
            ordered: true,
            items: [
              [
                'A ride pool',
                'Three streets have no bus.',
                { type: 'list', ordered: false, items: [['Ask Ruth']] },
              ],
              [''],
              [{ type: 'quote', blocks: ['Co-leads'] }],
            ],
          },
        ],
      ),
    )
    expect(proposed.aim).toBe('By June fewer days are lost. For all of us.')
    expect(proposed.ideas.map(({ title }) => title)).toEqual([
      'Call at 7:30',
      'Text first',
      'In the language of the home',
      'A ride pool',
      'Co-leads',
    ])
    expect(plainLines(proposed.ideas[3]?.notes ?? [])).toEqual(['Three streets have no bus.', 'Ask Ruth'])
  })

  it('make a diagram that its own kind accepts, with how we will know in the notes of the aim', () => {
    const worksheet = answered(
      ['Fewer days are lost.'],
      [{ type: 'list', ordered: false, items: [['Call at 7:30', 'Nobody had noticed.'], ['A ride pool']] }],
      ['Days missed, each month.'],
    )
    const diagram = parseSeed(diagramContent(proposeDiagram(worksheet)))
    expect(diagram.cards).toMatchObject([
      { id: 'aim', title: 'Fewer days are lost.' },
      { column: 'idea', title: 'Call at 7:30' },
      { column: 'idea', title: 'A ride pool' },
    ])
    expect(plainLines(diagram.cards[0]?.notes ?? [])).toEqual([
      'How we will know:',
      'Days missed, each month.',
    ])
    expect(plainLines(diagram.cards[1]?.notes ?? [])).toEqual(['Nobody had noticed.'])
  })

  it('that are not there yet make an empty diagram', () => {
    const proposed = proposeDiagram(answered([], []))
    expect(proposed).toEqual({ aim: '', ideas: [], measures: [] })
    expect(() => parseSeed(diagramContent(proposed))).not.toThrow()
  })
})
