import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import * as Y from 'yjs'
import { editLive, readThroughSocket } from '../support/live-edit.ts'
import { buildOldBundle, type Older } from '../support/old-bundle.ts'
import { card, type DiagramTest, expectSaved, modelOf, openDiagramTest } from './diagram-page.ts'

/** A program that knows neither lines across a text nor who owns a card. */
const lessKnown: readonly Older[] = [
  {
    file: 'client/editor/rich-text-schema.ts',
    now: 'strike: false,',
    before: 'strike: false, horizontalRule: false,',
  },
  {
    file: 'shared/kinds/driver-diagram/model.ts',
    now: "const owner = textOf(map.get('owner'))",
    before: 'const owner = undefined as string | undefined',
  },
]
const lowerSchema: Older = {
  file: 'shared/kinds/driver-diagram/index.ts',
  now: 'schema: 1,',
  before: 'schema: 0,',
}

const folder = mkdtempSync(join(tmpdir(), 'throughline-old-'))
let sameNumber: DiagramTest
let lowerNumber: DiagramTest

beforeAll(async () => {
  await buildOldBundle(join(folder, 'same'), lessKnown)
  await buildOldBundle(join(folder, 'lower'), [...lessKnown, lowerSchema])
  sameNumber = await openDiagramTest({ pagesFolder: join(folder, 'same') })
  lowerNumber = await openDiagramTest({ pagesFolder: join(folder, 'lower') })
}, 120_000)
afterEach(async () => {
  await sameNumber.browser.closeWindows()
  await lowerNumber.browser.closeWindows()
})
afterAll(async () => {
  await sameNumber.close()
  await lowerNumber.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A diagram with a card that has an owner, and notes with a line across them. */
async function start(test: DiagramTest): Promise<{ readonly id: string; readonly notes: string }> {
  const id = await test.start({
    cards: [{ id: 'P1', column: 'primary', title: 'Health needs found early', owner: 'Nora Lindqvist' }],
  })
  const { cards } = await modelOf(test, id)
  const notes = `notes/${cards.find(({ column }) => column === 'primary')?.id}`
  await editLive(test.server, test.coordinator, id, (doc) => {
    const paragraph = new Y.XmlElement('paragraph')
    paragraph.insert(0, [new Y.XmlText('Before the line')])
    doc.getXmlFragment(notes).insert(0, [paragraph])
  })
  return { id, notes }
}

const addLine = (test: DiagramTest, id: string, notes: string) =>
  editLive(test.server, test.coordinator, id, (doc) => {
    const fragment = doc.getXmlFragment(notes)
    fragment.insert(fragment.length, [new Y.XmlElement('horizontalRule')])
  })

const notesNow = async (test: DiagramTest, id: string, notes: string): Promise<string> =>
  (await readThroughSocket(test.server, test.coordinator, id)).getXmlFragment(notes).toString()

async function openNotes(page: Page): Promise<void> {
  await card(page, 'Health needs').click()
  await page.locator('.panel').waitFor()
}

it('[I6] an older program deletes nothing that it does not know: neither a field of a card nor a part of a text', async () => {
  const test = sameNumber
  const { id, notes } = await start(test)
  const page = await test.open(test.coordinator, id)
  await openNotes(page)
  const editor = page.getByRole('textbox', { name: 'Notes of this card' })
  await page.locator('.panel').getByRole('button', { name: 'Edit' }).click()
  await editor.press('Control+End')
  await editor.pressSequentially(', and more')
  await expectSaved(page)
  expect(await notesNow(test, id, notes)).toContain('Before the line, and more')

  // A colleague with the newer program draws a line while the notes are open: the editor lets go of them.
  await addLine(test, id, notes)
  await editor.waitFor({ state: 'detached' })
  await card(page, 'Health needs').dblclick()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(' and met')
  await expectSaved(page)
  expect(await notesNow(test, id, notes)).toContain('horizontalrule')
  expect(await notesNow(test, id, notes)).toContain('Before the line, and more')
  const { cards } = await modelOf(test, id)
  expect(cards.find(({ column }) => column === 'primary')).toMatchObject({
    title: 'Health needs found early and met',
    owner: 'Nora Lindqvist',
  })

  // Opened anew, it shows the text that it cannot edit.
  await page.reload()
  await openNotes(page)
  await page.locator('.panel').getByText('Before the line, and more').waitFor()
  expect(await notesNow(test, id, notes)).toContain('horizontalrule')
})

it('[I6] [S1] one with a lower number of the schema is told to reload, and changes nothing', async () => {
  const test = lowerNumber
  const { id, notes } = await start(test)
  await addLine(test, id, notes)
  const before = Y.encodeStateAsUpdate(await readThroughSocket(test.server, test.coordinator, id))
  const page = await test.browser.open(test.server, `/documents/${id}`, test.coordinator)
  await page.getByText('Throughline was updated. Reload to go on').waitFor()
  await page.keyboard.type('not mine to write')
  const after = Y.encodeStateAsUpdate(await readThroughSocket(test.server, test.coordinator, id))
  expect(after).toEqual(before)
})
