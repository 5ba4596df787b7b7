import type { Person } from './people.ts'

/**
 * Records that belong to a document but do not live in it: each is a row, validated and authorized one by one. What people
 * write together is in the document; what must not be rewritten by whoever may edit it stands here.
 */
export interface Records {
  /** Where the document stands, as the rows of its transitions say it; absent for a kind without steps. */
  readonly stage?: string
  /** The steps that were taken, the oldest first. */
  readonly transitions?: readonly StageChange[]
  /** What was stated, by whom and when, the oldest first; amendments stand with the seal that they amend. */
  readonly seals?: readonly Seal[]
  readonly ballots?: readonly Ballot[]
  readonly attachments?: readonly Attachment[]
  /** Changes to this document that someone asks for who may only comment on it, still open. */
  readonly proposals?: readonly Proposal[]
}

/** A step that was taken. The first one has number 1; no two steps of a document have the same number. */
export interface StageChange {
  readonly number: number
  readonly name: string
  readonly from: string
  readonly to: string
  readonly by: Person
  readonly at: number
  readonly reason?: string
  /** What was missing when it was taken all the same, in sentences; there is a reason then. */
  readonly missing?: readonly string[]
  /** Ids of the documents that it opened. */
  readonly opened?: readonly string[]
}

/** What was stated at one moment. It is never changed and never replaced. */
export interface Seal {
  readonly id: string
  /** What of the document it holds, a name of the kind's own, e.g. `predictions`. */
  readonly name: string
  /** The canonical text: what the hash is of. */
  readonly text: string
  /** SHA-256 of the text as UTF-8, in hexadecimal. */
  readonly hash: string
  readonly by: Person
  /** Who had the document open at that moment, the one who sealed it too. */
  readonly present: readonly Person[]
  readonly at: number
  /** When words were taken out of the text for good; the hash is of the text before. */
  readonly erasedAt?: number
  readonly amendments: readonly Amendment[]
}

/** What is stated differently since, beside the seal. */
export interface Amendment {
  readonly id: string
  /** The part of the sealed text that it is about, e.g. a question's id. */
  readonly part: string
  /** Canonical text of that part alone. */
  readonly text: string
  readonly hash: string
  readonly reason: string
  readonly by: Person
  readonly at: number
  readonly erasedAt?: number
}

/** Private answers to one question until they are revealed. */
export interface Ballot {
  /** The part of the document that is asked about. */
  readonly part: string
  /** How many have answered: all that anybody learns before the reveal. */
  readonly answers: number
  /** The reader's own answer. */
  readonly own?: { readonly value: number; readonly at: number; readonly isShared: boolean }
  readonly revealed?: RevealedBallot
}

export interface RevealedBallot {
  readonly at: number
  /** Nobody in particular where a seal revealed it. */
  readonly by?: Person
  readonly lowest?: number
  readonly highest?: number
  /** From the lowest to the highest, without names; absent when fewer than three answered. */
  readonly values?: readonly number[]
  /** Answers whose people said that others may know them. */
  readonly shared: readonly { readonly by: Person; readonly value: number }[]
}

export interface Attachment {
  readonly id: string
  /** The part of the document that it belongs to. */
  readonly part?: string
  readonly name: string
  /** One of `attachmentTypes`, as its bytes say. */
  readonly type: string
  readonly bytes: number
  readonly by: Person
  readonly at: number
}

/** A change to a document that waits for someone who may edit it. */
export interface Proposal {
  readonly id: string
  /** The named action of the document's kind, and what it is to be done with. */
  readonly action: string
  readonly args: unknown
  /** What would happen, in a sentence. */
  readonly sentence: string
  /** The part of the document that it is about. */
  readonly part?: string
  /** The document in which it was asked for; without its title for those who may not open it. */
  readonly from: { readonly documentId: string; readonly title?: string }
  readonly by: Person
  readonly at: number
}

/** What may be attached: media types, and how they are called for people. */
export const attachmentTypes: Readonly<Record<string, string>> = {
  'image/jpeg': 'JPEG',
  'image/png': 'PNG',
  'image/webp': 'WebP',
  'application/pdf': 'PDF',
  'text/plain': 'text',
  'text/csv': 'CSV',
}

/** Limits of attachments, in bytes. */
export const attachmentLimits = { file: 10 * 1024 * 1024, network: 1024 * 1024 * 1024 } as const

/** Something that stands against a step, or something that is missing before it. */
export interface Problem {
  readonly message: string
  /** The part of the document where it can be mended. */
  readonly part?: string
  /** The step may be taken all the same, with a reason, which is recorded. */
  readonly mayGoOn?: true
}
