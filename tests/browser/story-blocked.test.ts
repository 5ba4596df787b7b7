import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { addDriver, expectIndicator, openStory, type Story, wordsOn, writeIn } from './story.ts'

let story: Story

beforeAll(async () => {
  story = await openStory()
})
afterEach(() => story.browser.closeWindows())
afterAll(() => story.close())

/** In all tabs of the page's window, as behind a proxy that knows no WebSockets: they never open. */
const blockSockets = (page: Page): Promise<unknown> =>
  page.context().addInitScript(() => {
    window.WebSocket = class extends WebSocket {
      constructor() {
        super(`ws://${location.host}/sync/no-sockets-here`)
      }
    } as typeof WebSocket
  })

it('someone whose network blocks sockets works with everyone else, and is told so quietly', async () => {
  const id = await story.start()
  const two = await story.open(story.rafael, id)
  const one = await story.browser.open(story.program, '/', story.imani)
  await blockSockets(one)
  await one.goto(`/documents/${id}`)
  const card = await addDriver(one, 'Mentors')
  await expectIndicator(one, /^Saved/)
  expect(await one.getByTitle('This network blocks live connections').count()).toBe(1)
  await expect.poll(() => wordsOn(two)).toMatchObject({ [card]: 'Mentors' })
  await writeIn(two, card)
  await two.keyboard.type(' every week')
  await expect.poll(() => wordsOn(one)).toMatchObject({ [card]: 'Mentors every week' })
  await one.getByRole('button', { name: /Rafael Duarte/ }).waitFor()
})

it('eight tabs of someone whose network blocks sockets share one stream, also when the tab that reads it is closed', async () => {
  const id = await story.start()
  const two = await story.open(story.rafael, id)
  const first = await story.browser.open(story.program, '/', story.imani)
  await blockSockets(first)
  const tabs = [first]
  while (tabs.length < 8) tabs.push(await first.context().newPage())
  await Promise.all(tabs.map((tab) => tab.goto(`${story.program.origin}/documents/${id}`)))
  const card = await addDriver(first, 'Mentors')
  for (const tab of [two, ...tabs]) await expect.poll(() => wordsOn(tab)).toMatchObject({ [card]: 'Mentors' })

  const [, second, ...others] = tabs as [Page, Page, ...Page[]]
  await first.close()
  await writeIn(second, card)
  await second.keyboard.type(' every week')
  await expectIndicator(second, /^Saved/)
  for (const tab of [two, ...others])
    await expect.poll(() => wordsOn(tab)).toMatchObject({ [card]: 'Mentors every week' })
}, 120_000)
