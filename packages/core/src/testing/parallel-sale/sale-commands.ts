import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { isDomainError, type Payment, type ReservationId } from '@greenroom/contract'
import type {
  ChargeEvent,
  HoldEvent,
  JoinEvent,
  PayEvent,
  RefundEvent,
  ReleaseEvent,
} from '@greenroom/oracles'
import fc from 'fast-check'
import { expect } from 'vitest'
import { pay, refund } from '../../payments/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { expireDueHolds, expireReservation, holdSeats, releaseReservation } from '../../reservations/index.ts'
import { joinLine } from '../../waiting-room/index.ts'
import { charge } from '../../wallet/index.ts'
import { breakingDeps } from '../breaking-deps.ts'
import { pickSeats } from '../hold-inside.ts'
import type { SaleFan, SaleWorld } from './make-sale-world.ts'

/** One of many who act at once. All that is known of the sale is what the answers said. */
type SaleActor = { actor: number; fan: SaleFan; deps: Deps }

type SaleCommand = fc.AsyncCommand<SaleActor, SaleWorld>

/** Whatever a person's tab may ask, each as often as its weight. */
export function saleCommands(seatCount: number): fc.Arbitrary<SaleCommand>[] {
  const pick = fc.nat(50)
  const seats = fc.uniqueArray(fc.nat(seatCount - 1), { minLength: 1, maxLength: 2 })
  const hold = fc.tuple(seats, fc.boolean()).map(([wanted, isKeyed]) => holdSome(wanted, isKeyed))
  return [
    hold,
    hold,
    hold,
    pick.map(letGo),
    pick.map((at) => payOne(at, false)),
    pick.map((at) => payOne(at, false)),
    pick.map((at) => payOne(at, true)),
    pick.map(payAgain),
    pick.map(giveBack),
    fc.integer({ min: 1, max: 3 }).map((notes) => chargeSome(notes * 1_000)),
    pick.map(endLapsed),
    fc.integer({ min: 50, max: 400 }).map(think),
  ]
}

const always = (): boolean => true
const hasHeld = ({ fan }: SaleActor): boolean => fan.reservations.length > 0
const hasPaid = ({ fan }: SaleActor): boolean => fan.payments.length > 0

function command(
  name: string,
  check: (actor: SaleActor) => boolean,
  run: (actor: SaleActor, world: SaleWorld) => Promise<void>,
): SaleCommand {
  return { check: (actor) => check(actor), run, toString: () => name }
}

function holdSome(seats: number[], isKeyed: boolean): SaleCommand {
  return command(`hold(${seats.join()}${isKeyed ? ', key' : ''})`, always, async (who, world) => {
    const { deps, fan } = who
    const { show, recorder } = world
    if (fan.pass === '') await goIn(who, world)
    const [seatIds, key] = [pickSeats(show, ...seats), isKeyed ? randomUUID() : undefined]
    const keyed = key === undefined ? {} : { key }
    await recorder.record<HoldEvent>({
      ...callOf(who),
      op: 'hold',
      ...placeOf(world),
      seatIds,
      ...keyed,
    }, async () => {
      const { pass, fanId } = fan
      const ask = { fanId, pass, showId: show.showId, seatIds, idempotencyKey: key }
      const { reservationId, heldUntilMs } = await holdSeats(deps, ask).catch((error: unknown) => {
        if (isDomainError(error, 'PASS_REFUSED')) fan.pass = ''
        throw error
      })
      fan.reservations.push(reservationId)
      return { reservationId, untilMs: heldUntilMs }
    }, ['SEATS_TAKEN', 'SEAT_LIMIT_REACHED', 'PASS_REFUSED', 'OVERLOADED'])
  })
}

async function goIn(who: SaleActor, world: SaleWorld): Promise<void> {
  const { concertId } = world.show
  await world.recorder.record<JoinEvent>({ ...callOf(who), op: 'join', concertId }, async () => {
    const { entry } = await joinLine(who.deps, { concertId, fanId: who.fan.fanId })
    if (entry.state !== 'active') return { state: entry.state === 'none' ? 'waiting' : entry.state }
    who.fan.pass = entry.pass
    return { state: 'active', untilMs: entry.expiresAtMs }
  }, [])
}

function letGo(pick: number): SaleCommand {
  return command(`release(${pick})`, hasHeld, async (who, { recorder }) => {
    const reservationId = picked(who.fan.reservations, pick)
    await recorder.record<ReleaseEvent>({ ...callOf(who), op: 'release', reservationId }, async () => {
      const released = await releaseReservation(who.deps, { fanId: who.fan.fanId, reservationId })
      expect(['RELEASED', 'EXPIRED']).toContain(released.state)
      return {}
    }, ['HOLD_ENDED'])
  })
}

/** `isAnswerLost`: the connection dies right after the commit; the fan asks again with the same key. */
function payOne(pick: number, isAnswerLost: boolean): SaleCommand {
  return command(`pay(${pick}${isAnswerLost ? ', answer lost' : ''})`, hasHeld, async (who, world) => {
    const wish = { key: randomUUID(), reservationIds: [picked(who.fan.reservations, pick)] }
    if (isAnswerLost) {
      await payFor(who, world, wish, breakingDeps(who.deps, 'afterCommit').deps)
    }
    const reply = await payFor(who, world, wish, who.deps)
    if (reply !== undefined) who.fan.payments.push({ ...wish, reply })
  })
}

function payAgain(pick: number): SaleCommand {
  return command(`payAgain(${pick})`, hasPaid, async (who, world) => {
    const { reply, ...wish } = picked(who.fan.payments, pick)
    expect(await payFor(who, world, wish, who.deps)).toEqual(reply)
  })
}

async function payFor(
  who: SaleActor,
  world: SaleWorld,
  { key, reservationIds }: { key: string; reservationIds: ReservationId[] },
  deps: Deps,
): Promise<Payment | undefined> {
  const { concertId } = world.show
  let reply: Payment | undefined
  await world.recorder.record<PayEvent>({
    ...callOf(who),
    op: 'pay',
    concertId,
    reservationIds,
    key,
  }, async () => {
    reply = await pay(deps, { fanId: who.fan.fanId, reservationIds, idempotencyKey: key })
    return { paymentId: reply.paymentId, amountMinor: reply.amountMinor }
  }, ['HOLD_ENDED', 'HOLD_EXPIRED', 'BALANCE_TOO_LOW', 'SEAT_LIMIT_REACHED'])
  return reply
}

function giveBack(pick: number): SaleCommand {
  return command(`refund(${pick})`, hasPaid, async (who, { recorder }) => {
    const [reservationId] = picked(who.fan.payments, pick).reservationIds
    if (reservationId === undefined) return
    const key = randomUUID()
    await recorder.record<RefundEvent>({ ...callOf(who), op: 'refund', reservationId, key }, async () => {
      const ask = { fanId: who.fan.fanId, reservationId, idempotencyKey: key }
      return { amountMinor: (await refund(who.deps, ask)).amountMinor }
    }, ['NOT_REFUNDABLE'])
  })
}

function chargeSome(amountMinor: number): SaleCommand {
  return command(`charge(${amountMinor})`, always, async (who, { recorder }) => {
    const key = randomUUID()
    await recorder.record<ChargeEvent>({ ...callOf(who), op: 'charge', key, amountMinor }, async () => {
      const ask = { fanId: who.fan.fanId, amountMinor, idempotencyKey: key }
      // twice at once, as an impatient hand would
      const [one, other] = await Promise.all([charge(who.deps, ask), charge(who.deps, ask)])
      expect(other).toEqual(one)
      return {}
    }, [])
  })
}

/** What workers do: the job of one hold, or the sweep. */
function endLapsed(pick: number): SaleCommand {
  return command(`expire(${pick})`, always, async ({ deps, fan }) => {
    if (pick % 2 === 0 || fan.reservations.length === 0) await expireDueHolds(deps)
    else await expireReservation(deps, picked(fan.reservations, pick))
  })
}

/** Long enough, now and then, for a hold to run out. */
function think(ms: number): SaleCommand {
  return command(`think(${ms})`, always, async () => await sleep(ms))
}

function callOf({ actor, fan }: SaleActor): { actor: number; fanId: number } {
  return { actor, fanId: fan.fanId }
}

function placeOf({ show }: SaleWorld): { concertId: number; showId: number } {
  return { concertId: show.concertId, showId: show.showId }
}

function picked<T>(items: readonly T[], pick: number): T {
  const item = items[pick % items.length]
  if (item === undefined) throw new Error('nothing to pick from')
  return item
}
