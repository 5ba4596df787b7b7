/** Something countable that a document says, e.g. `{name: 'idea-status', part: cardId, value: 'adopted'}`. */
export interface Fact {
  readonly name: string
  /** The part of the document that it is about; absent for the document as a whole. */
  readonly part?: string
  readonly value: string | number | boolean
}

/** A fact with where it comes from, as boards and lists read it. */
export interface PlacedFact extends Fact {
  readonly documentId: string
  readonly teamId?: string
  readonly kind: string
}
