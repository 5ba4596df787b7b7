import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { testPassword } from '../support/people.ts'
import { addDriver, expectIndicator, openStory, type Story, wordsOn, writeIn } from './story.ts'

let story: Story

beforeAll(async () => {
  story = await openStory()
})
afterEach(() => story.browser.closeWindows())
afterAll(() => story.close())

it('[I9] the page says Saved, Saving…, Offline and Not saved, each while it is so', async () => {
  const { program } = story
  const id = await story.start()
  const one = await story.open(story.imani, id)
  const two = await story.open(story.rafael, id)
  const card = await addDriver(one, 'Sleep')
  const seen = (words: string) => expect.poll(() => wordsOn(two)).toMatchObject({ [card]: words })
  await expectIndicator(one, /^Saved \d+:\d\d [ap]m$/)
  await seen('Sleep')

  program.freeze()
  await one.keyboard.type(' and')
  await expectIndicator(one, 'Saving…')
  program.wake()
  await expectIndicator(one, /^Saved/)
  await seen('Sleep and')

  await program.kill()
  await one.keyboard.type(' food')
  await expectIndicator(one, /^Offline: \d+ changes kept on this device$/)
  await program.start()
  await expectIndicator(one, /^Saved/)
  await seen('Sleep and food')

  await story.imani.fetch('/api/session', { method: 'DELETE' })
  await expectIndicator(one, /^Not saved: action needed/)
  await one.getByRole('button', { name: 'Sign in again' }).click()
  await one.getByLabel('Password', { exact: true }).fill(testPassword)
  await one.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expectIndicator(one, /^Saved/)
  await writeIn(one, card)
  await one.keyboard.type(' first')
  await seen('Sleep and food first')
})
