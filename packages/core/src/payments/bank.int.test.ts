import { randomUUID } from 'node:crypto'
import type { AccountId, ReservationId } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { inTransaction, type Tx } from '../platform/database.ts'
import { insertHold } from '../testing/insert-hold.ts'
import { makeFans } from '../testing/make-fan.ts'
import { makeShow } from '../testing/make-show.ts'
import { openProcess } from '../testing/open-process.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { charge } from '../wallet/index.ts'
import { pay, refund } from './index.ts'

const deps = await createTestDeps()

type Totals = { fansMinor: number; lowestMinor: number; boxOfficeMinor: number; chargedMinor: number }

async function readFans(tx: Tx): Promise<Pick<Totals, 'fansMinor' | 'lowestMinor'>> {
  const { rows } = await tx.query<Pick<Totals, 'fansMinor' | 'lowestMinor'>>(
    `select sum(balance_minor)::float8 as "fansMinor", min(balance_minor)::float8 as "lowestMinor"
     from wallets where kind = 'fan'`,
  )
  return rows[0] ?? { fansMinor: Number.NaN, lowestMinor: Number.NaN }
}

async function readHouse(tx: Tx): Promise<Pick<Totals, 'boxOfficeMinor' | 'chargedMinor'>> {
  const { rows } = await tx.query<Pick<Totals, 'boxOfficeMinor' | 'chargedMinor'>>(
    `select coalesce(sum(case kind when 'payment' then amount_minor when 'refund' then -amount_minor end), 0)::float8
              as "boxOfficeMinor",
            coalesce(sum(amount_minor) filter (where kind = 'charge'), 0)::float8 as "chargedMinor"
     from transfers`,
  )
  return rows[0] ?? { boxOfficeMinor: Number.NaN, chargedMinor: Number.NaN }
}

/** Two statements, which see one moment only because the transaction does. */
async function readTotals(tx: Tx, between: () => Promise<void> = () => Promise.resolve()): Promise<Totals> {
  const fans = await readFans(tx)
  await between()
  return { ...fans, ...(await readHouse(tx)) }
}

async function atOneMoment(tx: Tx): Promise<void> {
  await tx.query('set transaction isolation level repeatable read read only')
}

test('readers sum all wallets while money moves: it is always what was charged so far, and nobody owes', async () => {
  const other = openProcess(deps)
  const fans = await makeFans(deps, 8)
  // an answer that has come is in every later total; a total holds nothing that nobody has asked for yet
  const charged = { answeredMinor: 0, askedMinor: 0 }
  let areMoving = true
  const readers = [deps, other].map(async (process) => {
    let readings = 0
    while (areMoving || readings === 0) {
      const answeredMinor = charged.answeredMinor
      const totals = await inTransaction(process.db, async (tx) => {
        await atOneMoment(tx)
        return await readTotals(tx)
      })
      expect(totals.fansMinor + totals.boxOfficeMinor).toBe(totals.chargedMinor)
      expect(totals.lowestMinor).toBeGreaterThanOrEqual(0)
      expect(totals.boxOfficeMinor).toBeGreaterThanOrEqual(0)
      expect(totals.chargedMinor).toBeGreaterThanOrEqual(answeredMinor)
      expect(totals.chargedMinor).toBeLessThanOrEqual(charged.askedMinor)
      readings += 1
    }
    return readings
  })
  const reading = Promise.all(readers)
  const moving = Promise.all(fans.map((fanId, at) => moveMoney(at % 2 === 0 ? deps : other, fanId, charged)))
  const moved = moving.finally(() => {
    areMoving = false
  })
  await Promise.all([reading, moved])
  for (const readings of await reading) expect(readings).toBeGreaterThan(3)
})

/** Charges, buys more than there is money for now and then, and gives half of it back. */
async function moveMoney(
  process: typeof deps,
  fanId: AccountId,
  charged: { answeredMinor: number; askedMinor: number },
): Promise<void> {
  const show = await makeShow(process, { priceMinor: 700, seatCount: 30, seatsPerFan: 30 })
  for (let round = 0; round < 10; round++) {
    const amountMinor = 1_000
    charged.askedMinor += amountMinor
    await charge(process, { fanId, amountMinor, idempotencyKey: randomUUID() })
    charged.answeredMinor += amountMinor
    const holds: ReservationId[] = []
    for (let nth = 0; nth < 2; nth++) {
      const seatIds = show.seatIds.slice(round * 3 + nth, round * 3 + nth + 1)
      holds.push(await insertHold(process, { fanId, show, seatIds }))
    }
    const payments = await Promise.allSettled(
      holds.map((hold) => pay(process, { fanId, reservationIds: [hold], idempotencyKey: randomUUID() })),
    )
    const paid = payments.flatMap((payment) => (payment.status === 'fulfilled' ? [payment.value] : []))
    const [reservationId] = paid.flatMap((payment) => payment.reservationIds)
    if (round % 2 === 0 && reservationId !== undefined)
      await refund(process, { fanId, reservationId, idempotencyKey: randomUUID() })
  }
}

test('guard off: a reader whose statements see two moments finds a total that never was', async () => {
  const show = await makeShow(deps, { priceMinor: 700 })
  const [fanId] = await makeFans(deps, 1)
  if (fanId === undefined) throw new Error('one fan')
  await charge(deps, { fanId, amountMinor: 5_000, idempotencyKey: randomUUID() })
  const buy = async (seat: number): Promise<void> => {
    const hold = await insertHold(deps, { fanId, show, seatIds: show.seatIds.slice(seat, seat + 1) })
    await pay(deps, { fanId, reservationIds: [hold], idempotencyKey: randomUUID() })
  }
  const offBy = async (begin: (tx: Tx) => Promise<void>, seat: number): Promise<number> =>
    await inTransaction(deps.db, async (tx) => {
      await begin(tx)
      const totals = await readTotals(tx, () => buy(seat))
      return totals.fansMinor + totals.boxOfficeMinor - totals.chargedMinor
    })
  expect(await offBy(atOneMoment, 0)).toBe(0)
  expect(await offBy(() => Promise.resolve(), 1)).toBe(700)
})
