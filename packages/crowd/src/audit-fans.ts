import type { FinalState } from '@greenroom/oracles'
import type { Crowd, Fan } from './crowd.ts'
import { keepTrying } from './keep-trying.ts'
import { readBooks } from './read-books.ts'
import { runBounded } from './run-bounded.ts'

export type Audit = {
  wallets: { checked: number; off: number; offMinor: number }
  /** What the server says of all fans in the end, each asked for their own. */
  final: FinalState
}

const patienceMs = 120_000
/** Lines of one statement at most: more than a fan of the crowd ever charges and pays. */
const statementLines = 100

/** Asks each fan's reservations, payments and statement, and compares each wallet with the fan's own books. */
export async function auditFans(crowd: Crowd, fans: readonly Fan[]): Promise<Audit> {
  const books = readBooks(crowd.history.events)
  const wallets: Audit['wallets'] = { checked: 0, off: 0, offMinor: 0 }
  const reservations: FinalState['reservations'][number][] = []
  const payments: FinalState['payments'][number][] = []
  const charges: NonNullable<FinalState['charges']>[number][] = []
  const refunds: NonNullable<FinalState['refunds']>[number][] = []
  const trying = { ...crowd.options, signal: AbortSignal.timeout(patienceMs) }
  await runBounded(fans, 50, async ({ fanId, greenroom: { api } }) => {
    const ask = <T>(call: () => Promise<T>): Promise<T> => keepTrying(trying, call)
    const { balanceMinor } = await ask(() =>
      crowd.measurements.measure('balance', () => api.wallet.balance.query()),
    )
    const off = Math.abs(balanceMinor - books.balanceMinor(fanId))
    wallets.checked += 1
    if (off > 0) wallets.off += 1
    wallets.offMinor += off
    for (const { reservationId, showId, state, seats } of await ask(() => api.reservations.list.query()))
      reservations.push({ reservationId, showId, fanId, seatIds: seats.map(({ seatId }) => seatId), state })
    for (const { paymentId, reservationIds, amountMinor } of await ask(() => api.payments.list.query()))
      payments.push({ paymentId, fanId, reservationIds, amountMinor })
    const { lines } = await ask(() => api.wallet.statement.query({ limit: statementLines }))
    for (const { kind, changeMinor, reservationId } of lines) {
      if (kind === 'charge') charges.push({ fanId, amountMinor: changeMinor })
      if (kind === 'refund' && reservationId !== null)
        refunds.push({ fanId, reservationId, amountMinor: changeMinor })
    }
  })
  return { wallets, final: { reservations, payments, charges, refunds, shows: [] } }
}
