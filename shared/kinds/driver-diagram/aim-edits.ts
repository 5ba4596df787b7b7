import type * as Y from 'yjs'
import { newId } from '../../ids.ts'
import type { Edit } from '../edit.ts'
import { replaceText, setOrDelete } from './edit-steps.ts'
import { type Aim, type AimTextField, aimMap, aimText, type Signatory, signatoriesMap } from './model.ts'

/** Edits of the aim, as in `edits.ts`. Its words on the card are a title like any other. */

/** The aim's fields that are not long texts. */
export type AimScalars = Omit<Aim, AimTextField | 'signatories'>

/** Sets one short field of the aim, or empties it. */
export function setAimField<F extends keyof AimScalars>(
  edit: Edit,
  doc: Y.Doc,
  field: F,
  value: AimScalars[F] | undefined,
): void {
  edit(() => setOrDelete(aimMap(doc), field, value === '' ? undefined : value))
}

/** Writes a long field of the aim, changing only the characters that differ. */
export function setAimText(edit: Edit, doc: Y.Doc, field: AimTextField, value: string): void {
  edit(() => replaceText(aimText(doc, field), value))
}

/** Adds someone who has signed the aim and answers the entry's id. */
export function addSignatory(edit: Edit, doc: Y.Doc, signatory: Omit<Signatory, 'id'>): string {
  const id = newId()
  edit(() => signatoriesMap(doc).set(id, { ...signatory }))
  return id
}

export function removeSignatory(edit: Edit, doc: Y.Doc, id: string): void {
  edit(() => signatoriesMap(doc).delete(id))
}
