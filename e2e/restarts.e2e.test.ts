import { randomUUID } from 'node:crypto'
import { createGreenroom } from '@greenroom/client'
import type { Reservation } from '@greenroom/contract'
import { type PrivateServer, startPrivatePostgres, startPrivateRedis } from '@greenroom/stack'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findBrokenRules } from './support/check-books.ts'
import { club, type OnSale, startOnSale, theatre } from './support/on-sale.ts'
import { query } from './support/query.ts'
import { refusalOf } from './support/refusal.ts'
import { until } from './support/until.ts'
import { buy, hold, signIn, signUpFan, signUpFans, type VirtualFan, walkIn } from './support/virtual-fan.ts'

/** Long enough to outlive no restart, short enough to wait for. */
const shortHoldMs = 3_000

let sale: OnSale
let redis: PrivateServer
let postgres: PrivateServer

beforeAll(async () => {
  ;[redis, postgres] = await Promise.all([startPrivateRedis(), startPrivatePostgres()])
  sale = await startOnSale({ databaseUrl: postgres.url, redisUrl: redis.url })
  await query(sale.databaseUrl, 'update concerts set hold_ttl_ms = $1 where id = $2', [
    shortHoldMs,
    club.concertId,
  ])
})
afterAll(async () => {
  await sale.close()
  await Promise.all([redis.stop(), postgres.stop()])
})

const endings: { how: string; signal: NodeJS.Signals; at: number }[] = [
  { how: 'stopped in good order', signal: 'SIGINT', at: 1 },
  { how: 'killed', signal: 'SIGKILL', at: 11 },
]

test.for(endings)(
  'a restart of everything keeps the line, the holds and the expiries (all $how)',
  async ({ signal, at }) => {
    const [owner, hasty] = await Promise.all([signUpFan(sale.url), signUpFan(sale.url)])
    const pass = await walkIn(owner, theatre.concertId)
    const kept = await hold(owner, theatre.shows[0], pass, [theatre.seat(at), theatre.seat(at + 1)])
    const waiting = await fillLine(12)
    const hastyPass = await walkIn(hasty, club.concertId)
    const ending = await hold(hasty, club.shows[0], hastyPass, [club.seat(at)])

    await restartEverything(signal)

    expect(await placesOf(waiting)).toEqual(waiting.map((fan) => fan.accountId))
    const now = await owner.api.reservations.get.query({ reservationId: kept.reservationId })
    expect(now).toMatchObject({ state: 'HELD', heldUntilMs: kept.heldUntilMs })
    const rival = await signUpFan(sale.url)
    expect(await whoGoesIn(waiting)).toEqual(waiting.slice(0, 3).map((fan) => fan.accountId))

    await until('the short hold to end by itself', async () => {
      const { state } = await hasty.api.reservations.get.query({ reservationId: ending.reservationId })
      return state === 'EXPIRED' ? state : undefined
    })
    const again = await hold(rival, club.shows[0], await walkIn(rival, club.concertId), [club.seat(at)])
    expect(again.seats).toHaveLength(1)

    await hold(owner, theatre.shows[0], pass, [theatre.seat(at + 4)])
    const { ticketIds } = await buy(owner, kept)
    expect(ticketIds).toHaveLength(2)
    await Promise.all(waiting.map((fan) => fan.line.leave(theatre.concertId)))
    expect(await findBrokenRules(sale.databaseUrl)).toEqual([])
  },
)

test.for([
  { after: 'with no worker alive', seat: club.seat(31), isRestarted: false },
  { after: 'with no worker alive, after a restart', seat: club.seat(32), isRestarted: true },
])('an expired hold is sold to somebody else $after; until it is over it is not', async (claimed) => {
  const { seat, isRestarted } = claimed
  await sale.worker.kill()
  try {
    const [late, next] = [await signUpFan(sale.url), await signUpFan(sale.url)]
    const nextPass = await walkIn(next, club.concertId)
    const over = await hold(late, club.shows[0], await walkIn(late, club.concertId), [seat])
    const claim = (): Promise<Reservation> => hold(next, club.shows[0], nextPass, [seat])
    expect(await refusalOf(claim())).toMatchObject({ code: 'SEATS_TAKEN' })
    if (isRestarted) {
      await sale.api.kill()
      await sale.api.start()
    }
    await buy(next, await until('the seat to be had again', claim))
    expect(await refusalOf(payFor(late, over))).toMatchObject({ code: 'HOLD_EXPIRED' })
    expect(await late.api.wallet.balance.query()).toMatchObject({ balanceMinor: 0 })
    expect(await findBrokenRules(sale.databaseUrl)).toEqual([])
  } finally {
    await sale.worker.start()
  }
})

test('Redis FLUSHALL in mid-queue: the same order back from receipts, newcomers behind, and without receipts no place', async () => {
  const waiting = await fillLine(20)
  const forgetful = await signUpFan(sale.url)
  await forgetful.line.join(theatre.concertId)
  await flush(redis)

  const newcomers = await signUpFans(sale.url, 3)
  const shuffled = waiting.toSorted((a, b) => Math.sin(a.accountId) - Math.sin(b.accountId))
  await Promise.all([
    ...shuffled.map((fan) => untilWaiting(fan, () => fan.line.readStatus(theatre.concertId))),
    ...newcomers.map((fan) => untilWaiting(fan, () => fan.line.join(theatre.concertId))),
  ])
  const order = waiting.map((fan) => fan.accountId)
  expect((await placesOf([...newcomers, ...shuffled])).slice(0, order.length)).toEqual(order)
  // the same account from a device that kept nothing: the line does not know it
  const elsewhere = createGreenroom({ apiUrl: sale.url, token: forgetful.token })
  expect(await elsewhere.line.readStatus(theatre.concertId)).toMatchObject({ entry: { state: 'none' } })
  expect(await whoGoesIn(waiting)).toEqual(order.slice(0, 3))
  await Promise.all([...waiting, ...newcomers].map((fan) => fan.line.leave(theatre.concertId)))
})

test('a gateway killed and back: the client has missed nothing', async () => {
  const [watcher, buyer] = await Promise.all([signUpFan(sale.url), signUpFan(sale.url)])
  await tuneTheatre(600)
  const [watcherPass, buyerPass] = await Promise.all(
    [watcher, buyer].map((fan) => walkIn(fan, theatre.concertId)),
  )
  const states: string[] = []
  const codes = new Map<number, number>()
  const watch = watcher.live.watchShow(theatre.shows[1], watcherPass ?? '', {
    onSnapshot: (seats) =>
      seats.codes.forEach((code, ordinal) => codes.set(seats.firstSeatId + ordinal, code)),
    onFrame: (seats, changes) => {
      for (const [id] of changes) codes.set(id, seats.codes[id - seats.firstSeatId] ?? -1)
    },
    onState: (state) => states.push(state),
  })
  try {
    const wanted = (n: number) => theatre.seat(2_402 + n)
    const holdOne = (n: number) => hold(buyer, theatre.shows[1], buyerPass ?? '', [wanted(n)])
    const untilSeen = (n: number) =>
      until(`seat ${n} to be seen held`, async () => (codes.get(wanted(n)) === 1 ? true : undefined))
    await until('the socket', async () => (states.at(-1) === 'live' ? true : undefined))
    await holdOne(1)
    await untilSeen(1)
    await sale.gateway.kill()
    await until('the loss', async () => (states.at(-1) === 'live' ? undefined : true))
    await holdOne(2)
    await sale.gateway.start()
    await untilSeen(2)
    await until('the socket again', async () => (states.at(-1) === 'live' ? true : undefined))
    await holdOne(3)
    await untilSeen(3)
    expect(states[0]).toBe('live')
  } finally {
    watch.stop()
  }
})

/** As many fans as wanted in the theatre's line, none of whom gets in, in the order of the answer. */
async function fillLine(count: number): Promise<VirtualFan[]> {
  await tuneTheatre(0)
  const fans = await signUpFans(sale.url, count)
  for (const fan of fans) await fan.line.join(theatre.concertId)
  expect(await placesOf(fans)).toEqual(fans.map((fan) => fan.accountId))
  return fans
}

/** The fans in the order of their places, once every one of them has one again. */
async function placesOf(fans: VirtualFan[]): Promise<number[]> {
  const places = await Promise.all(
    fans.map(async (fan) => ({
      fanId: fan.accountId,
      ahead: await untilWaiting(fan, () => fan.line.readStatus(theatre.concertId)),
    })),
  )
  return places.toSorted((a, b) => a.ahead - b.ahead).map((place) => place.fanId)
}

async function untilWaiting(
  fan: VirtualFan,
  ask: () => ReturnType<VirtualFan['line']['readStatus']>,
): Promise<number> {
  return await until(`the place of fan ${fan.accountId}`, async () => {
    const { entry } = await ask()
    return entry.state === 'waiting' ? (entry.ahead ?? undefined) : undefined
  })
}

/** Makes room for three and says who was offered it. */
async function whoGoesIn(waiting: VirtualFan[]): Promise<number[]> {
  const operator = await signIn(sale.url, 'operator@greenroom.example')
  const { active } = await operator.api.waitingRoom.progress.query({ concertId: theatre.concertId })
  await tuneTheatre(active + 3)
  return await until('three to be let in', async () => {
    const entries = await Promise.all(waiting.map((fan) => fan.line.readStatus(theatre.concertId)))
    const inside = waiting.filter((_, index) => entries[index]?.entry.state === 'offered')
    return inside.length >= 3 ? inside.map((fan) => fan.accountId) : undefined
  })
}

async function tuneTheatre(capacity: number): Promise<void> {
  const operator = await signIn(sale.url, 'operator@greenroom.example')
  await operator.api.operator.tuneLine.mutate({ concertId: theatre.concertId, capacity })
}

async function restartEverything(signal: NodeJS.Signals): Promise<void> {
  await Promise.all([sale.api, sale.gateway, sale.worker].map((each) => each.kill(signal)))
  await Promise.all([redis.kill(signal), postgres.kill(signal)])
  await Promise.all([redis.start(), postgres.start()])
  await Promise.all([sale.api, sale.gateway, sale.worker].map((each) => each.start()))
}

async function flush(server: PrivateServer): Promise<void> {
  const client = new Redis(server.url)
  await client.flushall()
  client.disconnect()
}

async function payFor(fan: VirtualFan, { reservationId }: Reservation): Promise<unknown> {
  return await fan.api.payments.pay.mutate({
    reservationIds: [reservationId],
    idempotencyKey: randomUUID(),
  })
}
