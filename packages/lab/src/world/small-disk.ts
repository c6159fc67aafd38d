import { spawnSync } from 'node:child_process'
import { chownSync, closeSync, mkdirSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { isAlive } from './signal-process.ts'

/** A disk so small that a fault can fill it. */
export type SmallDisk = {
  folder: string
  /** Leaves not a byte free. */
  fill: () => void
  free: () => void
  unmount: () => void
}

/** Plenty for the tables of half an hour, and filled within a moment. */
const sizeMb = 256
const chunk = Buffer.alloc(1_048_576)

const device = 'greenroom-lab'

/** Unmounts what runs that were killed have left behind: their pid is in the folder's name. */
export function sweepSmallDisks(): void {
  const mounts = spawnSync('mount', ['-t', 'tmpfs'], { encoding: 'utf8' }).stdout
  const left = [
    ...mounts.matchAll(new RegExp(`^${device} on ((\\S*/greenroom-disk-(\\d+)-\\w+)/\\w+) `, 'gm')),
  ].flatMap(([, folder, home, pid]) =>
    folder === undefined || home === undefined || isAlive(Number(pid)) ? [] : [{ folder, home }],
  )
  for (const { folder } of left) spawnSync('umount', ['-l', folder])
  for (const { home } of left) rmSync(home, { recursive: true, force: true })
}

/** A tmpfs at `folder` with the owner of `like`; `undefined` where mounting is not allowed, as for everybody but root. */
export function mountSmallDisk(folder: string, like: string): SmallDisk | undefined {
  mkdirSync(folder, { recursive: true })
  const mounted = spawnSync('mount', [
    '-t',
    'tmpfs',
    '-o',
    `size=${sizeMb}m,mode=700`,
    'greenroom-lab',
    folder,
  ])
  if (mounted.status !== 0) return undefined
  const owner = statSync(like)
  chownSync(folder, owner.uid, owner.gid)
  const filler = join(folder, 'filler')
  const free = (): void => rmSync(filler, { force: true })
  return {
    folder,
    fill: () => {
      const file = openSync(filler, 'a')
      try {
        for (let bytes = chunk.length; bytes >= 4_096; ) bytes = writeAll(file, bytes) ? bytes : bytes / 2
      } finally {
        closeSync(file)
      }
    },
    free,
    unmount: () => {
      free()
      spawnSync('umount', ['-l', folder])
    },
  }
}

/** Whether there was room for so many bytes. */
function writeAll(file: number, bytes: number): boolean {
  try {
    return writeSync(file, chunk, 0, bytes) === bytes
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') return false
    throw error
  }
}
