import { setTimeout as sleep } from 'node:timers/promises'
import { type Greenroom, greenroomError, type SeatState } from '@greenroom/client'
import type { Reservation, ShowId } from '@greenroom/contract'
import { choosePopularSeats } from './choose-seats.ts'
import type { Crowd } from './crowd.ts'
import { keepTrying } from './keep-trying.ts'

/** Races a fan loses before they go home. */
const maxRaces = 60

/** A person looks again after losing. */
const lookAgainMs = 200

/**
 * Picks free seats on the live map, or asks for the best ones, until a hold stands. `undefined`: nothing was left, or
 * the turn ended.
 */
export async function holdSomeSeats(
  crowd: Crowd,
  greenroom: Greenroom,
  where: { showId: ShowId; pass: string; seats: SeatState },
): Promise<Reservation | undefined> {
  const { random, seatsPerFan } = crowd.options
  const { showId, pass, seats } = where
  let wanted = seatsPerFan.min + Math.floor(random() * (seatsPerFan.max - seatsPerFan.min + 1))
  wanted = Math.min(wanted, crowd.concert.seatsPerFan)
  for (let race = 0; race < maxRaces && !crowd.signal.aborted; race++) {
    try {
      const wantsBest = random() < 0.4
      if (wantsBest) return await holdBest(crowd, greenroom, { showId, pass, quantity: wanted })
      const seatIds = choosePopularSeats(seats, wanted, random)
      if (seatIds.length > 0) return await hold(crowd, greenroom, { showId, pass, seatIds })
      // the map is a moment old: only the server knows that nothing is left
      return await holdBest(crowd, greenroom, { showId, pass, quantity: 1 })
    } catch (error) {
      const refusal = greenroomError(error)
      switch (refusal?.code) {
        case 'SEATS_TAKEN':
          crowd.lostRaces += 1
          break
        case 'NO_ADJACENT_SEATS':
          if (refusal.details.largestRun === 0) return undefined
          wanted = Math.min(wanted, refusal.details.largestRun)
          break
        case 'PASS_REFUSED':
        case 'STILL_WAITING':
        case 'SALE_CLOSED':
        case 'SALE_STOPPED':
          return undefined
        default:
          throw error
      }
      await sleep(random() * lookAgainMs)
    }
  }
  return undefined
}

/** Asking again for the same seats gets the same hold, so a lost answer may simply be asked for again. */
async function hold(
  crowd: Crowd,
  greenroom: Greenroom,
  input: Parameters<Greenroom['api']['reservations']['hold']['mutate']>[0],
): Promise<Reservation> {
  return await keepTrying({ ...crowd.options, signal: crowd.signal }, () =>
    crowd.measurements.measure('hold', () => greenroom.api.reservations.hold.mutate(input)),
  )
}

/** The best seats are others each time: after a lost answer, look first whether they are ours already. */
async function holdBest(
  crowd: Crowd,
  greenroom: Greenroom,
  input: Parameters<Greenroom['api']['reservations']['holdBest']['mutate']>[0],
): Promise<Reservation> {
  let isRepeat = false
  return await keepTrying({ ...crowd.options, signal: crowd.signal }, async () => {
    const { concertId } = crowd.concert
    const mine = isRepeat ? await greenroom.api.reservations.live.query({ concertId }) : []
    isRepeat = true
    return (
      mine[0] ??
      (await crowd.measurements.measure('holdBest', () => greenroom.api.reservations.holdBest.mutate(input)))
    )
  })
}
