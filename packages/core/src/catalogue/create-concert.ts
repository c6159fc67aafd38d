import {
  type ConcertId,
  type CreateConcertInput,
  createConcertInput,
  DomainError,
  type Fault,
  parseInput,
  type SeatPlanId,
} from '@greenroom/contract'
import type { z } from 'zod'
import { inTransaction, type Tx } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { openLine } from '../waiting-room/index.ts'
import { insertConcert, insertPrices, type NewPrice } from './concert-store.ts'
import { holdMaxLifeMsOf } from './hold-life.ts'
import { findPlanCategories, findUsedCategories } from './seat-plan-store.ts'

/**
 * Makes a concert with its prices and its line, all or nothing; it is listed once it has a show. Refuses with NOT_FOUND (no
 * such seat plan) and BAD_INPUT with the path of each fault (among others: a category with seats has no price). Every
 * call makes another concert.
 */
export async function createConcert(deps: Pick<Deps, 'db'>, input: CreateConcertInput): Promise<ConcertId> {
  return await inTransaction(deps.db, (tx) => addConcert(tx, input))
}

/** `createConcert` inside the caller's transaction. */
export async function addConcert(tx: Tx, input: CreateConcertInput): Promise<ConcertId> {
  const { prices, line, seatPlanId, ...concert } = parseInput(createConcertInput, input)
  const priced = await pricePlan(tx, seatPlanId, prices)
  const concertId = await insertConcert(tx, { ...concert, holdMaxLifeMs: holdMaxLifeMsOf(concert.holdTtlMs) })
  await insertPrices(tx, concertId, priced)
  await openLine(tx, concertId, line)
  return concertId
}

async function pricePlan(
  tx: Tx,
  seatPlanId: SeatPlanId,
  prices: z.output<typeof createConcertInput>['prices'],
): Promise<NewPrice[]> {
  const categories = await findPlanCategories(tx, seatPlanId)
  if (categories === undefined) throw new DomainError('NOT_FOUND', { what: 'seatPlan' })
  const priced = new Map(prices.map((price) => [price.categoryCode, price.priceMinor]))
  const unpriced = (await findUsedCategories(tx, seatPlanId)).filter((code) => !priced.has(code))
  const faults = [
    ...prices.flatMap((price, index) => {
      const path = `prices[${index}].categoryCode`
      if (categories[price.categoryCode] === undefined)
        return [{ path, message: 'the plan has no such category' }]
      const isTwin = prices.findIndex((other) => other.categoryCode === price.categoryCode) < index
      return isTwin ? [{ path, message: 'is priced twice' }] : []
    }),
    ...unpriced.map(
      (code): Fault => ({
        path: 'prices',
        message: `category ${code} (${categories[code]?.name}) has seats and no price`,
        reason: 'categoryWithoutPrice',
        name: categories[code]?.name,
      }),
    ),
  ]
  if (faults.length > 0) throw new DomainError('BAD_INPUT', { faults })
  return categories.flatMap(({ name, color }, code) => {
    const priceMinor = priced.get(code)
    return priceMinor === undefined ? [] : [{ code, name, color, priceMinor }]
  })
}
