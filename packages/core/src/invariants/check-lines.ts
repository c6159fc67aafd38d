import { DomainError } from '@greenroom/contract'
import { checkLine, lineOracles, type Violation } from '@greenroom/oracles'
import type { Deps } from '../platform/deps.ts'
import { inspectLine, listLines } from '../waiting-room/index.ts'

/**
 * Asks the rules of every line that is on. A line that cannot be asked is logged and left out; when none could be, `asked` is
 * empty, so that nobody takes silence for an answer. Never rejects for what Redis does: the database is asked all the same.
 */
export async function checkLines(deps: Deps): Promise<{ asked: readonly string[]; violations: Violation[] }> {
  const violations: Violation[] = []
  const concertIds = await listLines(deps)
  let unasked = 0
  for (const concertId of concertIds) {
    try {
      violations.push(...checkLine(await inspectLine(deps, concertId)))
    } catch (error) {
      unasked += 1
      const level = error instanceof DomainError ? 'warn' : 'error'
      deps.log[level]({ err: error, concertId }, 'a line could not be asked')
    }
  }
  const wasAnyAsked = concertIds.length === 0 || unasked < concertIds.length
  return { asked: wasAnyAsked ? lineOracles : [], violations }
}
