import { readSeatStatus, type SeatState } from '@greenroom/client'
import { type SeatId, seatId } from '@greenroom/contract'

/**
 * Free seats as a crowd chooses them: near the front, next to each other. Everybody wants the same ones, so most lose
 * their first race. Empty when no seat is free.
 */
export function choosePopularSeats(seats: SeatState, count: number, random: () => number): SeatId[] {
  const start = Math.floor(seats.seatCount * random() ** 3)
  const chosen: SeatId[] = []
  for (let step = 0; step < seats.seatCount && chosen.length < count; step++) {
    const id = seatId.parse(seats.firstSeatId + ((start + step) % seats.seatCount))
    if (readSeatStatus(seats, id) === 'available') chosen.push(id)
  }
  return chosen
}
