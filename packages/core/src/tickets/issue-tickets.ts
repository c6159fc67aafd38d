import type { AccountId, PaymentId, ReservationId, TicketId } from '@greenroom/contract'
import type { Tx } from '../platform/database.ts'
import { insertTickets, voidEveryTicket, voidTickets } from './tickets-store.ts'

/** One ticket per seat, inside the payment's transaction and after its seats are sold. */
export async function issueTickets(
  tx: Tx,
  input: { paymentId: PaymentId; fanId: AccountId; reservationIds: readonly ReservationId[] },
): Promise<TicketId[]> {
  return await insertTickets(tx, input)
}

/**
 * Makes a reservation's tickets void, inside the refund's transaction; answers how many that were. `usedToo`: those that let
 * somebody in as well; else they stay as they are, and the caller counts.
 */
export async function cancelTickets(
  tx: Tx,
  reservationId: ReservationId,
  { usedToo }: { usedToo: boolean },
): Promise<number> {
  return usedToo ? await voidEveryTicket(tx, reservationId) : await voidTickets(tx, reservationId)
}
