/**
 * Kept copies (C5): a document as it stood on this device when its changes could not be merged. Stored apart, listed under
 * the document, readable and downloadable. Nothing sends them by itself; opening one as a new document is a person's choice.
 */
import * as Y from 'yjs'
import { readDevice, writeDevice } from './device-database.ts'
import { isSharedComputer } from './shared-computer.ts'

export interface KeptCopy {
  readonly id: string
  readonly accountId: string
  readonly documentId: string
  readonly schema: number
  /** By this device's clock. */
  readonly keptAt: number
  /** How many changes in it the server never took. */
  readonly changes: number
  /** Why it could not be merged. */
  readonly reason: 'replaced' | 'too-large' | 'refused' | 'asked'
  /** The whole document, as a Yjs update. */
  readonly state: Uint8Array
}

/** Stores a kept copy; false when this device would not or must not take it. The same id again replaces it. */
export async function keepCopy(copy: KeptCopy): Promise<boolean> {
  return !isSharedComputer() && (await writeDevice('kept', (kept) => void kept.put(copy)))
}

/** The kept copies of one document, newest first. */
export async function listKeptCopies(accountId: string, documentId: string): Promise<readonly KeptCopy[]> {
  const copies = await keptBy(accountId)
  return copies.filter((copy) => copy.documentId === documentId).sort((a, b) => b.keptAt - a.keptAt)
}

/** All kept copies of `accountId` on this device. */
export async function keptBy(accountId: string): Promise<readonly KeptCopy[]> {
  const all = (await readDevice('kept', (kept) => kept.getAll())) as KeptCopy[] | undefined
  return (all ?? []).filter((copy) => copy.accountId === accountId)
}

export async function removeKeptCopy(id: string): Promise<void> {
  await writeDevice('kept', (kept) => void kept.delete(id))
}

/** A kept copy as a document to read: of its own, connected to nothing. */
export function readKeptCopy(copy: KeptCopy): Y.Doc {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, copy.state, 'kept copy')
  return doc
}
