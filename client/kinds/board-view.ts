import type { Component } from 'solid-js'
import type { DocumentSummary } from '#shared/document.ts'
import type { Fact } from '#shared/fact.ts'
import type { Origin, Table } from '#shared/kinds/kind.ts'

/** A document with what its kind says of it in short. */
export interface Summarized {
  readonly document: DocumentSummary
  readonly value: Fact['value']
}

/** Now, as boards take it. */
export interface BoardNow {
  /** Milliseconds since 1970. */
  readonly at: number
  /** The day in the network's time zone, `2026-01-14`. */
  readonly day: string
}

/** A team's documents of one kind by where they stand. A board draws it and knows no kind. */
export interface BoardView {
  /** In their order, from the beginning to the end of the work. */
  readonly columns: readonly BoardColumnView[]
  /** The cards in the order in which they want a look; what cannot be read has none. */
  cards(documents: readonly Summarized[], now: BoardNow): readonly BoardCardView[]
  /** All of them as a table to take out. */
  table(documents: readonly Summarized[], names: BoardNames): Table
  /** What the board teaches where it is empty. */
  readonly method: string
}

/** How other things are called that a board's documents name by their ids; undefined for what the reader may not see. */
export interface BoardNames {
  team(id: string | undefined): string | undefined
  part(origin: Origin): string | undefined
}

export interface BoardColumnView {
  readonly id: string
  readonly label: string
  /** Class of the theme that gives the column its hue. */
  readonly theme: string
  readonly Glyph?: Component
}

export interface BoardCardView {
  readonly document: DocumentSummary
  /** The stage that it is in, as the rows of its steps say it. */
  readonly stage: string
  readonly column: string
  /** It does not move just now: it stands in the foot of its column. */
  readonly isResting: boolean
  /** Where it stands, where the column alone does not say it. */
  readonly state?: string
  /** What it is about besides its title. */
  readonly gist: string
  readonly owner: string
  /** A day. */
  readonly due?: string
  readonly isOverdue: boolean
  /** Whole days since it came to where it stands; of one that is done, when that was, in milliseconds since 1970. */
  readonly days?: number
  readonly doneAt?: number
  /** Why it may have come to a halt, as a fact to talk about; of one that rests, the reason. */
  readonly hint?: string
  /** What came of it. */
  readonly Outcome?: Component
  /** Every step that may be taken from here, by the column that it leads to. */
  readonly moves: readonly BoardMove[]
}

export interface BoardMove {
  /** The step's name. */
  readonly step: string
  /** The column that the card then stands in. */
  readonly column: string
  /** It then rests there, or no longer does. */
  readonly rests: boolean
}
