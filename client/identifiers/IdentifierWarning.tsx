import { createMemo, createSignal, For, type JSX, onCleanup, onMount, Show } from 'solid-js'
import { Portal } from 'solid-js/web'
import { identifierNames } from '#shared/identifiers/identifier.ts'
import { Icon } from '../ui/Icon.tsx'
import type { Answer, IdentifierWarnings, Warning } from './create-identifier-guard.ts'
import './identifiers.css'
import { type Place, placeBeside } from './place-beside.ts'

/**
 * Says at the field what was found there and offers what can be done. It takes the keyboard from nobody who writes: Control
 * and Enter masks, Escape keeps or leaves out, and pasting once more pastes it as it is. It blocks nothing behind it.
 */
export function IdentifierWarning(props: { warnings: IdentifierWarnings }): JSX.Element {
  return (
    <Show when={props.warnings.warning()} keyed>
      {(warning) => (
        // Inside of a dialog, or nobody could reach it while that is open.
        <Portal mount={warning.at?.closest<HTMLElement>('[role="dialog"]') ?? document.body}>
          <Shown warning={warning} onAnswer={props.warnings.answer} />
        </Portal>
      )}
    </Show>
  )
}

function Shown(props: { warning: Warning; onAnswer: (answer: Answer) => void }): JSX.Element {
  const [place, setPlace] = createSignal<Place>()
  let element!: HTMLElement

  onMount(() => {
    onCleanup(placeBeside(element, props.warning.at, setPlace))
    // A title or a file has left its field: here the keyboard is not taken from anyone.
    if (props.warning.kind === 'given') element.querySelector('button')?.focus()
  })
  answerKeys(() => element, props)

  return (
    <section
      ref={element}
      class="identifier-warning no-print"
      aria-label="Student identifiers"
      style={{ '--top': place()?.top, '--left': place()?.left, '--above-keyboard': place()?.aboveKeyboard }}
    >
      <Icon name="alert" />
      <div>
        <Said warning={props.warning} />
        <div class="row">
          <For each={props.warning.answers}>
            {(answer) => (
              <button
                type="button"
                class="button"
                classList={{ primary: answer === 'mask', quiet: answer !== 'mask' }}
                // A press must not take the caret out of the field.
                onPointerDown={(event) => event.preventDefault()}
                onClick={() => props.onAnswer(answer)}
              >
                {words[props.warning.kind][answer]}
                <Key answer={answer} warning={props.warning} />
              </button>
            )}
          </For>
        </div>
      </div>
    </section>
  )
}

/** What is pasted waits for an answer, so it is said at once; what is written is said when there is a pause. */
function Said(props: { warning: Warning }): JSX.Element {
  const [isHere, setHere] = createSignal(false)
  // Words are announced that come into a region which is there already.
  onMount(() => {
    const frame = requestAnimationFrame(() => setHere(true))
    onCleanup(() => cancelAnimationFrame(frame))
  })
  return (
    <p role={props.warning.kind === 'written' ? 'status' : 'alert'}>
      <Show when={isHere()}>
        {sentenceOf(props.warning)} Shared pages hold no student identifiers.
        <span class="visually-hidden"> {keysOf(props.warning)}</span>
      </Show>
    </p>
  )
}

const words: Readonly<Record<Warning['kind'], Readonly<Record<Answer, string>>>> = {
  written: { mask: 'Mask it', keep: 'Keep it', 'leave-out': 'Leave out' },
  pasted: { mask: 'Mask', keep: 'Paste anyway', 'leave-out': 'Leave out' },
  given: { mask: 'Mask', keep: 'Use it anyway', 'leave-out': 'Leave out' },
}

function sentenceOf({ kind, found }: Warning): string {
  const names = [...new Set(found.map((identifier) => identifierNames[identifier.kind]))]
  const list = names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : names[0]
  return kind === 'written' ? `This looks like ${list}.` : `This holds what looks like ${list}.`
}

function keysOf({ kind }: Warning): string {
  if (kind === 'given') return ''
  return `${isMac ? 'Command' : 'Control'} Enter masks it, Escape ${kind === 'written' ? 'keeps it' : 'leaves it out'}.`
}

function Key(props: { answer: Answer; warning: Warning }): JSX.Element {
  const keys = createMemo(() => keysFor(props.answer, props.warning.kind))
  return (
    <Show when={keys().length > 0}>
      <span class="keys" aria-hidden="true">
        <For each={keys()}>{(key) => <kbd>{key}</kbd>}</For>
      </span>
    </Show>
  )
}

const isMac = /mac|iphone|ipad/i.test(navigator.platform)

function keysFor(answer: Answer, kind: Warning['kind']): readonly string[] {
  if (answer === 'mask') return [isMac ? '⌘' : 'Ctrl', '↵']
  if (answer === 'keep' && kind === 'pasted') return [isMac ? '⌘' : 'Ctrl', 'V']
  return (kind === 'written') === (answer === 'keep') ? ['Esc'] : []
}

/** One key each, wherever on the page the keyboard is, but in a dialog or menu of its own. */
function answerKeys(
  element: () => HTMLElement,
  props: { warning: Warning; onAnswer: (answer: Answer) => void },
): void {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return
    // It went with the dialog that it was in.
    if (!element().isConnected) return props.onAnswer('leave-out')
    const layer =
      event.target instanceof Element ? event.target.closest('[role="dialog"], [role="menu"]') : null
    if (layer !== null && !layer.contains(element())) return
    const answer = answerOf(event, props.warning.kind)
    if (answer === undefined) return
    event.preventDefault()
    event.stopImmediatePropagation()
    props.onAnswer(answer)
  }
  window.addEventListener('keydown', onKeyDown, true)
  onCleanup(() => window.removeEventListener('keydown', onKeyDown, true))
}

function answerOf(event: KeyboardEvent, kind: Warning['kind']): Answer | undefined {
  if (event.key === 'Escape') return kind === 'written' ? 'keep' : 'leave-out'
  return event.key === 'Enter' && (event.ctrlKey || event.metaKey) ? 'mask' : undefined
}
