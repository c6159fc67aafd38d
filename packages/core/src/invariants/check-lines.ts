import { DomainError } from '@greenroom/contract'
import { checkLine, lineOracles, type Violation } from '@greenroom/oracles'
import type { Deps } from '../platform/deps.ts'
import { inspectLine, listLines } from '../waiting-room/index.ts'

/** Lines looked at in one check, the oldest concerts first. */
const mostLines = 200

/**
 * Asks the rules of every line that is on. Without Redis there is no line to ask: `asked` is empty then, so that nobody
 * takes silence for an answer.
 */
export async function checkLines(deps: Deps): Promise<{ asked: readonly string[]; violations: Violation[] }> {
  const violations: Violation[] = []
  for (const concertId of (await listLines(deps)).slice(0, mostLines)) {
    try {
      violations.push(...checkLine(await inspectLine(deps, concertId)))
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      deps.log.warn({ concertId, code: error.code }, 'the line could not be asked')
      return { asked: [], violations: [] }
    }
  }
  return { asked: lineOracles, violations }
}
