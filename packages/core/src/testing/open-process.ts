import { onTestFinished } from 'vitest'
import { closeDeps, type Deps, openDeps } from '../platform/deps.ts'

/** Another process on the same Postgres and Redis, until the test is over. */
export function openProcess(deps: Deps): Deps {
  const other = openDeps(deps.settings, 'another process')
  onTestFinished(() => closeDeps(other))
  return other
}
