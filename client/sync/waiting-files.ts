/**
 * Files that were chosen for a document and that the server does not have yet. They lie on this device until they are sent,
 * also when the page is closed; where nothing may or can be kept, only in this page. Gone on sign-out.
 */
import { readDevice, writeDevice } from './device-database.ts'
import { isSharedComputer } from './shared-computer.ts'

export interface WaitingFile {
  /** The id that it has on the server too, so that it is stored once however often it is sent. */
  readonly id: string
  readonly accountId: string
  readonly documentId: string
  readonly part?: string
  readonly name: string
  readonly bytes: Blob
  /** By this device's clock. */
  readonly chosenAt: number
}

export interface ListedFile extends WaitingFile {
  /** False where this page alone holds it. */
  readonly isKept: boolean
}

/** Those that this page alone holds. */
const held = new Map<string, WaitingFile>()

/** Keeps a file until it is sent; false when only this page holds it. */
export async function keepFile(file: WaitingFile): Promise<boolean> {
  const isKept = !isSharedComputer() && (await writeDevice('files', (files) => void files.put(file)))
  if (!isKept) held.set(file.id, file)
  return isKept
}

/** The files of `accountId` that wait, the one that was chosen first before the others. */
export async function listWaitingFiles(accountId: string): Promise<readonly ListedFile[]> {
  const kept = ((await readDevice('files', (files) => files.getAll())) ?? []) as WaitingFile[]
  return [
    ...kept.map((file) => ({ ...file, isKept: true })),
    ...[...held.values()].map((file) => ({ ...file, isKept: false })),
  ]
    .filter((file) => file.accountId === accountId)
    .sort((a, b) => a.chosenAt - b.chosenAt)
}

/** Whether a file still waits: another tab may have sent it. Where the storage does not answer, it does. */
export async function isWaiting(id: string): Promise<boolean> {
  return held.has(id) || (await readDevice('files', (files) => files.count(id))) !== 0
}

export async function dropFile(id: string): Promise<void> {
  held.delete(id)
  await writeDevice('files', (files) => void files.delete(id))
}

/** Drops all that waits of `accountId`. */
export async function dropFiles(accountId: string): Promise<void> {
  for (const { id } of await listWaitingFiles(accountId)) await dropFile(id)
}
