import type { Commands } from './commands.ts'
import type { Page } from './page.ts'

/** Where a key counts: on a card, while writing in one, or in both. */
export type KeyPlace = 'card' | 'words' | 'both'

export interface Key {
  /** Chords that this key answers to, as `chordOf` writes them. */
  readonly chords: readonly string[]
  /** How the help sheet shows it. */
  readonly shown: readonly string[]
  readonly words: string
  readonly group: 'Write' | 'Move' | 'Look around'
  readonly place: KeyPlace
  /** False where someone may only read. */
  readonly reads?: true
  readonly run: (commands: Commands) => void
}

/** The keyboard of a driver diagram: one table that both the handler and the help sheet read. */
export const keys: readonly Key[] = [
  {
    chords: ['Enter'],
    shown: ['Enter'],
    words: 'Add a card below, in the same column',
    group: 'Write',
    place: 'both',
    run: (commands) => commands.addSibling(),
  },
  {
    chords: ['Tab'],
    shown: ['Tab'],
    words: 'Add a card that leads to this one, in the next column',
    group: 'Write',
    place: 'both',
    run: (commands) => commands.addChild(),
  },
  {
    chords: ['F2'],
    shown: ['F2', 'or type'],
    words: 'Write in the card',
    group: 'Write',
    place: 'card',
    run: (commands) => commands.write(),
  },
  {
    chords: ['Escape'],
    shown: ['Esc'],
    words: 'Stop writing; once more: leave the cards, so that Tab goes on',
    group: 'Write',
    place: 'both',
    reads: true,
    run: (commands) => commands.leave(),
  },
  {
    chords: ['l', 'Mod+k'],
    shown: ['L'],
    words: 'Link this card to…',
    group: 'Write',
    place: 'card',
    run: (commands) => commands.linkTo(),
  },
  {
    chords: ['Delete', 'Backspace'],
    shown: ['Delete'],
    words: 'Remove the card, or the chosen link',
    group: 'Write',
    place: 'card',
    run: (commands) => commands.remove(),
  },
  {
    chords: ['Mod+z'],
    shown: ['Mod', 'Z'],
    words: 'Undo what you did last; never what a colleague did',
    group: 'Write',
    place: 'both',
    run: (commands) => commands.undo(),
  },
  {
    chords: ['Mod+Shift+z', 'Mod+y'],
    shown: ['Mod', 'Shift', 'Z'],
    words: 'Do it again',
    group: 'Write',
    place: 'both',
    run: (commands) => commands.redo(),
  },
  {
    chords: ['Alt+ArrowUp'],
    shown: ['Alt', '↑'],
    words: 'Move the card up in its column',
    group: 'Move',
    place: 'both',
    run: (commands) => commands.moveUp(),
  },
  {
    chords: ['Alt+ArrowDown'],
    shown: ['Alt', '↓'],
    words: 'Move the card down in its column',
    group: 'Move',
    place: 'both',
    run: (commands) => commands.moveDown(),
  },
  {
    chords: ['Alt+ArrowLeft'],
    shown: ['Alt', '←'],
    words: 'Move it a level higher, under what its driver leads to',
    group: 'Move',
    place: 'both',
    run: (commands) => commands.moveHigher(),
  },
  {
    chords: ['Alt+ArrowRight'],
    shown: ['Alt', '→'],
    words: 'Move it a level deeper, under the card above it',
    group: 'Move',
    place: 'both',
    run: (commands) => commands.moveDeeper(),
  },
  {
    chords: ['ArrowUp'],
    shown: ['↑', '↓'],
    words: 'The card above or below',
    group: 'Look around',
    place: 'card',
    reads: true,
    run: (commands) => commands.go('up'),
  },
  {
    chords: ['ArrowDown'],
    shown: [],
    words: '',
    group: 'Look around',
    place: 'card',
    reads: true,
    run: (commands) => commands.go('down'),
  },
  {
    chords: ['ArrowLeft'],
    shown: ['←', '→'],
    words: 'Toward the aim, toward the change ideas',
    group: 'Look around',
    place: 'card',
    reads: true,
    run: (commands) => commands.go('left'),
  },
  {
    chords: ['ArrowRight'],
    shown: [],
    words: '',
    group: 'Look around',
    place: 'card',
    reads: true,
    run: (commands) => commands.go('right'),
  },
  {
    chords: ['Home'],
    shown: ['Home', 'End'],
    words: 'The first and the last card of the column',
    group: 'Look around',
    place: 'card',
    reads: true,
    run: (commands) => commands.go('first'),
  },
  {
    chords: ['End'],
    shown: [],
    words: '',
    group: 'Look around',
    place: 'card',
    reads: true,
    run: (commands) => commands.go('last'),
  },
  {
    chords: [' ', 'Mod+Enter'],
    shown: ['Space'],
    words: 'Open the side panel: status, owner, notes, links',
    group: 'Look around',
    place: 'card',
    reads: true,
    run: (commands) => commands.openPanel(),
  },
  {
    chords: ['Alt+=', 'Alt++'],
    shown: ['Alt', '+', '−'],
    words: 'Zoom in, zoom out',
    group: 'Look around',
    place: 'card',
    reads: true,
    run: (commands) => commands.zoomBy(1.2),
  },
  {
    chords: ['Alt+-'],
    shown: [],
    words: '',
    group: 'Look around',
    place: 'card',
    reads: true,
    run: (commands) => commands.zoomBy(1 / 1.2),
  },
  {
    chords: ['Alt+0'],
    shown: ['Alt', '0'],
    words: 'See all of it',
    group: 'Look around',
    place: 'card',
    reads: true,
    run: (commands) => commands.fit(),
  },
  {
    chords: ['?'],
    shown: ['?'],
    words: 'This sheet',
    group: 'Look around',
    place: 'card',
    reads: true,
    run: (commands) => commands.showKeys(),
  },
]

/** Said to those who hear the page when they come to the cards. */
export const keysHint = 'Arrow keys move between cards, Enter adds one, question mark lists all keys.'

export const isMac = (): boolean => /mac|iphone|ipad/i.test(navigator.platform)

/** The key of a keyboard event as the table writes it: modifiers in a fixed order, Mod for Ctrl (on a Mac: Cmd). */
export function chordOf(event: KeyboardEvent, mac = isMac()): string {
  const mod = mac ? event.metaKey : event.ctrlKey
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  // What a character needs Shift for differs between keyboards; the character itself is what counts.
  const shift = event.shiftKey && (event.key.length > 1 || /[a-z]/.test(key))
  return `${mod ? 'Mod+' : ''}${event.altKey ? 'Alt+' : ''}${shift ? 'Shift+' : ''}${key}`
}

/** The line of the table that answers to an event, in a card or while writing in one. */
export function findKey(chord: string, place: 'card' | 'words'): Key | undefined {
  return keys.find((key) => (key.place === 'both' || key.place === place) && key.chords.includes(chord))
}

const isModifier = (key: string): boolean => ['Shift', 'Control', 'Alt', 'Meta', 'AltGraph'].includes(key)

/** A character that begins writing: not a command, not a control key. */
export const beginsWriting = (event: KeyboardEvent): boolean =>
  event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey

/**
 * Answers a key press inside the diagram or the outline. The keyboard is on a card, in the words of one, or on the
 * canvas; a key that means nothing there is left to the browser.
 */
export function answerKey(
  event: KeyboardEvent,
  {
    commands,
    diagram,
    open,
    selection,
    say,
  }: Pick<Page, 'commands' | 'diagram' | 'open' | 'selection' | 'say'>,
): void {
  if (event.defaultPrevented || event.isComposing) return
  const target = event.target instanceof HTMLElement ? event.target : undefined
  if (target?.closest('button, a, input, select')) return
  const place = target instanceof HTMLTextAreaElement ? 'words' : 'card'
  const chord = chordOf(event)
  const canEdit = open.canEdit()
  const isEmpty = (id: string | undefined) => id !== undefined && diagram.card(id)?.title === ''
  // In a card without words a letter is the first of them: an aim may begin with "less".
  const isFirstLetter = place === 'card' && /^[a-z]$/.test(chord) && canEdit && isEmpty(selection.card())
  const key = isFirstLetter ? undefined : findKey(chord, place)
  // Beside the cards, and for somebody who only tabs through the page, Tab is the page's own.
  if (chord === 'Tab' && (selection.card() === undefined || selection.isPassing() || !canEdit)) return
  if (!isModifier(event.key)) selection.engage()
  if (key && (canEdit || key.reads)) {
    event.preventDefault()
    key.run(commands)
  } else if (!canEdit) {
    if (key && key.place !== 'both') say('You can read this diagram, not edit it.')
  } else if (place === 'card' && beginsWriting(event)) {
    // The character itself then goes into the field that this opens.
    commands.write()
  }
}
