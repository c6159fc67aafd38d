import { setTimeout as sleep } from 'node:timers/promises'
import type { Greenroom } from '@greenroom/client'
import type { InvariantsReport } from '@greenroom/contract'
import {
  checkHistory,
  checkSeatRegisters,
  type HistoryEvent,
  type HistoryFacts,
  historyOracles,
} from '@greenroom/oracles'
import type { Crowd } from './crowd.ts'

/** An invariant that was asked, and what breaks it. */
export type OracleAsked = { name: string; of: 'history' | 'database'; faults: string[] }

/** An api refuses by its mirror, which may be a moment old; and the fans' clock is not the database's. */
const seatRegisters = { trustRefusals: false, skewMs: 1_000 }
/** The server asks itself each minute, and needs a moment for it. */
const ownCheckMs = 90_000

/** Asks every oracle of histories what a whole crowd saw, compared with what else is known of it. */
export function askHistory(events: readonly HistoryEvent[], facts: HistoryFacts): OracleAsked[] {
  const found = [...checkHistory(events, facts), ...checkSeatRegisters(events, seatRegisters)]
  const names = [...historyOracles.flatMap((oracle) => oracle.names), 'seat-linearizable']
  return names.map((name) => ({
    name,
    of: 'history',
    faults: found.filter(({ oracle }) => oracle === name).map(({ fault }) => fault),
  }))
}

/**
 * What the server found by its own oracles of the database, asked after now: waits for its next check. Its own finding that
 * no check came is a fault, too.
 */
export async function askDatabase({ concert }: Crowd, operator: Greenroom): Promise<OracleAsked[]> {
  const beganMs = performance.now()
  for (;;) {
    const { check, stops } = await operator.api.operator.invariants.query()
    const waitedMs = performance.now() - beganMs
    const stopped = stops.filter(({ concertId }) => concertId === concert.concertId)
    if (check !== null && check.ageMs < waitedMs) return describeCheck(check, stopped)
    if (waitedMs > ownCheckMs)
      return [{ name: 'the-server-checks-itself', of: 'database', faults: ['no check came within 90 s'] }]
    await sleep(1_000)
  }
}

function describeCheck(
  { oracles, violations }: NonNullable<InvariantsReport['check']>,
  stops: InvariantsReport['stops'],
): OracleAsked[] {
  const asked = oracles.map((name): OracleAsked => {
    const faults = violations.filter(({ oracle }) => oracle === name).map(({ fault }) => fault)
    return { name, of: 'database', faults }
  })
  const stopped = stops.map(({ showId }) => `show ${showId} is stopped`)
  return [...asked, { name: 'no-show-is-stopped', of: 'database', faults: stopped }]
}
