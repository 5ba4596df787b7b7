import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  answerKinds,
  type Cycle,
  choices,
  days,
  percents,
  questionNumbers,
  questionRichFields,
  readCycle,
  richFields,
  shortFields,
  ticks,
  verdicts,
} from '../../../shared/kinds/pdsa-cycle/model.ts'
import { parseSeed } from '../../../shared/kinds/pdsa-cycle/seed.ts'
import { newCycle } from './people.ts'

/** A cycle without ids and order keys, which a document gives anew. */
const withoutIds = (cycle: Cycle): unknown =>
  JSON.parse(JSON.stringify(cycle, (key, value: unknown) => (key === 'id' || key === 'order' ? '' : value)))

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const text = fc.string({ unit: 'grapheme', maxLength: 12 })
const finite = fc.double({ noNaN: true, noDefaultInfinity: true })
const percent = fc.double({ min: 0, max: 100, noNaN: true })
const date = fc.constantFrom('2025-12-01', '2025-12', '1999-01-31')
const blocks = fc.array(
  fc.oneof(
    text,
    fc.record({ type: fc.constant('code'), text }),
    fc.record({ type: fc.constant('rule') }),
    fc.record({
      type: fc.constant('list'),
      ordered: fc.boolean(),
      items: fc.array(fc.array(text, { maxLength: 2 }), { maxLength: 2 }),
    }),
    fc.record({
      type: fc.constant('paragraph'),
      spans: fc.array(fc.record({ text, bold: fc.constant(true) }), { maxLength: 2 }),
    }),
  ),
  { maxLength: 3 },
)
const each = <T>(names: readonly string[], arbitrary: fc.Arbitrary<T>) =>
  fc.record(Object.fromEntries(names.map((name) => [name, arbitrary])), { requiredKeys: [] })
const rows = <T>(arbitrary: fc.Arbitrary<T>) => fc.array(arbitrary, { maxLength: 3 })

const anySeed = fc
  .tuple(
    fc.record(
      {
        idea: fc.constant({ documentId: 'diagram', part: 'C1' }),
        clonedFrom: fc.record({ documentId: fc.constant('other'), title: text, team: maybe(text) }),
        continues: fc.constant('before'),
        number: fc.integer({ min: 1, max: 99 }),
        theoryLink: fc.constant('C1>S1'),
        texts: each(shortFields, text),
        rich: each(richFields, blocks),
        questions: rows(
          fc
            .tuple(
              each(['question', 'unit'], text),
              each(questionRichFields, blocks),
              each(
                questionNumbers.filter((name) => name !== 'confidence'),
                finite,
              ),
              fc.record({
                confidence: maybe(percent),
                answerKind: maybe(fc.constantFrom(...answerKinds)),
                verdict: maybe(fc.constantFrom(...verdicts)),
                forecast: maybe(fc.boolean()),
              }),
            )
            .map((parts) => Object.assign({}, ...parts)),
        ),
        tasks: rows(each(['what', 'who', 'when', 'where'], text)),
        data: rows(each(['measure', 'who', 'when', 'where', 'how'], text)),
        observations: rows(fc.record({ text, at: maybe(finite), unexpected: maybe(fc.boolean()) })),
        points: rows(fc.record({ date: maybe(date), value: maybe(finite), note: text })),
      },
      { requiredKeys: [] },
    ),
    fc.record(
      Object.fromEntries(
        Object.entries(choices).map(([name, known]) => [
          name,
          fc.constantFrom(...(known as readonly string[])),
        ]),
      ),
      { requiredKeys: [] },
    ),
    each(ticks, fc.boolean()),
    each(days, date),
    each(percents, percent),
  )
  .map((parts): unknown => Object.assign({}, ...parts))

describe('a cycle as a file', () => {
  it('is in the document as it was written: read(fill(seed)) is the seed', () => {
    fc.assert(
      fc.property(anySeed, (json) => {
        const seed = parseSeed(json)
        expect(withoutIds(readCycle(newCycle(json)))).toEqual(withoutIds(seed))
      }),
      { numRuns: 30 },
    )
  })

  it('is read back from an export, which has the model’s own form', () => {
    fc.assert(
      fc.property(anySeed, (json) => {
        const read = readCycle(newCycle(json))
        const again = readCycle(newCycle(JSON.parse(JSON.stringify(read))))
        expect(withoutIds(again)).toEqual(withoutIds(read))
      }),
      { numRuns: 15 },
    )
  })

  it('keeps rows in the order of the file', () => {
    const questions = Array.from({ length: 12 }, (_, index) => ({ question: `${index}` }))
    expect(readCycle(newCycle({ questions })).questions.map(({ question }) => question)).toEqual(
      questions.map(({ question }) => question),
    )
  })

  it.each([
    [[], 'The content is an object'],
    [{ colour: 1 }, 'The content has no colour; it may have: idea'],
    [{ number: 0 }, 'number is a whole number from 1 on'],
    [{ number: 1.5 }, 'number is a whole number from 1 on'],
    [{ idea: { documentId: 'a' } }, 'idea.part is a text that is not empty'],
    [{ idea: 'C1' }, 'idea is an object'],
    [{ scaleStep: 'two' }, 'scaleStep is one of: one, three, five, all, others, network'],
    [{ consulted: 'yes' }, 'consulted is true or false'],
    [{ start: 'Monday' }, 'start is a month such as 2025-12 or a day such as 2025-12-31'],
    [{ sureAfter: 101 }, 'sureAfter is a number from 0 to 100'],
    [{ texts: { color: '' } }, 'texts has no color; it may have: scale'],
    [{ texts: { scale: 5 } }, 'texts.scale is a text'],
    [{ rich: { objective: 'words' } }, 'rich.objective is a list of blocks'],
    [{ questions: {} }, 'questions is a list'],
    [{ questions: [{}, { number: '4' }] }, 'questions[1].number is a number'],
    [{ questions: [{ confidence: -1 }] }, 'questions[0].confidence is a number from 0 to 100'],
    [
      { questions: [{ verdict: 'fine' }] },
      'questions[0].verdict is one of: matched, better, worse, cannot-tell',
    ],
    [{ questions: [{ prediction: [7] }] }, 'questions[0].prediction[0] is a text or an object with a type'],
    [{ tasks: [{ whom: '' }] }, 'tasks[0] has no whom; it may have: id, order, what, who, when, where, done'],
    [{ observations: [{ at: 'noon' }] }, 'observations[0].at is a number'],
    [{ points: [{ date: '1 May' }] }, 'points[0].date is a month'],
    [{ data: Array.from({ length: 501 }, () => ({})) }, 'data has at most 500 entries'],
    [{ texts: { scale: 'x'.repeat(20_001) } }, 'texts.scale has at most 20000 characters'],
    [{ rich: { objective: Array.from({ length: 10_001 }, () => 'x') } }, 'The content has too much in it'],
  ])('refuses %j', (content, sentence) => {
    expect(() => parseSeed(content)).toThrow(sentence)
  })
})
