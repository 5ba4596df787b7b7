import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { build } from 'vite'
import solid from 'vite-plugin-solid'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Attachment, Records } from '#shared/records.ts'
import { accessibilityProblems, launchBrowser, sidewaysScroll, type TestBrowser } from '../support/browser.ts'
import { bytes, segment } from '../support/pictures.ts'
import { expectOk, startTestServer, type TestPerson, type TestServer } from '../support/server.ts'
import { startDiagram } from '../support/three-rivers.ts'

let browser: TestBrowser
let folder: string
let server: TestServer
let nora: TestPerson
let id: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'throughline-files-'))
  await build({
    configFile: false,
    logLevel: 'error',
    root: fileURLToPath(new URL('attachments-page', import.meta.url)),
    plugins: [solid()],
    resolve: { dedupe: ['yjs', 'y-protocols', 'lib0', 'solid-js'] },
    build: { outDir: folder, emptyOutDir: true, target: 'es2022', minify: false },
  })
  browser = await launchBrowser()
  server = await startTestServer({ pagesFolder: folder })
  nora = await server.setup()
})
beforeEach(async () => {
  const { networkId } = await server.setup()
  id = await startDiagram(nora, networkId)
})
afterEach(() => browser.closeWindows())
afterAll(async () => {
  await browser.close()
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

const open = (options?: { readonly phone?: boolean }): Promise<Page> =>
  browser.open(server, `/documents/${id}`, nora, options)

const addButton = (page: Page) => page.getByRole('button', { name: 'Add a photo or file' })

async function choose(page: Page, name: string, mimeType: string, content: Uint8Array): Promise<void> {
  await addButton(page).waitFor()
  await page.locator('input[type="file"]').setInputFiles({ name, mimeType, buffer: Buffer.from(content) })
}

const rows = (page: Page) => page.getByRole('list', { name: 'Photos and files' }).getByRole('listitem')

async function stored(): Promise<readonly Attachment[]> {
  const response = await nora.fetch(`/api/documents/${id}/records`)
  return ((await expectOk(response)) as { records: Records }).records.attachments ?? []
}

/** A photo as a phone makes it: lying on its side, with a note of that and of where it was. */
async function phonePhoto(page: Page, width: number, height: number): Promise<Uint8Array> {
  const drawn = await page.evaluate(
    async ([width, height]) => {
      const canvas = Object.assign(document.createElement('canvas'), { width, height })
      const context = canvas.getContext('2d')
      context?.fillRect(0, 0, (width ?? 0) / 2, height ?? 0)
      const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg'))
      return [...new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer())]
    },
    [width, height],
  )
  // Orientation 6: turn it a quarter to the right.
  const turned = [0x4d, 0x4d, 0, 0x2a, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0]
  return bytes(drawn.slice(0, 2), segment(0xe1, bytes('Exif\0\0', turned, 'GPS 41.8781 N')), drawn.slice(2))
}

it('a photo from a phone arrives small, upright and without its place, and is shown with the document', async () => {
  const page = await open({ phone: true })
  await choose(page, 'IMG_0042.jpeg', 'image/jpeg', await phonePhoto(page, 3_000, 1_500))
  await expect.poll(() => rows(page).count()).toBe(1)
  const picture = rows(page).locator('img[src^="/api/attachments/"]')
  await expect
    .poll(() => picture.evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight]))
    .toEqual([1_024, 2_048])
  expect(await rows(page).innerText()).toMatch(/^IMG_0042\.jpeg\s+JPEG, \d+ KB, Imani Okafor$/)
  const [file] = await stored()
  expect(file).toMatchObject({ part: 'do', type: 'image/jpeg' })
  const kept = await readFile(
    join(server.dataDir, 'uploads', file?.id.slice(0, 2) ?? '', file?.id ?? ''),
    'latin1',
  )
  expect(kept).not.toMatch(/Exif|GPS/)

  const size = await addButton(page).boundingBox()
  expect(size?.height).toBeGreaterThanOrEqual(44)
  expect(await sidewaysScroll(page)).toBe(0)
  expect(await accessibilityProblems(page)).toEqual([])
})

it('a small drawing keeps its transparency, and a large picture of any kind becomes a JPEG', async () => {
  const page = await open()
  const drawing = await page.evaluate(async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 40, height: 30 })
    canvas.getContext('2d')?.fillRect(0, 0, 20, 30)
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
    return [...new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer())]
  })
  await choose(page, 'sketch.png', 'image/png', Uint8Array.from(drawing))
  await expect
    .poll(async () => (await stored()).map(({ name, type }) => `${name} ${type}`))
    .toEqual(['sketch.png image/png'])
  const full = await page.evaluate(async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 40, height: 30 })
    canvas.getContext('2d')?.fillRect(0, 0, 40, 30)
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/webp'))
    return [...new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer())]
  })
  await choose(page, 'board.webp', 'image/webp', Uint8Array.from(full))
  await expect
    .poll(async () => (await stored()).map(({ name, type }) => `${name} ${type}`))
    .toEqual(['sketch.png image/png', 'board.jpg image/jpeg'])
})

it('a file chosen offline waits on the device, also when the page is closed, and is sent once', async () => {
  const page = await open()
  await addButton(page).waitFor()
  await page.context().setOffline(true)
  await choose(page, 'Tally.txt', 'text/plain', bytes('31 of 44 answered'))
  await expect.poll(() => rows(page).innerText()).toMatch(/Waits on this device until the server answers/)
  expect(await stored()).toEqual([])
  const context = page.context()
  await page.close()

  await context.setOffline(false)
  const [next, beside] = [await context.newPage(), await context.newPage()]
  await Promise.all([next, beside].map((each) => each.goto(`/documents/${id}`)))
  await expect.poll(async () => (await stored()).map(({ name }) => name)).toEqual(['Tally.txt'])
  await expect.poll(() => rows(next).innerText()).toMatch(/^Tally\.txt\s+text, 1 KB, Imani Okafor$/)
  await next.reload()
  await expect.poll(() => rows(next).count()).toBe(1)
  expect(await stored()).toHaveLength(1)
})

it('whoever signs out hears of a file that is not sent; it goes out by itself when the network is back', async () => {
  const page = await open()
  await addButton(page).waitFor()
  // The page itself is not cut off yet: here no service worker holds what it loads when it is needed.
  await page.route('**/attachments?*', (route) => route.abort())
  await choose(page, 'Tally.txt', 'text/plain', bytes('31 of 44 answered'))
  await expect.poll(() => rows(page).innerText()).toMatch(/Waits on this device/)
  await page.getByRole('button', { name: 'Sign out' }).click()
  const dialog = page.getByRole('dialog')
  await expect.poll(() => dialog.innerText()).toMatch(/only on this device[\s\S]*1 file/)
  await dialog.getByRole('button', { name: 'Stay signed in' }).click()

  await page.context().setOffline(true)
  await page.unroute('**/attachments?*')
  await page.context().setOffline(false)
  await expect.poll(async () => (await stored()).length).toBe(1)
  await expect.poll(() => rows(page).innerText()).toMatch(/text, 1 KB/)
})

it('signing out all the same takes it off the device, and it is never sent', async () => {
  const leaver = await server.person('Rafael Duarte', 'facilitator')
  const page = await browser.open(server, `/documents/${id}`, leaver)
  await page.route('**/attachments?*', (route) => route.abort())
  await choose(page, 'Tally.txt', 'text/plain', bytes('31 of 44 answered'))
  await expect.poll(() => rows(page).innerText()).toMatch(/Waits on this device/)
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('button', { name: 'Sign out and lose it' }).click()
  // Not by its role: behind the dialog nothing has one.
  await page.locator('input[type="file"]').waitFor({ state: 'detached' })
  expect(await waitingOn(page)).toBe(0)
  expect(await stored()).toEqual([])
})

/** How many files wait on this page's device. */
const waitingOn = (page: Page): Promise<unknown> =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        const request = indexedDB.open('throughline')
        request.onsuccess = () => {
          const count = request.result.transaction('files').objectStore('files').count()
          count.onsuccess = () => resolve(count.result)
        }
      }),
  )

it('a shared computer keeps nothing, and says so', async () => {
  const page = await open()
  await addButton(page).waitFor()
  await page.evaluate(() => localStorage.setItem('throughline.shared-computer', 'yes'))
  await page.context().setOffline(true)
  await choose(page, 'Tally.txt', 'text/plain', bytes('31 of 44 answered'))
  await expect.poll(() => rows(page).innerText()).toMatch(/Stay on this page: this device keeps nothing/)
  expect(await waitingOn(page)).toBe(0)
})

it('what cannot be attached is refused with the reason, and goes when it was seen', async () => {
  const page = await open()
  await choose(page, 'photo.jpg', 'image/jpeg', bytes('<html><script>alert(1)</script>'))
  await expect.poll(() => rows(page).innerText()).toMatch(/This file is none of them/)
  expect(await accessibilityProblems(page)).toEqual([])
  await page.getByRole('button', { name: 'Do not send photo.jpg' }).click()
  await expect.poll(() => rows(page).count()).toBe(0)
  expect(await stored()).toEqual([])
})

it('a file that is removed comes back with Undo', async () => {
  const page = await open()
  await choose(page, 'Tally.txt', 'text/plain', bytes('31 of 44 answered'))
  await page.getByRole('button', { name: 'Remove Tally.txt' }).click()
  await expect.poll(() => rows(page).count()).toBe(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => rows(page).innerText()).toMatch(/Tally\.txt/)
  expect(await stored()).toHaveLength(1)
})
