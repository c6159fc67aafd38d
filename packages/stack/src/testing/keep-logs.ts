import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { readStackEnv } from '../env.ts'

/**
 * Keeps what a process of a test writes in a file of its own, so that one look at the end of the run covers every line of
 * every test. Without TEST_LOG_DIR, as when one file is run by itself, nothing is kept.
 */
export function keepLogs(name: string): (line: string) => void {
  const { testLogDir } = readStackEnv()
  if (testLogDir === undefined) return () => undefined
  const file = join(testLogDir, `${name}-${process.pid}.log`)
  return (line) => appendFileSync(file, `${line}\n`)
}

/** Where the run's logs are; throws outside of a run. */
export function testLogFolder(): string {
  const { testLogDir } = readStackEnv()
  if (testLogDir === undefined) throw new Error('TEST_LOG_DIR is set by the tests’ set-up')
  return testLogDir
}
