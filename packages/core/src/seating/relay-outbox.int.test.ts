import { type ReservationId, reservationId, type SeatChange } from '@greenroom/contract'
import { expect, test, vi } from 'vitest'
import { inTransaction, type Tx } from '../platform/database.ts'
import { countWaiting } from '../testing/blocked-rows.ts'
import { emptyRedis } from '../testing/empty-redis.ts'
import { makeShow, type TestShow } from '../testing/make-show.ts'
import { scriptWithout } from '../testing/script-without.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { textWithout } from '../testing/text-without.ts'
import { kickRelay, readChangesSince, recordSeatChanges, relayOutbox } from './index.ts'
import { type OutboxRow, takeOldestEvents, takeOldestEventsText } from './outbox-store.ts'
import { appendEvents, readEntriesAfter, readPosition } from './stream-store.ts'

const deps = await createTestDeps()
const someReservation: ReservationId = reservationId.parse(1)

function record(show: TestShow, ...changes: SeatChange[]): Promise<void> {
  return inTransaction(deps.db, (tx) =>
    recordSeatChanges(tx, {
      showId: show.showId,
      fanId: null,
      reservationId: someReservation,
      state: 'HELD',
      heldUntilMs: 1_900_000_000_000,
      changes,
    }),
  )
}

function change(show: TestShow, seat: number, status: SeatChange[1], version: number): SeatChange {
  const seatId = show.seatIds[seat]
  if (seatId === undefined) throw new Error(`the show has no seat ${seat}`)
  return [seatId, status, version]
}

async function countOutbox(): Promise<unknown> {
  const { rows } = await deps.db.pool.query('select count(*)::int as count from outbox')
  return rows[0].count
}

test('what was committed is published in order, with positions that grow by one, and then forgotten', async () => {
  const show = await makeShow(deps)
  const begin = await readPosition(deps.redis, show.showId)
  await record(show, change(show, 0, 'held', 1))
  await record(show, change(show, 1, 'held', 1), change(show, 2, 'held', 1))
  expect(await relayOutbox(deps)).toBe(2)
  expect(await countOutbox()).toBe(0)
  const entries = await readEntriesAfter(deps.redis, show.showId, begin, 10)
  expect(entries.map((entry) => entry.seq)).toEqual([begin + 1, begin + 2])
  expect(entries[1]?.event).toMatchObject({
    reservationId: 1,
    state: 'HELD',
    changes: [
      [show.seatIds[1], 'held', 1],
      [show.seatIds[2], 'held', 1],
    ],
  })
  expect(await relayOutbox(deps)).toBe(0)
})

test('a transaction that rolls back says nothing', async () => {
  const show = await makeShow(deps)
  const refused = inTransaction(deps.db, async (tx) => {
    await recordSeatChanges(tx, {
      showId: show.showId,
      fanId: null,
      reservationId: null,
      state: 'HELD',
      heldUntilMs: null,
      changes: [],
    })
    throw new Error('no')
  })
  await expect(refused).rejects.toThrow('no')
  expect(await countOutbox()).toBe(0)
})

test('a change that nobody published after its commit is published by the next sweep', async () => {
  const show = await makeShow(deps)
  const begin = await readPosition(deps.redis, show.showId)
  await record(show, change(show, 0, 'held', 1)) // and here the process dies, before it kicks
  expect(await readEntriesAfter(deps.redis, show.showId, begin, 10)).toEqual([])
  await relayOutbox(deps)
  expect(await readEntriesAfter(deps.redis, show.showId, begin, 10)).toHaveLength(1)
})

test('many relays at once, while changes go on, never publish an older version of a seat after a newer one', async () => {
  const show = await makeShow(deps, { seatCount: 4 })
  const begin = await readPosition(deps.redis, show.showId)
  const changeSeat = async (seat: number): Promise<void> => {
    for (let version = 1; version <= 40; version++) {
      await record(show, change(show, seat, version % 2 === 0 ? 'available' : 'held', version))
      void relayOutbox(deps)
    }
  }
  await Promise.all([0, 1, 2, 3].map(changeSeat))
  await relayOutbox(deps)
  const entries = await readEntriesAfter(deps.redis, show.showId, begin, 1_000)
  expect(entries.map((entry) => entry.seq)).toEqual(Array.from({ length: 160 }, (_, at) => begin + 1 + at))
  for (const seatId of show.seatIds) {
    const versions = entries.flatMap((entry) =>
      entry.event.changes.filter(([id]) => id === seatId).map(([, , version]) => version),
    )
    expect(versions).toEqual(Array.from({ length: 40 }, (_, at) => at + 1))
  }
})

/** Two relays meet: the first has taken version 1 and not published it when version 2 is there for the second. */
async function relayCrossed(take: (tx: Tx) => Promise<OutboxRow[]>): Promise<number[]> {
  const show = await makeShow(deps)
  const begin = await readPosition(deps.redis, show.showId)
  const [taken, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const relay = (beforePublishing: () => Promise<void>) =>
    inTransaction(deps.db, async (tx) => {
      const payloads = (await take(tx)).map((row) => row.payload)
      await beforePublishing()
      await appendEvents(deps.redis, show.showId, payloads)
    })
  await record(show, change(show, 0, 'held', 1))
  const slow = relay(async () => {
    taken.resolve()
    await goOn.promise
  })
  await taken.promise
  await record(show, change(show, 0, 'available', 2))
  let isFastDone = false
  const fast = relay(() => Promise.resolve()).then(() => {
    isFastDone = true
  })
  await vi.waitFor(async () => expect(isFastDone || (await countWaiting(deps)) === 1).toBe(true))
  goOn.resolve()
  await Promise.all([slow, fast])
  const entries = await readEntriesAfter(deps.redis, show.showId, begin, 10)
  return entries.flatMap((entry) => entry.event.changes.map(([, , version]) => version))
}

test('relays that meet take turns, by the lock or by the rows; with neither a newer version goes out first', async () => {
  const takeBy = (text: string) => async (tx: Tx) => (await tx.query<OutboxRow>(text, [500])).rows
  const skipping = textWithout(takeOldestEventsText, { 'limit $1': 'limit $1 for update skip locked' })
  expect(await relayCrossed((tx) => takeOldestEvents(tx, 500))).toEqual([1, 2])
  expect(await relayCrossed(takeBy(takeOldestEventsText))).toEqual([1, 2])
  expect(await relayCrossed(takeBy(skipping))).toEqual([2, 1])
})

test('kicks never fail, and however many come, all is published', async () => {
  const show = await makeShow(deps)
  const begin = await readPosition(deps.redis, show.showId)
  for (let version = 1; version <= 20; version++) {
    await record(show, change(show, 0, 'held', version))
    kickRelay(deps)
    kickRelay(deps)
  }
  await vi.waitFor(async () => {
    expect(await readPosition(deps.redis, show.showId)).toBe(begin + 20)
    expect(await countOutbox()).toBe(0)
  })
})

test('a client is told what it missed, merged, and to take a snapshot when that is not known', async () => {
  const show = await makeShow(deps)
  const begin = await readPosition(deps.redis, show.showId)
  expect(await readChangesSince(deps, show.showId, begin)).toEqual({
    showId: show.showId,
    from: begin,
    to: begin,
    changes: [],
  })
  for (const version of [1, 2, 3]) {
    await record(
      show,
      change(show, 0, version === 2 ? 'available' : 'held', version),
      change(show, version, 'held', 1),
    )
  }
  await relayOutbox(deps)
  expect(await readChangesSince(deps, show.showId, begin)).toMatchObject({
    from: begin,
    to: begin + 3,
    changes: [
      change(show, 0, 'held', 3),
      change(show, 1, 'held', 1),
      change(show, 2, 'held', 1),
      change(show, 3, 'held', 1),
    ],
  })
  expect(await readChangesSince(deps, show.showId, begin - 1)).toBeNull()
  expect(await readChangesSince(deps, show.showId, begin + 99)).toBeNull()
})

test('an emptied Redis continues beyond every position it gave before, so that readers see a jump', async () => {
  const show = await makeShow(deps)
  await record(show, change(show, 0, 'held', 1))
  await relayOutbox(deps)
  const before = await readPosition(deps.redis, show.showId)
  await emptyRedis(deps)
  await record(show, change(show, 1, 'held', 1))
  await relayOutbox(deps)
  expect(await readPosition(deps.redis, show.showId)).toBeGreaterThan(before + 1)
  expect(await readChangesSince(deps, show.showId, before)).toBeNull()
})

test('a Redis that came back as another server does not give a position out twice', async () => {
  const show = await makeShow(deps)
  await record(show, change(show, 0, 'held', 1))
  await relayOutbox(deps)
  const before = await readPosition(deps.redis, show.showId)
  // what a restart that lost its last second leaves: an older position, written by a server that is gone
  await deps.redis.hset(`{seats:${show.showId}}:seq`, { seq: before - 1, run: 'gone' })
  expect(await readPosition(deps.redis, show.showId)).toBeGreaterThan(before)
})

test('who is told of entries behind a jump is not told that nothing was lost before it', async () => {
  const show = await makeShow(deps)
  const begin = await readPosition(deps.redis, show.showId)
  await record(show, change(show, 0, 'held', 1))
  await relayOutbox(deps)
  // the file had the first entry and not the second: the position behind it is written by a server that is gone
  await deps.redis.hset(`{seats:${show.showId}}:seq`, { run: 'gone' })
  await record(show, change(show, 0, 'held', 3))
  await relayOutbox(deps)
  const told = await readChangesSince(deps, show.showId, begin)
  expect(told).toMatchObject({ from: begin, to: begin + 1, changes: [change(show, 0, 'held', 1)] })
  expect(await readChangesSince(deps, show.showId, begin + 1)).toBeNull()
})

test('without the look at who Redis is, positions that clients have seen are given out again', async () => {
  const show = await makeShow(deps)
  const keys = [`{seats:${show.showId}}:seq`, `{seats:${show.showId}}:stream`]
  const unguarded = scriptWithout(new URL('./lua/publish.lua', import.meta.url), {
    'if not position[1] or position[2] ~= run then': 'if not position[1] then',
  })
  const before = await readPosition(deps.redis, show.showId)
  await deps.redis.hset(`{seats:${show.showId}}:seq`, { seq: before - 1, run: 'gone' })
  expect(Number(await unguarded(deps.redis, keys, [10, '{}']))).toBe(before)
})
