import { setTimeout as sleep } from 'node:timers/promises'
import type { Greenroom } from '@greenroom/client'
import type { ConcertId, InvariantsReport } from '@greenroom/contract'
import { cheapSqlOracles } from '@greenroom/oracles'
import type { OracleAsked } from './ask-oracles.ts'

/** One of the checks that the server makes of itself. */
export type OwnCheck = NonNullable<InvariantsReport['check']>

export type OwnChecks = {
  /** Those that have seen something of the time since the watch began, in order. */
  made: () => OwnCheck[]
  stop: () => void
}

/** The server asks itself each minute, and needs a moment for it. */
const ownCheckMs = 90_000
const lookEveryMs = 10_000
/** The lines are asked after the database, which is not in how long a check took. */
const askingLinesMs = 2_000

/** Collects the checks that the server makes of itself, each minute and each day, until it is stopped. */
export function watchOwnChecks(operator: Greenroom): OwnChecks {
  const beganMs = performance.now()
  const checks = new Map<string, OwnCheck>()
  const look = async (): Promise<void> => {
    const waitedMs = performance.now() - beganMs
    const { check, everything } = await operator.api.operator.invariants.query()
    for (const [depth, each] of Object.entries({ check, everything }))
      if (each !== null && hasSeenSince(each, waitedMs)) checks.set(`${depth} ${each.checkedAtMs}`, each)
  }
  // what one look misses, because the server is away, the next one finds: a check is the newest for a minute
  const looking = setInterval(() => void look().catch(() => undefined), lookEveryMs)
  return {
    made: () => [...checks.values()].toSorted((one, other) => one.checkedAtMs - other.checkedAtMs),
    stop: () => clearInterval(looking),
  }
}

/** Whether the check looked at the database after `waitedMs` ago: it was stored when everything had been asked. */
export function hasSeenSince({ ageMs, tookMs }: OwnCheck, waitedMs: number): boolean {
  return ageMs + tookMs + askingLinesMs < waitedMs
}

/**
 * What the server found by its own oracles of the database while it was watched, and by one more check that looks after now,
 * for which it waits. Its own finding that no such check came is a fault, too.
 */
export async function askDatabase(
  operator: Greenroom,
  { concertId, watched }: { concertId: ConcertId; watched: OwnChecks },
): Promise<{ oracles: OracleAsked[]; checks: number }> {
  const beganMs = performance.now()
  for (;;) {
    const waitedMs = performance.now() - beganMs
    const { check, stops } = await operator.api.operator.invariants.query()
    const stopped = stops.filter((stop) => stop.concertId === concertId)
    if (check !== null && hasSeenSince(check, waitedMs)) {
      const before = watched.made().filter(({ checkedAtMs }) => checkedAtMs !== check.checkedAtMs)
      return { oracles: describeChecks(before, check, stopped), checks: before.length + 1 }
    }
    if (waitedMs > ownCheckMs) {
      const before = watched.made()
      const faults = [`no check came within ${ownCheckMs / 1_000} s`]
      const none = { name: 'the-server-checks-itself', of: 'database' as const, faults }
      return { oracles: [...describeChecks(before, undefined, stopped), none], checks: before.length }
    }
    await sleep(1_000)
  }
}

const aboutMessages: ReadonlySet<string> = new Set(
  cheapSqlOracles.flatMap(({ name, about }) => (about === 'messages' ? name : [])),
)

/**
 * All that the checks found. What is told late is no fault in the middle of the sale, where a part may be away: rules about
 * messages are those of the last check alone.
 */
export function describeChecks(
  before: readonly OwnCheck[],
  last: OwnCheck | undefined,
  stopped: InvariantsReport['stops'],
): OracleAsked[] {
  const duringSale = before.map(({ oracles, violations }) => ({
    oracles: oracles.filter((name) => !aboutMessages.has(name)),
    violations,
  }))
  const all = [...duringSale, ...(last === undefined ? [] : [last])]
  const names = new Set(all.flatMap(({ oracles }) => oracles))
  const asked = [...names].map((name): OracleAsked => {
    const found = all.flatMap(({ oracles, violations }) =>
      oracles.includes(name) ? violations.filter(({ oracle }) => oracle === name) : [],
    )
    return { name, of: 'database', faults: [...new Set(found.map(({ fault }) => fault))] }
  })
  const faults = stopped.map(({ showId }) => `show ${showId} is stopped`)
  return [...asked, { name: 'no-show-is-stopped', of: 'database', faults }]
}
