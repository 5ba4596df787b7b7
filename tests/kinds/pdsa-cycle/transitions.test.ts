import { describe, expect, it } from 'vitest'
import type { Transition } from '../../../shared/kinds/kind.ts'
import { type Cycle, readCycle, readStageHint } from '../../../shared/kinds/pdsa-cycle/model.ts'
import { openedBy } from '../../../shared/kinds/pdsa-cycle/stages.ts'
import { cycleTransitions, opensNext } from '../../../shared/kinds/pdsa-cycle/transitions.ts'
import { cycleOf, documentId, fullPlan, fullStudy, planWith, recordsOf } from './cycles.ts'
import { newCycle } from './people.ts'

function step(name: string): Transition<Cycle> {
  const found = cycleTransitions[name]
  if (found === undefined) throw new Error(`There is no step ${name}.`)
  return found
}

const taken = { documentId, by: { id: 'nora', name: 'Nora' }, at: 0, day: '2024-11-04' }
const empty = cycleOf({})

/** What stands against a step, and whether it can be passed with a reason. */
const against = (name: string, cycle: Cycle): readonly (readonly [string | undefined, boolean])[] =>
  step(name)
    .problems(cycle, {}, { schoolDomains: [] })
    .map(({ part, mayGoOn }) => [part?.replace(/\/.*/, '/…'), mayGoOn ?? false])

describe('the steps of a cycle', () => {
  it.each([
    ['ready', ['draft'], 'ready'],
    ['to-draft', ['ready'], 'draft'],
    ['start-do', ['draft', 'ready'], 'doing'],
    ['finish-do', ['doing'], 'studying'],
    ['go-on-to-act', ['studying'], 'acted'],
    ['close', ['acted'], 'closed'],
    ['pause', ['draft', 'ready', 'doing', 'studying', 'acted'], 'paused'],
    ['stall', ['draft', 'ready', 'doing', 'studying', 'acted'], 'stalled'],
    ['reopen', ['closed'], 'acted'],
  ])('%s leads from %j to %s', (name, from, to) => {
    expect(step(name).from).toEqual(from)
    expect(step(name).to).toBe(to)
  })

  it('each writes a hint of its stage into the document', () => {
    for (const transition of Object.values(cycleTransitions)) {
      const doc = newCycle()
      transition.edit?.(doc, { ...taken, to: 'studying' })
      expect(readStageHint(doc)).toBe('studying')
    }
  })

  it('to stall and to open again need a reason, and nothing else does', () => {
    const needing = Object.entries(cycleTransitions).flatMap(([name, each]) =>
      each.needsReason ? [name] : [],
    )
    expect(needing).toEqual(['stall', 'reopen'])
  })

  it('to mark as ready, something must be asked', () => {
    expect(against('ready', empty)).toEqual([['questions', false]])
    expect(against('ready', cycleOf({ questions: [{ question: 'Why?' }] }))).toEqual([])
  })

  it('to start Do, the pre-flight must hold; the predictions are sealed and the day is written', () => {
    expect(against('start-do', planWith())).toEqual([])
    expect(against('start-do', empty)).toContainEqual(['questions', false])
    expect(against('start-do', planWith({ consulted: false }))).toEqual([['stakeholders', true]])
    expect(step('start-do').seals).toBe('predictions')
    const doc = newCycle(fullPlan)
    step('start-do').edit?.(doc, { ...taken, to: 'doing' })
    expect(readStageHint(doc)).toBe('doing')
    expect(readCycle(doc).started).toBe('2024-11-04')
  })

  it('to finish Do, it is asked how it went and what was seen; the day is written', () => {
    expect(against('finish-do', empty)).toEqual([
      ['carriedOut', true],
      ['observations', true],
    ])
    expect(against('finish-do', planWith({ carriedOut: 'partly', observations: [{ text: 'x' }] }))).toEqual([
      ['deviations', true],
    ])
    expect(against('finish-do', planWith({ carriedOut: 'yes', points: [{ value: 0 }] }))).toEqual([])
    const doc = newCycle(fullPlan)
    step('finish-do').edit?.(doc, { ...taken, to: 'studying' })
    expect(readCycle(doc).ended).toBe('2024-11-04')
  })

  it('to go on to Act, each question has a verdict', () => {
    const questions = [{ question: 'A', verdict: 'worse' }, { question: 'B' }, {}]
    const learned = { learned: ['Mornings work.'] }
    expect(against('go-on-to-act', planWith({ questions, rich: learned }))).toEqual([['verdict/…', false]])
    expect(against('go-on-to-act', planWith({ questions: questions.slice(0, 1) }))).toEqual([
      ['learned', true],
    ])
    expect(against('go-on-to-act', planWith({ questions: questions.slice(0, 1), rich: learned }))).toEqual([])
  })
})

describe('closing', () => {
  const theory = { theory: 'leave' }
  const written = ['Words.']

  it.each([
    [
      {},
      [
        ['decision', false],
        ['theory', false],
      ],
    ],
    [{ decision: 'adapt', ...theory }, [['changes', true]]],
    [{ decision: 'adapt', ...theory, rich: { changes: written } }, []],
    [
      { decision: 'adopt', ...theory },
      [
        ['holdOwner', true],
        ['standard', true],
        ['training', true],
        ['holdMeasure', true],
      ],
    ],
    [
      {
        decision: 'adopt',
        ...theory,
        texts: { holdOwner: 'Nora', holdMeasure: 'M1' },
        rich: { standard: written, training: written },
      },
      [],
    ],
    [
      { decision: 'abandon', ...theory },
      [
        ['abandonReason', true],
        ['changeOurMind', true],
      ],
    ],
    [{ decision: 'abandon', ...theory, rich: { abandonReason: written, changeOurMind: written } }, []],
  ])('with %j asks for %j', (changes, problems) => {
    expect(against('close', planWith(changes))).toEqual(problems)
  })

  const adapted = { decision: 'adapt', rich: { changes: written, learned: ['Mornings work.'] } }

  it.each([
    ['without a link', { theory: 'strengthen' }],
    ['with the link of another idea', { theory: 'strengthen', theoryLink: 'C2>S1' }],
    ['with half a link', { theory: 'weaken', theoryLink: 'C1>' }],
    ['to redraw to nowhere', { theory: 'redraw', theoryLink: 'C1>S1' }],
    ['to redraw to where it leads', { theory: 'redraw', theoryLink: 'C1>S1', theoryTo: 'S1' }],
    ['without an idea', { theory: 'weaken', theoryLink: 'C1>S1', idea: undefined }],
  ])('refuses a theory %s', (_, said) => {
    expect(against('close', planWith({ ...adapted, ...said }))).toEqual([['theory', false]])
  })

  it.each(['strengthen', 'weaken', 'redraw'])(
    'asks the diagram to %s the link, with the cycle as evidence',
    (change) => {
      const cycle = planWith({ ...adapted, theory: change, theoryLink: 'C1>S1', theoryTo: 'S2' })
      expect(against('close', cycle)).toEqual([])
      expect(step('close').asks?.(cycle, {}, taken)).toEqual([
        {
          documentId: 'diagram',
          action: 'revise-link',
          args: {
            link: 'C1>S1',
            change,
            ...(change === 'redraw' ? { to: 'S2' } : {}),
            cycle: documentId,
            why: 'Mornings work.',
            label: 'Cycle 2, 1 nurse, 5 families',
          },
        },
      ])
    },
  )

  it('gives the reason that was written for the theory rather than what was learned', () => {
    const cycle = planWith({ ...fullStudy, rich: { theoryWhy: ['4 of 5.'], learned: ['Mornings work.'] } })
    expect(step('close').asks?.(cycle, {}, taken)).toMatchObject([{ args: { why: '4 of 5.' } }])
  })

  it('asks nothing where the link is left', () => {
    expect(step('close').asks?.(planWith({ theory: 'leave', theoryLink: 'C1>S1' }), {}, taken)).toEqual([])
    expect(step('close').asks?.(planWith(), {}, taken)).toEqual([])
  })

  it.each([
    ['adapt', undefined, true],
    ['adapt', true, true],
    ['adopt', true, true],
    ['adopt', undefined, false],
    ['abandon', true, false],
    [undefined, true, false],
  ])('to %s, expand %s: opens the next cycle is %s', (decision, expand, opens) => {
    const cycle = planWith({ decision, expand })
    expect(opensNext(cycle, {})).toBe(opens)
    expect(step('close').opens?.(cycle, {}, taken)).toHaveLength(opens ? 1 : 0)
  })

  it('opens it once, whatever the document says of what it opened', () => {
    const doc = newCycle({ ...fullPlan, ...fullStudy })
    doc.getMap('cycle').set('next', 'made-up')
    const cycle = readCycle(doc)
    expect(step('close').opens?.(cycle, {}, taken)).toHaveLength(1)
    const { transitions = [] } = recordsOf(['acted', 'closed', 'acted'])
    const records = {
      transitions: transitions.map((each) =>
        each.to === 'closed' ? { ...each, opened: ['next-one'] } : each,
      ),
    }
    expect(openedBy(records)).toBe('next-one')
    expect(step('close').opens?.(cycle, records, taken)).toEqual([])
  })
})

describe('going on after a pause', () => {
  const to = step('resume').to
  const back = (...path: Parameters<typeof recordsOf>[0]) =>
    typeof to === 'function' ? to(recordsOf(path)) : to

  it.each([
    [['paused'], 'draft'],
    [['ready', 'stalled'], 'ready'],
    [['ready', 'doing', 'paused'], 'doing'],
    [['ready', 'doing', 'paused', 'doing', 'studying', 'stalled'], 'studying'],
    [['doing', 'studying', 'acted', 'stalled'], 'acted'],
    [['doing', 'paused', 'stalled'], 'doing'],
    [[], 'draft'],
  ] as const)('after %j it stands in %s again', (path, stage) => {
    expect(back(...path)).toBe(stage)
  })

  it('does not believe rows that name an unknown stage', () => {
    const records = recordsOf(['doing', 'paused'])
    const strange = records.transitions?.map((change) => ({ ...change, from: 'nowhere' })) ?? []
    expect(typeof to === 'function' && to({ ...records, transitions: strange })).toBe('draft')
  })
})
