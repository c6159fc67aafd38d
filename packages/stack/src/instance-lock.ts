import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

export type InstanceLock = {
  release: () => void
}

/**
 * Takes the lock of a folder, or answers undefined when a living process has it. The kernel holds it (a SQLite
 * exclusive transaction is a file lock), so it ends with its process, kill -9 included: there are no stale locks.
 */
export function takeInstanceLock(folder: string): InstanceLock | undefined {
  mkdirSync(folder, { recursive: true })
  // Two that try at the same instant may each see the other half way; a short wait lets one of them win.
  const file = new DatabaseSync(join(folder, 'lock.sqlite'), { timeout: 200 })
  try {
    file.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    file.close()
    if (isBusy(error)) return undefined
    throw error
  }
  held.add(file)
  const release = (): void => {
    if (held.delete(file)) file.close()
  }
  return { release }
}

/** Nothing else may point to them, and a collected DatabaseSync closes its file, which ends the lock. */
const held = new Set<DatabaseSync>()

const sqliteBusy = 5

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy
}
