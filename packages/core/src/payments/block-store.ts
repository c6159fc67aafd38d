import type { SeatId } from '@greenroom/contract'
import type { Tx } from '../platform/database.ts'

/** Those of the seats that were available and are blocked now. It never waits: what others have locked is left for the next time. */
export async function blockFreeSeats(
  tx: Tx,
  seatIds: readonly SeatId[],
): Promise<{ seatId: SeatId; version: number }[]> {
  const { rows } = await tx.query<{ seatId: SeatId; version: number }>({
    name: 'block-free-seats',
    text: `with free as materialized (
             select id from seats where id = any($1::bigint[]) and status = 'available'
             order by id for update skip locked
           )
           update seats set status = 'blocked', version = version + 1 from free
           where seats.id = free.id and seats.status = 'available'
           returning seats.id as "seatId", seats.version`,
    values: [seatIds],
  })
  return rows.toSorted((one, other) => one.seatId - other.seatId)
}
