import type { HistoryEvent } from '@greenroom/oracles'

/** What the fans themselves know: who was told "paid" for which seat, and what each charged and paid. */
export type Books = {
  soldSeatIds: ReadonlySet<number>
  paidMinor: number
  /** What the fan's wallet must hold. */
  balanceMinor: (fanId: number) => number
}

/** The books by what was answered; a key that was answered twice is one charge or payment. */
export function readBooks(history: readonly HistoryEvent[]): Books {
  const seatsOf = new Map<number, readonly number[]>()
  const soldSeatIds = new Set<number>()
  const balances = new Map<number, number>()
  const seen = new Set<string>()
  let paidMinor = 0
  const add = (fanId: number, amountMinor: number): void => {
    balances.set(fanId, (balances.get(fanId) ?? 0) + amountMinor)
  }
  for (const event of history) {
    if (event.outcome !== 'ok') continue
    if (event.op === 'hold' && event.reservationId !== undefined)
      seatsOf.set(event.reservationId, event.seatIds)
    if (event.op !== 'pay' && event.op !== 'charge') continue
    const name = `${event.op} ${event.fanId} ${event.key}`
    if (seen.has(name)) continue
    seen.add(name)
    if (event.op === 'charge') add(event.fanId, event.amountMinor)
    else {
      const amountMinor = event.amountMinor ?? 0
      add(event.fanId, -amountMinor)
      paidMinor += amountMinor
      for (const id of event.reservationIds.flatMap((paid) => seatsOf.get(paid) ?? [])) soldSeatIds.add(id)
    }
  }
  return { soldSeatIds, paidMinor, balanceMinor: (fanId) => balances.get(fanId) ?? 0 }
}
