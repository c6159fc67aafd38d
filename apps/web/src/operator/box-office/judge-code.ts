import type { ScanVerdict, ShowId } from '@greenroom/contract'
import { randomKey } from '../../data/attempt-key.ts'
import { mayPass, refusalOf } from '../../data/wire-error.ts'
import { type OfflineReading, readOffline } from './check-offline.ts'
import type { GateAnswer } from './gate-answer.ts'
import { findKeptScan, keepScan, type ScanStore } from './kept-scans.ts'

/** What a gate answers with: the server, what this device keeps, and the public keys that codes are signed with. */
export type GateMeans = {
  ask: (scan: { showId: ShowId; code: string; idempotencyKey: string }) => Promise<ScanVerdict>
  store: ScanStore
  keys: readonly Record<string, unknown>[]
  nowMs: number
}

/** `isOffline` is missing where the server was not asked. */
type Judged = { answer: GateAnswer; isOffline?: boolean }

/**
 * The answer to one code. What this device let in without a connection is known here before the server knows of it: shown again, it is
 * let in by nobody, connection or not. Anything else is the server's to say; where it does not answer, the signature is
 * looked at, and a good one is kept, to be told under the key that it was asked with: a scan whose answer was lost is one scan.
 */
export async function judgeCode(means: GateMeans, scan: { showId: ShowId; code: string }): Promise<Judged> {
  const reading = await readOffline(scan.code, means.keys)
  const before = findKeptScan(means.store, scan.code, reading.kind === 'ours' ? reading.ticketId : undefined)
  if (before !== undefined)
    return { answer: { verdict: 'offlineAgain', ticketId: before.ticketId, atMs: before.atMs } }
  const key = randomKey()
  try {
    return { answer: await means.ask({ ...scan, idempotencyKey: key }), isOffline: false }
  } catch (error) {
    const refusal = refusalOf(error)
    if (refusal !== undefined && !mayPass(error))
      return { answer: { verdict: 'failed', refusal }, isOffline: false }
    return { answer: letInOffline(means, { ...scan, key, reading }), isOffline: true }
  }
}

function letInOffline(
  { store, nowMs }: GateMeans,
  scan: { showId: ShowId; code: string; key: string; reading: OfflineReading },
): GateAnswer {
  const { showId, code, key, reading } = scan
  if (reading.kind !== 'ours') return { verdict: reading.kind }
  const { ticketId } = reading
  if (reading.showId !== showId) return { verdict: 'offlineElsewhere', ticketId }
  const isKept = keepScan(store, { ticketId, showId, code, key, atMs: nowMs })
  return isKept ? { verdict: 'offline', ticketId } : { verdict: 'failed', refusal: undefined }
}
