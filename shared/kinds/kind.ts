import type * as Y from 'yjs'
import type { Block } from '../content/blocks.ts'
import type { Drawing } from '../drawing/drawing.ts'
import type { Fact } from '../fact.ts'
import type { Problem, Records } from '../records.ts'

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

/** A part of another document that a new one is started from. */
export interface Origin {
  readonly documentId: string
  /** The part; absent for the document as a whole. */
  readonly part?: string
}

/** Where a copy comes from. */
export interface CopiedFrom {
  readonly documentId: string
  readonly title: string
  /** Name of the team whose document it is; absent for the network's. */
  readonly team?: string
}

/** A piece on the way from the aim to a part of a document. */
export interface ThroughPart {
  readonly station: Station
  readonly part: string
  readonly label: string
}

/** The moment in which a step is taken. */
export interface Taken {
  readonly documentId: string
  readonly by: { readonly id: string; readonly name: string }
  readonly at: number
  /** The day in the network's time zone, `2026-01-14`. */
  readonly day: string
  readonly reason?: string
}

/** What the network of a document has set that steps are checked by; pages know the same of it. */
export interface NetworkSettings {
  /** Domains of students' email addresses, in lower case. */
  readonly schoolDomains: readonly string[]
}

/** A named edit of another document that a step asks for. */
export interface Request {
  readonly documentId: string
  readonly action: string
  readonly args: unknown
}

/** A document of the same kind and the same place that a step opens. */
export interface Opening<Model> {
  readonly title: string
  readonly content: Model
}

/**
 * A step that the server takes on request. It checks, seals, edits, asks other documents and opens new ones, all or nothing;
 * the row that it writes is where the document stands from then on, whatever the document itself says.
 */
export interface Transition<Model> {
  /** As a button says it. */
  readonly label: string
  readonly from: readonly string[]
  /** A function where it depends on what came before, e.g. to go on after a pause. */
  readonly to: string | ((records: Records) => string)
  /** It is taken only with a reason. */
  readonly needsReason?: true
  /** What is missing; empty when the step may be taken. */
  problems(model: Model, records: Records, network: NetworkSettings): readonly Problem[]
  /** The name of what it seals, one of the kind's `seals`. */
  readonly seals?: string
  /** What changes in the document itself: its copy of the stage, the day it began. */
  edit?(doc: Y.Doc, taken: Taken & { readonly to: string }): void
  /** What it asks of other documents. Where the person may only comment there, it waits there as a proposal. */
  asks?(model: Model, records: Records, taken: Taken): readonly Request[]
  opens?(model: Model, records: Records, taken: Taken): readonly Opening<Model>[]
}

/** What of a document is stated once and for all: canonical text, the same on every machine. */
export interface Sealable<Model> {
  text(model: Model, documentId: string): string
  /** The same of one part alone, for an amendment; undefined when there is no such part. */
  partText(model: Model, documentId: string, part: string): string | undefined
}

/** A named edit that may be asked for from outside: by a step of another document, or over HTTP. */
export interface Action<Model> {
  /** Why it cannot be done, in sentences: arguments that do not fit, a part that is gone. Empty when it can. */
  problems(model: Model, args: unknown): readonly string[]
  /** What it does, in a sentence, for those who decide on a proposal. Called only where there are no problems. */
  sentence(model: Model, args: unknown): string
  /** The part that it is about. */
  part?(args: unknown): string | undefined
  edit(doc: Y.Doc, args: unknown): void
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
  /** Network documents of this kind are open to all members for editing. */
  readonly membersEdit?: true
  readonly station: Station
  /** Stations of other documents from whose parts one of this kind may be started. */
  readonly startsFrom?: readonly Station[]
  /** It always stands on a part of another document: who creates one names it. */
  readonly needsOrigin?: true
  /** The content of one that is started from a part of another document. */
  startOn?(seed: Model, origin: Origin): Model
  /** What a copy takes over; all of it where a kind does not say. */
  copy?(model: Model, from: CopiedFrom): Model
  /** What a template of the network takes over; what a copy does where a kind does not say. */
  template?(model: Model): Model
  /** The same without what people wrote in it: a template that only asks. For kinds that ask. */
  emptied?(model: Model): Model
  /** The way from the aim to a part, that part last; empty when there is no such part. */
  through?(model: Model, part: string): readonly ThroughPart[]
  references(model: Model): readonly Reference[]
  /** Neutral content for search and for Markdown, DOCX and PDF. */
  blocks(model: Model, records: Records): readonly Block[]
  /** What boards and lessons may count. */
  facts(model: Model, records: Records): readonly Fact[]
  /** The stage of a new document, for a kind that has steps. */
  readonly firstStage?: string
  /** Entries of root maps (`cycle/stage`) that only steps write: restoring an earlier state leaves them as they are. */
  readonly ofSteps?: readonly string[]
  readonly transitions?: Readonly<Record<string, Transition<Model>>>
  readonly seals?: Readonly<Record<string, Sealable<Model>>>
  readonly actions?: Readonly<Record<string, Action<Model>>>
  drawing?(model: Model): Drawing
  tables?(model: Model, records: Records): readonly Table[]
  dates?(model: Model, records: Records): readonly DatedEntry[]
}

/** What a kind makes of files. Apart from the kind, since pages never need it. */
export interface KindFiles<Model> {
  /** Checks a template's content (unknown JSON); throws a sentence that names the place and what is wrong. */
  parseSeed(json: unknown): Model
  /** Writes what someone of the sample network wrote at one moment, in the form of its file; `timeAt` reads local times. */
  writeSample?(doc: Y.Doc, act: unknown, timeAt: (local: string) => number): void
}
