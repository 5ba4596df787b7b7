import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { addDriver, expectConverged, openStory, type Story, wordsOn, writeIn } from './story.ts'

let story: Story

beforeAll(async () => {
  story = await openStory()
})
afterEach(() => story.browser.closeWindows())
afterAll(() => story.close())

it('[I0] the server is killed while two people type: nothing that the other has seen is lost', async () => {
  const { program, imani, rafael } = story
  const id = await story.start()
  const one = await story.open(imani, id)
  const two = await story.open(rafael, id)
  const [first, second] = await Promise.all([addDriver(one, 'Imani:'), addDriver(two, 'Rafael:')])

  for (const round of [1, 2, 3]) {
    await Promise.all([writeIn(one, first), writeIn(two, second)])
    const line = Array.from({ length: 12 }, (_, index) => ` ${round}.${index}`).join('')
    const typing = Promise.all([one, two].map((page) => page.keyboard.type(line, { delay: 12 })))
    await expect.poll(async () => (await wordsOn(two))[first], { interval: 5 }).toContain(` ${round}.3`)
    await program.kill()
    const seen = { first: (await wordsOn(two))[first] ?? '', second: (await wordsOn(one))[second] ?? '' }

    // Neither may tell the server what it has forgotten.
    await Promise.all([one, two].map((page) => page.context().setOffline(true)))
    await program.start()
    const kept = await story.stored(id)
    expect(kept[first]?.slice(0, seen.first.length)).toBe(seen.first)
    expect(kept[second]?.slice(0, seen.second.length)).toBe(seen.second)

    await typing
    await Promise.all([one, two].map((page) => page.context().setOffline(false)))
    await expectConverged(story, id, [one, two])
    const whole = await story.stored(id)
    expect(whole[first]?.endsWith(line)).toBe(true)
    expect(whole[second]?.endsWith(line)).toBe(true)
  }
})
