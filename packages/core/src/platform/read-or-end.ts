import { z } from 'zod'
import { flushLog, openLog } from './log.ts'

/** EX_CONFIG of sysexits.h: supervisors can tell it from what a new start may mend. */
const wrongSettings = 78

/** The settings; when one is wrong the process ends with 78, and its last line names the setting and never its value. */
export async function readOrEnd<Settings>(name: string, read: () => Settings): Promise<Settings> {
  try {
    return read()
  } catch (error) {
    const log = openLog(name, { level: 'fatal' })
    log.fatal(`does not start: ${describe(error)}`)
    await flushLog(log)
    process.exit(wrongSettings)
  }
}

function describe(error: unknown): string {
  if (error instanceof z.ZodError)
    return error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
  return error instanceof Error ? error.message : String(error)
}

/** For a command that runs once: as the first process of a container it would not hear otherwise. Postgres rolls back what it had begun. */
export function endWhenAsked(): void {
  // 128 and the signal's number, as shells have it
  process.once('SIGTERM', () => process.exit(143))
  process.once('SIGINT', () => process.exit(130))
}
