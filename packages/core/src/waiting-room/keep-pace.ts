import type { AdmissionPace, ConcertId } from '@greenroom/contract'
import { readLoad } from '../load/index.ts'
import type { Deps } from '../platform/deps.ts'
import { recentValue } from '../platform/recent-value.ts'
import type { Line } from './line.ts'
import { readLineRow } from './line-store.ts'
import { decidePace, evidenceOf, paceBoundsOf } from './pace.ts'
import { readPace, replacePace } from './pace-store.ts'

/** However many lines tick, a process asks for the load twice a second. */
const loads = recentValue({ maxAgeMs: 500, maxEntries: 1, load: (deps: Deps, _key: 'all') => readLoad(deps) })

/**
 * Decides how many this line lets in a minute, once a second however many tick; does nothing where the operator did not ask for
 * it. Refuses with UNAVAILABLE or LINE_REBUILDING.
 */
export async function keepPace(deps: Deps, line: Line): Promise<void> {
  if (!line.isLoadAware) return
  const [before, load] = await Promise.all([readPace(deps, line.concertId), loads.read(deps, 'all')])
  const next = decidePace(before.pace, paceBoundsOf(line), evidenceOf(load.value), before.nowMs)
  if (next !== undefined) await replacePace(deps, line.concertId, before, next)
}

/** What load-aware admission is set to and has come to. Refuses with NOT_FOUND, UNAVAILABLE or LINE_REBUILDING. */
export async function readAdmissionPace(deps: Deps, concertId: ConcertId): Promise<AdmissionPace> {
  const { line } = await readLineRow(deps.db, concertId)
  const { floorPerMinute, ceilingPerMinute, targetP95Ms } = paceBoundsOf(line)
  const { pace } = line.isLoadAware ? await readPace(deps, concertId) : { pace: undefined }
  return {
    isOn: line.isLoadAware,
    floorPerMinute,
    ceilingPerMinute,
    ratePerMinute: line.ratePerMinute,
    targetP95Ms,
    current:
      pace === undefined ? null : { perMinute: pace.perMinute, why: pace.why, decidedAtMs: pace.decidedAtMs },
  }
}
