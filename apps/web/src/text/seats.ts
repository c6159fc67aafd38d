import type { ReservedSeat } from '@greenroom/contract'
import { m } from '../paraglide/messages.js'

type SeatPlace = Pick<ReservedSeat, 'section' | 'row' | 'number'>

/** One seat as it is said aloud; a club has neither sections nor rows to name. */
export function tellSeat({ section, row, number }: SeatPlace): string {
  const place = row === '' ? m.seat_number({ number }) : m.seat_row_number({ row, number })
  return section === '' ? place : `${section} · ${place}`
}

/** Seats of one row told together: `A · row 3, seats 11, 12`. */
export function tellSeats(seats: readonly SeatPlace[]): string[] {
  const byRow = new Map<string, SeatPlace[]>()
  for (const seat of seats) {
    const key = `${seat.section}\n${seat.row}`
    byRow.set(key, [...(byRow.get(key) ?? []), seat])
  }
  return [...byRow.values()].flatMap((row) => {
    const [first] = row
    if (first === undefined) return []
    const numbers = row.map((seat) => seat.number).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    return [tellSeat({ ...first, number: numbers.join(', ') })]
  })
}
