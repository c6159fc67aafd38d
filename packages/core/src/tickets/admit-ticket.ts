import { type AccountId, type Admitted, DomainError, type ShowId, type TicketId } from '@greenroom/contract'
import { recordAudit } from '../accounts/index.ts'
import { inTransaction, type Tx } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { readTicketCode, type TicketCode } from './ticket-code.ts'
import { findGateTicket, useTicket } from './tickets-store.ts'
import { whyNot } from './why-not.ts'

/**
 * Lets the holder of a code in, once: of any number of gates that scan it, one is told yes. Refuses with
 * TICKET_INVALID (not ours, changed, or for another show than the gate's), TICKET_VOID (refunded, or its show is cancelled)
 * or TICKET_USED with the moment of its first use. The operator who admitted is audited in the same transaction.
 */
export async function admitTicket(
  deps: Deps,
  input: { operatorId: AccountId; code: string; showId?: ShowId | undefined },
): Promise<Admitted> {
  const ticket = await readTicketCode(deps, input.code)
  if (ticket === undefined) throw new DomainError('TICKET_INVALID', {})
  if (input.showId !== undefined && input.showId !== ticket.showId)
    throw new DomainError('TICKET_INVALID', {})
  return await inTransaction(deps.db, async (tx) => {
    const admitted = await admitOnce(deps, tx, { ...ticket, operatorId: input.operatorId })
    if (admitted === undefined) throw await refusalOf(tx, ticket)
    return admitted
  })
}

/** Uses the ticket up and writes down who did, both or neither; `undefined` when it is good for nothing any more. */
export async function admitOnce(
  deps: Deps,
  tx: Tx,
  ticket: { ticketId: TicketId; showId: ShowId; operatorId: AccountId },
): Promise<Admitted | undefined> {
  const admitted = await useTicket(tx, ticket)
  if (admitted === undefined) return undefined
  const target = `ticket ${admitted.ticketId}`
  const before = { state: 'VALID' }
  const after = { state: 'USED', showId: admitted.showId, seatId: admitted.seatId }
  await recordAudit(deps, { actorId: ticket.operatorId, action: 'ticket.admit', target, before, after }, tx)
  return admitted
}

async function refusalOf(tx: Tx, ticket: TicketCode): Promise<DomainError> {
  const objection = whyNot(await findGateTicket(tx, ticket.ticketId), ticket, ticket.showId)
  switch (objection.verdict) {
    case 'cancelled':
    case 'refunded':
      return new DomainError('TICKET_VOID', {})
    case 'used':
      return new DomainError('TICKET_USED', { usedAtMs: objection.usedAtMs })
    case 'forged':
    case 'wrongShow':
      return new DomainError('TICKET_INVALID', {})
  }
}
