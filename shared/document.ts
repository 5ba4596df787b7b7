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
  /** The part of another document that it is started from. */
  on: v.optional(
    v.object({
      documentId: v.string('A document is named by its id.'),
      part: v.optional(v.string('A part is named by its id.')),
    }),
  ),
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
  /** `active`: after ten minutes of work; `left`: when the last person went; `deletion`: before a large one; `restore`: before and after. */
  readonly cause: 'by-hand' | 'import' | 'active' | 'left' | 'deletion' | 'transition' | 'restore'
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
  /** What the page shows: where the server knows otherwise, the step is not taken. */
  expect: v.optional(
    v.object({
      stage: v.optional(v.string('Name the stage that you expect the document to be in.')),
      /** SHA-256 of the text that is to be sealed. */
      seal: v.optional(v.string('The seal that you expect is a SHA-256 in hexadecimal.')),
    }),
  ),
  /** Go on although something is missing; there is a reason then. */
  goOn: v.optional(v.boolean()),
})

/** What a step did, as `POST /api/documents/:id/transitions` answers. */
export interface TransitionAnswer {
  readonly stage: string
  readonly seal?: { readonly id: string; readonly hash: string }
  /** Documents that it opened. */
  readonly opened: readonly string[]
  /** What became of each thing that it asked of another document. */
  readonly asked: readonly {
    readonly documentId: string
    readonly action: string
    readonly outcome: 'done' | 'proposed'
  }[]
}

export const newActionSchema = v.object({
  name: v.string('Name the action.'),
  args: v.optional(v.unknown()),
})

export const newAmendmentSchema = v.object({
  part: v.string('Name the part that is stated differently.'),
  reason: v.pipe(
    v.string('Say why it is stated differently.'),
    v.trim(),
    v.minLength(1, 'Say why it is stated differently.'),
    v.maxLength(2000, 'A reason has at most 2,000 characters.'),
  ),
  /** SHA-256 of the new text of that part, as the page shows it. */
  expect: v.optional(v.string()),
})

export const proposalDecisionSchema = v.object({
  accept: v.boolean('Accept is true or false.'),
})

/** The part of a document that a record is about: the name that the kind gives it, an id as a rule. */
export const partSchema = v.pipe(
  v.string('A part is named by its id.'),
  v.minLength(1, 'A part is named by its id.'),
  v.maxLength(120, 'The name of a part has at most 120 characters.'),
  v.regex(/^\P{C}+$/u, 'The name of a part has no control characters.'),
)

export const ballotAnswerSchema = v.object({
  value: v.pipe(v.number('An answer is a number.'), v.finite('An answer is a number.')),
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
  /** Only of documents that stand on this one, and there on this part. */
  on: v.optional(v.string()),
  part: v.optional(v.string()),
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
  /** The network saved it; it did not come with the product. */
  readonly own?: true
}

/** A document becomes a template of its network. */
export const newTemplateSchema = v.object({
  name: v.pipe(
    v.string('Give the template a name.'),
    v.trim(),
    v.minLength(1, 'Give the template a name.'),
    v.maxLength(120, 'The name of a template has at most 120 characters.'),
  ),
  sentence: v.pipe(
    v.string('Say in a sentence what it is for.'),
    v.trim(),
    v.minLength(1, 'Say in a sentence what it is for.'),
    v.maxLength(300, 'The sentence has at most 300 characters.'),
  ),
  /** Only what it asks, without what people wrote in it. */
  emptied: v.optional(v.boolean('Emptied is true or false.')),
})

/** What happened to a document, as the feed of its network says it to those who may see the document. */
export const documentChanges = [
  'created',
  'renamed',
  'shared',
  'archived',
  'restored',
  'changed',
  'records', // a step, a seal, a ballot, a file, a proposal
  'erased', // for good, with its title or all of it
  'deletion', // most of it was removed at once; a version from before is kept
] as const
export type DocumentChange = (typeof documentChanges)[number]

/** The data of the feed's event `document`. */
export interface DocumentEvent {
  readonly documentId: string
  readonly change: DocumentChange
}
