import { randomUUID } from 'node:crypto'
import { letIn, openSale } from '@greenroom/bench'
import {
  admit,
  charge,
  type Deps,
  expireDueHolds,
  holdBestSeats,
  holdSeats,
  joinLine,
  leaveLine,
  listLiveHolds,
  listTickets,
  openSeatMirror,
  pay,
  readBalance,
  readLineStatus,
  refund,
  relayOutbox,
  releaseReservation,
} from '@greenroom/core'
import { runBounded } from '@greenroom/crowd'
import type { Servers } from '../machine/open-servers.ts'
import { explainStatements, type Plan } from './explain-statements.ts'

/** What one thing that fans or workers do sends to Postgres, in order. */
export type OperationPlans = { operation: string; plans: Plan[] }

/** Rows that a sale which is half over has; the plans of an empty table say nothing. */
const share = { bought: 0.2, held: 0.05 }
const mostBuyers = 1_500
const atOnce = 50

const statementsOfRelay = ['lock-outbox', 'take-oldest-events']

/** Sells a part of a show of so many seats, then explains each statement of whatever is hot, in turn. */
export async function explainSale(servers: Servers, seatCount: number): Promise<OperationPlans[]> {
  const { deps } = servers
  const { concertId, shows } = await openSale(deps, { seatCount, showCount: 2, capacity: 1_000_000 })
  const [show] = shows
  if (show === undefined) throw new Error('a sale without a show')
  const { showId, seatIds } = show
  const bought = Math.min(mostBuyers, Math.floor(seatCount * share.bought))
  const held = Math.min(mostBuyers, Math.floor(seatCount * share.held))
  const [first, second, third, fourth, ...crowd] = await letIn(deps, concertId, bought + held + 4)
  if (first === undefined || second === undefined || third === undefined || fourth === undefined)
    throw new Error('nobody was let in')
  await runBounded(crowd, atOnce, async (fan, index) => {
    const wanted = seatIds.slice(index, index + 1)
    const { reservationId, amountMinor } = await holdSeats(deps, { ...fan, showId, seatIds: wanted })
    if (index >= bought) return
    const { fanId } = fan
    await charge(deps, { fanId, amountMinor, idempotencyKey: randomUUID() })
    await pay(deps, { fanId, reservationIds: [reservationId], idempotencyKey: randomUUID() })
  })
  while ((await relayOutbox(deps)) > 0);
  await servers.query('vacuum analyze')

  const free = seatIds.slice(bought + held)
  const found: OperationPlans[] = []
  // whatever is committed is published soon after, in the midst of the next operation
  const known = new Set(statementsOfRelay)
  /** Runs it with nothing remembered, so that it asks for everything. */
  const look = async <T>(operation: string, work: (observed: Deps) => Promise<T>): Promise<T> => {
    const { deps: observed, plans } = explainStatements(deps)
    const result = await work(observed)
    const own = [...plans.values()].filter(({ name, lines }) => !known.has(name) && lines.length > 0)
    for (const { name } of own) known.add(name)
    found.push({ operation, plans: own })
    return result
  }
  const { fanId } = first
  const wish = { ...first, showId }
  await look('tick of the line', (d) => admit(d, { concertId }))
  const [newcomer] = await letIn(deps, concertId, 1)
  if (newcomer === undefined) throw new Error('nobody was let in')
  await leaveLine(deps, { concertId, fanId: newcomer.fanId })
  await look('join, and go in', (d) => joinLine(d, { concertId, fanId: newcomer.fanId }))
  await look('look at the own place', (d) => readLineStatus(d, { concertId, fanId }))
  await look('first snapshot of a show', async (d) => {
    const mirror = openSeatMirror(d)
    await mirror.snapshot(showId)
    await mirror.close()
  })
  const reservation = await look('hold two seats', (d) =>
    holdSeats(d, { ...wish, seatIds: free.slice(0, 2), idempotencyKey: randomUUID() }),
  )
  const best = await look('hold the best three seats', async (d) => {
    const mirror = openSeatMirror(d)
    try {
      return await holdBestSeats(d, { ...second, showId, quantity: 3, mirror })
    } finally {
      await mirror.close()
    }
  })
  await look('give a hold back', (d) =>
    releaseReservation(d, { fanId: second.fanId, reservationId: best.reservationId }),
  )
  await look('charge a wallet', (d) =>
    charge(d, { fanId, amountMinor: reservation.amountMinor, idempotencyKey: randomUUID() }),
  )
  await look('look at a wallet', (d) => readBalance(d, fanId))
  await look('look at own holds', (d) => listLiveHolds(d, { fanId, concertId }))
  const { reservationId } = reservation
  await look('pay', (d) => pay(d, { fanId, reservationIds: [reservationId], idempotencyKey: randomUUID() }))
  await look('look at own tickets', (d) => listTickets(d, fanId))
  await look('refund', (d) => refund(d, { fanId, reservationId, idempotencyKey: randomUUID() }))
  for (const name of statementsOfRelay) known.delete(name)
  await look('publish what was committed', (d) => relayOutbox(d))
  const late = await holdSeats(deps, { ...fourth, showId, seatIds: free.slice(5, 6) })
  await charge(deps, {
    fanId: fourth.fanId,
    amountMinor: late.amountMinor,
    idempotencyKey: randomUUID(),
  })
  await letSomeLapse(servers, showId)
  await look('take over a lapsed seat', (d) =>
    holdSeats(d, { ...third, showId, seatIds: seatIds.slice(bought, bought + 1) }),
  )
  await look('pay for a hold that is over', (d) =>
    pay(d, {
      fanId: fourth.fanId,
      reservationIds: [late.reservationId],
      idempotencyKey: randomUUID(),
    }),
  )
  await look('sweep holds that are over', (d) => expireDueHolds(d))
  return found.filter(({ plans }) => plans.length > 0)
}

/** As if five minutes had passed for the holds of a show. */
async function letSomeLapse({ query }: Servers, showId: number): Promise<void> {
  await query(`with lapsed as (
      update reservations set held_at = held_at - interval '1 hour', held_until = now() - interval '1 second'
      where show_id = ${showId} and state = 'HELD' returning id
    )
    update seats set held_until = now() - interval '1 second'
    where show_id = ${showId} and reservation_id in (select id from lapsed)`)
}
