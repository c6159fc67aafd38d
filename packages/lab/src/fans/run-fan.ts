import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Reservation } from '@greenroom/contract'
import { recordCall } from '@greenroom/crowd'
import { type HoldTry, holdSeats } from './hold-seats.ts'
import type { LabFan } from './lab-fan.ts'
import { payHold } from './pay-hold.ts'
import type { Stage } from './stage.ts'
import { takeTurn } from './take-turn.ts'
import { readOwnPlace } from './wait-in-line.ts'

/** What fans do with a hold, by share; the rest pay. */
const releaseShare = 0.04
const walkAwayShare = 0.04
const refundShare = 0.04
/** Holds of one turn, each paid by itself. */
const mostHolds = 6
/** The others go where there is next to nothing to be had. */
const mainSaleShare = 0.8
/** The share of holds before which a fan asks whether they are still inside: how many are is known by such answers alone. */
const looksShare = 0.2
/** The share who show the spent proof of their last place again, which must open nothing. */
const showsOldProofShare = 0.2

/** One fan, buying again and again until the run is over: from the line to the ticket, or not. Stands at the gate in between. */
export async function runFan(stage: Stage, fan: LabFan): Promise<void> {
  while (!stage.isOver) {
    await stage.gate.pass()
    if (stage.isOver) return
    await goOnce(stage, fan)
    await sleep(fan.random.between(0, 60))
  }
}

async function goOnce(stage: Stage, fan: LabFan): Promise<void> {
  const sale = fan.random.chance(mainSaleShare)
    ? (stage.sales[0] ?? fan.random.pick(stage.sales))
    : fan.random.pick(stage.sales)
  fan.shared.sale = sale
  const pass = await takeTurn(stage, fan, sale)
  if (pass === undefined) return
  const wanted = fan.random.between(1, mostHolds)
  const held: Reservation[] = []
  let last: HoldTry | undefined
  while (held.length < wanted && last !== 'gone' && last !== 'soldOut') {
    if (fan.random.chance(looksShare)) await readOwnPlace(stage, fan, sale.concertId)
    last = await holdSeats(stage, fan, sale, pass)
    if (last !== 'gone' && last !== 'soldOut') held.push(last)
  }
  if (held.length === 0) {
    if (last === 'soldOut' || fan.random.chance(0.5)) await leave(stage, fan, sale.concertId)
    return
  }
  for (const each of held) await decide(stage, fan, each)
}

/** The first payment spends the pass; what else is held can still be paid. */
async function decide(stage: Stage, fan: LabFan, held: Reservation): Promise<void> {
  const mood = fan.random.next()
  if (mood < walkAwayShare) return
  if (mood < walkAwayShare + releaseShare) return await release(stage, fan, held)
  const paid = await payHold(stage, fan, held)
  if (paid !== 'paid') return
  if (!fan.random.chance(showsOldProofShare)) fan.forgetPlaces()
  if (fan.random.chance(refundShare)) await refund(stage, fan, held)
}

async function leave(stage: Stage, fan: LabFan, concertId: Reservation['concertId']): Promise<void> {
  await recordCall(stage.history, { op: 'leave', actor: fan.actor, fanId: fan.fanId, concertId }, () =>
    fan.greenroom.line.leave(concertId),
  )
}

async function release(stage: Stage, fan: LabFan, { reservationId }: Reservation): Promise<void> {
  await recordCall(stage.history, { op: 'release', actor: fan.actor, fanId: fan.fanId, reservationId }, () =>
    fan.greenroom.api.reservations.release.mutate({ reservationId }),
  )
}

async function refund(stage: Stage, fan: LabFan, { reservationId }: Reservation): Promise<void> {
  const key = randomUUID()
  for (let repeat = 0; repeat < 3; repeat++) {
    const answer = await recordCall(
      stage.history,
      { op: 'refund', actor: fan.actor, fanId: fan.fanId, reservationId, key },
      () => fan.greenroom.api.payments.refund.mutate({ reservationId, idempotencyKey: key }),
      ({ amountMinor }) => ({ op: 'refund', amountMinor }),
    )
    if (answer.outcome !== 'unknown') return
    await sleep(fan.random.between(20, 300))
  }
}
