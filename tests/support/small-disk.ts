import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A disk of a few megabytes that can be filled to its last byte. */
export interface SmallDisk {
  /** Where the system's temporary folders lie until `close`: whoever makes one makes it on this disk. */
  readonly folder: string
  fill(): void
  free(): void
  close(): void
}

/** Undefined where this computer does not let us mount one. */
export function openSmallDisk(megabytes: number): SmallDisk | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-disk-'))
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder])
  if (mounted.status !== 0) {
    rmSync(folder, { recursive: true })
    return undefined
  }
  const before = process.env.TMPDIR
  process.env.TMPDIR = folder
  const filler = join(folder, 'filler')
  return {
    folder,
    fill() {
      for (let size = 1024 * 1024; size >= 1; size >>= 1) {
        try {
          for (;;) appendFileSync(filler, Buffer.alloc(size))
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
        }
      }
    },
    free: () => rmSync(filler, { force: true }),
    close() {
      if (before === undefined) delete process.env.TMPDIR
      else process.env.TMPDIR = before
      spawnSync('umount', ['-l', folder])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
