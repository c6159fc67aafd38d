import { type Deps, readInvariants } from '@greenroom/core'
import { Gauge, type Registry } from 'prom-client'

/**
 * What the newest check of each minute found, for alarms: a breach, or no check any more. Answers with what reads them anew,
 * to be called before each scrape.
 */
export function registerInvariantGauges(registry: Registry, deps: Deps): () => Promise<void> {
  const violations = new Gauge({
    name: 'greenroom_invariant_violations',
    help: 'What breaks an invariant, by its oracle, as of the newest check of the minute or of the day: 0 when it holds, 20 stands for 20 or more.',
    labelNames: ['oracle', 'check'],
    registers: [registry],
  })
  const ageSeconds = new Gauge({
    name: 'greenroom_invariant_checked_age_seconds',
    help: 'How long ago the invariants were checked, by the check of the minute or of the day; without end before the first.',
    labelNames: ['check'],
    registers: [registry],
  })
  const stoppedShows = new Gauge({
    name: 'greenroom_stopped_shows',
    help: 'Shows that sell nothing because an invariant was broken there.',
    registers: [registry],
  })
  return async () => {
    const { check, everything, stops } = await readInvariants(deps)
    violations.reset()
    for (const [depth, found] of Object.entries({ minute: check, day: everything })) {
      for (const oracle of found?.oracles ?? [])
        violations.set(
          { oracle, check: depth },
          found?.violations.filter((each) => each.oracle === oracle).length ?? 0,
        )
      ageSeconds.set({ check: depth }, found === null ? Number.POSITIVE_INFINITY : found.ageMs / 1_000)
    }
    stoppedShows.set(new Set(stops.map(({ showId }) => showId)).size)
  }
}
