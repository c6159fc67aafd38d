import { randomUUID } from 'node:crypto'
import type { AccountId, ReservationId } from '@greenroom/contract'
import { charge, type Deps, holdSeats, pay as payFor, relayOutbox } from '@greenroom/core'
import { runInFlight } from './in-flight.ts'
import { atOnce, callsPerRound, type RatedOperation, partOf } from './operation.ts'
import { addFans, letIn, openSale, type Sale } from './sale.ts'
import { countStatements, runStatements } from './wallet-statements.ts'

const perFullRound = 480
const priceMinor = 50_000

export type Buyer = { fanId: AccountId; reservationIds: ReservationId[] }

/** Each fan pays for the one seat they hold. */
export const pay: RatedOperation = {
  name: 'pay',
  title: `pay, distinct fans, core function, ${atOnce} in flight`,
  unit: 'payments/s',
  goal: 1,
  prepare: async ({ deps }, effort) => {
    const perRound = callsPerRound(effort, perFullRound)
    const total = perRound * (effort.rounds + 1)
    const sale = await openSale(deps, { seatCount: total + 1, showCount: 1, capacity: 1_000_000 })
    const [sample, ...buyers] = await makeBuyers(deps, sale, total + 1)
    if (sample === undefined) throw new Error('no buyer was made')
    const statementCount = await countStatements(deps, (counted) => buy(counted, sample))
    const payers = await addFans(deps, total)
    const limits = { atOnce, maxMs: effort.maxRoundMs }
    return {
      floorName: `pg, a transaction of as many prepared statements (${statementCount}), one of them a write`,
      isGoalsFloor: false,
      ours: (round) => runInFlight(partOf(buyers, round, perRound), limits, (buyer) => buy(deps, buyer)),
      floor: (round) =>
        runInFlight(partOf(payers, round, perRound), limits, (fanId) =>
          runStatements(deps, fanId, statementCount),
        ),
      settle: async () => {
        await relayOutbox(deps)
      },
    }
  },
}

export async function makeBuyers(deps: Deps, { concertId, shows }: Sale, count: number): Promise<Buyer[]> {
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
    await Promise.all(seatIds.map(make))
  }
  return buyers
}

async function buy(deps: Deps, buyer: Buyer): Promise<void> {
  await payFor(deps, { ...buyer, idempotencyKey: randomUUID() })
}
