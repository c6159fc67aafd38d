import { randomUUID } from 'node:crypto'
import type { AccountId, ReservationId } from '@greenroom/contract'
import { charge, type Deps, holdSeats, pay, relayOutbox } from '@greenroom/core'
import { holdForAll } from './floor-holds.ts'
import type { Sample } from './in-flight.ts'
import { callsPerRound, type Contest, type Effort, partOf } from './operation.ts'
import { floorTotal, prepareOwnSql } from './own-sql-floor.ts'
import { type Parameters, recordStatements } from './own-statements.ts'
import { addFans, letIn, openSale, type Sale } from './sale.ts'
import type { Stage } from './stage.ts'

const perFullRound = 640
const priceMinor = 50_000

export type Buyer = { fanId: AccountId; reservationIds: ReservationId[] }

/** Payments of one held seat each, however they are made, beside the very SQL of one such payment. */
export async function preparePayments(
  stage: Stage,
  effort: Effort,
  payAll: (buyers: Buyer[]) => Promise<Sample>,
): Promise<Contest> {
  const { deps } = stage
  const perRound = callsPerRound(effort, perFullRound)
  const total = perRound * (effort.rounds + 1)
  const sale = await openSale(deps, {
    seatCount: floorTotal(perRound, effort) + 1,
    showCount: 2,
    capacity: 1_000_000,
  })
  const [show, floorShow] = sale.shows
  if (show === undefined || floorShow === undefined) throw new Error('two shows were asked for')
  const [sample, ...buyers] = await makeBuyers(deps, { ...sale, shows: [show] }, total + 1)
  if (sample === undefined) throw new Error('no buyer was made')
  const statements = await recordStatements(deps, parametersOf(floorShow.showId), (recorded) =>
    buy(recorded, sample),
  )
  const cast = {
    ...floorShow,
    concertId: sale.concertId,
    fanIds: await addFans(deps, floorTotal(perRound, effort)),
    perRound,
  }
  await holdForAll(deps, cast, priceMinor)
  const countDone = async (seatIds: readonly number[]): Promise<number> => {
    const { rows } = await deps.db.pool.query<{ paid: number }>(
      `select count(*)::int as paid from seats join tickets on seat_id = seats.id
         join payments on payments.id = payment_id
         where seats.id = any($1) and status = 'sold'`,
      [seatIds],
    )
    return rows[0]?.paid ?? 0
  }
  const floor = await prepareOwnSql(stage, { cast, effort, statements, countDone })
  return {
    floorName: `${floor.program}, the SQL of one payment, prepared (${statements.map(({ name }) => name).join(', ')})`,
    isGoalsFloor: floor.program === 'pgbench',
    ours: (round) => payAll(partOf(buyers, round, perRound)),
    floor: floor.run,
    settle: async () => {
      while ((await relayOutbox(deps)) > 0);
    },
  }
}

const parametersOf = (showId: number): Parameters => ({
  'find-payable': ['array[:reservation]'],
  'claim-idempotency-keys': ['array[:fan]', "array['bench-' || :seat]", "array['pay']", "array['a hash']"],
  'settle-sales': [
    'array[:fan]',
    "array['bench-' || :seat]",
    "array['{' || :reservation || '}']",
    'array[:reservation]',
    'array[:seat]',
    `array[${showId}]`,
    'array[:fan]',
  ],
})

async function makeBuyers(deps: Deps, { concertId, shows }: Sale, count: number): Promise<Buyer[]> {
  const fans = await letIn(deps, concertId, count)
  const buyers: Buyer[] = []
  for (const { showId, seatIds } of shows) {
    const make = async (seatId: (typeof seatIds)[number], at: number): Promise<void> => {
      const fan = fans[at]
      if (fan === undefined) return
      const { reservationId } = await holdSeats(deps, { ...fan, showId, seatIds: [seatId] })
      await charge(deps, { fanId: fan.fanId, amountMinor: priceMinor, idempotencyKey: randomUUID() })
      buyers.push({ fanId: fan.fanId, reservationIds: [reservationId] })
    }
    // fewer at once than may wait
    for (let first = 0; first < seatIds.length; first += 1_000) {
      await Promise.all(seatIds.slice(first, first + 1_000).map((seatId, at) => make(seatId, first + at)))
    }
  }
  return buyers
}

export async function buy(deps: Deps, buyer: Buyer): Promise<void> {
  await pay(deps, { ...buyer, idempotencyKey: randomUUID() })
}
