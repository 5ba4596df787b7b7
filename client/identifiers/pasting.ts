/** Words that someone pasted or dropped into a field, held before the field has seen them. */
export interface Pasted {
  readonly text: string
  readonly at: HTMLElement
  /** Lets the field have them after all, or `words` in their place. */
  insert(words?: string): void
}

/**
 * Shows `meet` every paste into any field of the page before the field itself and whatever listens to it; when it answers
 * true the paste is held. What is let in later comes as a paste again, so that fields do with it what they do with any.
 */
export function holdPastes(meet: (pasted: Pasted) => boolean): () => void {
  const letIn = new WeakSet<Event>()
  let isOwnDrag = false

  const onPaste = (event: ClipboardEvent) => hold(event, event.clipboardData)
  const onDrop = (event: DragEvent) => {
    // Words that are moved inside of the page are in it already.
    if (!isOwnDrag) hold(event, event.dataTransfer)
  }
  const onDrag = (event: Event) => {
    isOwnDrag = event.type === 'dragstart'
  }

  function hold(event: Event, data: DataTransfer | null): void {
    const at = fieldOf(event.target)
    const text = data?.getData('text/plain') ?? ''
    if (letIn.has(event) || at === undefined || text === '') return
    const html = data?.getData('text/html') ?? ''
    const isHeld = meet({
      text,
      at,
      insert: (words) => paste(at, words === undefined ? { text, html } : { text: words, html: '' }),
    })
    if (!isHeld) return
    event.preventDefault()
    event.stopImmediatePropagation()
  }

  function paste(at: HTMLElement, { text, html }: { text: string; html: string }): void {
    if (!at.isConnected) return
    if (!at.contains(document.activeElement)) at.focus()
    const data = new DataTransfer()
    data.setData('text/plain', text)
    if (html !== '') data.setData('text/html', html)
    const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
    letIn.add(event)
    // A field's own way of pasting is the browser's, which trusts no event of ours. This one keeps the browser's undo.
    if (at.dispatchEvent(event) && isField(at)) document.execCommand('insertText', false, text)
  }

  window.addEventListener('paste', onPaste, true)
  window.addEventListener('drop', onDrop, true)
  window.addEventListener('dragstart', onDrag, true)
  window.addEventListener('dragend', onDrag, true)
  return () => {
    window.removeEventListener('paste', onPaste, true)
    window.removeEventListener('drop', onDrop, true)
    window.removeEventListener('dragstart', onDrag, true)
    window.removeEventListener('dragend', onDrag, true)
  }
}

const isField = (element: Element): element is HTMLInputElement | HTMLTextAreaElement =>
  element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement

/** The field or editor around `target` that words may be put into. */
function fieldOf(target: EventTarget | null): HTMLElement | undefined {
  if (!(target instanceof Element)) return undefined
  if (isField(target)) return holdsSharedWords(target) ? target : undefined
  return target.closest<HTMLElement>('[contenteditable="true"]') ?? undefined
}

/** Fields whose words stay with the person: searching, signing in, numbers, dates. */
export const holdsSharedWords = (field: HTMLInputElement | HTMLTextAreaElement): boolean =>
  !field.readOnly &&
  !field.disabled &&
  field.getAttribute('role') !== 'combobox' &&
  (field instanceof HTMLTextAreaElement || field.type === 'text')
