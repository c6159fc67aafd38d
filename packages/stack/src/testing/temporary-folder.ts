import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { onTestFinished } from 'vitest'

/** A new empty folder for the running test, removed after it. */
export function makeTemporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'greenroom-case-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
