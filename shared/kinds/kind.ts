import type * as Y from 'yjs'
import type { Block } from '../content/blocks.ts'
import type { Drawing } from '../drawing/drawing.ts'
import type { Fact } from '../fact.ts'

/** Where a document or a part of one stands on the through-line. */
export const stations = ['aim', 'driver', 'idea', 'cycle', 'measure', 'lesson'] as const
export type Station = (typeof stations)[number]

/** A part of another document that this one stands on; readable in both directions. */
export interface Reference {
  /** The part of this document that refers; absent for the document as a whole. */
  readonly part?: string
  readonly documentId: string
  readonly targetPart?: string
  readonly relation: string
}

/** Plain data of the general features, as the reader may see them. Grows with the features. */
export interface Records {
  readonly stage?: string
}

export interface Table {
  readonly name: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (string | number | undefined)[])[]
  /** What this table cannot hold, in a sentence that the export says. */
  readonly omits?: string
}

export interface DatedEntry {
  readonly date: string
  readonly label: string
  readonly part?: string
}

/** A step that the server takes on request: what must hold first, and what is edited. */
export interface Transition<Model> {
  /** What is missing, in sentences; empty when the step may be taken. */
  problems(model: Model): readonly string[]
  edit(doc: Y.Doc): void
  readonly from: readonly string[]
  readonly to: string
}

/**
 * A kind of document: all that the rest of the product knows of it. The server knows no kind by name; a new kind is a
 * folder here, one in the client, and one line in each list.
 */
export interface Kind<Model> {
  readonly label: string
  /** In the plural, for lists. */
  readonly plural: string
  /** The version of the document's shape. A client with an older one is asked to reload before it edits (S1). */
  readonly schema: number
  /** The document as plain data. Never throws on content that another version wrote. */
  read(doc: Y.Doc): Model
  /** Writes a template's content into an empty document; `read(fill(seed))` equals the seed but for ids and order keys. */
  fill(doc: Y.Doc, seed: Model): void
  /** Checks a template's content (unknown JSON); throws a sentence that names the place and what is wrong. */
  parseSeed(json: unknown): Model
  /** Network documents of this kind are open to all members for editing. */
  readonly membersEdit?: true
  readonly station: Station
  readonly startsFrom?: readonly Station[]
  references(model: Model): readonly Reference[]
  /** Neutral content for search and for Markdown, DOCX and PDF. */
  blocks(model: Model, records: Records): readonly Block[]
  /** What boards and lessons may count. */
  facts(model: Model, records: Records): readonly Fact[]
  readonly transitions?: Readonly<Record<string, Transition<Model>>>
  readonly actions?: Readonly<Record<string, (doc: Y.Doc, args: unknown) => void>>
  drawing?(model: Model): Drawing
  tables?(model: Model, records: Records): readonly Table[]
  dates?(model: Model, records: Records): readonly DatedEntry[]
}
