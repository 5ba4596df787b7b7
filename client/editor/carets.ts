import { CollaborationCaret } from '@tiptap/extension-collaboration-caret'
import type { Awareness } from 'y-protocols/awareness'
import type { PresenceState } from '#shared/sync-protocol.ts'

/** How long a colleague's name stands at their caret after it moved. The style sheet has the same time. */
interface CaretUser {
  readonly name: string
  /** The binding wants a color in this form and complains otherwise; ours comes from the class. */
  readonly color: '#000000'
  readonly person: number
  readonly clientId: number
}

type Change = { added: number[]; updated: number[]; removed: number[] }

/** The others' carets and selections in an editor, in their colors, with names that fade. */
export function createCarets(awareness: Awareness) {
  const names = new Map<number, HTMLElement>()
  return CollaborationCaret.extend({
    onCreate() {
      awareness.on('change', showMovedNames)
    },
    onDestroy() {
      awareness.off('change', showMovedNames)
    },
  }).configure({
    provider: { awareness: caretAwareness(awareness) },
    render: (user) => drawCaret(user as CaretUser, names),
    selectionRender: (user) => ({
      class: `collaboration-carets__selection ${personClass(user as CaretUser)}`,
    }),
  })

  /** The binding moves the same element along, so its fading has to be begun again. */
  function showMovedNames({ updated }: Change): void {
    for (const clientId of updated) {
      for (const animation of names.get(clientId)?.getAnimations() ?? []) {
        animation.cancel()
        animation.play()
      }
    }
  }
}

function drawCaret(user: CaretUser, names: Map<number, HTMLElement>): HTMLElement {
  const caret = document.createElement('span')
  caret.className = `collaboration-carets__caret ${personClass(user)}`
  const name = document.createElement('span')
  name.className = 'collaboration-carets__label'
  name.textContent = user.name
  caret.append(name)
  names.set(user.clientId, name)
  return caret
}

const personClass = (user: CaretUser): string => `p${user.person}`

/**
 * The document's presence as the caret binding wants it: names and colors in its form, and of what it writes only the
 * caret. `user` is the server's to write.
 */
function caretAwareness(awareness: Awareness) {
  return {
    get states() {
      return readStates(awareness)
    },
    getStates: () => readStates(awareness),
    getLocalState: () => awareness.getLocalState(),
    setLocalStateField(field: string, value: unknown) {
      if (field !== 'cursor') return
      if (value === null && awareness.getLocalState()?.cursor == null) return
      awareness.setLocalStateField('cursor', value)
    },
    on: awareness.on.bind(awareness),
    off: awareness.off.bind(awareness),
  }
}

function readStates(awareness: Awareness): Map<number, { user: CaretUser; cursor?: unknown }> {
  const states = new Map<number, { user: CaretUser; cursor?: unknown }>()
  for (const [clientId, state] of awareness.getStates() as Map<number, PresenceState>) {
    if (state.user === undefined) continue
    const user: CaretUser = { name: state.user.name, color: '#000000', person: state.user.color, clientId }
    states.set(clientId, isCursor(state.cursor) ? { user, cursor: state.cursor } : { user })
  }
  return states
}

/** Anything else would throw inside the editor; it comes from another program. */
function isCursor(cursor: unknown): boolean {
  if (typeof cursor !== 'object' || cursor === null) return false
  const { anchor, head } = cursor as { anchor?: unknown; head?: unknown }
  return isPosition(anchor) && isPosition(head)
}

const isPosition = (position: unknown): boolean => typeof position === 'object' && position !== null
