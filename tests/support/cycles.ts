import type { TransitionAnswer } from '#shared/document.ts'
import type { ErrorBody } from '#shared/errors.ts'
import type { Records } from '#shared/records.ts'
import { expectOk, type TestPerson } from './server.ts'

/** A change idea on a diagram, for cycles to test. */
export interface TestIdea {
  readonly diagram: string
  readonly idea: string
  /** The driver that it leads to. */
  readonly driver: string
  /** Another driver that it could lead to. */
  readonly otherDriver: string
  readonly link: string
}

interface Card {
  readonly id: string
  readonly title: string
}

/** Starts a diagram with one change idea; a shared one unless it is to stay a draft. */
export async function startIdea(
  person: TestPerson,
  networkId: string,
  { team, draft }: { team?: string; draft?: true } = {},
): Promise<TestIdea> {
  const cards = [
    { id: 'P1', column: 'primary', title: 'Health' },
    { id: 'S1', column: 'secondary', title: 'Reach families', leadsTo: ['P1'] },
    { id: 'S2', column: 'secondary', title: 'Rides', leadsTo: ['P1'] },
    { id: 'C1', column: 'idea', title: 'Nurse calls home', leadsTo: ['S1'] },
  ]
  const diagram = await start(person, networkId, {
    kind: 'driver-diagram',
    title: 'Fewer missed days',
    content: { cards },
    team,
  })
  if (!draft) await share(person, diagram)
  const { model } = await contentFor<{ cards: readonly Card[] }>(person, diagram)
  const idOf = (title: string) => model.cards.find((card) => card.title === title)?.id ?? ''
  const [idea, driver, otherDriver] = [idOf('Nurse calls home'), idOf('Reach families'), idOf('Rides')]
  return { diagram, idea, driver, otherDriver, link: `${idea}>${driver}` }
}

/** A plan in which nothing is missing before Do, and what happened then, to the end: every step can be taken. */
export const wholeCycle = {
  cycleKind: 'test',
  scaleStep: 'one',
  belief: 'low',
  failureCost: 'cheap',
  readiness: 'strong',
  consulted: true,
  carriedOut: 'yes',
  decision: 'abandon',
  theory: 'leave',
  texts: { scale: '1 nurse, 3 families', measure: 'families reached by phone' },
  rich: {
    objective: ['Find out whether families can be reached on day 2.'],
    learned: ['Nobody answers at noon.'],
    changes: ['Call at 7:30.'],
    abandonReason: ['Nobody answers.'],
    changeOurMind: ['Another hour of the day.'],
  },
  questions: [
    {
      question: 'Do we reach them the same day?',
      prediction: ['2 of 3', 'the third one works nights'],
      because: ['Most have a cell phone.'],
      number: 2,
      low: 1,
      high: 3,
      unit: 'of 3 families',
      confidence: 70,
      resultNumber: 1,
      verdict: 'worse',
    },
  ],
  tasks: [{ what: 'Call', who: 'Nora', when: 'daily, noon', where: 'nurse’s office' }],
} as const

/** Starts a cycle on a change idea, with `content` (the whole one unless another is given); shared unless it is a draft. */
export async function startCycle(
  person: TestPerson,
  networkId: string,
  { diagram, idea }: TestIdea,
  { team, draft, content = wholeCycle }: { team?: string; draft?: true; content?: object } = {},
): Promise<string> {
  const id = await start(person, networkId, {
    kind: 'pdsa-cycle',
    title: 'Nurse calls home, cycle 1',
    content: { ...content, idea: { documentId: diagram, part: idea } },
    team,
  })
  if (!draft) await share(person, id)
  return id
}

async function start(person: TestPerson, networkId: string, json: object): Promise<string> {
  const answer = await person.fetch(`/api/networks/${networkId}/documents`, { json })
  return ((await expectOk(answer)) as { id: string }).id
}

/** Of those who cannot open the draft that they started, it is shared already. */
async function share(person: TestPerson, id: string): Promise<void> {
  await expectOk(await person.fetch(`/api/documents/${id}`, { method: 'PUT', json: { shared: true } }))
}

/** Asks for a step, as the page does. */
export const askStep = (person: TestPerson, id: string, name: string, more: object = {}): Promise<Response> =>
  person.fetch(`/api/documents/${id}/transitions`, { json: { name, ...more } })

/** Takes a step that nothing stands against. */
export const step = async (
  person: TestPerson,
  id: string,
  name: string,
  more: object = {},
): Promise<TransitionAnswer> => (await expectOk(await askStep(person, id, name, more))) as TransitionAnswer

/** Takes the steps that lead from a new cycle to `stage`. */
export async function stepsTo(
  person: TestPerson,
  id: string,
  stage: 'doing' | 'studying' | 'acted' | 'closed',
): Promise<TransitionAnswer> {
  const way = ['start-do', 'finish-do', 'go-on-to-act', 'close']
  const steps = way.slice(0, ['doing', 'studying', 'acted', 'closed'].indexOf(stage) + 1)
  let last: TransitionAnswer | undefined
  for (const name of steps) last = await step(person, id, name, { goOn: true, reason: 'It is only a test.' })
  if (last === undefined) throw new Error('There is no way to that stage')
  return last
}

export const contentFor = async <Model = unknown>(
  person: TestPerson,
  id: string,
): Promise<{ readonly model: Model; readonly records: Records }> =>
  (await expectOk(await person.fetch(`/api/documents/${id}/content`))) as {
    readonly model: Model
    readonly records: Records
  }

export async function recordsFor(person: TestPerson, id: string): Promise<Records> {
  const answer = await person.fetch(`/api/documents/${id}/records`)
  return ((await expectOk(answer)) as { records: Records }).records
}

/** What an answer that is no success says, with its status. */
export async function refusal(answer: Response): Promise<{ readonly status: number } & ErrorBody['error']> {
  const { error } = (await answer.json()) as ErrorBody
  return { status: answer.status, ...error }
}
