import { randomUUID } from 'node:crypto'
import type { AccountId, ReservationId } from '@greenroom/contract'
import { pay } from '../payments/index.ts'
import type { Deps } from '../platform/deps.ts'
import { insertHold } from './insert-hold.ts'
import { makeRichFan } from './make-rich-fan.ts'
import { makeShow, type ShowOptions, type TestShow } from './make-show.ts'

export type SoldShow = { show: TestShow; buyers: { fanId: AccountId; reservationId: ReservationId }[] }

/** A show of which so many fans, each with 100,000 charged, have paid for two seats at 10,000. */
export async function makeSoldShow(
  deps: Deps,
  fans: number,
  options: Pick<ShowOptions, 'capacity'> = {},
): Promise<SoldShow> {
  const show = await makeShow(deps, { seatCount: fans * 2 + 6, priceMinor: 10_000, ...options })
  const buyers = await Promise.all(
    Array.from({ length: fans }, async (_, nth) => {
      const fanId = await makeRichFan(deps, 100_000)
      const seatIds = show.seatIds.slice(nth * 2, nth * 2 + 2)
      const reservationId = await insertHold(deps, { fanId, show, seatIds })
      await pay(deps, { fanId, reservationIds: [reservationId], idempotencyKey: randomUUID() })
      return { fanId, reservationId }
    }),
  )
  return { show, buyers }
}
