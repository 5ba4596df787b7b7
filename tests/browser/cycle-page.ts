import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { launchBrowser, type TestBrowser, type WindowOptions } from '../support/browser.ts'
import { expectOk, type FirstPerson, type TestPerson } from '../support/people.ts'
import { type Program, startProgram } from '../support/program.ts'

/** The built program, a browser, and a team of two whose diagram holds one idea that leads to one driver. */
export interface CycleStory {
  readonly program: Program
  readonly browser: TestBrowser
  readonly imani: FirstPerson
  /** The team's lead, and a member of it. */
  readonly hank: TestPerson
  readonly nora: TestPerson
  /** The team's own diagram: `calls>contact`. */
  readonly diagram: string
  /** Starts a diagram of the network with the same idea: those of the team may comment on it, not edit it. */
  networkDiagram(): Promise<string>
  /** Starts a cycle of the team on an idea, with what its plan holds already. */
  start(plan?: object, on?: { readonly documentId: string; readonly part: string }): Promise<string>
  /** Takes steps as the lead, without a page. */
  take(documentId: string, ...steps: readonly string[]): Promise<void>
  open(person: TestPerson, documentId: string, options?: WindowOptions): Promise<Page>
  /** What the server holds of a document. */
  content(documentId: string): Promise<Content>
  close(): Promise<void>
}

export interface Content {
  // Of whatever kind the document is; each test looks at what it knows to be there.
  readonly model: Readonly<Record<string, unknown>>
  readonly records: Readonly<Record<string, unknown>>
}

/** A plan to which nothing but numbers is left to say. */
export const plan = {
  texts: {
    scale: 'grade 6, 171 students',
    measure: 'Absences that are followed by another within ten days',
    site: 'Eastfield Middle',
    testers: 'Hank Sorensen',
  },
  rich: {
    objective: ['Find out whether the call still works when the counselor makes it.'],
    actions: ['The counselor texts at 7:15 and, without an answer, calls at 7:30.'],
  },
  questions: [
    {
      question: 'How many students miss school again within ten days?',
      because: ['Families answer a person whom they have met.'],
      unit: '%',
      answerKind: 'both',
    },
  ],
  tasks: [{ what: 'Text, then call', who: 'Grade 6 counselor', when: 'Daily, 7:15', where: 'Office' }],
}

/** A cycle to which only a decision is left to take. */
export const studied = {
  ...plan,
  rich: { ...plan.rich, learned: ['It helps less with families who have never met the caller.'] },
  questions: plan.questions.map((question) => ({
    ...question,
    number: 28,
    resultNumber: 33,
    verdict: 'worse',
  })),
}

export async function openCycleStory(): Promise<CycleStory> {
  const program = await startProgram()
  const browser = await launchBrowser()
  const imani = await program.setup()
  const { id: team } = await ask(imani, `/api/networks/${imani.networkId}/teams`, { name: 'Eastfield' })
  const hank = await program.person('Hank Sorensen', 'lead', { team })
  const nora = await program.person('Nora Lindqvist', 'member', { team })
  const documents = `/api/networks/${imani.networkId}/documents`

  /** Drivers, and the idea `calls` that leads to the first of them. */
  async function startDiagram(person: TestPerson, of?: string): Promise<string> {
    const place = of === undefined ? {} : { team: of }
    const json = { kind: 'driver-diagram', title: 'Fewer missed school days', content: drivers, ...place }
    const { id } = await ask(person, documents, json)
    const { cards } = (await contentOf(person, id)).model as { cards: readonly Card[] }
    const under = cards.find(({ title }) => title === 'Welcoming contact')?.id
    const args = { id: 'calls', title: 'Nurse calls home on day 2', under }
    await ask(person, `/api/documents/${id}/actions`, { name: 'add-idea', args })
    return id
  }

  const diagram = await startDiagram(hank, team)
  return {
    program,
    browser,
    imani,
    hank,
    nora,
    diagram,
    async start(content = plan, on = { documentId: diagram, part: 'calls' }) {
      const json = { kind: 'pdsa-cycle', title: 'Does it work with a counselor?', team, on, content }
      return (await ask(hank, documents, json)).id
    },
    async networkDiagram() {
      const id = await startDiagram(imani)
      await expectOk(await imani.fetch(`/api/documents/${id}`, { method: 'PUT', json: { shared: true } }))
      return id
    },
    async take(id, ...steps) {
      for (const name of steps) {
        const json = { name, goOn: true, reason: 'The test begins here.' }
        await expectOk(await hank.fetch(`/api/documents/${id}/transitions`, { json }))
      }
    },
    async open(person, documentId, options) {
      const page = await browser.open(program, `/documents/${documentId}`, person, options)
      await page.locator('.cycle-page').waitFor()
      return page
    },
    content: (id) => contentOf(hank, id),
    async close() {
      await browser.close()
      await program.close()
    },
  }
}

interface Card {
  readonly id: string
  readonly title: string
}

const drivers = {
  cards: [
    { column: 'primary', title: 'Welcoming contact' },
    { column: 'primary', title: 'Practical barriers' },
  ],
}

async function ask(person: TestPerson, path: string, json: object): Promise<{ id: string }> {
  return (await expectOk(await person.fetch(path, { json }))) as { id: string }
}

async function contentOf(person: TestPerson, id: string): Promise<Content> {
  return (await expectOk(await person.fetch(`/api/documents/${id}/content`))) as Content
}

/** Writes into a long text. */
export async function write(page: Page, label: string, words: string): Promise<void> {
  await page.getByRole('textbox', { name: label, exact: true }).click()
  await page.locator('.rich-text-content:focus').waitFor()
  await page.keyboard.type(words)
}

/** Writes a number and leaves its field. */
export async function fill(page: Page, label: string, value: number): Promise<void> {
  const number = page.getByRole('textbox', { name: label, exact: true })
  await number.fill(String(value))
  await number.press('Enter')
}

export const choose = (page: Page, group: string, choice: string | RegExp): Promise<void> =>
  page.getByRole('radiogroup', { name: group }).getByRole('radio', { name: choice }).click()

/** The heading of the stage in which the page says that the cycle stands. */
export const expectStage = (page: Page, stage: 'Plan' | 'Do' | 'Study' | 'Act'): Promise<void> =>
  expect
    .poll(() => page.getByRole('navigation', { name: 'Stages' }).locator('[aria-current="step"]').innerText())
    .toBe(stage)
