import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { inTransaction } from '../platform/database.ts'
import { asOwner } from '../testing/as-owner.ts'
import { changeLine } from '../testing/change-line.ts'
import { emptyRedis } from '../testing/empty-redis.ts'
import { passOf } from '../testing/entry-pass.ts'
import { makeFan } from '../testing/make-fan.ts'
import { makeQueue } from '../testing/make-queue.ts'
import { makeShow } from '../testing/make-show.ts'
import { redisNowMs } from '../testing/redis-now.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import {
  admit,
  enterSale,
  freeSlot,
  joinLine,
  leaveLine,
  markPassSpent,
  pinPass,
  readEntry,
  requirePass,
  unpinPass,
} from './index.ts'
import { findSpentPlace, insertEnteredPlace } from './line-store.ts'

const deps = await createTestDeps()

describe('a pass', () => {
  const enter = async (options: { passTtlMs?: number } = {}) => {
    const { concertId } = await makeShow(deps)
    if (options.passTtlMs !== undefined) await changeLine(deps, concertId, { pass_ttl_ms: options.passTtlMs })
    const fanId = await makeFan(deps)
    const pass = passOf((await joinLine(deps, { concertId, fanId })).entry)
    return { concertId, fanId, pass }
  }

  test('lets in its own fan, again and again', async () => {
    const fan = await enter()
    const first = await requirePass(deps, fan)
    expect(await requirePass(deps, fan)).toEqual(first)
    expect(await enterSale(deps, fan)).toMatchObject({ state: 'active', pass: fan.pass })
  })

  test('of another fan is refused, and one that was made up', async () => {
    const { concertId, pass } = await enter()
    const thief = await makeFan(deps)
    await expect(requirePass(deps, { concertId, fanId: thief, pass })).rejects.toMatchObject({
      details: { reason: 'otherFan' },
    })
    await expect(requirePass(deps, { concertId, fanId: thief, pass: 'a.b.c' })).rejects.toMatchObject({
      details: { reason: 'invalid' },
    })
  })

  test('of a place that was given up opens nothing, though its fan is inside again', async () => {
    const fan = await enter()
    await leaveLine(deps, fan)
    const pass = passOf((await joinLine(deps, fan)).entry)
    await requirePass(deps, { ...fan, pass })
    await expect(requirePass(deps, fan)).rejects.toMatchObject({ details: { reason: 'expired' } })
  })

  test('of the same fan for another concert is refused', async () => {
    const fan = await enter()
    const other = await makeShow(deps)
    await expect(requirePass(deps, { ...fan, concertId: other.concertId })).rejects.toMatchObject({
      details: { reason: 'otherConcert' },
    })
  })

  test('that was only offered is claimed by being used', async () => {
    const { concertId, fans } = await makeQueue(deps, 1)
    await changeLine(deps, concertId, { capacity: 1 })
    await admit(deps, { concertId })
    const [fanId] = fans
    if (fanId === undefined) throw new Error('one fan')
    const pass = passOf(await readEntry(deps, { concertId, fanId }))
    expect(await requirePass(deps, { concertId, fanId, pass })).toMatchObject({ fanId, isPinned: false })
    expect((await readEntry(deps, { concertId, fanId })).state).toBe('active')
    // so the claim window no longer counts
    await changeLine(deps, concertId, { override: 'closed' })
    expect(await requirePass(deps, { concertId, fanId, pass })).toMatchObject({ fanId })
  })

  test('that was only offered and is used outlives its claim window, also when Redis forgets it', async () => {
    const { concertId, fans } = await makeQueue(deps, 2)
    const [user, idler] = fans
    if (user === undefined || idler === undefined) throw new Error('two fans')
    await changeLine(deps, concertId, { capacity: 2, claim_window_ms: 1_000 })
    await admit(deps, { concertId })
    const used = { concertId, fanId: user, pass: passOf(await readEntry(deps, { concertId, fanId: user })) }
    const idle = { concertId, fanId: idler, pass: passOf(await readEntry(deps, { concertId, fanId: idler })) }
    const before = await requirePass(deps, used)
    await sleep(1_050)
    await emptyRedis(deps)
    // the ten minutes of a pass, counted from the same moment, and not the second of its offer
    expect(Math.abs((await requirePass(deps, used)).expiresAtMs - before.expiresAtMs)).toBeLessThan(60_000)
    // without having been used it is over
    await expect(requirePass(deps, idle)).rejects.toMatchObject({ details: { reason: 'expired' } })
    await inTransaction(deps.db, (tx) => markPassSpent(tx, used))
    await freeSlot(deps, used)
    await expect(requirePass(deps, used)).rejects.toMatchObject({ details: { reason: 'spent' } })
  })

  test('that was only offered opens nothing once the line is closed', async () => {
    const { concertId, fans } = await makeQueue(deps, 1)
    await changeLine(deps, concertId, { capacity: 1 })
    await admit(deps, { concertId })
    const [fanId] = fans
    if (fanId === undefined) throw new Error('one fan')
    const pass = passOf(await readEntry(deps, { concertId, fanId }))
    await changeLine(deps, concertId, { override: 'closed' })
    await expect(requirePass(deps, { concertId, fanId, pass })).rejects.toMatchObject({ code: 'LINE_CLOSED' })
  })

  test('that ran out is refused, even before any tick has noticed', async () => {
    const fan = await enter({ passTtlMs: 30 })
    await sleep(50)
    await expect(requirePass(deps, fan)).rejects.toMatchObject({ details: { reason: 'expired' } })
  })

  test('pinned by a hold it outlives its end; unpinned it does not', async () => {
    const fan = await enter({ passTtlMs: 500 })
    await pinPass(deps, fan, (await redisNowMs(deps)) + 60_000)
    await sleep(530)
    await admit(deps, fan)
    expect((await requirePass(deps, fan)).expiresAtMs).toBeGreaterThan((await redisNowMs(deps)) + 50_000)
    await unpinPass(deps, fan)
    await expect(requirePass(deps, fan)).rejects.toMatchObject({ details: { reason: 'expired' } })
  })

  test('that paid is spent, and its slot serves the next fan at once', async () => {
    const fan = await enter()
    await inTransaction(deps.db, (tx) => markPassSpent(tx, fan))
    await freeSlot(deps, fan)
    await expect(requirePass(deps, fan)).rejects.toMatchObject({ details: { reason: 'spent' } })
    await expect(joinLine(deps, fan)).rejects.toMatchObject({ details: { reason: 'spent' } })
    expect((await joinLine(deps, { concertId: fan.concertId, fanId: fan.fanId })).entry.state).toBe('active')
  })

  test('that paid is spent at the next tick even when the process died right after its commit', async () => {
    const fan = await enter()
    await inTransaction(deps.db, (tx) => markPassSpent(tx, fan))
    expect((await admit(deps, fan)).progress.active).toBe(0)
    await expect(requirePass(deps, fan)).rejects.toMatchObject({ details: { reason: 'spent' } })
  })

  test('that paid while Redis or the workers were away for minutes is spent at the first tick after', async () => {
    const fan = await enter()
    await inTransaction(deps.db, (tx) => markPassSpent(tx, fan))
    await asOwner(deps, (tx) =>
      tx.query("update spent_passes set spent_at = now() - interval '5 minutes' where fan_id = $1", [
        fan.fanId,
      ]),
    )
    // ticks go on all the time, so this one was missed for good
    expect((await admit(deps, fan)).progress.active).toBe(1)
    const lastTickMs = (await redisNowMs(deps)) - 6 * 60_000
    await deps.redis.hset(`{wr:${fan.concertId}}:line`, 'obtainableAtMs', lastTickMs)
    expect((await admit(deps, fan)).progress.active).toBe(0)
    await expect(requirePass(deps, fan)).rejects.toMatchObject({ details: { reason: 'spent' } })
  })

  test('of a place that was given up is over, also while its fan is inside with a new one', async () => {
    const fan = await enter()
    const { concertId, fanId } = fan
    await leaveLine(deps, { concertId, fanId })
    const again = passOf((await joinLine(deps, { concertId, fanId })).entry)
    await expect(enterSale(deps, fan)).rejects.toMatchObject({
      code: 'PASS_REFUSED',
      details: { reason: 'expired' },
    })
    expect(await enterSale(deps, { ...fan, pass: again })).toMatchObject({ state: 'active', pass: again })
  })

  test('whose place is noted late does not hide the one its fan has gone in with since: a payment spends that one', async () => {
    const { concertId } = await makeShow(deps)
    const fan = { concertId, fanId: await makeFan(deps) }
    for (const seq of [7, 8, 7]) await insertEnteredPlace(deps.db, { ...fan, epoch: 1, seq })
    await inTransaction(deps.db, (tx) => markPassSpent(tx, fan))
    expect(await findSpentPlace(deps.db, fan)).toMatchObject({ epoch: 1, seq: 8 })
  })

  test('bought again by the same fan is not ended by the first purchase', async () => {
    const fan = await enter()
    await inTransaction(deps.db, (tx) => markPassSpent(tx, fan))
    await freeSlot(deps, fan)
    const again = await joinLine(deps, { concertId: fan.concertId, fanId: fan.fanId })
    await admit(deps, fan)
    expect(await requirePass(deps, { ...fan, pass: passOf(again.entry) })).toMatchObject({ fanId: fan.fanId })
  })

  test('is not spent by a payment that was rolled back', async () => {
    const fan = await enter()
    const failed = inTransaction(deps.db, async (tx) => {
      await markPassSpent(tx, fan)
      throw new Error('the card was refused')
    })
    await expect(failed).rejects.toThrow('the card was refused')
    await admit(deps, fan)
    expect(await requirePass(deps, fan)).toMatchObject({ fanId: fan.fanId })
  })
})
