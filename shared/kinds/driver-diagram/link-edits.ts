import type * as Y from 'yjs'
import { newId } from '../../ids.ts'
import type { Edit } from '../edit.ts'
import { replaceText, setAbsent, setOrDelete, setPresent } from './edit-steps.ts'
import {
  type Evidence,
  evidenceKey,
  type Link,
  linkEnds,
  linkId,
  linksMap,
  linkWhy,
  mayLink,
  readDiagram,
} from './model.ts'
import { type Refusal, whyNot } from './relations.ts'

/** Edits of links and of what is said of them, as in `edits.ts`. */

/** Links two cards, or brings back the link that was between them, with what was said of it. */
export function addLink(edit: Edit, doc: Y.Doc, from: string, to: string): Refusal | undefined {
  const diagram = readDiagram(doc)
  const start = diagram.cards.find(({ id }) => id === from)
  const end = diagram.cards.find(({ id }) => id === to)
  if (start === undefined || end === undefined) return { refused: 'That card is no longer here.' }
  if (!mayLink(start.column, end.column)) return { refused: whyNot(start.column, end.column) }
  if (linksMap(doc).get(linkId(from, to)) !== true) edit(() => setPresent(doc, linkId(from, to)))
  return undefined
}

/** Removes a link; what was said of it stays and comes back with it. */
export function removeLink(edit: Edit, doc: Y.Doc, id: string): void {
  if (linksMap(doc).get(id) === true) edit(() => setAbsent(doc, id))
}

/** Changes what is said of a link. `confidence: undefined` takes the figure away. */
export function setLink(
  edit: Edit,
  doc: Y.Doc,
  id: string,
  said: Partial<Pick<Link, 'strength' | 'polarity'>> & { readonly confidence?: number | undefined },
): void {
  if (linkEnds(id) === undefined) return
  edit(() => {
    for (const [field, value] of Object.entries(said)) setOrDelete(linksMap(doc), `${id}|${field}`, value)
  })
}

/** Writes why people believe a link, changing only the characters that differ. */
export function setWhy(edit: Edit, doc: Y.Doc, id: string, why: string): void {
  edit(() => replaceText(linkWhy(doc, id), why))
}

/** Adds evidence to a link and answers its id. */
export function addEvidence(edit: Edit, doc: Y.Doc, id: string, evidence: Omit<Evidence, 'id'>): string {
  const evidenceId = newId()
  edit(() => linksMap(doc).set(`${id}|${evidenceKey}${evidenceId}`, { ...evidence }))
  return evidenceId
}

export function removeEvidence(edit: Edit, doc: Y.Doc, id: string, evidenceId: string): void {
  edit(() => linksMap(doc).delete(`${id}|${evidenceKey}${evidenceId}`))
}
