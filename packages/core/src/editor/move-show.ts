import { type AccountId, type ConcertId, DomainError, type MoveShowInput } from '@greenroom/contract'
import { recordAudit } from '../accounts/index.ts'
import { inRetriedTransaction, type Tx, violatedConstraint } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { forgetLine, lockLineRow } from '../waiting-room/index.ts'
import { recordEvents } from '../webhooks/index.ts'
import { findConcertOf, moveStart, readShowNow } from './show-store.ts'
import { refuseStart, requireSaleBefore, withLastShow } from './show-window.ts'

type Wish = MoveShowInput & { operatorId: AccountId }

/**
 * Has a show begin at another time. Tickets and holds stay as they are; who bought before is told on ticket and reservation from
 * when it was moved, endpoints by `show.moved`. A sale that closes when the last show begins goes on doing so. All of it, audited,
 * in one transaction. Safe to repeat: a show that begins then already is left alone. Refuses with NOT_FOUND show, SHOW_FIXED (it
 * has begun, is cancelled, or another operator moved it: `fromMs` is not when it was to begin) and BAD_INPUT (that moment is
 * over or before the sale opens, or the concert has another show then).
 */
export async function moveShow(deps: Deps, input: Wish): Promise<void> {
  const concertId = await inRetriedTransaction(deps.db, (tx) => moveOnce(deps, tx, input))
  forgetLine(deps, concertId)
}

async function moveOnce(deps: Deps, tx: Tx, input: Wish): Promise<ConcertId> {
  const { showId, operatorId, fromMs, startsAtMs } = input
  const concertId = await findConcertOf(tx, showId)
  if (concertId === undefined) throw new DomainError('NOT_FOUND', { what: 'show' })
  // the line first, as everybody locks: two moves of one concert, or a move and a new opening, take turns
  const line = await lockLineRow(tx, concertId)
  await withLastShow(deps, tx, { line, operatorId }, async () => {
    const movedAtMs = await moveStart(tx, input).catch(refuseSecondShow)
    if (movedAtMs === undefined) return await refuseUnlessDone(tx, input)
    requireSaleBefore(line, startsAtMs)
    await recordEvents(tx, [
      { type: 'show.moved', data: { showId, concertId, fromMs, startsAtMs, movedAtMs } },
    ])
    const entry = { actorId: operatorId, action: 'show.move', target: `show ${showId}` }
    await recordAudit(deps, { ...entry, before: { startsAtMs: fromMs }, after: { startsAtMs } }, tx)
  })
  return concertId
}

/** Nothing was moved: it is as it was wished for, or this says why it stays. */
async function refuseUnlessDone(tx: Tx, { showId, fromMs, startsAtMs }: Wish): Promise<void> {
  const show = await readShowNow(tx, showId)
  if (show === undefined) throw new DomainError('NOT_FOUND', { what: 'show' })
  if (show.startsAtMs === startsAtMs) return
  if (show.isCancelled) throw new DomainError('SHOW_FIXED', { reason: 'cancelled' })
  if (show.hasBegun) throw new DomainError('SHOW_FIXED', { reason: 'begun' })
  if (show.startsAtMs !== fromMs) throw new DomainError('SHOW_FIXED', { reason: 'moved' })
  refuseStart('momentOver')
}

function refuseSecondShow(error: unknown): never {
  if (violatedConstraint(error) !== 'shows_concert_id_starts_at_key') throw error
  return refuseStart('anotherShowThen')
}
