import type { Reservation } from '@greenroom/contract'

/**
 * Whether the seats still say what this reservation costs. A seat has the price of whoever held it last: once a hold is over, another
 * fan may have held it at a new price. What is owed, or was paid, is the reservation's own amount, whatever its seats say by then.
 */
export function hasOwnPrices({ seats, amountMinor }: Pick<Reservation, 'seats' | 'amountMinor'>): boolean {
  return seats.reduce((sum, seat) => sum + seat.priceMinor, 0) === amountMinor
}
