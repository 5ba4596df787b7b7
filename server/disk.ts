import { access, open } from 'node:fs/promises'

/** Waits until a file, or the names in a folder, are on the disk and not only on their way there. */
export async function syncToDisk(path: string): Promise<void> {
  const file = await open(path)
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

export const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )
