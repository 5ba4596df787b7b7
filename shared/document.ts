import * as v from 'valibot'
import type { Level } from './access.ts'
import { type KindName, kindNames } from './kinds/index.ts'
import type { Person } from './people.ts'

/** A document's row as a list shows it, with the reader's own level. */
export interface DocumentSummary {
  readonly id: string
  readonly networkId: string
  readonly teamId?: string
  readonly kind: KindName
  readonly title: string
  /** False: a draft, seen by its team (or the network's coordinators and facilitators) alone. */
  readonly shared: boolean
  /** At most `view` while the document is archived: nobody edits or comments before it is restored. */
  readonly level: Level
  readonly createdAt: number
  readonly updatedAt: number
  readonly updatedBy?: Person
  readonly archivedAt?: number
  /** Only of an archived document, and only for those who may edit once it is restored. */
  readonly mayRestore?: true
}

/** `GET /api/documents/:id`: the row and what the browser needs to open it. */
export interface DocumentDetail extends DocumentSummary {
  readonly epoch: string
  readonly schema: number
}

export const titleSchema = v.pipe(
  v.string('Give it a title.'),
  v.trim(),
  v.minLength(1, 'Give it a title.'),
  v.maxLength(200, 'A title has at most 200 characters.'),
)

const kindSchema = v.picklist(kindNames, `A kind is one of: ${kindNames.join(', ')}.`)

/** What to start: from a template (the blank one unless named), or from content of one's own. */
export const newDocumentSchema = v.object({
  kind: kindSchema,
  title: titleSchema,
  template: v.optional(v.string('A template is named by its id.')),
  /** The `model` of a JSON export, or what a template of this kind holds. */
  content: v.optional(v.unknown()),
  team: v.optional(v.string('A team is named by its id.')),
})

/** What may be changed of a document's row. A draft can be shared; what was shared stays shared. */
export const documentChangesSchema = v.pipe(
  v.object({
    title: v.optional(titleSchema),
    shared: v.optional(
      v.literal(true, 'A document can be shared, not made a draft again: only true is accepted.'),
    ),
  }),
  v.check(
    ({ title, shared }) => title !== undefined || shared !== undefined,
    'Say what to change: title, shared, or both.',
  ),
)

/** Where a copy stands is said as for a new document: in the team named, or else in the network. */
export const newCopySchema = v.object({
  title: v.optional(titleSchema),
  team: v.optional(v.string('A team is named by its id.')),
})

export const newVersionSchema = v.object({
  name: v.pipe(
    v.string('Give the version a name.'),
    v.trim(),
    v.minLength(1, 'Give the version a name.'),
    v.maxLength(120, 'The name of a version has at most 120 characters.'),
  ),
  note: v.optional(
    v.pipe(
      v.string('A note is a text.'),
      v.trim(),
      v.maxLength(2000, 'The note of a version has at most 2,000 characters.'),
    ),
  ),
})

/** A state of the document that someone named, or that the product keeps before something large happens. */
export interface Version {
  readonly id: string
  /** The last row of the update log that it contains. */
  readonly seq: number
  readonly name: string
  readonly note?: string
  /** `active`: after ten minutes of work; `left`: when the last person went; `deletion`: before a large one. */
  readonly cause: 'by-hand' | 'import' | 'active' | 'left' | 'deletion' | 'transition'
  readonly by?: Person
  readonly createdAt: number
}

export const newTransitionSchema = v.object({
  name: v.string('Name the step to take.'),
  reason: v.optional(
    v.pipe(
      v.string('A reason is a text.'),
      v.trim(),
      v.maxLength(2000, 'A reason has at most 2,000 characters.'),
    ),
  ),
  expect: v.optional(v.string('Name the stage that you expect the document to be in.')),
})

/** What to list; every part may be absent. */
export const documentFilterSchema = v.object({
  kind: v.optional(kindSchema),
  team: v.optional(v.string()),
  archived: v.optional(v.picklist(['true', 'false'], 'Archived is true or false.')),
})

export const factFilterSchema = v.object({
  kind: v.optional(kindSchema),
  team: v.optional(v.string()),
  name: v.optional(v.string()),
})

/** One end of a reference, seen from the other. What the reader may not see is said to be private, without its title. */
export type ReferenceEnd =
  | { readonly id: string; readonly kind: KindName; readonly title: string; readonly teamId?: string }
  | { readonly privateTo: string }

/** A reference between this document and another one, as either of the two lists it. */
export interface PlacedReference {
  readonly relation: string
  /** The part of this document that it is about; absent for the document as a whole. */
  readonly part?: string
  readonly otherPart?: string
  readonly other: ReferenceEnd
}

/** `GET /api/documents/:id/references`. */
export interface DocumentReferences {
  readonly standsOn: readonly PlacedReference[]
  readonly carries: readonly PlacedReference[]
}

/** What a document can start from, as `GET /api/templates` lists it. The id is unique among templates of its kind. */
export interface TemplateSummary {
  readonly id: string
  readonly kind: KindName
  readonly name: string
  readonly sentence: string
  readonly sources: readonly string[]
}

/** What happened to a document, as the feed of its network says it to those who may see the document. */
export const documentChanges = ['created', 'renamed', 'shared', 'archived', 'restored', 'changed'] as const
export type DocumentChange = (typeof documentChanges)[number]

/** The data of the feed's event `document`. */
export interface DocumentEvent {
  readonly documentId: string
  readonly change: DocumentChange
}
