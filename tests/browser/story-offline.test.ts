import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import {
  addDriver,
  expectConverged,
  expectIndicator,
  indicator,
  opened,
  openStory,
  type Story,
  wordsOn,
  writeIn,
} from './story.ts'

let story: Story

beforeAll(async () => {
  story = await openStory()
})
afterEach(() => story.browser.closeWindows())
afterAll(() => story.close())

it('[I2] two people who lose the server write on, and find both their words when it is back', async () => {
  const id = await story.start()
  const one = await story.open(story.imani, id)
  const two = await story.open(story.rafael, id)
  const shared = await addDriver(one, 'Rides')
  await expect.poll(() => wordsOn(two)).toMatchObject({ [shared]: 'Rides' })
  await expectIndicator(one, /^Saved/)

  await story.program.kill()
  await Promise.all([expectIndicator(one, /^Offline/), expectIndicator(two, /^Offline/)])
  await one.keyboard.type(' by bus')
  await writeIn(two, shared)
  await two.keyboard.press('Home')
  await two.keyboard.type('Free ')
  await two.keyboard.press('Escape')
  const added = await addDriver(two, 'A call at eight')
  for (const page of [one, two]) await expectIndicator(page, /^Offline: \d+ changes kept on this device$/)
  expect((await wordsOn(one))[shared]).toBe('Rides by bus')
  expect((await wordsOn(two))[shared]).toBe('Free Rides')

  await story.program.start()
  await expectConverged(story, id, [one, two])
  expect(await wordsOn(one)).toMatchObject({ [shared]: 'Free Rides by bus', [added]: 'A call at eight' })
})

it('a page that is reloaded without the server opens what this device holds, and sends what is written there', async () => {
  const id = await story.start()
  const one = await story.open(story.imani, id, { installs: true })
  const two = await story.open(story.rafael, id)
  const card = await addDriver(one, 'Mentors')
  await expect.poll(() => wordsOn(two)).toMatchObject({ [card]: 'Mentors' })
  await expectIndicator(one, /^Saved/)
  // From here on the browser opens the application by itself.
  await one.evaluate(async () => void (await navigator.serviceWorker.ready))

  await story.program.kill()
  await one.reload()
  await opened(one)
  expect(await wordsOn(one)).toMatchObject({ [card]: 'Mentors' })
  await writeIn(one, card)
  await one.keyboard.type(' every week')
  await expectIndicator(one, /^Offline: \d+ changes kept on this device$/)
  const said = await indicator(one)
  await one.reload()
  await opened(one)
  expect(await wordsOn(one)).toMatchObject({ [card]: 'Mentors every week' })
  await expectIndicator(one, said)

  await story.program.start()
  await expect.poll(() => wordsOn(two)).toMatchObject({ [card]: 'Mentors every week' })
  await expectConverged(story, id, [one, two])
})
