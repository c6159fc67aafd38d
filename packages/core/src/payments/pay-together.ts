import { type Payment, payment as paymentReply, type ReservationId } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { foldCalls } from '../platform/fold-calls.ts'
import { type Attempt, foldCommands, type Member } from '../wallet/index.ts'
import type { ReservationFacts } from './sale-store.ts'
import { findPayable, type PayableRow, type Sale, settleSales } from './together-store.ts'

type PlainPayment = Member<Payment> & { reservations: PayableRow[] }

/**
 * Pays what nothing stands against (live holds of one concert, of a fan who has the money, at the price expected) in one
 * transaction with others who pay at about the same time. `undefined`, with nothing done, for all else: `pay` does or refuses
 * that by itself. What is read here decides nothing: the transaction has the same conditions under its own locks.
 */
export async function payTogether(
  deps: Deps,
  attempt: Attempt<Payment>,
  wish: { ids: readonly ReservationId[]; expectedMinor: number | undefined },
): Promise<{ payment: Payment; sold: ReservationFacts[] } | undefined> {
  const found = await Promise.all(wish.ids.map((id) => readPayable(deps, undefined, id)))
  const reservations = found.flatMap((each) => each ?? [])
  if (!isPlain(reservations, wish, attempt)) return undefined
  const payment = await settleTogether(deps, { attempt, reservations })
  return payment === undefined ? undefined : { payment, sold: reservations }
}

/** Those who look in the same turn look together. */
const readPayable = foldCalls(async (deps: Deps, _all: undefined, ids: ReservationId[]) => {
  const rows = new Map((await findPayable(deps.db, ids)).map((row) => [row.reservationId, row]))
  return ids.map((id) => rows.get(id))
})

function isPlain(
  reservations: readonly PayableRow[],
  { ids, expectedMinor }: { ids: readonly ReservationId[]; expectedMinor: number | undefined },
  { fanId }: Attempt<Payment>,
): boolean {
  const [first] = reservations
  if (first === undefined || reservations.length < ids.length) return false
  const amountMinor = reservations.reduce((sum, each) => sum + each.amountMinor, 0)
  return (
    reservations.every((each) => each.fanId === fanId && each.concertId === first.concertId) &&
    amountMinor <= first.balanceMinor &&
    amountMinor === (expectedMinor ?? amountMinor)
  )
}

const settleTogether = foldCommands<PlainPayment, Payment>({
  keyOf: ({ attempt }) => String(attempt.fanId),
  maxRunning: 2,
  work: async (tx, payments) => {
    const sales = payments.map(
      ({ attempt: { fanId, key }, reservations }): Sale => ({ fanId, key, reservations }),
    )
    const replies = new Map((await settleSales(tx, sales)).map(({ fanId, reply }) => [fanId, reply]))
    return new Map(
      payments.flatMap((each): [PlainPayment, Payment][] => {
        const reply = replies.get(each.attempt.fanId)
        return reply === undefined ? [] : [[each, paymentReply.parse(reply)]]
      }),
    )
  },
})
