import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { greenroomError, readPlaceKey, type SeatState } from '@greenroom/client'
import type { Reservation, SeatId, ShowId } from '@greenroom/contract'
import { ask } from './ask.ts'
import { choosePopularSeats } from './choose-seats.ts'
import type { Crowd, Fan } from './crowd.ts'

/** Races a fan loses before they go home. */
const maxRaces = 60

/** A person looks again after losing. */
const lookAgainMs = 200

type Where = { showId: ShowId; pass: string; seats: SeatState }

/**
 * Picks free seats on the live map, or asks for the best ones, until a hold stands. `undefined`: nothing was left, or
 * the turn ended.
 */
export async function holdSomeSeats(crowd: Crowd, fan: Fan, where: Where): Promise<Reservation | undefined> {
  const { random, seatsPerFan } = crowd.options
  let wanted = seatsPerFan.min + Math.floor(random() * (seatsPerFan.max - seatsPerFan.min + 1))
  wanted = Math.min(wanted, crowd.concert.seatsPerFan)
  for (let race = 0; race < maxRaces && !crowd.signal.aborted; race++) {
    try {
      const wantsBest = random() < 0.4
      const seatIds = wantsBest ? [] : choosePopularSeats(where.seats, wanted, random)
      if (wantsBest || seatIds.length > 0) return await hold(crowd, fan, where, { seatIds, quantity: wanted })
      // the map is a moment old: only the server knows that nothing is left
      return await hold(crowd, fan, where, { seatIds, quantity: 1 })
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

/** One wish, with a key of its own, so that a lost answer may simply be asked for again. No seats: the best so many. */
async function hold(
  crowd: Crowd,
  { fanId, greenroom }: Fan,
  { showId, pass }: Where,
  { seatIds, quantity }: { seatIds: SeatId[]; quantity: number },
): Promise<Reservation> {
  const { reservations } = greenroom.api
  const { concertId } = crowd.concert
  const idempotencyKey = randomUUID()
  const who = { actor: fanId, fanId, concertId, showId }
  const { value } = await ask(
    crowd,
    seatIds.length > 0 ? 'hold' : 'holdBest',
    { op: 'hold', ...who, seatIds, key: idempotencyKey, place: readPlaceKey(pass) },
    () =>
      seatIds.length > 0
        ? reservations.hold.mutate({ showId, pass, seatIds, idempotencyKey })
        : reservations.holdBest.mutate({ showId, pass, quantity, idempotencyKey }),
    (held) => ({
      op: 'hold',
      reservationId: held.reservationId,
      seatIds: held.seats.map((seat) => seat.seatId),
      untilMs: held.heldUntilMs,
    }),
  )
  return value
}
