import type { Violation } from '@greenroom/oracles'
import type { PostgresControl } from '../world/postgres-control.ts'
import { labViolation } from './lab-oracles.ts'

/** What the product has said of itself since it was last asked. */
export type AlarmReading = { checks: number; violations: Violation[] }

/** These are about quiet: with all workers dead for minutes they are right to say that something waits for them. */
const aboutWaiting = new Set([
  'every-seat-change-is-published',
  'every-event-is-numbered',
  'every-event-is-delivered-or-pending',
])

/**
 * Reads the product's own alarm: the checks of itself that it has stored since the last reading, and shows that it has
 * stopped for what they found. What was stored before the watching began is left aside.
 */
export async function watchAlarm({
  query,
}: Pick<PostgresControl, 'query'>): Promise<() => Promise<AlarmReading>> {
  const [newest] = await query<{ id: number }>(
    'select coalesce(max(id), 0)::float8 as id from invariant_checks',
  )
  let lastId = newest?.id ?? 0
  return async () => {
    const checks = await query<{ id: number; violations: Violation[] }>(
      'select id::float8 as id, violations from invariant_checks where id > $1 order by id',
      [lastId],
    )
    lastId = checks.at(-1)?.id ?? lastId
    const alarms = checks.flatMap(({ id, violations }) =>
      violations
        .filter(({ oracle }) => !aboutWaiting.has(oracle))
        .map(({ oracle, fault }) => labViolation('no-false-alarm', `check ${id} says ${oracle}: ${fault}`)),
    )
    const stopped = await query<{ says: string }>(
      `select 'show ' || shows.id || ' is stopped by ' || stopped_by
              || coalesce(': ' || (select string_agg(fault, '; ') from sale_stops
                                   where show_id = shows.id and resumed_at is null), '') as says
       from shows where stopped_by is not null order by shows.id`,
    )
    const stops = stopped.map(({ says }) => labViolation('no-show-is-stopped', says))
    return { checks: checks.length, violations: [...alarms, ...stops] }
  }
}
