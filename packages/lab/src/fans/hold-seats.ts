import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { readPlaceKey, type SeatState } from '@greenroom/client'
import { type Reservation, type SeatId, seatId } from '@greenroom/contract'
import { type Answer, recordCall } from '@greenroom/crowd'
import type { Random } from '../seeded-random.ts'
import type { Sale } from '../world/open-sale.ts'
import type { LabFan } from './lab-fan.ts'
import type { Stage } from './stage.ts'

/** Races a fan loses before they give up for now. */
const maxRaces = 6
/** How often the same wish is repeated, with its key, when no answer comes. */
const maxRepeats = 4

/** What became of a wish for seats. */
export type HoldTry = Reservation | 'gone' | 'soldOut'

/** The page sends no key with the seats that a fan picked: only such holds are folded into batches. */
const withoutKey = 0.6

/**
 * Tries for the seats everybody wants, or for the best that are free, until a hold stands. Each wish that has a key keeps it
 * through its repeats; without one the same seats again are the same hold while it lives. `gone`: the pass ended or nobody answers; `soldOut`: nothing is left of this show.
 */
export async function holdSeats(stage: Stage, fan: LabFan, sale: Sale, pass: string): Promise<HoldTry> {
  const show = fan.random.pick(sale.shows)
  for (let race = 0; race < maxRaces && stage.gate.isOpen(); race++) {
    const quantity = fan.random.between(1, 2)
    const map = stage.maps.get(show.showId)
    const seatIds =
      map === undefined || fan.random.chance(0.3) ? [] : choosePopular(map, quantity, fan.random)
    const key = seatIds.length > 0 && fan.random.chance(withoutKey) ? undefined : randomUUID()
    const wish = { ...show, concertId: sale.concertId, pass, quantity, seatIds, key }
    const answer = await askUntilAnswered(stage, fan, wish)
    if (answer.outcome === 'ok') return answer.value
    if (answer.outcome === 'unknown') return 'gone'
    const { refusal } = answer
    if (refusal.code === 'NO_ADJACENT_SEATS' && refusal.details.largestRun === 0) return 'soldOut'
    if (refusal.code !== 'SEATS_TAKEN' && refusal.code !== 'NO_ADJACENT_SEATS') return 'gone'
    await sleep(fan.random.between(0, 50))
  }
  return 'gone'
}

type Wish = {
  concertId: Sale['concertId']
  showId: Sale['shows'][number]['showId']
  pass: string
  quantity: number
  seatIds: SeatId[]
  key: string | undefined
}

async function askUntilAnswered(stage: Stage, fan: LabFan, wish: Wish): Promise<Answer<Reservation>> {
  const { concertId, showId, pass, quantity, seatIds, key } = wish
  const { reservations } = fan.greenroom.api
  const place = readPlaceKey(pass)
  const named = key === undefined ? {} : { key }
  const keyed = key === undefined ? {} : { idempotencyKey: key }
  for (let repeat = 0; ; repeat++) {
    const answer = await recordCall(
      stage.history,
      { op: 'hold', actor: fan.actor, fanId: fan.fanId, concertId, showId, seatIds, ...named, place },
      () =>
        seatIds.length > 0
          ? reservations.hold.mutate({ showId, pass, seatIds, ...keyed })
          : reservations.holdBest.mutate({ showId, pass, quantity, ...keyed }),
      (held) => ({
        op: 'hold',
        reservationId: held.reservationId,
        seatIds: held.seats.map((seat) => seat.seatId),
        untilMs: held.heldUntilMs,
      }),
    )
    if (answer.outcome !== 'unknown' || repeat === maxRepeats) return answer
    await sleep(fan.random.between(20, 300))
  }
}

/** Free seats next to each other, near the front: most want the same ones and lose their first race. */
function choosePopular(map: SeatState, quantity: number, random: Random): SeatId[] {
  const start = Math.floor(map.seatCount * random.next() ** 2)
  const chosen: SeatId[] = []
  for (let step = 0; step < map.seatCount && chosen.length < quantity; step++) {
    const ordinal = (start + step) % map.seatCount
    if (map.codes[ordinal] === 0) chosen.push(seatId.parse(map.firstSeatId + ordinal))
  }
  return chosen
}
