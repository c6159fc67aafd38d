import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { afterAll } from 'vitest'
import { flushLog, openLog } from '../platform/log.ts'

/** A log as a process has it, written to a file of the test file's own. `read` answers all that was logged so far. */
export function openFileLog(name: string): { log: Logger; read: () => Promise<string> } {
  const folder = mkdtempSync(join(tmpdir(), 'greenroom-log-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'log')
  const log = openLog(name, { level: 'debug', file })
  return {
    log,
    read: async () => {
      await flushLog(log)
      return readFileSync(file, 'utf8')
    },
  }
}
