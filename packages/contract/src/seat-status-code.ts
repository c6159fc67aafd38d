/** A seat's state on the wire, in the order of its 2-bit code: 0 available, 1 held, 2 sold, 3 blocked (not for sale). */
export const seatStatuses = ['available', 'held', 'sold', 'blocked'] as const
export type SeatStatus = (typeof seatStatuses)[number]

/** The 2-bit code of a status. */
export const seatStatusCode: Record<SeatStatus, number> = { available: 0, held: 1, sold: 2, blocked: 3 }

/** The status of a 2-bit code; only the low two bits are read. */
export function seatStatusOf(code: number): SeatStatus {
  return seatStatuses[code & 3] ?? 'blocked'
}
