import type { ErrorCode } from '@greenroom/contract'
import { mayPass, refusalOf } from '../../data/wire-error.ts'
import type { GateMeans } from './judge-code.ts'
import { type KeptScan, type LateScan, readKeptScans, settleScan } from './kept-scans.ts'

/** Refusals of the person at the gate, not of a scan: they end when somebody signs in who may scan. */
const ofThePerson: ReadonlySet<ErrorCode> = new Set(['SIGN_IN_REQUIRED', 'FORBIDDEN'])

/**
 * Tells the server what this device let in without a connection, the oldest first, each under the key it was kept with; `onTold` is
 * called after each answer. What the server refuses for good is settled as `failed`, so that it stands in nobody's way. Stops where the
 * next attempt may do better: without a connection or a session all that is left stays kept. Safe to repeat.
 */
export async function tellKeptScans(
  { ask, store }: Pick<GateMeans, 'ask' | 'store'>,
  onTold: () => void,
): Promise<void> {
  for (const scan of readKeptScans(store)) {
    const verdict = await judgeLate(ask, scan)
    if (verdict === undefined) return
    settleScan(store, scan.key, verdict)
    onTold()
  }
}

async function judgeLate(
  ask: GateMeans['ask'],
  { showId, code, key }: KeptScan,
): Promise<LateScan['verdict'] | 'admitted' | undefined> {
  try {
    return (await ask({ showId, code, idempotencyKey: key })).verdict
  } catch (error) {
    const refusal = refusalOf(error)
    if (refusal === undefined || mayPass(error) || ofThePerson.has(refusal.code)) return undefined
    return 'failed'
  }
}
