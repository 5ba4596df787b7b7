import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { addDriver, expectIndicator, openStory, type Story, wordsOn, writeIn } from './story.ts'

let story: Story

beforeAll(async () => {
  story = await openStory()
})
afterEach(() => story.browser.closeWindows())
afterAll(() => story.close())

it('someone whose network blocks sockets works with everyone else, and is told so quietly', async () => {
  const id = await story.start()
  const two = await story.open(story.rafael, id)
  const one = await story.browser.open(story.program, '/', story.imani)
  // As behind a proxy that knows no WebSockets: they never open.
  await one.addInitScript(() => {
    window.WebSocket = class extends WebSocket {
      constructor() {
        super(`ws://${location.host}/sync/no-sockets-here`)
      }
    } as typeof WebSocket
  })
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
