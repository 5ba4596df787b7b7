/**
 * What the page remembers on this device for a reload while offline: who is signed in, the document's row, the network's
 * people. By account; gone on sign-out; nothing at all on a shared computer.
 */
import { readDevice, writeDevice } from './device-database.ts'
import { isSharedComputer } from './shared-computer.ts'

/** Keeps `value` (anything that can be cloned) for `accountId` under `key`, e.g. `document/<id>`. */
export async function remember(accountId: string, key: string, value: unknown): Promise<void> {
  if (isSharedComputer()) return
  await writeDevice('values', (values) => void values.put(value, [accountId, key]))
}

/** What was remembered under `key`, or undefined. The caller wrote it and knows its type. */
export async function recall<T>(accountId: string, key: string): Promise<T | undefined> {
  return (await readDevice('values', (values) => values.get([accountId, key]))) as T | undefined
}

/** Drops one thing that was remembered. */
export async function forget(accountId: string, key: string): Promise<void> {
  await writeDevice('values', (values) => void values.delete([accountId, key]))
}

/** Drops all that was remembered for `accountId`. Its documents' copies are `forgetAccount`'s, in local-copy.ts. */
export async function forgetValues(accountId: string): Promise<void> {
  await writeDevice('values', (values) => void values.delete(keysOf(accountId)))
}

/** Every key that begins with the account: an array sorts after all strings. */
const keysOf = (accountId: string): IDBKeyRange => IDBKeyRange.bound([accountId], [accountId, []])
