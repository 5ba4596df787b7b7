import { describe, expect, it } from 'vitest'
import {
  boardOf,
  daysInStage,
  isOverdue,
  patience,
  stallHint,
} from '../../../shared/kinds/pdsa-cycle/board.ts'
import { stages } from '../../../shared/kinds/pdsa-cycle/model.ts'
import { placed, summaryWith } from './cycles.ts'

const now = Date.UTC(2026, 0, 14, 14)
const today = { at: now, day: '2026-01-14' }
const daysAgo = (days: number) => now - days * 24 * 60 * 60 * 1000

describe('a team’s board', () => {
  it('has a place for each cycle, whatever its stage', () => {
    for (const stage of stages) {
      const places = boardOf([placed('a', { stage })], today).filter(({ cards }) => cards.length > 0)
      expect(places, stage).toHaveLength(1)
    }
    expect(boardOf([placed('a', { stage: 'paused', restsIn: 'stalled' })], today)[0]?.cards).toHaveLength(1)
  })

  it('shows each cycle in the column of its stage, those due first, then the longest waiting', () => {
    const board = boardOf(
      [
        placed('new', { stage: 'doing', stageSince: daysAgo(1) }),
        placed('old', { stage: 'doing', stageSince: daysAgo(3) }),
        placed('due', { stage: 'doing', due: '2026-01-20' }),
        placed('overdue', { stage: 'doing', due: '2026-01-13' }),
        placed('asleep', { stage: 'paused', restsIn: 'doing', stageSince: daysAgo(9) }),
        placed('stuck', { stage: 'stalled', restsIn: 'ready', reason: 'No agreement who calls.' }),
      ],
      today,
    )
    const shown = board.map(({ name, cards }) => [name, cards.map(({ cycle }) => cycle.documentId).join(' ')])
    expect(shown.filter(([, cards]) => cards !== '')).toEqual([
      ['plan', 'stuck'],
      ['do', 'overdue due asleep old new'],
    ])
    const [, doing] = board
    expect(doing?.cards.map(({ days, isOverdue: late }) => [days, late])).toEqual([
      [undefined, true],
      [undefined, false],
      [9, false],
      [3, false],
      [1, false],
    ])
  })

  it('counts whole days in the stage; a draft’s from when it was made', () => {
    expect(daysInStage(summaryWith({ stageSince: daysAgo(2.9) }), now)).toBe(2)
    expect(daysInStage(summaryWith({ stageSince: now + 1000 }), now)).toBe(0)
    expect(daysInStage(summaryWith({}), now)).toBeUndefined()
    expect(daysInStage(summaryWith({}), now, daysAgo(5))).toBe(5)
    expect(boardOf([placed('a', {}, daysAgo(20))], today)[0]?.cards[0]).toMatchObject({
      days: 20,
      hint: { sort: 'no-agreement' },
    })
  })

  it.each([
    ['doing', '2026-01-13', true],
    ['doing', '2026-01-14', false],
    ['studying', '2026-01-13', false],
    ['closed', '2026-01-13', false],
    ['doing', undefined, false],
  ] as const)('in %s with the planned end %s: overdue is %s', (stage, due, isLate) => {
    expect(isOverdue(summaryWith({ stage, ...(due === undefined ? {} : { due }) }), today.day)).toBe(isLate)
  })
})

describe('a stall hint', () => {
  it.each([
    ['draft', patience.plan, {}, 'no-agreement'],
    ['ready', patience.plan, {}, 'no-agreement'],
    ['ready', patience.plan - 1, {}, undefined],
    ['ready', patience.plan, { isAgreed: true }, undefined],
    ['doing', patience.data, {}, 'no-data'],
    ['doing', patience.data - 1, {}, undefined],
    ['doing', 60, { notedAt: daysAgo(patience.data - 1) }, undefined],
    ['doing', 60, { notedAt: daysAgo(patience.data) }, 'no-data'],
    ['doing', 3, { notedAt: daysAgo(60) }, undefined],
    ['studying', patience.study, {}, 'not-analyzed'],
    ['studying', patience.study - 1, {}, undefined],
    ['studying', patience.study, { isStudied: true }, undefined],
    ['acted', patience.act, { decision: 'adopt' }, 'cannot-spread'],
    ['acted', patience.act, { decision: 'abandon' }, undefined],
    ['acted', patience.act, {}, 'no-agreement'],
    ['acted', patience.act - 1, { decision: 'adopt' }, undefined],
    ['closed', patience.spread, { decision: 'adopt', expand: true }, 'cannot-spread'],
    ['closed', patience.spread, { decision: 'adopt', expand: true, next: 'n' }, undefined],
    ['closed', patience.spread, { decision: 'adopt' }, undefined],
    ['closed', patience.spread - 1, { decision: 'adopt', expand: true }, undefined],
    ['paused', 400, { restsIn: 'doing' }, undefined],
  ] as const)('in %s for %i days with %j is of the sort %s', (stage, days, said, sort) => {
    const hint = stallHint(summaryWith({ stage, stageSince: daysAgo(days), ...said }), now)
    expect(hint?.sort).toBe(sort)
    if (hint !== undefined) expect(hint.sentence).toMatch(/^[A-Z].+\.$/)
  })

  it('says the days in which nothing was noted', () => {
    const summary = summaryWith({ stage: 'doing', stageSince: daysAgo(40), notedAt: daysAgo(22) })
    expect(stallHint(summary, now)?.sentence).toBe('Nothing was noted for 22 days.')
  })

  it.each([
    ['draft', 'no-agreement'],
    ['ready', 'no-agreement'],
    ['doing', 'no-data'],
    ['studying', 'not-analyzed'],
    ['acted', 'cannot-spread'],
  ] as const)('of a cycle that stalled in %s is of the sort %s, with its own reason', (restsIn, sort) => {
    const reason = 'No agreement who calls.'
    expect(stallHint(summaryWith({ stage: 'stalled', restsIn, reason }), now)).toEqual({
      sort,
      sentence: reason,
    })
  })

  it('is none while nothing says since when', () => {
    expect(stallHint(summaryWith({ stage: 'doing' }), now)).toBeUndefined()
  })
})
