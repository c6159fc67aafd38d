import { DomainError, isDomainError } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { claimByUse, isSamePlace } from './enter-sale.ts'
import { findPlace } from './find-place.ts'
import { readProof } from './line-store.ts'
import type { Place } from './place.ts'
import { readLine } from './recent-line.ts'
import { stillWaitingAt } from './still-waiting.ts'
import { tickWhenIdle } from './tick-when-idle.ts'
import { type Bearer, type Expected, readAnyReceipt, signPass } from './tokens.ts'

/** Whose turn it is, with the pass that says so to `holdSeats` and all others who want one. */
export type Turn = Bearer & { pass: string }

/**
 * Lets through who shows the token (receipt) of a place whose turn it is: inside, or offered, which is claimed by that. A
 * Redis that was emptied gets the place back. While it is away, who went in with this place and has not spent it stays in
 * for the line's pass time, by Postgres. Safe to repeat; any number of devices may show the same token.
 *
 * Refuses with RECEIPT_REFUSED (`invalid`, `otherFan`, `otherConcert`, `spent`), PASS_REFUSED `expired` when the place is
 * over, given up or replaced by a later one, STILL_WAITING {ahead, position}, LINE_CLOSED for an offer of a line that is
 * over, NOT_FOUND, UNAVAILABLE or LINE_REBUILDING when Redis alone would know.
 */
export async function requireTurn(deps: Deps, input: Expected & { token: string }): Promise<Turn> {
  const { bearer, place } = readAnyReceipt(deps, input.token, input)
  const endsMs = await askRedis(deps, bearer, place).catch((error: unknown) => {
    if (!isDomainError(error, 'UNAVAILABLE') && !isDomainError(error, 'LINE_REBUILDING')) throw error
    return askPostgres(deps, bearer, place, error)
  })
  return { ...bearer, pass: signPass(deps, bearer, { ...place, kind: 'a', endsMs }) }
}

async function askRedis(deps: Deps, bearer: Bearer, place: Place): Promise<number> {
  const now = await readLine(deps, bearer.concertId)
  const shown = { ...bearer, receipt: place, mayJoin: false, mayAdmit: false }
  const found = await tickWhenIdle(deps, now, bearer, await findPlace(deps, now.line, shown))
  if (found.state === 'none' || !isSamePlace(found.place, place)) throw expired()
  if (found.state === 'inside') return (await claimByUse(deps, now, bearer, found)).endsMs
  throw await stillWaitingAt(deps, now, found)
}

/** Who never went in with this place may be waiting or not: that is for Redis to say when it is back. */
async function askPostgres(deps: Deps, bearer: Bearer, place: Place, outage: DomainError): Promise<number> {
  const { line } = await readLine(deps, bearer.concertId)
  const { isSpent, enteredAtMs, nowMs } = await readProof(deps.db, { ...bearer, ...place })
  if (isSpent) throw new DomainError('RECEIPT_REFUSED', { reason: 'spent' })
  if (enteredAtMs === null) throw outage
  const endsMs = enteredAtMs + line.passTtlMs
  if (endsMs <= nowMs) throw expired()
  return endsMs
}

function expired(): DomainError {
  return new DomainError('PASS_REFUSED', { reason: 'expired' })
}
