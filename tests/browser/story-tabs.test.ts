import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { addDriver, expectConverged, opened, openStory, type Story } from './story.ts'

let story: Story

beforeAll(async () => {
  story = await openStory()
})
afterEach(() => story.browser.closeWindows())
afterAll(() => story.close())

it('eight tabs that one person opens at once all load, and all write in the same diagram', async () => {
  const id = await story.start()
  const colleague = await story.open(story.rafael, id)
  const one = await story.browser.open(story.program, '/account', story.imani)
  const tabs = await Promise.all(
    Array.from({ length: 8 }, () => story.browser.openBeside(one, `/documents/${id}`)),
  )
  await Promise.all(tabs.map(opened))

  const cards: string[] = []
  for (const [index, tab] of tabs.entries()) {
    await tab.bringToFront()
    cards.push(await addDriver(tab, `Driver ${index + 1}`))
  }
  await expectConverged(story, id, [...tabs, colleague])
  const stored = await story.stored(id)
  expect(cards.map((card) => stored[card])).toEqual(cards.map((_, index) => `Driver ${index + 1}`))

  const others = colleague.getByRole('list', { name: 'Also here now' })
  expect(await others.getByRole('button').count()).toBe(1)
  await others.getByRole('button', { name: 'Follow Imani Okafor' }).waitFor()
})
