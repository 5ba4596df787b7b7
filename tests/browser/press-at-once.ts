import type { Page } from 'playwright-core'

/** What Chromium is told of keys that write nothing: https://w3c.github.io/uievents-code */
const named: Readonly<Record<string, object>> = {
  Tab: { type: 'rawKeyDown', key: 'Tab', code: 'Tab', windowsVirtualKeyCode: 9 },
  'Shift+Tab': { type: 'rawKeyDown', key: 'Tab', code: 'Tab', windowsVirtualKeyCode: 9, modifiers: 8 },
  ArrowDown: { type: 'rawKeyDown', key: 'ArrowDown', code: 'ArrowDown', windowsVirtualKeyCode: 40 },
  Enter: { type: 'keyDown', key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13, text: '\r' },
}

/** Keys that wait for nothing in between, as when a slow computer catches up with someone. */
export async function pressAtOnce(page: Page, keys: readonly string[]): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  const presses = keys.map((key) =>
    devtools.send('Input.dispatchKeyEvent', (named[key] ?? { type: 'keyDown', key, text: key }) as never),
  )
  await Promise.all(presses)
}
