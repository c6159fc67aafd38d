import {
  type CreateShowInput,
  createShowInput,
  DomainError,
  type Fault,
  parseInput,
  type ShowId,
} from '@greenroom/contract'
import type { z } from 'zod'
import { inTransaction, type Tx, violatedConstraint } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { findPricedCategories } from './concert-store.ts'
import { findPlanCategories, findUsedCategories } from './seat-plan-store.ts'
import { insertSeats, insertShow } from './show-store.ts'

/**
 * Adds a date to a concert, all its seats available, all or nothing. Seat ids are one unbroken range that no other show
 * has, also when two shows are made at once. Refuses with NOT_FOUND (concert, seat plan) and BAD_INPUT (the concert
 * has another show at that instant, or no price for a category of this plan). A repeat is refused by the instant.
 */
export async function createShow(deps: Pick<Deps, 'db'>, input: CreateShowInput): Promise<ShowId> {
  return await inTransaction(deps.db, (tx) => addShow(tx, input))
}

/** `createShow` inside the caller's transaction, which holds up other new shows until it ends. */
export async function addShow(tx: Tx, input: CreateShowInput): Promise<ShowId> {
  const show = parseInput(createShowInput, input)
  await requirePrices(tx, show)
  const showId = await insertShow(tx, show).catch((error: unknown) => {
    if (violatedConstraint(error) !== 'shows_concert_id_starts_at_key') throw error
    const message = 'the concert has a show at that instant'
    throw new DomainError('BAD_INPUT', {
      faults: [{ path: 'startsAtMs', message, reason: 'anotherShowThen' }],
    })
  })
  await insertSeats(tx, showId)
  return showId
}

/** By code and by name: another plan may give the same code to another class of seats. */
async function requirePrices(
  tx: Tx,
  { concertId, seatPlanId }: z.output<typeof createShowInput>,
): Promise<void> {
  const priced = await findPricedCategories(tx, concertId)
  if (priced.size === 0) throw new DomainError('NOT_FOUND', { what: 'concert' })
  const categories = await findPlanCategories(tx, seatPlanId)
  if (categories === undefined) throw new DomainError('NOT_FOUND', { what: 'seatPlan' })
  const used = await findUsedCategories(tx, seatPlanId)
  const faults = used
    .filter((code) => priced.get(code) !== categories[code]?.name)
    .map(
      (code): Fault => ({
        path: 'seatPlanId',
        message: `the concert has no price for category ${code} (${categories[code]?.name})`,
        reason: 'categoryWithoutPrice',
        name: categories[code]?.name,
      }),
    )
  if (faults.length > 0) throw new DomainError('BAD_INPUT', { faults })
}
