// What the bench knows of a page from within: run there before the page's own scripts. All times are by the clock that
// pages of one browser share.
{
  const now = () => performance.timeOrigin + performance.now()
  const bench = { keys: [], seen: [], firstKey: undefined }

  addEventListener('input', () => bench.keys.push(now()), true)

  /** Keeps when the text of an element changed, and how long it was then. */
  bench.watch = (selector) => {
    const element = document.querySelector(selector)
    const see = () => bench.seen.push({ at: now(), length: element.textContent.length })
    new MutationObserver(see).observe(element, { childList: true, characterData: true, subtree: true })
  }

  /**
   * Writes one letter in a card as soon as the page draws that card and lets one write in it, and keeps how long after
   * the navigation the letter stood in it and was drawn. From within: commands from outside take as long again, on both
   * sides alike, and would hide what is measured.
   */
  bench.writeFirstKey = (selector) => {
    const card = document.querySelector(selector)
    const field = card?.querySelector('textarea')
    if (!card) return requestAnimationFrame(() => bench.writeFirstKey(selector))
    if (!field) {
      card.dispatchEvent(new MouseEvent('click', { bubbles: true }))
      card.dispatchEvent(new MouseEvent('dblclick', { bubbles: true }))
    }
    if (document.activeElement !== card.querySelector('textarea')) {
      return requestAnimationFrame(() => bench.writeFirstKey(selector))
    }
    const words = card.querySelector('.said')
    const before = words.textContent
    document.execCommand('insertText', false, 'x')
    const look = () => {
      if (words.textContent !== `${before}x`) return requestAnimationFrame(look)
      afterPaint(() => {
        bench.firstKey = performance.now()
      })
    }
    look()
  }

  /** A message posted in a frame is read once the frame is drawn. */
  const afterPaint = (run) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = run
      port2.postMessage(undefined)
    })

  /** The same for a document of long texts: goes into the first of them that the page draws, and writes a letter there. */
  bench.writeFirstText = (selector) => {
    const again = () => requestAnimationFrame(() => bench.writeFirstText(selector))
    const text = document.querySelector(selector)
    if (!text) return again()
    if (!text.isContentEditable) {
      text.focus()
      return again()
    }
    if (document.activeElement !== text) text.focus()
    const before = text.textContent.length
    document.execCommand('insertText', false, 'x')
    const look = () => {
      if (text.textContent.length <= before) return requestAnimationFrame(look)
      afterPaint(() => {
        bench.firstKey = performance.now()
      })
    }
    look()
  }

  const card = sessionStorage.getItem('bench-first-key')
  if (card) bench.writeFirstKey(card)
  const text = sessionStorage.getItem('bench-first-text')
  if (text) bench.writeFirstText(text)
  globalThis.bench = bench
}
