import { isDeepStrictEqual } from 'node:util'
import { type AccountId, DomainError, type EditConcertInput, type Fault } from '@greenroom/contract'
import { recordAudit } from '../accounts/index.ts'
import { holdMaxLifeMsOf } from '../catalogue/index.ts'
import { inTransaction } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { requireAsSeen } from '../platform/require-as-seen.ts'
import { type ConcertText, hasTouchedShow, lockConcert, updateConcert } from './editor-store.ts'

/**
 * Changes what is said of a concert, how many seats a fan may have and how long a hold lasts; what is left out stays. Holds
 * that are there keep their time, and seats that a fan has are theirs although the limit is lower now. Audited in the same
 * transaction; fans see it within a second. Safe to repeat. Refuses with NOT_FOUND; with BAD_INPUT where another operator changed a part
 * meanwhile (it is not as `from` has it), and where the venue's clock is to be another and somebody holds or bought a date by
 * this one: to them the evening would begin at another hour, and nobody would say so.
 */
export async function editConcert(
  deps: Deps,
  { operatorId, concertId, from, ...change }: EditConcertInput & { operatorId: AccountId },
): Promise<void> {
  await inTransaction(deps.db, async (tx) => {
    const before = await lockConcert(tx, concertId)
    if (before === undefined) throw new DomainError('NOT_FOUND', { what: 'concert' })
    requireAsSeen(before, from, change)
    const after: ConcertText = {
      title: change.title ?? before.title,
      artist: change.artist ?? before.artist,
      about: change.about ?? before.about,
      venue: change.venue ?? before.venue,
      timeZone: change.timeZone ?? before.timeZone,
      accentColor: change.accentColor ?? before.accentColor,
      seatsPerFan: change.seatsPerFan ?? before.seatsPerFan,
      holdTtlMs: change.holdTtlMs ?? before.holdTtlMs,
    }
    if (isDeepStrictEqual(before, after)) return
    if (after.timeZone !== before.timeZone && (await hasTouchedShow(tx, concertId)))
      throw new DomainError('BAD_INPUT', { faults: [clockIsKnown] })
    await updateConcert(tx, { concertId, ...after, holdMaxLifeMs: holdMaxLifeMsOf(after.holdTtlMs) })
    const target = `concert ${concertId}`
    await recordAudit(deps, { actorId: operatorId, action: 'concert.edit', target, before, after }, tx)
  })
}

const clockIsKnown: Fault = {
  path: 'timeZone',
  message: 'seats were held or sold by this clock: move the dates instead',
  reason: 'clockKnown',
}
