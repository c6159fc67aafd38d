import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { retryHintMs } from '@greenroom/client'
import type { SeatId } from '@greenroom/contract'
import { theatre } from '../support/on-sale.ts'
import { signUpFan, type VirtualFan, walkIn } from '../support/virtual-fan.ts'
import { type SeenSeats, watchSeats } from './watch-seats.ts'

/** What all fans of a run did: actions that were answered, answers that took a repeat, and what failed for good. */
export type Tally = { actions: number; repeated: number; failures: string[] }

const [showId] = theatre.shows
/** A restart takes seconds; who is not answered in so many tries is not answered. */
const maxTries = 8

/**
 * A fan inside who does what fans do until `isOver`: looks at the map, holds a seat of their own, sees that held on the live map,
 * gives it back and sees that, charges the wallet. Each call is repeated as the client's own rule says (`retryHintMs`), with the same
 * idempotency key; what is refused or not answered then is a failure, as is a change that is not seen within 10 s.
 */
export async function runRollingFan(
  url: string,
  seat: SeatId,
  { tally, isOver }: { tally: Tally; isOver: () => boolean },
): Promise<void> {
  const fan = await signUpFan(url)
  const pass = await walkIn(fan, theatre.concertId)
  const seen = watchSeats(fan, showId, pass)
  try {
    await seen.isWatched
    while (!isOver()) await spendAMoment(fan, { seat, pass, seen, tally })
  } finally {
    seen.stop()
  }
}

type Moment = {
  seat: SeatId
  pass: string
  seen: SeenSeats
  tally: Tally
}

async function spendAMoment(fan: VirtualFan, { seat, pass, seen, tally }: Moment): Promise<void> {
  const { api } = fan
  const act = <T>(name: string, call: () => Promise<T>) => tryAction(tally, name, call)
  await act('look', () => api.seats.snapshot.query({ showId, pass }))
  const idempotencyKey = randomUUID()
  const held = await act('hold', () =>
    api.reservations.hold.mutate({ showId, seatIds: [seat], pass, idempotencyKey }),
  )
  if (held !== undefined) {
    await act('see the hold', () => seen.becomes(seat, 'held'))
    await act('release', () => api.reservations.release.mutate({ reservationId: held.reservationId }))
    await act('see the release', () => seen.becomes(seat, 'available'))
  }
  const key = randomUUID()
  await act('charge', () => api.wallet.charge.mutate({ amountMinor: 1_000, idempotencyKey: key }))
  await sleep(50 + Math.random() * 100)
}

async function tryAction<T>(tally: Tally, name: string, call: () => Promise<T>): Promise<T | undefined> {
  for (let tries = 1; ; tries++) {
    try {
      const value = await call()
      tally.actions += 1
      return value
    } catch (error) {
      const hintMs = retryHintMs(error)
      if (hintMs === undefined || tries >= maxTries) {
        tally.failures.push(`${name}: ${error instanceof Error ? error.message : String(error)}`)
        return undefined
      }
      tally.repeated += 1
      await sleep(hintMs + 50 * 2 ** tries)
    }
  }
}
