/** What is so now: fans in line and inside, and seats that may still be had, held ones too. */
export type SaleState = { waiting: number; active: number; seatsLeft: number }

/** What is asked about. */
export type Wish = {
  capacity: number
  /** How long a fan keeps a place inside. */
  meanInsideMinutes: number
  /** `null`: as many as there is room for. */
  ratePerMinute: number | null
  /** How many seats a fan who comes in takes on average: conversion by seats of a buyer. 0: seats last for ever. */
  seatsPerFan: number
}

export type Foresight = {
  /** Let in a minute once the room is full, and what keeps it from being more. */
  perMinute: number
  limit: 'capacity' | 'rate'
  /** Until the last who finds a seat is in; `null`: never, nobody is let in. */
  lastInMinutes: number | null
  /** Those of the line who come too late for a seat. */
  leftOut: number
}

/**
 * When the last in line is in, if it goes on like this. A fluid takes the place of the fans: the room's fans leave at active / mean
 * time inside, so a full one lets in capacity / mean time, which is Little's law (L = λW: J. D. C. Little, "A Proof for the Queuing
 * Formula: L = λW", Operations Research 9, 1961). A room with free places fills first, at the rate if there is one; one with more
 * than its capacity empties first. A hint for an operator, not a promise: real fans come in lumps.
 */
export function foreseeLine(now: SaleState, wish: Wish): Foresight {
  const { capacity, meanInsideMinutes, ratePerMinute, seatsPerFan } = wish
  const throughput = capacity / meanInsideMinutes
  const limit = ratePerMinute !== null && ratePerMinute < throughput ? 'rate' : 'capacity'
  const perMinute = limit === 'rate' && ratePerMinute !== null ? ratePerMinute : throughput
  // who is inside takes seats, too, and comes first
  const seated = seatsPerFan > 0 ? Math.floor(now.seatsLeft / seatsPerFan) - now.active : now.waiting
  const served = Math.max(0, Math.min(now.waiting, seated))
  const lastInMinutes = minutesUntilIn(served, now.active, { capacity, meanInsideMinutes, ratePerMinute })
  return { perMinute, limit, lastInMinutes, leftOut: now.waiting - served }
}

function minutesUntilIn(
  fans: number,
  active: number,
  { capacity, meanInsideMinutes, ratePerMinute }: Omit<Wish, 'seatsPerFan'>,
): number | null {
  if (fans === 0) return 0
  if (capacity <= 0 || ratePerMinute === 0) return null
  const throughput = capacity / meanInsideMinutes
  if (active > capacity) {
    const emptyingMinutes = meanInsideMinutes * Math.log(active / capacity)
    return emptyingMinutes + fans / Math.min(throughput, ratePerMinute ?? throughput)
  }
  if (ratePerMinute === null) return Math.max(0, fans - (capacity - active)) / throughput
  if (ratePerMinute <= throughput) return fans / ratePerMinute
  // active(t) = rate W + (active - rate W) e^(-t/W) reaches the capacity
  const steady = ratePerMinute * meanInsideMinutes
  const fillingMinutes = meanInsideMinutes * Math.log((steady - active) / (steady - capacity))
  const whileFilling = ratePerMinute * fillingMinutes
  if (fans <= whileFilling) return fans / ratePerMinute
  return fillingMinutes + (fans - whileFilling) / throughput
}
