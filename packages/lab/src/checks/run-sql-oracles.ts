import { sqlOracles, type Violation } from '@greenroom/oracles'
import type { PostgresControl } from '../world/postgres-control.ts'

/** Every invariant of the database, in its strongest form. */
export async function runSqlOracles({ query }: PostgresControl): Promise<Violation[]> {
  const violations: Violation[] = []
  for (const { name, sql } of sqlOracles) {
    const rows = await query<{ fault: string; showId: string | null }>(sql)
    violations.push(
      ...rows.map(({ fault, showId }) => ({
        oracle: name,
        fault,
        ...(showId === null ? {} : { showId: Number(showId) }),
      })),
    )
  }
  return violations
}
