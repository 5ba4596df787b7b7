import { createMemo, type JSX, Show } from 'solid-js'
import { counted } from '#shared/counted.ts'
import { Icon, type IconName } from './Icon.tsx'
import { timeOfDay, whenOf, type Zone } from './when.ts'

/** What is known about the reader's own changes to a document. */
export type SavedKind =
  | { kind: 'saved'; at: number }
  | { kind: 'saving' }
  | { kind: 'offline'; changes: number; kept: boolean }
  /** The page says the reason, with what can be done. */
  | { kind: 'unsaved'; reason: string; code?: number }

export interface SavedIndicatorProps {
  state: SavedKind
  /** For the day beside the time of a document that nobody touched today. */
  now: number
  zone?: Zone
  /** The network blocks live connections, and everything travels another way. */
  isIndirect?: boolean
}

const faces: Readonly<Record<SavedKind['kind'], { icon: IconName; tone: string }>> = {
  saved: { icon: 'check', tone: '' },
  saving: { icon: 'saving', tone: 'saving' },
  offline: { icon: 'cloud-off', tone: 'offline' },
  unsaved: { icon: 'alert', tone: 'unsaved' },
}

/** Four states in words, icon and color, announced politely. Saved is said only of what is committed. */
export function SavedIndicator(props: SavedIndicatorProps): JSX.Element {
  const face = createMemo(() => faces[props.state.kind])
  return (
    <span class={`saved ${face().tone}`} role="status" title={props.isIndirect ? indirectly : undefined}>
      <Icon name={face().icon} />
      <span>{savedWords(props.state, props.now, props.zone)}</span>
      <Show when={props.isIndirect}>
        <span class="visually-hidden">. {indirectly}</span>
      </Show>
    </span>
  )
}

const indirectly = 'This network blocks live connections, so your work travels another way, a little slower.'

/** The state as a sentence. */
export function savedWords(state: SavedKind, now: number, zone?: Zone): string {
  switch (state.kind) {
    case 'saved':
      return state.at === 0 ? 'Saved' : `Saved ${savedWhen(state.at, now, zone)}`
    case 'saving':
      return 'Saving…'
    case 'offline':
      if (!state.kept) return 'Offline: not kept, do not close this page'
      if (state.changes === 0) return 'Offline: this copy is on this device'
      return `Offline: ${counted(state.changes, 'change')} kept on this device`
    case 'unsaved':
      return 'Not saved: action needed'
  }
}

function savedWhen(at: number, now: number, zone: Zone | undefined): string {
  const said = whenOf(at, now, zone)
  return said === 'just now' ? timeOfDay(at, zone) : said
}
