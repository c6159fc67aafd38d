import { rmSync } from 'node:fs'

import { onTestFinished } from 'vitest'

import { makeRunFolder } from './run-folder.ts'

/** A new empty folder for the running test, removed after it. */
export function makeTemporaryFolder(): string {
  const folder = makeRunFolder('case')
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
