import { type Accessor, createSignal, onCleanup } from 'solid-js'
import type { Identifier } from '#shared/identifiers/identifier.ts'
import type { IdentifierGuard } from '#shared/network.ts'
import { now } from '../clock.ts'
import { getMe } from '../session.tsx'
import type { TextGuard, WatchedField } from '../sync/text-guard.ts'
import { createDetector, type Detector } from './detector.ts'
import { keptTextsOf } from './kept-texts.ts'
import { holdPastes, type Pasted } from './pasting.ts'
import { watchPlainFields } from './plain-fields.ts'
import { watchWriting } from './writing-watch.ts'

/** What can be done with what was found. */
export type Answer = 'mask' | 'keep' | 'leave-out'

/** Something that was found and waits for an answer. */
export interface Warning {
  /** `written`: it is in its field already. `pasted` and `given` (a title, a file): it is nowhere, until someone says so. */
  readonly kind: 'written' | 'pasted' | 'given'
  readonly text: string
  readonly found: readonly Identifier[]
  /** The field or whatever else it is about. */
  readonly at: HTMLElement | undefined
  readonly answers: readonly Answer[]
}

export interface IdentifierWarnings {
  /** For `openDocument`. */
  readonly guard: TextGuard
  /** One at a time: who goes on elsewhere has left what waited. */
  readonly warning: Accessor<Warning | undefined>
  answer(answer: Answer): void
}

export interface IdentifierGuardOptions {
  /** What the network asks for, as it is now; undefined while that is not known. */
  readonly settings: Accessor<IdentifierGuard | undefined>
  /** The document, or the network where there is none: what was said to be no identifier holds there alone. */
  readonly scope: string
}

/** Looks for students' identifiers in what is written and pasted on this page, until its owner is gone. */
export function createIdentifierGuard({ settings, scope }: IdentifierGuardOptions): IdentifierWarnings {
  const kept = keptTextsOf(getMe().id, scope)
  const detector = createDetector()
  const [open, setOpen] = createSignal<{ readonly warning: Warning; take(answer: Answer): void }>()
  const watched = new Set<HTMLElement>()

  const find = ({ findIdentifiers }: Detector, text: string): readonly Identifier[] => {
    const context = {
      schoolDomains: settings()?.schoolDomains ?? [],
      year: new Date(now()).getUTCFullYear(),
    }
    return findIdentifiers(text, context).filter((identifier) => !kept.has(identifier, text))
  }

  function show(warning: Warning, take: (answer: Answer) => void): void {
    answer('leave-out')
    setOpen({
      warning,
      take(given) {
        if (given === 'keep') kept.keep(warning.found, warning.text)
        take(given)
      },
    })
  }

  function answer(given: Answer): void {
    const current = open()
    setOpen(undefined)
    current?.take(given)
  }

  /** Where the network blocks, what comes as a whole does not come in as it is. */
  const answersForWhole = (): readonly Answer[] =>
    settings()?.mode === 'block' ? ['mask', 'leave-out'] : ['mask', 'keep', 'leave-out']

  /** What is in the field now counts: it may be gone by the time that the detector is here. */
  function meetWriting(field: WatchedField): void {
    const text = field.read()
    const detect = detector.loaded()
    if (detect !== undefined) judgeWriting(detect, field, text)
    else void detector.load().then((late) => late && judgeWriting(late, field, text))
  }

  function judgeWriting(detect: Detector, field: WatchedField, text: string): void {
    const shown = open()?.warning
    if (shown !== undefined && shown.kind !== 'written') return
    const at = field.element
    const found = find(detect, text)
    if (found.length === 0) {
      if (shown?.at === at) answer('leave-out')
    } else if (shown?.at !== at || !isSame(shown, { found, text })) {
      show({ kind: 'written', text, found, at, answers: ['mask', 'keep'] }, (given) => {
        if (given === 'mask') maskIn(detect, field, text, found)
      })
    }
  }

  /** True when it is held. */
  function meetPaste({ text, at, insert }: Pasted): boolean {
    const waiting = open()?.warning
    const isAgain = waiting?.kind === 'pasted' && waiting.at === at && waiting.text === text
    // Whoever pastes the same once more means it.
    if (isAgain && waiting.answers.includes('keep')) answer('keep')
    if (isAgain) return true
    const detect = detector.loaded()
    if (detect !== undefined) return holdPaste(detect, { text, at, insert })
    void detector.load().then((late) => {
      if (late === undefined || !holdPaste(late, { text, at, insert })) insert()
    })
    return true
  }

  /** True when something was found, and someone is asked. */
  function holdPaste(detect: Detector, { text, at, insert }: Pasted): boolean {
    const found = find(detect, text)
    if (found.length === 0) return false
    show({ kind: 'pasted', text, found, at, answers: answersForWhole() }, (given) => {
      if (given === 'mask') insert(detect.maskIdentifiers(text, found))
      if (given === 'keep') insert()
    })
    return true
  }

  async function ask(text: string, at?: HTMLElement): Promise<string | undefined> {
    const detect = await detector.load()
    const found = detect === undefined ? [] : find(detect, text)
    if (detect === undefined || found.length === 0) return text
    return new Promise((resolve) => {
      show({ kind: 'given', text, found, at, answers: answersForWhole() }, (given) => {
        if (given === 'mask') resolve(detect.maskIdentifiers(text, found))
        else resolve(given === 'keep' ? text : undefined)
      })
    })
  }

  function watch(field: WatchedField): () => void {
    watched.add(field.element)
    const stop = watchWriting(field.element, () => meetWriting(field))
    return () => {
      stop()
      watched.delete(field.element)
    }
  }

  const stopHolding = holdPastes(meetPaste)
  const stopWatching = watchPlainFields((field) => {
    if (!watched.has(field.element)) meetWriting(field)
  })
  onCleanup(() => {
    detector.close()
    stopHolding()
    stopWatching()
    answer('leave-out')
  })
  return { guard: { watch, ask }, warning: () => open()?.warning, answer }
}

interface Found {
  readonly found: readonly Identifier[]
  readonly text: string
}

/** Whether the same words were found, wherever they stand now: then it has been said. */
const isSame = (one: Found, other: Found): boolean => wordsOf(one).join('\n') === wordsOf(other).join('\n')

const wordsOf = ({ found, text }: Found): readonly string[] =>
  found.map(({ from, to }) => text.slice(from, to))

/** The last first, so that those before it stay where they are. A list over several paragraphs goes one by one. */
function maskIn({ maskOf }: Detector, field: WatchedField, text: string, found: readonly Identifier[]): void {
  for (const identifier of [...found].reverse()) {
    const said = text.slice(identifier.from, identifier.to)
    if (field.replace(said, maskOf(identifier))) continue
    for (const [index, line] of said.split('\n').entries())
      field.replace(line, index === 0 ? maskOf(identifier) : '')
  }
}
