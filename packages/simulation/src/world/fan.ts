import { accountId, concertId, type Reservation, reservationId, seatId, showId } from '@greenroom/contract'
import {
  charge,
  type Deps,
  enterSale,
  holdSeats,
  joinLine,
  leaveLine,
  pay,
  payHeld,
  readLineStatus,
  refund,
  releaseReservation,
} from '@greenroom/core'
import { readPass } from '@greenroom/core/rules'
import { call, pause } from './call.ts'
import { bearerOf, type Fan, forget, isTokenRefusal, keep, nextKey, shownBy } from './fan-memory.ts'
import { callRecorded, type Told } from './recorded-call.ts'
import { repeat } from './repeated-call.ts'
import { firstSeatOf, type World } from './world.ts'

/** Who waits looks this much more seldom than who is inside acts. */
const patience = 6

/** One device of a fan: does what fans do, in any order, until the sale ends. */
export async function runDevice(world: World, fan: Fan, isOver: () => boolean): Promise<void> {
  const { random } = world.scheduler
  const haste = random.pick([2, 10, 50, 500])
  await chargeWallet(world, fan, 1_000 * (1 + random.below(12)))
  while (!isOver()) {
    await pause(world, random.next() * haste * (fan.pass === undefined ? patience : 1))
    const act = random.pick(fan.pass === undefined ? outside : inside)
    await act(world, fan)
  }
}

type Act = (world: World, fan: Fan) => Promise<void>

const join: Act = async (world, fan) => {
  const { scheduler, witness } = world
  const isStatus = scheduler.random.chance(0.3)
  const shown = shownBy(world, fan)
  const askedAtMs = scheduler.nowMs()
  const ended = isStatus ? undefined : witness.places.noteAsked(fan.fanId, askedAtMs)
  const answer = await call(world, 'api', isStatus ? 'readLineStatus' : 'joinLine', (deps) =>
    (isStatus ? readLineStatus : joinLine)(deps, { ...bearerOf(world, fan), ...shown }),
  )
  ended?.(answer.outcome !== 'unknown', scheduler.nowMs())
  if (answer.outcome === 'ok') keep(world, fan, answer.value.entry, askedAtMs)
  else if (answer.outcome === 'refused' && isTokenRefusal(answer.error)) forget(fan)
}

const enter: Act = async (world, fan) => {
  const { pass } = fan
  if (pass === undefined) return
  const askedAtMs = world.scheduler.nowMs()
  const answer = await call(world, 'api', 'enterSale', (deps) =>
    enterSale(deps, { ...bearerOf(world, fan), pass }),
  )
  if (answer.outcome === 'ok') keep(world, fan, answer.value, askedAtMs)
  else if (answer.outcome === 'refused' && isTokenRefusal(answer.error)) forget(fan)
}

const leave: Act = async (world, fan) => {
  if (!world.scheduler.random.chance(0.2)) return
  const answer = await call(world, 'api', 'leaveLine', (deps) => leaveLine(deps, bearerOf(world, fan)))
  if (answer.outcome === 'ok') forget(fan)
}

const hold: Act = async (world, fan) => {
  const { random } = world.scheduler
  const { pass } = fan
  if (pass === undefined) return
  const show = random.pick(world.settings.showIds)
  const first = firstSeatOf(world.settings, show)
  const wanted = new Set(
    Array.from({ length: 1 + random.below(3) }, () => first + random.below(world.settings.seatsPerShow)),
  )
  const input = {
    showId: showId.parse(show),
    seatIds: [...wanted].map((id) => seatId.parse(id)),
    pass,
    ...(random.chance(0.4) ? { idempotencyKey: nextKey(fan, 'hold') } : {}),
  }
  const ask = (deps: Deps) => holdSeats(deps, { ...input, fanId: accountId.parse(fan.fanId) })
  const startMs = world.scheduler.nowMs()
  const { idempotencyKey: key } = input
  const record = (value: Reservation | undefined): Told => ({
    op: 'hold',
    concertId: world.settings.concertId,
    showId: show,
    seatIds: input.seatIds,
    ...(key === undefined ? {} : { key }),
    ...(value === undefined ? {} : { reservationId: value.reservationId }),
  })
  const wish = { label: 'holdSeats', ask, record }
  const answer =
    key === undefined
      ? await callRecorded(world, fan.fanId, wish)
      : await repeat(world, fan, { ...wish, key, tells: ({ reservationId: id }) => id })
  if (answer.outcome === 'ok') {
    fan.held.push(answer.value.reservationId)
    const place = readPass(world.template, bearerOf(world, fan), pass)
    world.witness.places.noteTold(fan.fanId, place, startMs, world.scheduler.nowMs())
    // a repeat by its key gets the first reply, whatever became of the pass
    if (key === undefined) world.witness.places.noteHeld(fan.fanId, place, startMs)
  } else if (answer.outcome === 'refused' && answer.error.code === 'PASS_REFUSED') forget(fan)
}

const payFor: Act = async (world, fan) => {
  const { random } = world.scheduler
  const ids = fan.held.filter(() => random.chance(0.7)).slice(0, 4)
  if (ids.length === 0) return
  const reservationIds = ids.map((id) => reservationId.parse(id))
  const fanId = accountId.parse(fan.fanId)
  if (random.chance(0.2)) {
    const named = random.chance(0.5)
      ? { reservationIds }
      : { concertId: concertId.parse(world.settings.concertId) }
    const paid = await callRecorded(world, fan.fanId, {
      label: 'payHeld',
      ask: (deps) => payHeld(deps, { fanId, ...named }),
      record: (value) => ({
        op: 'pay',
        concertId: world.settings.concertId,
        reservationIds: value?.reservationIds ?? named.reservationIds ?? [],
        ...(value === undefined ? {} : { paymentId: value.paymentId, amountMinor: value.amountMinor }),
      }),
    })
    if (paid.outcome === 'ok') fan.paid.push(...paid.value.reservationIds)
    return
  }
  const key = nextKey(fan, 'pay')
  const answer = await repeat(world, fan, {
    key,
    label: 'pay',
    ask: (deps) => pay(deps, { fanId, reservationIds, idempotencyKey: key }),
    tells: ({ paymentId, ticketIds, amountMinor }) => `${paymentId} ${ticketIds.join()} ${amountMinor}`,
    record: (value) => ({
      op: 'pay',
      concertId: world.settings.concertId,
      reservationIds,
      key,
      ...(value === undefined ? {} : { paymentId: value.paymentId, amountMinor: value.amountMinor }),
    }),
  })
  if (answer.outcome === 'ok') {
    fan.paid.push(...ids)
    fan.held = fan.held.filter((id) => !ids.includes(id))
    if (random.chance(0.7)) forget(fan)
  } else if (answer.outcome === 'refused' && random.chance(0.5))
    fan.held = fan.held.filter((id) => !ids.includes(id))
}

const release: Act = async (world, fan) => {
  const { random } = world.scheduler
  if (fan.held.length === 0) return
  const id = random.pick(fan.held)
  const input = { fanId: accountId.parse(fan.fanId), reservationId: reservationId.parse(id) }
  const answer = await callRecorded(world, fan.fanId, {
    label: 'releaseReservation',
    ask: (deps) => releaseReservation(deps, input),
    record: () => ({ op: 'release', reservationId: id }),
  })
  if (answer.outcome !== 'unknown' && random.chance(0.8)) fan.held = fan.held.filter((other) => other !== id)
}

const giveBack: Act = async (world, fan) => {
  const { random } = world.scheduler
  if (fan.paid.length === 0) return
  const id = random.pick(fan.paid)
  const key = nextKey(fan, 'refund')
  const answer = await repeat(world, fan, {
    key,
    label: 'refund',
    ask: (deps) =>
      refund(deps, {
        fanId: accountId.parse(fan.fanId),
        reservationId: reservationId.parse(id),
        idempotencyKey: key,
      }),
    tells: ({ amountMinor, refundedAtMs }) => `${amountMinor} ${refundedAtMs}`,
    record: () => ({ op: 'refund', reservationId: id, key }),
  })
  if (answer.outcome !== 'unknown' && random.chance(0.8)) fan.paid = fan.paid.filter((other) => other !== id)
}

const chargeWallet = async (world: World, fan: Fan, amountMinor: number): Promise<void> => {
  const key = nextKey(fan, 'charge')
  await repeat(world, fan, {
    key,
    label: 'charge',
    ask: (deps) => charge(deps, { fanId: accountId.parse(fan.fanId), amountMinor, idempotencyKey: key }),
    tells: ({ balanceMinor }) => balanceMinor,
    record: () => ({ op: 'charge', key, amountMinor }),
  })
}

const chargeSome: Act = async (world, fan) => {
  const { random } = world.scheduler
  if (random.chance(0.3)) await chargeWallet(world, fan, 500 * (1 + random.below(6)))
}

const outside: Act[] = [join, join, join, leave, chargeSome, payFor, payFor, giveBack]
const often: Act[] = [hold, hold, hold, hold, hold, payFor, payFor, payFor]
const inside: Act[] = [...often, enter, join, leave, release, release, giveBack, chargeSome]
