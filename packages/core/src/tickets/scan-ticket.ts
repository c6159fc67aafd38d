import { type AccountId, type ScanTicketInput, type ScanVerdict, scanVerdict } from '@greenroom/contract'
import { inTransaction, type Tx } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { withIdempotency } from '../wallet/index.ts'
import { admitOnce } from './admit-ticket.ts'
import { readTicketCode } from './ticket-code.ts'
import { findGateTicket } from './tickets-store.ts'
import { whyNot } from './why-not.ts'

/**
 * `admitTicket` for a gate that tells people why: what stands against a code is an answer, not a refusal. Of any number of
 * gates one is told `admitted`. Safe to repeat with the same key: a gate whose answer was lost asks again and is told
 * `admitted` again, not `used`. Refuses with IDEMPOTENCY_KEY_REUSED alone.
 */
export async function scanTicket(
  deps: Deps,
  input: ScanTicketInput & { operatorId: AccountId },
): Promise<ScanVerdict> {
  const { operatorId, showId, code, idempotencyKey: key } = input
  const attempt = {
    fanId: operatorId,
    key,
    command: 'scanTicket',
    body: { showId, code },
    reply: scanVerdict,
  }
  return await inTransaction(deps.db, (tx) => withIdempotency(tx, attempt, () => judge(deps, tx, input)))
}

async function judge(
  deps: Deps,
  tx: Tx,
  { operatorId, showId, code }: ScanTicketInput & { operatorId: AccountId },
): Promise<ScanVerdict> {
  const read = await readTicketCode(deps, code)
  if (read === undefined) return { verdict: 'forged' }
  const admitted = read.showId === showId ? await admitOnce(deps, tx, { ...read, operatorId }) : undefined
  const found = await findGateTicket(tx, read.ticketId)
  if (admitted === undefined || found === undefined) return whyNot(found, read, showId)
  return { verdict: 'admitted', ticket: found.ticket, admittedAtMs: admitted.admittedAtMs }
}
