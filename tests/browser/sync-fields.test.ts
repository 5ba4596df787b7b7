import type { CDPSession, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchBrowser, type TestBrowser } from '../support/browser.ts'
import { buildFieldsPage, type FieldsPage } from './sync-page/serve.ts'

let built: Awaited<ReturnType<typeof buildFieldsPage>>
let fields: FieldsPage
let browser: TestBrowser

beforeAll(async () => {
  built = await buildFieldsPage()
  browser = await launchBrowser()
})
beforeEach(async () => {
  fields = await built.serve()
})
afterEach(async () => {
  await browser.closeWindows()
  await fields.close()
})
afterAll(async () => {
  await browser.close()
  await built.remove()
})

async function visit(account: string, query = ''): Promise<Page> {
  const page = await browser.open(fields, `/?account=${account}${query}`)
  await page.getByLabel('Title').waitFor()
  return page
}

const title = (page: Page) => page.getByLabel('Title')
const notes = (page: Page) => page.getByRole('textbox', { name: 'Notes' })
const titleOf = (page: Page): Promise<string> => title(page).inputValue()
const saved = async (page: Page) => JSON.parse((await page.locator('#saved').textContent()) || '{}')
const savedOf = async (page: Page): Promise<string> => (await saved(page)).kind
const troubleOf = async (page: Page) => JSON.parse((await page.locator('#trouble').textContent()) || 'null')
const caretOf = (page: Page): Promise<number> =>
  title(page).evaluate((field) => (field as HTMLTextAreaElement).selectionStart)

/** The words of the notes, a line a block, without the names at carets. */
const notesOf = (page: Page): Promise<string> =>
  notes(page).evaluate((root) => {
    const copy = root.cloneNode(true) as HTMLElement
    for (const caret of copy.querySelectorAll('.collaboration-carets__caret')) caret.remove()
    return [...copy.children].map((child) => child.textContent).join('\n')
  })

describe('a title that two people type in at once', () => {
  it('keeps every letter of both and each caret in its place', async () => {
    const ada = await visit('ada')
    const ben = await visit('ben')
    await title(ada).pressSequentially('Reduce absence')
    await expect.poll(() => titleOf(ben)).toBe('Reduce absence')
    await title(ben).press('End')
    await title(ada).press('Home')
    await Promise.all([
      title(ada).pressSequentially('We will: ', { delay: 15 }),
      title(ben).pressSequentially(' by June', { delay: 15 }),
    ])
    await expect.poll(() => titleOf(ada)).toBe('We will: Reduce absence by June')
    await expect.poll(() => titleOf(ben)).toBe('We will: Reduce absence by June')
    expect(await caretOf(ada)).toBe('We will: '.length)
    await expect.poll(() => savedOf(ada)).toBe('saved')
  })

  it('does not disturb an input method, and shows what others wrote when it has ended', async () => {
    const ada = await visit('ada')
    const ben = await visit('ben')
    await title(ada).pressSequentially('ab')
    await expect.poll(() => titleOf(ben)).toBe('ab')
    await title(ada).press('End')
    const input = await inputMethodOf(ada)
    await compose(input, 'k')
    await compose(input, 'か')
    await expect.poll(() => titleOf(ben)).toBe('abか')
    await title(ben).press('Home')
    await title(ben).pressSequentially('xy')
    await expect.poll(() => fields.doc.getText('title/1').toString()).toBe('xyabか')
    expect(await titleOf(ada)).toBe('abか')
    await compose(input, 'かな')
    await input.send('Input.insertText', { text: '仮名' })
    await expect.poll(() => titleOf(ada)).toBe('xyab仮名')
    await expect.poll(() => titleOf(ben)).toBe('xyab仮名')
    expect(await caretOf(ada)).toBe(6)
  })

  it('undoes one’s own words and never the other’s, a pause ending a step', async () => {
    const ada = await visit('ada')
    const ben = await visit('ben')
    await title(ada).pressSequentially('one')
    await title(ada).blur()
    await expect.poll(() => titleOf(ben)).toBe('one')
    await title(ben).press('End')
    await title(ben).pressSequentially(' BEN')
    await expect.poll(() => titleOf(ada)).toBe('one BEN')
    await title(ada).press('End')
    await title(ada).pressSequentially(' two')
    await title(ada).press('Control+z')
    await expect.poll(() => titleOf(ada)).toBe('one BEN')
    await title(ada).press('Control+z')
    await expect.poll(() => titleOf(ada)).toBe(' BEN')
    await title(ada).press('Control+Shift+z')
    await expect.poll(() => titleOf(ben)).toBe('one BEN')
  })

  it('refuses what is too long with a sentence, and takes nothing of it', async () => {
    const ada = await visit('ada')
    await title(ada).fill('x'.repeat(1_990))
    await title(ada).press('End')
    await ada.evaluate(() => document.execCommand('insertText', false, 'y'.repeat(100)))
    await ada.getByText('This holds at most 2000 characters. Shorten it first.').waitFor()
    expect((await titleOf(ada)).length).toBe(1_990)
    expect(fields.doc.getText('title/1').length).toBe(1_990)
  })

  it('says who is here and who is writing', async () => {
    const ada = await visit('ada')
    const ben = await visit('ben')
    await title(ben).pressSequentially('hi')
    await expect
      .poll(() => ada.locator('#people li').allTextContents())
      .toEqual([expect.stringMatching(/^ada Example/), expect.stringMatching(/^ben Example\s+writing/)])
    await ben.close()
    await expect.poll(() => ada.locator('#people li').count()).toBe(1)
  })
})

describe('notes with carets', () => {
  it('are empty until someone writes: looking at them changes nothing', async () => {
    const ada = await visit('ada', '&notes')
    await notes(ada).click()
    await expect.poll(() => savedOf(ada)).toBe('saved')
    expect(fields.doc.getXmlFragment('notes/1').length).toBe(0)
    await notes(ada).pressSequentially('First')
    await expect
      .poll(() => fields.doc.getXmlFragment('notes/1').toString())
      .toBe('<paragraph>First</paragraph>')
  })

  it('merge what two people write in one paragraph, and show the other’s caret with the name', async () => {
    const ada = await visit('ada', '&notes')
    const ben = await visit('ben', '&notes')
    await notes(ada).click()
    await notes(ada).pressSequentially('middle')
    await expect.poll(() => notesOf(ben)).toBe('middle')
    await notes(ben).click()
    await notes(ben).press('End')
    await notes(ada).press('Home')
    await Promise.all([
      notes(ada).pressSequentially('start ', { delay: 15 }),
      notes(ben).pressSequentially(' end', { delay: 15 }),
    ])
    await expect.poll(() => notesOf(ada)).toBe('start middle end')
    await expect.poll(() => notesOf(ben)).toBe('start middle end')
    await expect
      .poll(() => ada.locator('.collaboration-carets__label').allTextContents())
      .toEqual(['ben Example'])
  })

  it('have bold, lists and links by button and by key', async () => {
    const ada = await visit('ada', '&notes')
    await ada.getByRole('button', { name: 'Numbered list' }).click()
    await notes(ada).pressSequentially('one')
    await notes(ada).press('Enter')
    await notes(ada).press('Control+b')
    await notes(ada).pressSequentially('two')
    await expect
      .poll(() => ada.getByRole('button', { name: 'Bold' }).getAttribute('aria-pressed'))
      .toBe('true')
    await notes(ada).press('Control+b')
    await notes(ada).press('Control+k')
    await ada.getByLabel('Link to').fill('example.org')
    await ada.getByLabel('Link to').press('Enter')
    await expect
      .poll(() => fields.doc.getXmlFragment('notes/1').toString())
      .toMatch(
        /^<orderedList[^>]*><listItem><paragraph>one<\/paragraph><\/listItem><listItem><paragraph><bold>two<\/bold><link [^>]*href="https:\/\/example.org"[^>]*>example.org<\/link><\/paragraph><\/listItem><\/orderedList>$/i,
      )
  })

  it('[Y10] share one undo with the rest of the document, also after they were closed', async () => {
    const ada = await visit('ada')
    await title(ada).pressSequentially('title')
    await ada.getByRole('button', { name: 'Notes' }).click()
    await notes(ada).click()
    await notes(ada).pressSequentially('words')
    await ada.getByRole('button', { name: 'Notes' }).click()
    await ada.getByRole('button', { name: 'Move' }).click()
    const state = () => [
      titleText(),
      fields.doc
        .getXmlFragment('notes/1')
        .toString()
        .replace(/<[^>]+>/g, ''),
      fields.doc.getMap('card').has('order'),
    ]
    const titleText = () => fields.doc.getText('title/1').toString()
    await expect.poll(state).toEqual(['title', 'words', true])
    await ada.keyboard.press('Control+z')
    await expect.poll(state).toEqual(['title', 'words', false])
    await ada.keyboard.press('Control+z')
    await expect.poll(state).toEqual(['title', '', false])
    await ada.keyboard.press('Control+z')
    await expect.poll(state).toEqual(['', '', false])
    await ada.keyboard.press('Control+y')
    await ada.keyboard.press('Control+y')
    await expect.poll(state).toEqual(['title', 'words', false])
  })

  it('never undo a colleague’s words in a paragraph of one’s own', async () => {
    const ada = await visit('ada', '&notes')
    const ben = await visit('ben', '&notes')
    await notes(ada).click()
    await notes(ada).pressSequentially('mine ')
    await expect.poll(() => notesOf(ben)).toBe('mine ')
    await notes(ben).click()
    await notes(ben).press('End')
    await notes(ben).pressSequentially('theirs')
    await expect.poll(() => notesOf(ada)).toBe('mine theirs')
    await notes(ada).press('Control+z')
    await expect.poll(() => notesOf(ada)).toBe('theirs')
    await expect.poll(() => notesOf(ben)).toBe('theirs')
  })

  it('[I6] are shown, but not touched, when they hold what only a newer version knows', async () => {
    const ada = await visit('ada', '&notes')
    await notes(ada).click()
    await notes(ada).pressSequentially('known')
    await expect.poll(() => fields.doc.getXmlFragment('notes/1').length).toBe(1)
    const { XmlElement, XmlText } = await import('yjs')
    const poll = new XmlElement('poll')
    poll.insert(0, [new XmlText('new kind')])
    fields.doc.getXmlFragment('notes/1').insert(1, [poll])
    await ada.getByText('This text holds something that this version cannot edit. Reload the page.').waitFor()
    await ada.getByText('new kind').waitFor()
    expect(fields.doc.getXmlFragment('notes/1').toString()).toContain('<poll>new kind</poll>')
  })
})

describe('without a connection', () => {
  it('changes are kept on this device, survive a reload, and are sent when the server is back', async () => {
    const ada = await visit('ada')
    await title(ada).pressSequentially('online')
    await sent(ada)
    fields.turnAway(1013)
    fields.cut()
    await title(ada).press('End')
    await title(ada).pressSequentially(' and off')
    await expect.poll(() => saved(ada)).toEqual({ kind: 'offline', changes: 8, kept: true })
    await ada.reload()
    await title(ada).waitFor()
    expect(await titleOf(ada)).toBe('online and off')
    expect(await savedOf(ada)).not.toBe('saved')
    await expect
      .poll(() => saved(ada), { timeout: 15_000 })
      .toEqual({ kind: 'offline', changes: 8, kept: true })
    fields.turnAway(undefined)
    await ada.evaluate(() => window.dispatchEvent(new Event('online')))
    await expect.poll(() => savedOf(ada), { timeout: 10_000 }).toBe('saved')
    expect(fields.doc.getText('title/1').toString()).toBe('online and off')
    await ada.reload()
    await title(ada).waitFor()
    expect(await savedOf(ada)).toBe('saved')
  })

  it('is said to be not kept where the browser has no storage, and everything else works', async () => {
    const ada = await visit('ada', '&storage=none')
    await title(ada).pressSequentially('here')
    await sent(ada)
    fields.turnAway(1013)
    fields.cut()
    await title(ada).pressSequentially('!')
    await expect.poll(() => saved(ada)).toEqual({ kind: 'offline', changes: 1, kept: false })
    fields.turnAway(undefined)
    await ada.evaluate(() => window.dispatchEvent(new Event('online')))
    await sent(ada)
    expect(fields.doc.getText('title/1').toString()).toBe('here!')
  })

  it('is said to be not kept from the moment that the person clears what this site has stored', async () => {
    const ada = await visit('ada')
    await title(ada).pressSequentially('a')
    await sent(ada)
    fields.turnAway(1013)
    fields.cut()
    await expect.poll(() => saved(ada)).toEqual({ kind: 'offline', changes: 0, kept: true })
    await ada.evaluate(async () => {
      for (const { name } of await indexedDB.databases()) if (name) indexedDB.deleteDatabase(name)
    })
    await title(ada).pressSequentially('b')
    await expect.poll(() => saved(ada)).toEqual({ kind: 'offline', changes: 1, kept: false })
  })

  it('[I9] says Saving… while the server does not answer, and asks before the page closes', async () => {
    const ada = await visit('ada')
    await title(ada).pressSequentially('a')
    await sent(ada)
    fields.hold()
    await title(ada).pressSequentially('b')
    await expect.poll(() => savedOf(ada)).toBe('saving')
    const asked = ada.waitForEvent('dialog')
    void ada.close({ runBeforeUnload: true })
    const dialog = await asked
    expect(dialog.type()).toBe('beforeunload')
    await dialog.dismiss()
    fields.release()
    await expect.poll(() => savedOf(ada)).toBe('saved')
  })
})

describe('when the server has decided', () => {
  it('[C2] a replaced document leaves the unsent changes as a kept copy, and locks the fields', async () => {
    const ada = await visit('ada')
    await title(ada).pressSequentially('old')
    await sent(ada)
    fields.hold()
    await title(ada).pressSequentially('er')
    await expect.poll(() => savedOf(ada)).toBe('saving')
    fields.closeAll(4409, 'The document was replaced.')
    await expect
      .poll(() => troubleOf(ada))
      .toMatchObject({ kind: 'replaced', code: 4409, unsent: 2, keptAside: true })
    expect(await savedOf(ada)).toBe('unsaved')
    expect(await title(ada).evaluate((field) => (field as HTMLTextAreaElement).readOnly)).toBe(true)
    const kept = await ada.evaluate(async () => {
      const copies = await (window as unknown as { open: Open }).open.keptCopies()
      return copies.map(({ changes, reason }) => ({ changes, reason }))
    })
    expect(kept).toEqual([{ changes: 2, reason: 'replaced' }])
    expect(await databasesOf(ada)).toEqual(['throughline'])
  })

  it('[C2] a copy of an earlier epoch becomes a kept copy when the document is opened again', async () => {
    const ada = await visit('ada')
    fields.hold()
    await title(ada).pressSequentially('lost?')
    await expect.poll(() => ada.evaluate(() => (window as unknown as { open: Open }).open.unsent())).toBe(5)
    // The device's storage follows the keys at a little distance.
    await expect.poll(() => unsentOn(ada)).toBe(5)
    const again = await browser.openBeside(ada, `/?account=ada&epoch=two:ada`)
    await ada.close()
    const kept = () =>
      again.evaluate(async () => {
        const copies = await (window as unknown as { open: Open }).open.keptCopies()
        return copies.map(({ changes, reason }) => ({ changes, reason }))
      })
    await expect.poll(kept).toEqual([{ changes: 5, reason: 'replaced' }])
    await expect.poll(() => databasesOf(again)).toEqual(['throughline', 'throughline/ada/page/two:ada'])
  })

  it('[C4] lost access removes this device’s copy when nothing is unsent', async () => {
    const ada = await visit('ada')
    await title(ada).pressSequentially('secret')
    await sent(ada)
    fields.closeAll(4403)
    await expect.poll(() => troubleOf(ada)).toMatchObject({ kind: 'no-access', unsent: 0, actions: [] })
    await expect.poll(() => databasesOf(ada)).toEqual(['throughline'])
  })

  it('[C4] lost access with unsent work offers it as a file before the copy goes', async () => {
    const ada = await visit('ada')
    fields.hold()
    await title(ada).pressSequentially('mine')
    await expect.poll(() => savedOf(ada)).toBe('saving')
    fields.closeAll(4403)
    await expect.poll(() => troubleOf(ada)).toMatchObject({ unsent: 4, actions: ['download', 'forget'] })
    const download = ada.waitForEvent('download')
    await ada.evaluate(() => (window as unknown as { open: Open }).open.download())
    expect((await download).suggestedFilename()).toBe('document.yjs')
    await ada.evaluate(() => (window as unknown as { open: Open }).open.forget())
    expect(await databasesOf(ada)).toEqual(['throughline'])
  })

  it('an ended sign-in keeps the work and goes on after signing in again', async () => {
    const ada = await visit('ada')
    fields.hold()
    await title(ada).pressSequentially('kept')
    fields.closeAll(4401)
    await expect
      .poll(() => troubleOf(ada))
      .toMatchObject({ kind: 'signed-out', actions: ['sign-in'], unsent: 4 })
    fields.release()
    await ada.evaluate(() => (window as unknown as { open: Open }).open.retry())
    await expect.poll(() => savedOf(ada)).toBe('saved')
    expect(fields.doc.getText('title/1').toString()).toBe('kept')
  })

  it('a change that one may no longer make becomes a kept copy', async () => {
    const ada = await visit('ada')
    await ada.route('**/api/documents/page', (route) => route.fulfill({ json: { level: 'comment' } }))
    fields.refuse('You may read this document.')
    await title(ada).pressSequentially('no')
    await expect.poll(() => troubleOf(ada)).toMatchObject({ kind: 'refused', keptAside: true })
    expect((await saved(ada)).reason).toContain('You may read this document')
  })

  it('[D3] a server that cannot save locks the fields, keeps everything, and goes on when it can again', async () => {
    const ada = await visit('ada')
    await ada.route('**/api/documents/page', (route) => route.fulfill({ json: { level: 'edit' } }))
    fields.refuse('The server cannot save at the moment.')
    await title(ada).pressSequentially('stays')
    await expect.poll(() => troubleOf(ada)).toMatchObject({ kind: 'not-saving', keptAside: false })
    expect(await saved(ada)).toEqual({ kind: 'unsaved', reason: 'The server cannot save at the moment.' })
    fields.refuse(undefined)
    fields.closeAll(4503, 'Saving works again.')
    await expect.poll(() => savedOf(ada), { timeout: 10_000 }).toBe('saved')
    expect(await troubleOf(ada)).toBe(null)
    expect(fields.doc.getText('title/1').toString()).toBe(await titleOf(ada))
  })

  it('a page that is shown the door for what it sent keeps that aside, though the code is that of lost access', async () => {
    const ada = await visit('ada')
    await ada.route('**/api/documents/page', (route) => route.fulfill({ json: { level: 'edit' } }))
    fields.hold()
    await title(ada).pressSequentially('odd')
    fields.closeAll(4403, 'This page sent something that the document cannot take.')
    await expect.poll(() => troubleOf(ada)).toMatchObject({ kind: 'refused', keptAside: true, unsent: 3 })
  })
})

/** Until the server has everything: the indicator may say Saved for a moment longer than that is so. */
const sent = (page: Page): Promise<void> =>
  expect.poll(() => page.evaluate(() => (window as unknown as { open: Open }).open.unsent())).toBe(0)

interface Open {
  unsent(): number
  keptCopies(): Promise<readonly { changes: number; reason: string }[]>
  download(): void
  forget(): Promise<void>
  retry(): void
}

const databasesOf = (page: Page): Promise<(string | undefined)[]> =>
  page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))

/** How many unsent changes the copy on this device says that it holds. */
const unsentOn = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const opening = indexedDB.open('throughline/ada/page/one:ada')
        opening.onsuccess = () => {
          const reading = opening.result.transaction('custom').objectStore('custom').getAll()
          reading.onsuccess = () => {
            resolve((reading.result as number[]).reduce((sum, count) => sum + count, 0))
            opening.result.close()
          }
        }
      }),
  )

const inputMethodOf = (page: Page): Promise<CDPSession> => page.context().newCDPSession(page)

const compose = (input: CDPSession, text: string): Promise<unknown> =>
  input.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
