import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { writeRichText } from '../../../shared/content/rich-text.ts'
import * as edits from '../../../shared/kinds/pdsa-cycle/edits.ts'
import {
  choices,
  type ListName,
  lists,
  questionNumbers,
  richFields,
  richText,
  scaleSteps,
  shortFields,
  shortText,
} from '../../../shared/kinds/pdsa-cycle/model.ts'
import { readAllRows, rowText } from '../../../shared/kinds/rows.ts'
import { firstQuestion, fullPlan } from './cycles.ts'
import { meet, newCycle, type PersonAtWork, people, personAtWork } from './people.ts'

const atWork = (): PersonAtWork => personAtWork(newCycle(fullPlan))

describe('choosing', () => {
  it.each(Object.entries(choices))(
    '%s takes each of its values, and undefined takes it away',
    (name, known) => {
      const { doc, edit, cycle } = atWork()
      const choice = name as keyof typeof choices
      for (const value of known) {
        expect(edits.setChoice(edit, doc, choice, value)).toBeUndefined()
        expect(cycle()[choice]).toBe(value)
      }
      edits.setChoice(edit, doc, choice, undefined)
      expect(cycle()[choice]).toBeUndefined()
    },
  )

  it('refuses what is not there to choose, in a sentence, and changes nothing', () => {
    const { doc, edit, cycle } = atWork()
    expect(edits.setChoice(edit, doc, 'scaleStep', 'two' as 'one')).toEqual({
      refused: 'Choose one of: one, three, five, all, others, network.',
    })
    expect(edits.setChoices(edit, doc, { belief: 'high', failureCost: 'free' as 'cheap' })).toMatchObject({
      refused: 'Choose one of: costly, cheap.',
    })
    expect([cycle().scaleStep, cycle().belief]).toEqual(['one', 'low'])
  })

  it('several at once is one undo step', () => {
    const { doc, edit, undo, cycle } = atWork()
    edits.setChoices(edit, doc, { belief: 'high', failureCost: 'costly', readiness: 'strong' })
    expect(cycle()).toMatchObject({ belief: 'high', failureCost: 'costly', readiness: 'strong' })
    undo.undo()
    expect(cycle()).toMatchObject({ belief: 'low', failureCost: 'cheap', readiness: 'some' })
  })

  it('writes nothing where nothing changes', () => {
    const { doc, edit } = atWork()
    let updates = 0
    doc.on('update', () => updates++)
    edits.setChoice(edit, doc, 'scaleStep', 'one')
    edits.setTick(edit, doc, 'expand', false)
    edits.setDay(edit, doc, 'start', fullPlan.start)
    expect(updates).toBe(0)
  })

  it('ticks, days, percents and the number are checked', () => {
    const { doc, edit, cycle } = atWork()
    edits.setTick(edit, doc, 'consulted', false)
    edits.setTick(edit, doc, 'shareLearning', true)
    expect(edits.setDay(edit, doc, 'plannedEnd', '2026-01-14')).toBeUndefined()
    expect(edits.setDay(edit, doc, 'start', '2026-01')).toEqual({
      refused: 'A day is written like 2026-01-14.',
    })
    expect(edits.setPercent(edit, doc, 'sureAfter', 0)).toBeUndefined()
    expect(edits.setPercent(edit, doc, 'sureBefore', 101)).toMatchObject({
      refused: expect.stringContaining('0 to 100'),
    })
    expect(edits.setCycleNumber(edit, doc, 3)).toBeUndefined()
    expect(edits.setCycleNumber(edit, doc, 0)).toHaveProperty('refused')
    expect(cycle()).toMatchObject({
      plannedEnd: '2026-01-14',
      start: fullPlan.start,
      sureAfter: 0,
      number: 3,
    })
    expect(cycle().consulted).toBeUndefined()
    expect(cycle().sureBefore).toBeUndefined()
  })

  it('another idea takes the theory about the old one away', () => {
    const { doc, edit, undo, cycle } = atWork()
    expect(edits.setTheory(edit, doc, { change: 'redraw', link: 'C1>S1', to: 'S2' })).toBeUndefined()
    edits.setIdea(edit, doc, fullPlan.idea)
    expect(cycle()).toMatchObject({ theory: 'redraw', theoryLink: 'C1>S1', theoryTo: 'S2' })
    edits.setIdea(edit, doc, { documentId: 'diagram', part: 'C2' })
    expect(cycle().idea).toEqual({ documentId: 'diagram', part: 'C2' })
    expect(cycle().theory ?? cycle().theoryLink ?? cycle().theoryTo).toBeUndefined()
    undo.undo()
    expect(cycle()).toMatchObject({ idea: fullPlan.idea, theory: 'redraw', theoryLink: 'C1>S1' })
  })

  it('only to redraw needs somewhere else to lead to', () => {
    const { doc, edit, cycle } = atWork()
    edits.setTheory(edit, doc, { change: 'redraw', link: 'C1>S1', to: 'S2' })
    edits.setTheory(edit, doc, { change: 'weaken', link: 'C1>S1', to: 'S2' })
    expect(cycle().theoryTo).toBeUndefined()
    expect(edits.setTheory(edit, doc, { change: 'burn' as 'leave' })).toHaveProperty('refused')
    expect(cycle().theory).toBe('weaken')
  })
})

describe('rows', () => {
  it.each(Object.keys(lists) as ListName[])(
    'of %s are added, moved, removed and brought back with their words',
    (list) => {
      const { doc, edit, cycle, undo } = personAtWork(newCycle({}))
      const [field = ''] = lists[list]
      const ids = ['a', 'b', 'c'].map((word) => {
        const id = edits.addCycleRow(edit, doc, list)
        rowText(doc, list, id, field)?.insert(0, word)
        return id
      })
      const [a = '', b = ''] = ids
      const order = () => cycle()[list].map(({ id }) => ids.indexOf(id))
      edits.moveCycleRow(edit, doc, list, a, 2)
      expect(order()).toEqual([1, 2, 0])
      edits.removeCycleRow(edit, doc, list, b, 'nora')
      expect(order()).toEqual([2, 0])
      expect(readAllRows(doc, list).find(({ id }) => id === b)?.removed).toBe('nora')
      edits.restoreCycleRow(edit, doc, list, b)
      expect(order()).toEqual([1, 2, 0])
      expect(rowText(doc, list, b, field)?.toString()).toBe('b')
      const behind = edits.addCycleRow(edit, doc, list, b)
      expect(cycle()[list].map(({ id }) => id)[1]).toBe(behind)
      undo.undo()
      expect(order()).toEqual([1, 2, 0])
    },
  )

  it('of questions have numbers, of which confidence is in percent', () => {
    const { doc, edit, cycle, undo } = atWork()
    const { id } = firstQuestion(cycle())
    for (const [index, name] of questionNumbers.entries())
      expect(edits.setQuestionNumber(edit, doc, id, name, index)).toBeUndefined()
    expect(firstQuestion(cycle())).toMatchObject({
      number: 0,
      low: 1,
      high: 2,
      confidence: 3,
      resultNumber: 4,
      before: 5,
    })
    expect(edits.setQuestionNumber(edit, doc, id, 'confidence', 101)).toHaveProperty('refused')
    expect(edits.setQuestionNumber(edit, doc, id, 'number', Number.NaN)).toEqual({
      refused: 'It is a number.',
    })
    edits.setQuestionNumbers(edit, doc, id, { low: 10, high: undefined })
    expect(firstQuestion(cycle())).toMatchObject({ low: 10 })
    expect(firstQuestion(cycle()).high).toBeUndefined()
    undo.undo()
    expect(firstQuestion(cycle())).toMatchObject({ low: 1, high: 2 })
    expect(edits.setQuestionNumbers(edit, doc, id, { low: 7, confidence: -1 })).toHaveProperty('refused')
    expect(firstQuestion(cycle()).low).toBe(1)
  })

  it('of questions have a sort of answer, a forecast and a verdict', () => {
    const { doc, edit, cycle } = atWork()
    const { id } = firstQuestion(cycle())
    edits.setAnswerKind(edit, doc, id, 'both')
    edits.setForecast(edit, doc, id, true)
    edits.setVerdict(edit, doc, id, 'better')
    expect(firstQuestion(cycle())).toMatchObject({ answerKind: 'both', forecast: true, verdict: 'better' })
    expect(edits.setAnswerKind(edit, doc, id, 'song' as 'both')).toHaveProperty('refused')
    expect(edits.setVerdict(edit, doc, id, 'fine' as 'better')).toHaveProperty('refused')
    edits.setForecast(edit, doc, id, false)
    edits.setVerdict(edit, doc, id, undefined)
    expect(firstQuestion(cycle()).forecast ?? firstQuestion(cycle()).verdict).toBeUndefined()
  })

  it('of the other lists have their own fields', () => {
    const { doc, edit, cycle } = atWork()
    edits.setTaskDone(edit, doc, cycle().tasks[0]?.id ?? '', true)
    const seen = edits.addObservation(edit, doc, { text: 'Nobody came.', at: 1000 })
    edits.setUnexpected(edit, doc, seen, true)
    edits.setObservedAt(edit, doc, seen, 2000)
    const point = edits.addCycleRow(edit, doc, 'points')
    edits.setPointDate(edit, doc, point, '2025-12-01')
    edits.setPointValue(edit, doc, point, -1.5)
    expect(edits.setPointDate(edit, doc, point, '1 May')).toHaveProperty('refused')
    expect(edits.setPointValue(edit, doc, point, Number.POSITIVE_INFINITY)).toHaveProperty('refused')
    expect(edits.setObservedAt(edit, doc, seen, Number.NaN)).toHaveProperty('refused')
    expect(cycle().tasks[0]?.done).toBe(true)
    expect(cycle().observations).toMatchObject([{ text: 'Nobody came.', at: 2000, unexpected: true }])
    expect(cycle().points).toMatchObject([{ date: '2025-12-01', value: -1.5, note: '' }])
    edits.setPointDate(edit, doc, point, undefined)
    expect(cycle().points[0]?.date).toBeUndefined()
  })

  it('that are not there are left alone', () => {
    const { doc, edit, cycle } = atWork()
    const before = cycle()
    edits.setVerdict(edit, doc, 'none', 'better')
    edits.removeCycleRow(edit, doc, 'tasks', 'none')
    edits.moveCycleRow(edit, doc, 'tasks', 'none', 0)
    expect(cycle()).toEqual(before)
  })
})

/** Something that a person may do; figures choose rows, places and values. */
type Act = (person: PersonAtWork, figures: readonly [number, number]) => void

const listNames = Object.keys(lists) as ListName[]
const pick = <T>(list: readonly T[], figure: number): T | undefined => list[figure % Math.max(1, list.length)]
const listAt = (figure: number): ListName => pick(listNames, figure) ?? 'questions'
const rowAt = ({ doc }: PersonAtWork, list: ListName, figure: number): string =>
  pick(readAllRows(doc, list), figure)?.id ?? 'none'

const acts: readonly Act[] = [
  ({ doc, edit }, [a]) => edits.addCycleRow(edit, doc, listAt(a)),
  (person, [a, b]) => edits.removeCycleRow(person.edit, person.doc, listAt(a), rowAt(person, listAt(a), b)),
  (person, [a, b]) => edits.restoreCycleRow(person.edit, person.doc, listAt(a), rowAt(person, listAt(a), b)),
  (person, [a, b]) =>
    edits.moveCycleRow(person.edit, person.doc, listAt(a), rowAt(person, listAt(a), b), a % 4),
  (person, [a, b]) =>
    edits.setQuestionNumber(person.edit, person.doc, rowAt(person, 'questions', a), 'number', b),
  (person, [a]) => edits.setVerdict(person.edit, person.doc, rowAt(person, 'questions', a), 'better'),
  ({ doc, edit }, [a]) => edits.setChoice(edit, doc, 'scaleStep', pick(scaleSteps, a)),
  ({ doc, edit }, [a, b]) =>
    edits.setTheory(edit, doc, { change: 'redraw', link: `C${a}>S${b}`, to: `S${a}` }),
  ({ doc, edit }, [a]) => edits.setIdea(edit, doc, { documentId: 'd', part: `C${a}` }),
  ({ doc, edit }, [a, b]) => edit(() => shortText(doc, pick(shortFields, a) ?? 'scale').insert(0, `${b}`)),
  ({ doc, edit }, [a, b]) =>
    edit(() =>
      writeRichText(richText(doc, pick(richFields, a) ?? 'learned'), [
        { type: 'paragraph', spans: [{ text: `${b}` }] },
      ]),
    ),
  (person, [a, b]) => rowText(person.doc, 'tasks', rowAt(person, 'tasks', a), 'what')?.insert(0, `${b}`),
  ({ undo }) => undo.undo(),
  ({ undo }) => undo.redo(),
]

describe('two people at work', () => {
  it('see the same once they meet, whatever they did', () => {
    const figure = fc.nat({ max: 40 })
    const work = fc.array(fc.tuple(fc.nat({ max: acts.length - 1 }), fc.tuple(figure, figure)), {
      maxLength: 12,
    })
    fc.assert(
      fc.property(work, work, work, (before, one, other) => {
        const [nora, priya] = people(newCycle(fullPlan), 2) as [PersonAtWork, PersonAtWork]
        const run = (person: PersonAtWork, done: typeof one) => {
          for (const [act, figures] of done) acts[act]?.(person, figures)
        }
        run(nora, before)
        meet(nora, priya)
        run(nora, one)
        run(priya, other)
        meet(nora, priya)
        expect(priya.cycle()).toEqual(nora.cycle())
      }),
      { numRuns: 25 },
    )
  })

  it('keep both of two rows added at one place at one moment, and all words of both', () => {
    const [nora, priya] = people(newCycle(fullPlan), 2) as [PersonAtWork, PersonAtWork]
    for (const [person, word] of [
      [nora, 'Nora'],
      [priya, 'Priya'],
    ] as const) {
      const id = edits.addCycleRow(person.edit, person.doc, 'tasks')
      rowText(person.doc, 'tasks', id, 'what')?.insert(0, word)
      shortText(person.doc, 'site').insert(0, word)
    }
    meet(nora, priya)
    expect(
      nora
        .cycle()
        .tasks.map(({ what }) => what)
        .sort(),
    ).toEqual(['Call', 'Nora', 'Priya'])
    expect(nora.cycle().texts.site).toMatch(/^(NoraPriya|PriyaNora)Alder Creek$/)
  })
})
