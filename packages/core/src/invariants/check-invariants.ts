import type { ShowId } from '@greenroom/contract'
import { cheapSqlOracles, type SqlOracle, sqlOracles, type Violation } from '@greenroom/oracles'
import { inTransaction } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { checkLines } from './check-lines.ts'
import { askOracle, type CheckCost, insertCheck, readOneMoment } from './check-store.ts'
import { stopShows } from './sale-stop-store.ts'

export type InvariantsChecked = {
  violations: Violation[]
  /** How many oracles were asked. */
  checked: number
  tookMs: number
  /** Shows whose sale ended because of this check. */
  stopped: ShowId[]
}

/**
 * Asks the oracles of the database, all of one moment, and stores what they said. Each show that a violation names sells
 * nothing more until an operator lets it: holds and payments are refused with SALE_STOPPED. 'cheap' costs the same
 * however much was ever sold, and asks the lines as well; 'full' reads whole tables, and leaves out what is cheap as it is.
 * Safe to repeat and to run twice at once.
 */
export async function checkInvariants(deps: Deps, { cost }: { cost: CheckCost }): Promise<InvariantsChecked> {
  const sqlAsked = cost === 'cheap' ? cheapSqlOracles : sqlOracles.filter((oracle) => oracle.cost === 'full')
  const { violations: ofDatabase, tookMs } = await findViolations(deps, sqlAsked, cost)
  const ofLines = cost === 'cheap' ? await checkLines(deps) : { asked: [], violations: [] }
  const violations = [...ofDatabase, ...ofLines.violations]
  const oracles = [...sqlAsked.map(({ name }) => name), ...ofLines.asked]
  const stopped = await inTransaction(deps.db, async (tx) => {
    await insertCheck(tx, { cost, oracles, violations, tookMs })
    return await stopShows(tx, violations)
  })
  if (violations.length > 0) deps.log.error({ violations, stopped }, 'an invariant is broken')
  return { violations, checked: oracles.length, tookMs, stopped }
}

/** What breaks these oracles at this moment. Changes nothing. */
export async function findViolations(
  deps: Deps,
  oracles: readonly SqlOracle[],
  cost: CheckCost,
): Promise<{ violations: Violation[]; tookMs: number }> {
  const startMs = performance.now()
  const violations = await inTransaction(deps.db, async (tx) => {
    await readOneMoment(tx, cost)
    const found: Violation[] = []
    for (const oracle of oracles) found.push(...(await askOracle(tx, oracle)))
    return found
  })
  return { violations, tookMs: performance.now() - startMs }
}
