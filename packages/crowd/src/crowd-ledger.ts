import type { SeatId } from '@greenroom/contract'

/** What the fans themselves know: who was told "paid" for which seat, and how much each charged and paid. */
export type CrowdLedger = {
  notePaid: (fan: number, seatIds: readonly SeatId[], amountMinor: number) => void
  noteCharged: (fan: number, amountMinor: number) => void
  /** What the fan's wallet must hold. */
  expectedBalanceMinor: (fan: number) => number
  /** Seats that two payments were told are theirs. */
  soldTwice: () => SeatId[]
  soldSeats: () => SeatId[]
  paidMinor: () => number
}

export function createCrowdLedger(): CrowdLedger {
  const buyersOf = new Map<SeatId, number[]>()
  const balances = new Map<number, number>()
  let paidMinor = 0
  const add = (fan: number, amountMinor: number): void => {
    balances.set(fan, (balances.get(fan) ?? 0) + amountMinor)
  }
  return {
    notePaid: (fan, seatIds, amountMinor) => {
      for (const seatId of seatIds) buyersOf.set(seatId, [...(buyersOf.get(seatId) ?? []), fan])
      add(fan, -amountMinor)
      paidMinor += amountMinor
    },
    noteCharged: add,
    expectedBalanceMinor: (fan) => balances.get(fan) ?? 0,
    soldTwice: () => [...buyersOf].flatMap(([seatId, buyers]) => (buyers.length > 1 ? [seatId] : [])),
    soldSeats: () => [...buyersOf.keys()],
    paidMinor: () => paidMinor,
  }
}
