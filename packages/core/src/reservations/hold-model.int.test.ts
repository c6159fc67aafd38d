import { type AccountId, DomainError, type Reservation, type ReservationId } from '@greenroom/contract'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkSeats } from '../testing/check-seats.ts'
import { holdInside, lapseHold } from '../testing/hold-inside.ts'
import { makeFans } from '../testing/make-fan.ts'
import { makeShow, type TestShow } from '../testing/make-show.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { expireDueHolds, expireReservation, releaseReservation } from './index.ts'

const deps = await createTestDeps()
const seatCount = 6
const seatsPerFan = 3

type Step =
  | { do: 'hold'; fan: number; seats: number[] }
  | { do: 'release' | 'lapse' | 'expire'; pick: number }
  | { do: 'sweep' }

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('hold' as const),
      fan: fc.nat(2),
      seats: fc.uniqueArray(fc.nat(seatCount - 1), { minLength: 1, maxLength: 4 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('release' as const, 'lapse' as const, 'expire' as const),
      pick: fc.nat(20),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'sweep' as const }) },
)

/** What the product promises, in a few lines without SQL: the holds there have been, oldest first. */
type ModelHold = { id: ReservationId; fan: number; seats: number[]; isLapsed: boolean; hasEnded: boolean }

function promiseFor(holds: readonly ModelHold[], fan: number, seats: readonly number[]): string {
  const open = holds.filter((hold) => !hold.hasEnded)
  const live = open.filter((hold) => !hold.isLapsed)
  const same = live.find(
    (hold) =>
      hold.fan === fan &&
      new Set([...hold.seats, ...seats]).size === seats.length &&
      hold.seats.length === seats.length,
  )
  if (same !== undefined) return `reservation ${same.id}`
  const taken = live.some((hold) => hold.fan !== fan && hold.seats.some((seat) => seats.includes(seat)))
  if (taken) return 'SEATS_TAKEN'
  const kept = live.filter((hold) => hold.fan === fan && !hold.seats.some((seat) => seats.includes(seat)))
  const keptSeats = kept.reduce((sum, hold) => sum + hold.seats.length, 0)
  return keptSeats + seats.length > seatsPerFan ? 'SEAT_LIMIT_REACHED' : 'new'
}

type Answer = { given: string; promised: string }

/** Takes the step for real and in the model, and answers with what each said. */
async function takeStep(
  show: TestShow,
  fans: readonly AccountId[],
  holds: ModelHold[],
  each: Step,
): Promise<Answer> {
  if (each.do === 'hold') return await takeHold(show, fans, holds, each)
  if (each.do === 'sweep') {
    const due = holds.filter((hold) => hold.isLapsed && !hold.hasEnded)
    const given = String((await expireDueHolds(deps)) >= due.length)
    for (const hold of due) hold.hasEnded = true
    return { given, promised: 'true' }
  }
  const hold = holds[each.pick % Math.max(1, holds.length)]
  return hold === undefined ? { given: '', promised: '' } : await touchHold(fans, hold, each.do)
}

async function takeHold(
  show: TestShow,
  fans: readonly AccountId[],
  holds: ModelHold[],
  { fan, seats }: { fan: number; seats: number[] },
): Promise<Answer> {
  const promised = promiseFor(holds, fan, seats)
  const outcome = await holdInside(deps, at(fans, fan), show, ...seats).catch((error: unknown) => error)
  if (outcome instanceof DomainError) return { given: outcome.code, promised }
  const { reservationId: id } = outcome as Reservation
  if (holds.some((hold) => hold.id === id)) return { given: `reservation ${id}`, promised }
  for (const hold of holds) {
    const isInTheWay = hold.seats.some((seat) => seats.includes(seat))
    if (isInTheWay || (hold.fan === fan && hold.isLapsed)) hold.hasEnded = true
  }
  holds.push({ id, fan, seats, isLapsed: false, hasEnded: false })
  return { given: 'new', promised }
}

async function touchHold(
  fans: readonly AccountId[],
  hold: ModelHold,
  touch: 'release' | 'lapse' | 'expire',
): Promise<Answer> {
  const wasDue = hold.isLapsed && !hold.hasEnded
  if (touch === 'release') {
    await releaseReservation(deps, { fanId: at(fans, hold.fan), reservationId: hold.id })
    hold.hasEnded = true
  }
  if (touch === 'lapse' && !hold.hasEnded) {
    await lapseHold(deps, { reservationId: hold.id })
    hold.isLapsed = true
  }
  if (touch !== 'expire') return { given: '', promised: '' }
  hold.hasEnded ||= wasDue
  return { given: String(await expireReservation(deps, hold.id)), promised: String(wasDue) }
}

function at<T>(values: readonly T[], index: number): T {
  const value = values[index]
  if (value === undefined) throw new RangeError(`no element ${index}`)
  return value
}

test('whatever fans, clocks and sweeps do, each answer and every seat are as promised', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const show = await makeShow(deps, { seatCount, seatsPerFan })
      const fans = await makeFans(deps, 3)
      const holds: ModelHold[] = []
      for (const each of steps) {
        const { given, promised } = await takeStep(show, fans, holds, each)
        expect(given).toBe(promised)
      }
      const { rows } = await deps.db.pool.query(
        'select reservation_id as id from seats where show_id = $1 order by ordinal',
        [show.showId],
      )
      const expected = show.seatIds.map(
        (_, seat) => holds.find((hold) => !hold.hasEnded && hold.seats.includes(seat))?.id ?? null,
      )
      expect(rows.map((row) => row.id)).toEqual(expected)
      expect(await checkSeats(deps, show.showId)).toEqual([])
    }),
    { numRuns: 40 },
  )
})
