import { describe, expect, it } from 'vitest'
import type { DocumentSummary } from '#shared/document.ts'
import type { Stage } from '#shared/kinds/pdsa-cycle/model.ts'
import { writeCsv } from '../../client/boards/write-csv.ts'
import { readStart, startHref } from '../../client/documents/start-on.ts'
import type { BoardCardView, Summarized } from '../../client/kinds/board-view.ts'
import { cycleBoard } from '../../client/kinds/pdsa-cycle/board.tsx'

const day = 24 * 60 * 60 * 1000
const now = { at: Date.parse('2026-01-14T15:00:00Z'), day: '2026-01-14' }

/** A cycle of a team as its fact says it. */
function cycle(id: string, stage: Stage, more: object = {}): Summarized {
  const document: DocumentSummary = {
    id,
    networkId: 'n',
    teamId: 't',
    kind: 'pdsa-cycle',
    title: `Cycle ${id}`,
    shared: true,
    level: 'edit',
    createdAt: now.at - 40 * day,
    updatedAt: now.at,
  }
  const value = JSON.stringify({ stage, stageSince: now.at - 3 * day, number: 2, isAgreed: true, ...more })
  return { document, value }
}

const cardOf = (summarized: Summarized): BoardCardView => {
  const [card] = cycleBoard.cards([summarized], now)
  if (card === undefined) throw new Error('No card')
  return card
}

const movesOf = (card: BoardCardView) => card.moves.map(({ step, column }) => `${step}: ${column}`)

describe('the board of cycles', () => {
  it.each([
    ['draft', 'plan', 'Draft', ['ready: plan', 'start-do: do']],
    ['ready', 'plan', 'Ready', ['to-draft: plan', 'start-do: do']],
    ['doing', 'do', undefined, ['finish-do: study']],
    ['studying', 'study', undefined, ['go-on-to-act: act']],
    ['acted', 'act', undefined, ['close: closed']],
  ] as const)(
    'shows %s in the column %s, from where it may rest or go on',
    (stage, column, state, onward) => {
      const card = cardOf(cycle('a', stage))
      expect(card).toMatchObject({ column, isResting: false, days: 3 })
      expect(card.state).toBe(state)
      expect(movesOf(card)).toEqual([...onward, `pause: ${column}`, `stall: ${column}`])
      expect(card.moves.filter(({ rests }) => rests).map(({ step }) => step)).toEqual(['pause', 'stall'])
    },
  )

  it('shows what is stalled where it came to a halt, with the reason and the way back', () => {
    const card = cardOf(cycle('a', 'stalled', { restsIn: 'studying', reason: 'The counselor left.' }))
    expect(card).toMatchObject({
      column: 'study',
      isResting: true,
      state: 'Stalled',
      hint: 'The counselor left.',
      moves: [{ step: 'resume', column: 'study', rests: false }],
    })
  })

  it('shows what is closed by when it was done, the newest first, with what was decided', () => {
    const cards = cycleBoard.cards(
      [
        cycle('old', 'closed', { stageSince: now.at - 90 * day, decision: 'abandon', due: '2025-10-01' }),
        cycle('new', 'closed', { stageSince: now.at - day, decision: 'adopt', due: '2026-01-02' }),
      ],
      now,
    )
    expect(cards.map(({ document }) => document.id)).toEqual(['new', 'old'])
    expect(cards[0]).toMatchObject({ column: 'closed', doneAt: now.at - day })
    expect(cards[0]).not.toHaveProperty('due')
    expect(cards.every(({ Outcome }) => Outcome !== undefined)).toBe(true)
    expect(cards[0] && movesOf(cards[0])).toEqual(['reopen: act'])
  })

  it('says who, until when and what may hold it up', () => {
    const quiet = {
      stageSince: now.at - 25 * day,
      due: '2026-01-09',
      owner: 'Owen Pritchard',
      scale: '3 students',
    }
    expect(cardOf(cycle('a', 'doing', quiet))).toMatchObject({
      gist: 'Cycle 2, 3 students',
      owner: 'Owen Pritchard',
      due: '2026-01-09',
      isOverdue: true,
      hint: 'Nothing was noted for 25 days.',
    })
  })

  it('keeps a decision to itself until it is acted on', () => {
    expect(cardOf(cycle('a', 'studying', { decision: 'adopt' })).Outcome).toBeUndefined()
    expect(cardOf(cycle('a', 'acted', { decision: 'adopt' })).Outcome).toBeDefined()
  })

  it('leaves out what another version wrote', () => {
    const { document } = cycle('a', 'draft')
    expect(cycleBoard.cards([{ document, value: 'nonsense' }], now)).toEqual([])
    expect(cycleBoard.cards([{ document, value: 7 }], now)).toEqual([])
  })

  it('is a table of all its cycles, with their teams and change ideas', () => {
    const idea = { documentId: 'd1', part: 'C1' }
    const { columns, rows } = cycleBoard.table([cycle('a', 'doing', { idea }), cycle('b', 'closed')], {
      team: (id) => (id === 't' ? 'Granite Falls' : undefined),
      part: ({ documentId, part }) => `${documentId}, ${part}`,
    })
    expect(rows).toHaveLength(2)
    const cells = (column: string) => rows.map((row) => row[columns.indexOf(column)])
    expect(cells('team')).toEqual(['Granite Falls', 'Granite Falls'])
    expect(cells('change_idea')).toEqual(['d1, C1', undefined])
  })
})

describe('a table as a file', () => {
  const lineOf = (cell: string | number | undefined) =>
    writeCsv({ name: 'Cells', columns: ['a'], rows: [[cell]] })

  it('begins with the mark of UTF-8 and ends its lines as spreadsheets do', () => {
    expect(writeCsv({ name: 'Cells', columns: ['a', 'b'], rows: [[1, undefined]] })).toBe(
      '\uFEFFa,b\r\n1,\r\n',
    )
  })

  it.each([
    ['say "so"', '"say ""so"""'],
    ['a, b', '"a, b"'],
    ['two\nlines', '"two\nlines"'],
    ['plain', 'plain'],
    // What a spreadsheet would run, and what looks as if it had been guarded before.
    ['=1+1', "'=1+1"],
    ['-5 days', "'-5 days"],
    ["'=1+1", "''=1+1"],
    ["'tis", "'tis"],
  ])('writes %j as %j', (cell, written) => {
    expect(lineOf(cell)).toBe(`\uFEFFa\r\n${written}\r\n`)
  })
})

describe('an address that starts a document', () => {
  it('is read as it was written', () => {
    const start = { kind: 'pdsa-cycle', on: { documentId: 'd1', part: 'C1' } } as const
    const search = Object.fromEntries(new URL(startHref('/networks/n', start), 'http://x').searchParams)
    expect(readStart(search)).toEqual(start)
    expect(readStart({ start: 'worksheet' })).toEqual({ kind: 'worksheet' })
    expect(readStart({ start: 'pdsa-cycle', on: 'd1' })).toEqual({
      kind: 'pdsa-cycle',
      on: { documentId: 'd1' },
    })
  })

  it('asks for nothing where it names no kind that is known here', () => {
    expect(readStart({})).toBeUndefined()
    expect(readStart({ start: 'opera', on: 'd1/C1' })).toBeUndefined()
    expect(readStart({ start: 'constructor' })).toBeUndefined()
  })
})
