import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { predictions } from '../../../shared/kinds/pdsa-cycle/canonical.ts'
import { readCycle } from '../../../shared/kinds/pdsa-cycle/model.ts'
import { readSealed } from '../../../shared/kinds/pdsa-cycle/sealed.ts'
import { cycleOf, documentId, firstQuestion, fullPlan, sealOfCycle, sha256 } from './cycles.ts'
import { newCycle, personAtWork } from './people.ts'

const withId = { ...fullPlan.questions[0] }

/** The canonical text with `#` for each question's id, which every document gives anew. */
const textOf = (seed: unknown): string => {
  const cycle = cycleOf(seed)
  return cycle.questions.reduce(
    (text, { id }, index) => text.replace(id, `#${index}`),
    predictions.text(cycle, documentId),
  )
}

describe('the canonical text', () => {
  it('is JSON with sorted keys and no spaces, of the questions and nothing else', () => {
    expect(textOf(fullPlan)).toBe(
      `{"cycle":"${documentId}","questions":[{"because":"Noon failed: people were at work.","confidence":60,"high":5,"id":"#0","low":3,"number":4,"prediction":"4 of 5","question":"Are they reached at 7:30?","unit":"families"}]}`,
    )
  })

  it('has null for numbers that are not given', () => {
    expect(textOf({ questions: [{ question: 'Why?' }] })).toBe(
      `{"cycle":"${documentId}","questions":[{"because":"","confidence":null,"high":null,"id":"#0","low":null,"number":null,"prediction":"","question":"Why?","unit":""}]}`,
    )
  })

  it('holds the questions in the order of the document, and leaves out those in which nothing is written', () => {
    const text = textOf({ questions: [{ question: 'B' }, {}, { question: 'A' }, { prediction: ['C'] }] })
    expect([...text.matchAll(/"id":"(#\d)"/g)].map(([, id]) => id)).toEqual(['#0', '#2', '#3'])
  })

  it('has the plain lines of rich text, joined by LF, whatever their form', () => {
    const text = textOf({
      questions: [
        {
          prediction: [
            { type: 'heading', level: 2, spans: [{ text: 'First', bold: true }] },
            { type: 'list', ordered: true, items: [['one'], ['two\nlines']] },
            { type: 'quote', blocks: ['said'] },
          ],
        },
      ],
    })
    expect(text).toContain(String.raw`"prediction":"First\none\ntwo\nlines\nsaid"`)
  })

  it('is the same whatever an editor adds at the end of a text', () => {
    const seed = (...more: string[]) => ({ questions: [{ ...withId, prediction: ['4 of 5', ...more] }] })
    expect(textOf(seed('', ' '))).toBe(textOf(seed()))
    expect(textOf(seed('or 5'))).not.toBe(textOf(seed()))
  })

  it('has one line end, however a text was written', () => {
    expect(textOf({ questions: [{ question: 'a\r\nb\rc' }] })).toContain(String.raw`"question":"a\nb\nc"`)
  })

  it('is the same for one word in two Unicode forms', () => {
    const word = fc.stringMatching(/^[éñüÅ한ﬁ가각ṩ a-z]{1,12}$/u)
    fc.assert(
      fc.property(word, word, (question, prediction) => {
        const seed = (form: 'NFC' | 'NFD') => ({
          questions: [{ question: question.normalize(form), prediction: [prediction.normalize(form)] }],
        })
        expect(textOf(seed('NFD'))).toBe(textOf(seed('NFC')))
      }),
      { numRuns: 20 },
    )
  })

  it('is stable: read from its own seal, the questions say the same', () => {
    const any = fc.record({
      question: fc.string({ maxLength: 8 }),
      prediction: fc.array(fc.string({ maxLength: 8 }), { maxLength: 2 }),
      number: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }), { nil: undefined }),
      confidence: fc.option(fc.double({ min: 0, max: 100, noNaN: true }), { nil: undefined }),
    })
    fc.assert(
      fc.property(fc.array(any, { maxLength: 3 }), (questions) => {
        const cycle = cycleOf({ questions })
        const seal = sealOfCycle(cycle)
        const sealed = [...readSealed(seal).values()].map((stated) => stated.sealed)
        const again = cycleOf({
          questions: sealed.map(({ id: _, prediction, because, ...said }) => ({
            ...said,
            prediction: prediction.split('\n'),
            because: because.split('\n'),
          })),
        })
        const ids = sealed.map(({ id }) => id)
        const text = again.questions.reduce(
          (json, { id }, index) => json.replace(id, ids[index] ?? ''),
          predictions.text(again, documentId),
        )
        expect(sha256(text)).toBe(seal.hash)
      }),
      { numRuns: 20 },
    )
  })

  it('is the same on the machines of two people who merged', () => {
    const doc = newCycle(fullPlan)
    const other = personAtWork(doc)
    expect(predictions.text(other.cycle(), documentId)).toBe(predictions.text(readCycle(doc), documentId))
  })

  it('says for which cycle it is, so that no seal fits another one', () => {
    const cycle = cycleOf(fullPlan)
    expect(predictions.text(cycle, 'another')).not.toBe(predictions.text(cycle, documentId))
  })
})

describe('the canonical text of one question', () => {
  it('is that question alone, in the same form', () => {
    const cycle = cycleOf(fullPlan)
    const { id } = firstQuestion(cycle)
    const whole = predictions.text(cycle, documentId)
    expect(predictions.partText(cycle, documentId, id)).toBe(
      whole.replace('"questions":[', '"question":').replace(/]}$/, '}'),
    )
  })

  it('is undefined for a question that is not there, or in which nothing is written', () => {
    const cycle = cycleOf({ questions: [{}] })
    expect(predictions.partText(cycle, documentId, firstQuestion(cycle).id)).toBeUndefined()
    expect(predictions.partText(cycle, documentId, 'none')).toBeUndefined()
  })
})
