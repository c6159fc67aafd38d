import type { Entry } from '@greenroom/contract'
import { describe, expect, onTestFinished, test } from 'vitest'
import { changeLine } from '../testing/change-line.ts'
import { makeQueue } from '../testing/make-queue.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { admit, admitStaff, enterSale, followLines, type LineEvent, leaveLine, watchEntry } from './index.ts'

const deps = await createTestDeps()

test('a fan who watches is told when an offer comes and when it ends, and not when others move', async () => {
  const { concertId, fans } = await makeQueue(deps, 2)
  const [first, second] = fans
  if (first === undefined || second === undefined) throw new Error('two fans')
  const watching = new AbortController()
  onTestFinished(() => watching.abort())
  const entries = watchEntry(deps, { concertId, fanId: second, signal: watching.signal })
  const next = async (): Promise<Entry['state'] | undefined> => {
    const step = await entries.next()
    return step.done === true ? undefined : step.value.state
  }
  expect(await next()).toBe('waiting')
  const told = next()
  await changeLine(deps, concertId, { capacity: 1, claim_window_ms: 1 })
  await admit(deps, { concertId })
  await leaveLine(deps, { concertId, fanId: first })
  await changeLine(deps, concertId, { claim_window_ms: 60_000 })
  await admit(deps, { concertId })
  expect(await told).toBe('offered')
  const toldEnd = next()
  await deps.redis.zadd(`{wr:${concertId}}:inside`, '1', String(second))
  await admit(deps, { concertId })
  expect(await toldEnd).toBe('none')
  const ended = next()
  watching.abort()
  expect(await ended).toBeUndefined()
})

test('whoever follows the lines hears of each tick once, with the same numbers', async () => {
  const { concertId, fans } = await makeQueue(deps, 3)
  await changeLine(deps, concertId, { capacity: 2 })
  const heard: LineEvent[][] = [[], []]
  const stops = await Promise.all(
    heard.map((events) =>
      followLines(deps, {
        onTick: (event) => {
          if (event.concertId === concertId) events.push(event)
        },
      }),
    ),
  )
  const event = await admit(deps, { concertId })
  await expect.poll(() => heard.map((events) => events.length)).toEqual([1, 1])
  expect(heard).toEqual([[event], [event]])
  expect(event).toMatchObject({ offered: fans.slice(0, 2), ended: [], progress: { waiting: 1, active: 2 } })
  for (const stop of stops) stop()
})

test('staff who are let in past the line hear of it where they wait', async () => {
  const { concertId, fans } = await makeQueue(deps, 2)
  const [operatorId, staff] = fans
  if (operatorId === undefined || staff === undefined) throw new Error('two fans')
  const watching = new AbortController()
  onTestFinished(() => watching.abort())
  const entries = watchEntry(deps, { concertId, fanId: staff, signal: watching.signal })
  expect((await entries.next()).value).toMatchObject({ state: 'waiting' })
  const told = entries.next()
  const { rows } = await deps.db.pool.query<{ email: string }>('select email from accounts where id = $1', [
    staff,
  ])
  await admitStaff(deps, { concertId, operatorId, email: rows[0]?.email ?? '' })
  expect((await told).value).toMatchObject({ state: 'active' })
})

test('what a fan does on one device is told on the others: going in, then leaving', async () => {
  const { concertId, fans } = await makeQueue(deps, 1)
  const [fanId] = fans
  if (fanId === undefined) throw new Error('no fan')
  await changeLine(deps, concertId, { capacity: 1 })
  await admit(deps, { concertId })
  const watching = new AbortController()
  onTestFinished(() => watching.abort())
  const entries = watchEntry(deps, { concertId, fanId, signal: watching.signal })
  const offered = (await entries.next()).value
  if (offered?.state !== 'offered') throw new Error('no offer')
  const inside = entries.next()
  await enterSale(deps, { concertId, fanId, pass: offered.pass })
  expect((await inside).value).toMatchObject({ state: 'active' })
  const gone = entries.next()
  await leaveLine(deps, { concertId, fanId })
  expect((await gone).value).toEqual({ state: 'none' })
})

describe('whoever signed out while the line stood still', () => {
  /** A thief watches as the fan goes in on a device of their own; what the thief is told. */
  async function watchOn(isAllowed: () => boolean, signOut: () => void) {
    const { concertId, fans } = await makeQueue(deps, 1)
    const [fanId] = fans
    if (fanId === undefined) throw new Error('no fan')
    await changeLine(deps, concertId, { capacity: 1 })
    await admit(deps, { concertId })
    const watching = new AbortController()
    onTestFinished(() => watching.abort())
    const entries = watchEntry(deps, { concertId, fanId, signal: watching.signal, isAllowed })
    const offered = (await entries.next()).value
    if (offered?.state !== 'offered') throw new Error('no offer')
    const next = entries.next()
    signOut()
    await enterSale(deps, { concertId, fanId, pass: offered.pass })
    return await next
  }

  test('is told nothing of a move, and hears no more', async () => {
    let isSignedIn = true
    const told = watchOn(
      () => isSignedIn,
      () => (isSignedIn = false),
    )
    expect(await told).toEqual({ done: true, value: undefined })
  })

  test('guard off: is told the entry, with its pass', async () => {
    const told = watchOn(
      () => true,
      () => undefined,
    )
    expect((await told).value).toMatchObject({ state: 'active', pass: expect.any(String) })
  })
})

test("a fan's own moves are told to nobody else, and not to everybody who waits", async () => {
  const { concertId, fans } = await makeQueue(deps, 2)
  const [first, second] = fans
  if (first === undefined || second === undefined) throw new Error('two fans')
  const heard: unknown[] = []
  const stop = await followLines(deps, {
    onTick: (event) => heard.push(event),
    onMove: (move) => heard.push(move),
  })
  onTestFinished(stop)
  await leaveLine(deps, { concertId, fanId: first })
  await leaveLine(deps, { concertId, fanId: first })
  await expect.poll(() => heard).toEqual([{ concertId, fanId: first, hasEnded: true }])
})
