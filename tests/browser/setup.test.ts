import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchBrowser, type TestBrowser } from '../support/browser.ts'
import { startTestServer, type TestServer, testPassword } from '../support/server.ts'

let browser: TestBrowser
let server: TestServer

beforeAll(async () => {
  browser = await launchBrowser()
})
beforeEach(async () => {
  server = await startTestServer()
})
afterEach(async () => {
  await browser.closeWindows()
  await server.close()
})
afterAll(() => browser.close())

describe('from an empty server to two people in one diagram', () => {
  it('sets up, starts a team and a diagram, invites by link, and shows both people to each other', async () => {
    const imani = await browser.open(server, '/')
    await imani.getByRole('heading', { name: 'Begin your network' }).waitFor()
    await imani.getByLabel('Name', { exact: true }).fill('Three Rivers')
    await imani.getByLabel('Your name').fill('Imani Okafor')
    await imani.getByLabel('Email').fill('imani@example.org')
    await imani.getByLabel('Password', { exact: true }).fill(testPassword)
    await imani.getByRole('button', { name: 'Begin' }).click()
    await imani.getByRole('heading', { name: 'Three Rivers starts here' }).waitFor()

    await imani.getByRole('button', { name: 'Start a team' }).first().click()
    await imani.getByLabel('Name', { exact: true }).fill('Eastfield Middle')
    await imani.getByRole('button', { name: 'Start the team' }).click()
    await imani.getByRole('heading', { name: 'Eastfield Middle' }).waitFor()

    await imani.getByRole('button', { name: 'Invite someone' }).click()
    await imani.getByRole('button', { name: 'Make a link' }).click()
    const link = await imani.getByLabel('Invitation link').inputValue()
    await imani.getByRole('button', { name: 'Copy' }).click()
    expect(await imani.evaluate(() => navigator.clipboard.readText())).toBe(link)

    const hank = await browser.open(server, new URL(link).pathname)
    await hank.getByText('As a team lead of Eastfield Middle.').waitFor()
    await hank.getByLabel('Your name').fill('Hank Sorensen')
    await hank.getByLabel('Email').fill('hank@example.org')
    await hank.getByLabel('Password', { exact: true }).fill(testPassword)
    await hank.getByRole('button', { name: 'Join' }).click()
    await hank.getByRole('heading', { name: 'Three Rivers', exact: true }).waitFor()

    await hank.getByRole('link', { name: 'Begin with Eastfield Middle' }).click()
    await hank.getByRole('button', { name: 'All templates' }).click()
    await hank.getByRole('dialog').getByText('School Responder Model').click()
    await hank.getByLabel('Title').fill('What moves attendance')
    await hank.getByRole('button', { name: 'Start', exact: true }).click()
    await hank.getByRole('heading', { name: 'What moves attendance' }).waitFor()
    await hank.getByRole('status').filter({ hasText: 'Saved' }).waitFor()

    await hank.getByRole('button', { name: 'Draft' }).click()
    await hank.getByRole('button', { name: 'Share with the network' }).click()
    await hank.getByRole('button', { name: 'Share', exact: true }).click()
    await hank.getByRole('button', { name: 'Shared with the network' }).waitFor()

    await imani.keyboard.press('Escape')
    await imani.getByRole('link', { name: 'What moves attendance', exact: true }).click()
    await imani.getByRole('button', { name: 'Follow Hank Sorensen' }).waitFor()
    await hank.getByRole('button', { name: 'Follow Imani Okafor' }).click()
    await hank.getByRole('button', { name: 'Stop following Imani Okafor' }).waitFor()
  })

  it('says beside each field what is wrong with it, and goes to the first', async () => {
    const page = await browser.open(server, '/setup')
    await page.getByRole('button', { name: 'Begin' }).click()
    await page.getByText('Give the network a name.').waitFor()
    await page.getByText('Give a name.').waitFor()
    const network = page.getByLabel('Name', { exact: true })
    expect(await network.getAttribute('aria-invalid')).toBe('true')
    await expect.poll(() => network.evaluate((field) => field === document.activeElement)).toBe(true)
  })

  it('asks for the code that the server printed when it listens beyond this computer', async () => {
    await server.close()
    server = await startTestServer({ env: { HOST: '0.0.0.0' } })
    const page = await browser.open(server, '/')
    await page.getByLabel('Setup code').fill('not the code')
    await page.getByLabel('Name', { exact: true }).fill('Three Rivers')
    await page.getByLabel('Your name').fill('Imani Okafor')
    await page.getByLabel('Email').fill('imani@example.org')
    await page.getByLabel('Password', { exact: true }).fill(testPassword)
    await page.getByRole('button', { name: 'Begin' }).click()
    await page.getByText('The server printed this code when it started.').waitFor()
  })
})
