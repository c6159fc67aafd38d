import type { AccountId, ReservationId } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { readBalance } from '../wallet/index.ts'

/** The state in the reservation's row, whatever its time says. */
export async function stateOf(deps: Deps, reservationId: ReservationId): Promise<unknown> {
  const { rows } = await deps.db.pool.query('select state from reservations where id = $1', [reservationId])
  return rows[0]?.state
}

/** The seats that carry the reservation's id now. */
export async function seatsOf(deps: Deps, reservationId: ReservationId): Promise<unknown[]> {
  const { rows } = await deps.db.pool.query(
    'select id, status from seats where reservation_id = $1 order by id',
    [reservationId],
  )
  return rows
}

export async function balanceOf(deps: Deps, fanId: AccountId): Promise<number> {
  return (await readBalance(deps, fanId)).balanceMinor
}
