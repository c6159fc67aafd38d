import { setTimeout as sleep } from 'node:timers/promises'
import type { AccountId, ConcertId } from '@greenroom/contract'
import { startPrivateRedis } from '@greenroom/stack'
import { afterAll, describe, expect, test } from 'vitest'
import { inTransaction } from '../platform/database.ts'
import { asOwner } from '../testing/as-owner.ts'
import { changeLine } from '../testing/change-line.ts'
import { makeFan, makeFans } from '../testing/make-fan.ts'
import { makeShow } from '../testing/make-show.ts'
import { openProcess } from '../testing/open-process.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { untilKept } from '../testing/until-kept.ts'
import { drawSeed } from './place.ts'
import {
  admit,
  freeSlot,
  joinLine,
  leaveLine,
  markPassSpent,
  readEntry,
  readEntryToken,
  requirePass,
  requireTurn,
  takePlace,
} from './index.ts'

const server = await startPrivateRedis()
const deps = await createTestDeps({ redisUrl: server.url })
afterAll(() => server.stop())

/** A line with room for `capacity`, and two fans who come one after the other. */
const makeTwo = async (
  capacity: number,
): Promise<{ concertId: ConcertId; first: AccountId; second: AccountId }> => {
  const { concertId } = await makeShow(deps, { capacity })
  await changeLine(deps, concertId, { reentry_window_ms: 0 })
  await admit(deps, { concertId })
  const [first, second] = await makeFans(deps, 2)
  if (first === undefined || second === undefined) throw new Error('two fans')
  return { concertId, first, second }
}

const reasonOf = async (work: Promise<unknown>): Promise<unknown> =>
  await work.catch((error: unknown) => ({
    code: Reflect.get(Object(error), 'code'),
    ...Reflect.get(Object(error), 'details'),
  }))

const expired = { code: 'PASS_REFUSED', reason: 'expired' }

describe('one token for one place', () => {
  test('is the same text while the fan waits, is offered, enters and is inside, from every process', async () => {
    const { concertId, first, second } = await makeTwo(1)
    const other = openProcess(deps)
    await takePlace(deps, { concertId, fanId: first })
    const fan = { concertId, fanId: second }
    const waiting = await takePlace(deps, fan)
    expect(waiting).toMatchObject({ state: 'waiting', position: 1 })
    const { entry } = await joinLine(other, fan)
    expect(entry).toMatchObject({ state: 'waiting', receipt: waiting.token })
    await leaveLine(deps, { concertId, fanId: first })
    expect((await admit(deps, { concertId })).offered).toEqual([second])
    const [claimed, again] = [await takePlace(other, fan), await takePlace(deps, fan)]
    expect([claimed, again]).toMatchObject([
      { state: 'active', position: 0, token: waiting.token },
      { state: 'active', position: 0, token: waiting.token },
    ])
    expect((await readEntry(deps, fan)).state).toBe('active')
  })

  test('ten requests at once get one token, active when the line is empty and the room is not', async () => {
    const { concertId, first } = await makeTwo(5)
    const others = [deps, openProcess(deps)]
    const fan = { concertId, fanId: first }
    const taken = await Promise.all(
      Array.from({ length: 10 }, (_, n) => takePlace(others[n % 2] ?? deps, fan)),
    )
    expect(new Set(taken.map(({ token }) => token)).size).toBe(1)
    expect(taken.every(({ state }) => state === 'active')).toBe(true)
  })

  test('outlives restarts of Redis unchanged', async () => {
    const { concertId, first, second } = await makeTwo(1)
    const ask = async () => [
      (await takePlace(deps, { concertId, fanId: first })).token,
      (await takePlace(deps, { concertId, fanId: second })).token,
    ]
    const before = await ask()
    await untilKept(deps.redis)
    await server.kill()
    await server.start()
    while (deps.redis.status !== 'ready') await sleep(10)
    expect(await ask()).toEqual(before)
  })

  test('in a lobby nobody is told a position that the draw may change', async () => {
    const { concertId } = await makeShow(deps)
    const { seed, commitment } = drawSeed()
    await changeLine(deps, concertId, {
      mode: 'lottery',
      lottery_seed: seed,
      lottery_commitment: commitment,
      lobby_opens_at: new Date(Date.now() - 60_000),
      opens_at: new Date(Date.now() + 3_600_000),
    })
    const fanId = await makeFan(deps)
    const { state, position, token } = await takePlace(deps, { concertId, fanId })
    expect({ state, position }).toEqual({ state: 'waiting', position: 1 })
    expect(await reasonOf(requireTurn(deps, { token }))).toEqual({
      code: 'STILL_WAITING',
      ahead: 0,
      position: 1,
    })
  })

  test('a closed line gives none', async () => {
    const { concertId, first } = await makeTwo(1)
    await changeLine(deps, concertId, { override: 'closed' })
    expect(await reasonOf(takePlace(deps, { concertId, fanId: first }))).toEqual({
      code: 'LINE_CLOSED',
      phase: 'closed',
    })
  })
})

describe('a token', () => {
  test('says whose it is and of which line, and nothing when it was made up', async () => {
    const { concertId, first, second } = await makeTwo(1)
    const { token } = await takePlace(deps, { concertId, fanId: first })
    expect(readEntryToken(deps, token)).toEqual({ concertId, fanId: first })
    expect(() => readEntryToken(deps, `${token}x`)).toThrow('RECEIPT_REFUSED')
    expect(() => readEntryToken(deps, 'no token')).toThrow('RECEIPT_REFUSED')
    expect(() => readEntryToken(deps, token, { fanId: second })).toThrow('RECEIPT_REFUSED')
  })

  test('lets its fan through with the pass that everybody else asks for, on any number of devices', async () => {
    const { concertId, first } = await makeTwo(1)
    const { token } = await takePlace(deps, { concertId, fanId: first })
    const turns = await Promise.all([1, 2, 3].map(() => requireTurn(deps, { token })))
    const { entry } = await joinLine(deps, { concertId, fanId: first })
    expect(entry).toMatchObject({ state: 'active', pass: turns[0]?.pass })
    expect(new Set(turns.map(({ pass }) => pass)).size).toBe(1)
    expect(await requirePass(deps, { concertId, fanId: first, pass: turns[0]?.pass ?? '' })).toMatchObject({
      fanId: first,
    })
  })

  test('of another fan, of another concert or made up is refused', async () => {
    const { concertId, first, second } = await makeTwo(1)
    const other = await makeTwo(1)
    const { token } = await takePlace(deps, { concertId, fanId: first })
    const refused = [{ token, fanId: second }, { token, concertId: other.concertId }, { token: 'a.b.c' }]
    expect(await Promise.all(refused.map((input) => reasonOf(requireTurn(deps, input))))).toEqual([
      { code: 'RECEIPT_REFUSED', reason: 'otherFan' },
      { code: 'RECEIPT_REFUSED', reason: 'otherConcert' },
      { code: 'RECEIPT_REFUSED', reason: 'invalid' },
    ])
  })

  test('whose turn has not come is told its position', async () => {
    const { concertId, first, second } = await makeTwo(0)
    await takePlace(deps, { concertId, fanId: first })
    const { token, position } = await takePlace(deps, { concertId, fanId: second })
    expect(position).toBe(2)
    expect(await reasonOf(requireTurn(deps, { token }))).toEqual({
      code: 'STILL_WAITING',
      ahead: 1,
      position: 2,
    })
  })

  test('of an offer claims it by being used', async () => {
    const { concertId, first } = await makeTwo(0)
    const { token } = await takePlace(deps, { concertId, fanId: first })
    await changeLine(deps, concertId, { capacity: 1 })
    await admit(deps, { concertId })
    expect((await readEntry(deps, { concertId, fanId: first })).state).toBe('offered')
    const { pass } = await requireTurn(deps, { token })
    expect(await readEntry(deps, { concertId, fanId: first })).toMatchObject({ state: 'active', pass })
  })

  test('that ran out, was given up or let its offer pass is over, also while its fan waits with a new one', async () => {
    const { concertId, first, second } = await makeTwo(1)
    await changeLine(deps, concertId, { pass_ttl_ms: 30 })
    const old = await takePlace(deps, { concertId, fanId: first })
    await sleep(50)
    expect(await reasonOf(requireTurn(deps, old))).toEqual(expired)
    await changeLine(deps, concertId, { capacity: 0 })
    const fresh = await takePlace(deps, { concertId, fanId: first })
    expect(fresh).toMatchObject({ state: 'waiting' })
    expect(fresh.token).not.toBe(old.token)
    expect(await reasonOf(requireTurn(deps, old))).toEqual(expired)
    expect(await reasonOf(requireTurn(deps, fresh))).toMatchObject({ code: 'STILL_WAITING' })

    const left = await takePlace(deps, { concertId, fanId: second })
    await leaveLine(deps, { concertId, fanId: second })
    expect(await reasonOf(requireTurn(deps, left))).toEqual(expired)

    await changeLine(deps, concertId, { capacity: 1, claim_window_ms: 20 })
    expect((await admit(deps, { concertId })).offered).toEqual([first])
    await sleep(40)
    expect(await reasonOf(requireTurn(deps, fresh))).toEqual(expired)
  })

  test('that bought something is spent, and its fan may stand in line anew', async () => {
    const { concertId, first } = await makeTwo(1)
    const fan = { concertId, fanId: first }
    const old = await takePlace(deps, fan)
    await inTransaction(deps.db, (tx) => markPassSpent(tx, fan))
    await freeSlot(deps, fan)
    const spent = { code: 'RECEIPT_REFUSED', reason: 'spent' }
    expect(await reasonOf(requireTurn(deps, old))).toEqual(spent)
    const fresh = await takePlace(deps, fan)
    expect(await requireTurn(deps, fresh)).toMatchObject(fan)
    expect(await reasonOf(requireTurn(deps, old))).toEqual(expired)
    await deps.redis.flushall()
    expect(await reasonOf(requireTurn(deps, old))).toEqual(spent)
    expect(await requireTurn(deps, fresh)).toMatchObject(fan)
  })
})

describe('a token that Redis knows nothing of any more', () => {
  test('is back at its own place in line, before who came after the loss', async () => {
    const { concertId, first, second } = await makeTwo(0)
    const { token } = await takePlace(deps, { concertId, fanId: first })
    await deps.redis.flushall()
    await takePlace(deps, { concertId, fanId: second })
    expect(await reasonOf(requireTurn(deps, { token }))).toMatchObject({ position: 1 })
    expect(await takePlace(deps, { concertId, fanId: second })).toMatchObject({ position: 2 })
  })

  test('is inside again at once when its fan had gone in, before the door opens for who waits', async () => {
    const { concertId, first, second } = await makeTwo(2)
    await changeLine(deps, concertId, { reentry_window_ms: 60_000 })
    const { token } = await takePlace(deps, { concertId, fanId: first })
    const unnoted = await takePlace(deps, { concertId, fanId: second })
    // without what Postgres noted when they went in, a token proves a place and no more
    await asOwner(deps, (tx) => tx.query('delete from entered_places where fan_id = $1', [second]))
    await deps.redis.flushall()
    expect(await requireTurn(deps, { token })).toMatchObject({ concertId, fanId: first })
    expect((await readEntry(deps, { concertId, fanId: first })).state).toBe('active')
    expect(await reasonOf(requireTurn(deps, unnoted))).toMatchObject({ code: 'STILL_WAITING', position: 1 })
  })

  test('stays out when the time it went in for is over', async () => {
    const { concertId, first } = await makeTwo(1)
    await changeLine(deps, concertId, { pass_ttl_ms: 30 })
    const { token } = await takePlace(deps, { concertId, fanId: first })
    await deps.redis.flushall()
    await sleep(50)
    await changeLine(deps, concertId, { capacity: 0 })
    expect(await reasonOf(requireTurn(deps, { token }))).toMatchObject({ code: 'STILL_WAITING' })
  })
})

describe('while Redis is away', () => {
  test('who went in goes on, who waits is told to come again, who paid or ran out stays out', async () => {
    const { concertId, first, second } = await makeTwo(2)
    const [payer, late] = await makeFans(deps, 2)
    if (payer === undefined || late === undefined) throw new Error('two fans')
    const inside = await takePlace(deps, { concertId, fanId: first })
    const paid = await takePlace(deps, { concertId, fanId: payer })
    const waiting = await takePlace(deps, { concertId, fanId: second })
    const before = await requireTurn(deps, inside)
    await inTransaction(deps.db, (tx) => markPassSpent(tx, { concertId, fanId: payer }))
    await server.kill()
    expect(await requireTurn(deps, inside)).toMatchObject({ concertId, fanId: first })
    expect(await reasonOf(requireTurn(deps, { ...inside, fanId: second }))).toMatchObject({
      reason: 'otherFan',
    })
    expect(await reasonOf(requireTurn(deps, waiting))).toMatchObject({ code: 'UNAVAILABLE' })
    expect(await reasonOf(requireTurn(deps, paid))).toMatchObject({ reason: 'spent' })
    const { pass } = await requireTurn(deps, inside)
    expect(await requirePass(deps, { concertId, fanId: first, pass })).toMatchObject({ fanId: first })
    await changeLine(deps, concertId, { pass_ttl_ms: 1 })
    expect(await reasonOf(requireTurn(deps, inside))).toEqual(expired)
    await changeLine(deps, concertId, { pass_ttl_ms: 600_000 })
    await server.start()
    while (deps.redis.status !== 'ready') await sleep(10)
    expect(await requireTurn(deps, inside)).toMatchObject({ pass: before.pass })
  })
})
