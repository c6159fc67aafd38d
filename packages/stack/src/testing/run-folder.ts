import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { identifyProcess } from '../process-identity.ts'

/** A new empty folder in the system's temporary folder, with our pid in its name. */
export function makeRunFolder(kind: string): string {
  return mkdtempSync(join(tmpdir(), `greenroom-${kind}-${process.pid}-`))
}

/** Removes what earlier runs that were killed could not: our own account's folders whose process has ended. */
export function sweepRunFolders(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = /^greenroom-[a-z]+-(\d+)-[A-Za-z0-9]{6}$/.exec(name)?.[1]
    if (pid === undefined || identifyProcess(Number(pid)) !== undefined) continue
    const folder = join(tmpdir(), name)
    // another run may sweep at the same moment
    if (statSync(folder, { throwIfNoEntry: false })?.uid === process.getuid?.())
      rmSync(folder, { recursive: true, force: true })
  }
}
