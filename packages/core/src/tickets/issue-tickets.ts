import type { AccountId, PaymentId, ReservationId, TicketId } from '@greenroom/contract'
import type { Tx } from '../platform/database.ts'
import { insertTickets, voidTickets } from './tickets-store.ts'

/** One ticket per seat, inside the payment's transaction and after its seats are sold. */
export async function issueTickets(
  tx: Tx,
  input: { paymentId: PaymentId; fanId: AccountId; reservationIds: readonly ReservationId[] },
): Promise<TicketId[]> {
  return await insertTickets(tx, input)
}

/** Makes a reservation's unused tickets void, inside the refund's transaction; answers how many that were. */
export async function cancelTickets(tx: Tx, reservationId: ReservationId): Promise<number> {
  return await voidTickets(tx, reservationId)
}
