import { close } from '#shared/sync-protocol.ts'

/** What someone can do about a trouble; the page draws a button for each. */
export type TroubleAction =
  | 'sign-in' // then `retry`
  | 'retry'
  | 'reload' // the page, so that the current program and document come
  | 'download' // the document as it is here, unsent changes included
  | 'forget' // remove this device's copy

export type TroubleKind =
  | 'signed-out'
  | 'no-access'
  | 'gone'
  | 'replaced'
  | 'too-large'
  | 'too-old'
  | 'too-many'
  | 'refused'
  /** The server cannot save at the moment; this passes by itself. */
  | 'not-saving'

/** Why this page can no longer save, in a sentence that says what to do. The editor is locked meanwhile. */
export interface Trouble {
  readonly kind: TroubleKind
  readonly code?: number
  readonly sentence: string
  readonly actions: readonly TroubleAction[]
  /** How many changes made here never reached the server. */
  readonly unsent: number
  /** Whether those changes are now a kept copy on this device. */
  readonly keptAside: boolean
}

/** The kind of trouble that a final close code means; undefined for a code after which one simply reconnects. */
export function troubleOf(code: number): TroubleKind | undefined {
  switch (code) {
    case close.sessionEnded:
      return 'signed-out'
    case close.noAccess:
      return 'no-access'
    case close.gone:
      return 'gone'
    case close.epochChanged:
      return 'replaced'
    case close.tooLarge:
      return 'too-large'
    case close.clientTooOld:
      return 'too-old'
    case close.tooMany:
      return 'too-many'
    default:
      // 44xx is final for every client, also a code that this version does not know.
      return code >= 4400 && code < 4500 ? 'refused' : undefined
  }
}

/** C5: what cannot be merged is stored apart. */
export const isKeptAside = (kind: TroubleKind): boolean =>
  kind === 'replaced' || kind === 'too-large' || kind === 'refused'

/** C4: the document is no longer this person's to hold. */
export const isForgotten = (kind: TroubleKind): boolean => kind === 'no-access' || kind === 'gone'

/** The whole message for a kind of trouble. `reason` is what the server said, if it said anything. */
export function describeTrouble(
  kind: TroubleKind,
  found: { unsent: number; keptAside: boolean; code?: number; reason?: string },
): Trouble {
  const { unsent, keptAside, code, reason } = found
  return {
    kind,
    ...(code === undefined ? {} : { code }),
    sentence: sentenceFor(kind, unsent, keptAside, reason),
    actions: actionsFor(kind, unsent),
    unsent,
    keptAside,
  }
}

function sentenceFor(
  kind: TroubleKind,
  unsent: number,
  keptAside: boolean,
  reason: string | undefined,
): string {
  const yours = unsent === 0 ? '' : keptAside ? ` ${changes(unsent)} kept as a copy on this device.` : ''
  switch (kind) {
    case 'signed-out':
      return unsent === 0
        ? 'You are signed out. Sign in again to go on.'
        : `You are signed out. Sign in again to send what you wrote: ${changes(unsent)} waiting on this device.`
    case 'no-access':
      return unsent === 0
        ? 'You no longer have access to this document. Ask a coordinator if you need it.'
        : `You no longer have access to this document. ${changes(unsent)} not sent: download what is here before this device's copy is removed.`
    case 'gone':
      return unsent === 0
        ? 'This document is no longer there.'
        : `This document is no longer there. ${changes(unsent)} not sent: download what is here before this device's copy is removed.`
    case 'replaced':
      return `This document was replaced: an earlier state was brought back, or something was erased for good. Reload to see it.${yours}`
    case 'too-large':
      return `This document is too large to take your last change. Reload to go on without it.${yours}`
    case 'too-old':
      return 'Throughline was updated. Reload to go on; what you wrote stays on this device until then.'
    case 'too-many':
      return reason
        ? `${withoutStop(reason)}. Then try again.`
        : 'This document is open in too many tabs or by too many people. Close some, then try again.'
    case 'refused':
      return `The server did not accept your last change${reason ? `: ${withoutStop(reason)}` : ''}. Reload to go on without it.${yours}`
    case 'not-saving':
      return reason || 'The server cannot save at the moment. It keeps trying; do not close this page.'
  }
}

function actionsFor(kind: TroubleKind, unsent: number): readonly TroubleAction[] {
  switch (kind) {
    case 'signed-out':
      return ['sign-in']
    case 'no-access':
    case 'gone':
      return unsent === 0 ? [] : ['download', 'forget']
    case 'replaced':
    case 'too-large':
    case 'refused':
      return unsent === 0 ? ['reload'] : ['reload', 'download']
    case 'too-old':
      return ['reload']
    case 'too-many':
      return ['retry']
    case 'not-saving':
      return ['download']
  }
}

const changes = (count: number): string => (count === 1 ? 'One change is' : `${count} changes are`)

const withoutStop = (text: string): string => text.replace(/[.\s]+$/, '')
