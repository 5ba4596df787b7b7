import { describe, expect, it } from 'vitest'
import { type CheckName, preflight, preflightChecks } from '../../../shared/kinds/pdsa-cycle/preflight.ts'
import { checkSize, testSizeOf } from '../../../shared/kinds/pdsa-cycle/test-size.ts'
import { cycleOf, firstQuestion, fullPlan, planWith } from './cycles.ts'

const question = fullPlan.questions[0]

const problemsOf = (name: CheckName, ...args: Parameters<typeof planWith>) =>
  preflightChecks(planWith(...args)).find((check) => check.name === name)?.problems ?? []

describe('the pre-flight', () => {
  it('has nothing against a full plan', () => {
    expect(preflight(planWith())).toEqual([])
  })

  it('names everything that a new cycle has not yet, each with its place; all but the question can be passed', () => {
    const problems = preflight(cycleOf({ questions: [{}], tasks: [{}], data: [{}] }))
    expect(problems.map(({ part, mayGoOn }) => [part, mayGoOn ?? false])).toEqual([
      ['idea', true],
      ['questions', false],
      ['measure', true],
      ['tasks', true],
      ['scale', true],
      ['stakeholders', true],
    ])
    for (const { message } of problems) expect(message).toMatch(/^[A-Z].+\.$/)
  })

  it('lets nobody begin with a plan that asks nothing', () => {
    expect(problemsOf('predictions', { questions: [] })).toMatchObject([{ part: 'questions' }])
    const [problem] = problemsOf('predictions', { questions: [{ prediction: ['4 of 5'] }] })
    expect(problem?.mayGoOn).toBeUndefined()
  })

  it('names each question without a prediction', () => {
    const cycle = planWith({
      questions: [question, { question: 'Do they call back?' }, { question: 'When?', confidence: 80 }, {}],
    })
    const [, second, third] = cycle.questions
    expect(preflight(cycle)).toEqual([
      {
        message: '“Do they call back?” has no prediction yet.',
        part: `question/${second?.id}`,
        mayGoOn: true,
      },
      { message: '“When?” has no prediction yet.', part: `question/${third?.id}`, mayGoOn: true },
    ])
  })

  it.each([{ prediction: ['4 of 5'] }, { number: 0 }, { low: 3 }, { high: 5 }])(
    'counts as a prediction: %j',
    (prediction) => {
      expect(problemsOf('predictions', { questions: [{ question: 'Q', ...prediction }] })).toEqual([])
    },
  )

  it('names a prediction without a question beside one that is asked', () => {
    expect(problemsOf('predictions', { questions: [question, { number: 4 }] })).toMatchObject([
      { message: 'A prediction has no question yet.', mayGoOn: true },
    ])
  })

  it('wants a measure in the plan or in the data plan', () => {
    const data = { who: 'Nora', when: 'daily', where: 'log' }
    expect(problemsOf('measure', { texts: { measure: ' ' }, data: [] })).toHaveLength(1)
    expect(problemsOf('measure', { texts: { measure: '' }, data: [{ ...data, measure: 'calls' }] })).toEqual(
      [],
    )
    expect(problemsOf('measure', { data: [] })).toEqual([])
  })

  it.each([
    [[], 'Say who does what, when and where.'],
    [[{}], 'Say who does what, when and where.'],
    [[{ what: 'Call' }], 'The step “Call” does not say who, when and where.'],
    [[{ what: 'Call', who: 'Nora', when: 'daily', where: ' ' }], 'The step “Call” does not say where.'],
    [[{ who: 'Nora' }], 'A step does not say what, when and where.'],
  ])('looks at the steps %j', (tasks, message) => {
    expect(problemsOf('complete', { tasks })).toEqual([{ message, part: 'tasks', mayGoOn: true }])
  })

  it('passes over an empty row beside full ones', () => {
    expect(problemsOf('complete', { tasks: [...fullPlan.tasks, {}], data: [...fullPlan.data, {}] })).toEqual(
      [],
    )
  })

  it.each([
    [{ measure: 'calls' }, '“calls” in the data plan does not say who, when and where.'],
    [
      { how: 'tally', who: 'Nora', when: 'daily', where: 'log' },
      'A row of the data plan does not say what is counted.',
    ],
  ])('looks at the data plan %j', (row, message) => {
    expect(problemsOf('complete', { data: [row] })).toEqual([{ message, part: 'measure', mayGoOn: true }])
  })

  it('says what the size of a test depends on until it is said', () => {
    expect(problemsOf('size', { belief: undefined, readiness: undefined })).toMatchObject([
      {
        message:
          'Say how sure you are that the change works and how ready people are: how large a test may be depends on it.',
        part: 'scale',
      },
    ])
  })

  it('says how large a test may be where it is larger', () => {
    const [problem] = problemsOf('size', { scaleStep: 'all', readiness: 'strong' })
    expect(problem?.message).toContain('at most 3 students or 1 class')
    expect(problemsOf('size', { scaleStep: 'three', readiness: 'strong' })).toEqual([])
  })

  it('wants those whom it touches to be asked', () => {
    expect(problemsOf('consulted', { consulted: false })).toMatchObject([
      { part: 'stakeholders', mayGoOn: true },
    ])
  })

  it('names where something looks as if it identified a student, and as what', () => {
    const cycle = planWith({
      texts: { testPopulation: 'Ana, DOB 3/4/2015' },
      tasks: [{ ...fullPlan.tasks[0], what: 'Call about student ID 20193344' }],
      questions: [{ ...question, because: ['born 2014-05-06'] }],
    })
    const { id } = firstQuestion(cycle)
    expect(preflight(cycle).map(({ part }) => part)).toEqual(['scale', `question/${id}`, 'tasks'])
    expect(preflight(cycle)[0]?.message).toMatch(/^Those in this test: this looks like a date of birth\./)
  })

  it('knows a date of birth without a planned day, too', () => {
    const plan = { start: undefined, plannedEnd: undefined, rich: { harm: ['Ana, DOB 3/4/2015'] } }
    expect(problemsOf('identifiers', plan)).toHaveLength(1)
  })

  it('knows addresses of students where it is told their domains', () => {
    const cycle = planWith({ texts: { testers: 'ana@students.ridgeway.example' } })
    expect(preflight(cycle)).toEqual([])
    expect(preflight(cycle, ['students.ridgeway.example'])).toHaveLength(1)
  })
})

describe('the guide to the size of a test', () => {
  it.each([
    ['low', 'costly', 'none', 'very-small'],
    ['low', 'costly', 'some', 'very-small'],
    ['low', 'costly', 'strong', 'very-small'],
    ['low', 'cheap', 'none', 'very-small'],
    ['low', 'cheap', 'some', 'very-small'],
    ['low', 'cheap', 'strong', 'small'],
    ['high', 'costly', 'none', 'very-small'],
    ['high', 'costly', 'some', 'small'],
    ['high', 'costly', 'strong', 'large'],
    ['high', 'cheap', 'none', 'small'],
    ['high', 'cheap', 'some', 'large'],
    ['high', 'cheap', 'strong', 'implement'],
  ] as const)('%s confidence, failure %s, readiness %s: %s', (belief, failureCost, readiness, size) => {
    expect(testSizeOf({ belief, failureCost, readiness })).toBe(size)
  })

  it.each([
    ['one', 'none', true],
    ['three', 'none', true],
    ['five', 'none', false],
    ['five', 'some', true],
    ['all', 'some', false],
    ['all', 'strong', true],
    ['network', 'strong', true],
  ] as const)('a test of %s with readiness %s: small enough is %s', (scaleStep, readiness, isSmallEnough) => {
    const cycle = planWith({ belief: 'high', failureCost: 'cheap', readiness, scaleStep })
    expect(checkSize(cycle)?.isSmallEnough).toBe(isSmallEnough)
  })
})
