import type { AccountId, ConcertId } from '@greenroom/contract'
import { beforeAll, expect, test } from 'vitest'
import { listAudit } from '../testing/list-audit.ts'
import { sqlState } from '../platform/database.ts'
import { makeFan, makeFans } from '../testing/make-fan.ts'
import { makeShow } from '../testing/make-show.ts'
import { meddlingDatabase, meddlingDeps } from '../testing/meddling-deps.ts'
import { refusalsOf, valuesOf } from '../testing/outcomes.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { admit, joinLine, steerLine } from '../waiting-room/index.ts'
import { mostGuesses } from './guess-limit-store.ts'
import { createBypassCode, listBypassCodes, revokeBypassCode, useBypassCode } from './index.ts'

const deps = await createTestDeps()
let operatorId: AccountId
beforeAll(async () => {
  operatorId = await makeFan(deps)
})

const setUp = async (maxUses: number | null = null) => {
  const { concertId } = await makeShow(deps, { capacity: 0 })
  const made = await createBypassCode(deps, { concertId, operatorId, label: 'Press', maxUses })
  return { concertId, ...made }
}
const usesOf = async (concertId: ConcertId) =>
  (await listBypassCodes(deps, concertId)).map(({ uses }) => uses)
const goBack = (fanId: AccountId, minutes: number) =>
  deps.db.pool.query(
    "update bypass_uses set used_at = used_at - $2::integer * interval '1 minute' where fan_id = $1",
    [fanId, minutes],
  )
const failing = async () => {
  throw new Error('gone')
}

test('lets a fan in past the line and beyond the capacity, however it is typed', async () => {
  const { concertId, code } = await setUp()
  const fanId = await makeFan(deps)
  expect(await joinLine(deps, { concertId, fanId })).toMatchObject({ entry: { state: 'waiting' } })
  const entry = await useBypassCode(deps, {
    concertId,
    fanId,
    code: ` ${code.toLowerCase().replaceAll('-', ' ')} `,
  })
  expect(entry).toMatchObject({ state: 'active', pass: expect.any(String) })
  expect((await admit(deps, { concertId })).progress).toMatchObject({ waiting: 0, active: 1, capacity: 0 })
  expect(await usesOf(concertId)).toEqual([1])
})

test('a repeat whose answer was lost is the same use', async () => {
  const { concertId, code } = await setUp(1)
  const fanId = await makeFan(deps)
  for (const _ of [1, 2])
    await expect(useBypassCode(deps, { concertId, fanId, code })).resolves.toMatchObject({ state: 'active' })
  expect(await usesOf(concertId)).toEqual([1])
  await goBack(fanId, 2)
  await expect(useBypassCode(deps, { concertId, fanId, code })).rejects.toMatchObject({
    code: 'BYPASS_REFUSED',
    details: { reason: 'usedUp' },
  })
})

test('is used as often as it may be, by twenty at once too', async () => {
  const { concertId, code } = await setUp(3)
  const outcomes = await Promise.allSettled(
    (await makeFans(deps, 20)).map((fanId) => useBypassCode(deps, { concertId, fanId, code })),
  )
  expect(valuesOf(outcomes)).toHaveLength(3)
  for (const refusal of refusalsOf(outcomes))
    expect(refusal).toMatchObject({ code: 'BYPASS_REFUSED', details: { reason: 'usedUp' } })
  expect(await usesOf(concertId)).toEqual([3])
})

test('guard off: without the condition only the constraint stops one use too many', async () => {
  const { bypassCodeId } = await setUp(1)
  const count = () =>
    deps.db.pool.query('update bypass_codes set uses = uses + 1 where id = $1', [bypassCodeId])
  await count()
  await expect(count()).rejects.toMatchObject({ constraint: 'bypass_codes_used_up' })
})

test('a use is counted when it lets somebody in: not once the line is over', async () => {
  const { concertId, code } = await setUp(1)
  const [late, next] = (await makeFans(deps, 2)) as [AccountId, AccountId]
  await steerLine(deps, { concertId, operatorId, action: 'close' })
  for (const _ of Array.from({ length: mostGuesses + 1 }))
    await expect(useBypassCode(deps, { concertId, fanId: late, code })).rejects.toMatchObject({
      code: 'LINE_CLOSED',
    })
  await steerLine(deps, { concertId, operatorId, action: 'open' })
  expect(await usesOf(concertId)).toEqual([0])
  await expect(useBypassCode(deps, { concertId, fanId: next, code })).resolves.toMatchObject({
    state: 'active',
  })
  expect(await usesOf(concertId)).toEqual([1])
})

test('a use that failed half way is its fan’s, however late they come back', async () => {
  const { concertId, code } = await setUp(1)
  const [fanId, other] = (await makeFans(deps, 2)) as [AccountId, AccountId]
  await admit(deps, { concertId })
  const away = meddlingDeps(deps, { command: 'evalsha', nth: 1 }, failing)
  await expect(useBypassCode(away, { concertId, fanId, code })).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  expect(await usesOf(concertId)).toEqual([0])
  await goBack(fanId, 2)
  await expect(useBypassCode(deps, { concertId, fanId: other, code })).rejects.toMatchObject({
    details: { reason: 'usedUp' },
  })
  await expect(useBypassCode(deps, { concertId, fanId, code })).resolves.toMatchObject({ state: 'active' })
  expect(await usesOf(concertId)).toEqual([1])
})

test('a use that let nobody in is another’s when the offer it may have led to has lapsed', async () => {
  const { concertId, code } = await setUp(1)
  const [fanId, other] = (await makeFans(deps, 2)) as [AccountId, AccountId]
  await admit(deps, { concertId })
  const away = meddlingDeps(deps, { command: 'evalsha', nth: 1 }, failing)
  await expect(useBypassCode(away, { concertId, fanId, code })).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  await goBack(fanId, 3)
  await expect(useBypassCode(deps, { concertId, fanId: other, code })).resolves.toMatchObject({
    state: 'active',
  })
  expect(await usesOf(concertId)).toEqual([1])
  await expect(useBypassCode(deps, { concertId, fanId, code })).rejects.toMatchObject({
    details: { reason: 'usedUp' },
  })
})

test('a use that let its fan in counts, though the process died before it said so', async () => {
  const { concertId, code } = await setUp(1)
  const [fanId, other] = (await makeFans(deps, 2)) as [AccountId, AccountId]
  const dying = meddlingDatabase(deps, 'note-bypass-let-in', failing)
  await expect(useBypassCode(dying, { concertId, fanId, code })).resolves.toMatchObject({ state: 'active' })
  expect(await usesOf(concertId)).toEqual([1])
  // as if ten minutes ago: the use, and the place that it led to
  await goBack(fanId, 10)
  await deps.db.pool.query(
    "update entered_places set entered_at = entered_at - interval '10 minutes' where fan_id = $1",
    [fanId],
  )
  await expect(useBypassCode(deps, { concertId, fanId: other, code })).rejects.toMatchObject({
    details: { reason: 'usedUp' },
  })
  await expect(useBypassCode(deps, { concertId, fanId, code })).rejects.toMatchObject({
    details: { reason: 'usedUp' },
  })
  expect(await usesOf(concertId)).toEqual([1])
})

test('is good for its own concert, until it is revoked, and while the line is not over', async () => {
  const { concertId, code, bypassCodeId } = await setUp()
  const other = await setUp()
  const fanId = await makeFan(deps)
  const unknown = { code: 'BYPASS_REFUSED', details: { reason: 'unknown' } }
  await expect(useBypassCode(deps, { concertId: other.concertId, fanId, code })).rejects.toMatchObject(
    unknown,
  )
  await steerLine(deps, { concertId, operatorId, action: 'close' })
  await expect(useBypassCode(deps, { concertId, fanId, code })).rejects.toMatchObject({ code: 'LINE_CLOSED' })
  await steerLine(deps, { concertId, operatorId, action: 'open' })
  await revokeBypassCode(deps, { bypassCodeId, operatorId })
  await expect(useBypassCode(deps, { concertId, fanId, code })).rejects.toMatchObject(unknown)
  await expect(revokeBypassCode(deps, { bypassCodeId, operatorId })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
})

test('its text is stored nowhere, and who made and ended it is', async () => {
  const { concertId, code, bypassCodeId } = await setUp(2)
  await revokeBypassCode(deps, { bypassCodeId, operatorId })
  const { rows } = await deps.db.pool.query('select * from bypass_codes where id = $1', [bypassCodeId])
  const traces = (await listAudit(deps)).filter(({ target }) => target === `concert ${concertId}`)
  for (const spelling of [code, code.replaceAll('-', '')])
    expect(JSON.stringify([rows, traces, await listBypassCodes(deps, concertId)])).not.toContain(spelling)
  expect(traces).toMatchObject([
    { action: 'bypassCode.revoke', before: { isRevoked: false }, after: { isRevoked: true } },
    { action: 'bypassCode.create', after: { label: 'Press', maxUses: 2 } },
  ])
})

test('what a code opens is settled: the product can count a use and end it, nothing else', async () => {
  const { bypassCodeId } = await setUp(1)
  const change = (assignment: string) =>
    deps.db.pool
      .query(`update bypass_codes set ${assignment} where id = ${bypassCodeId}`)
      .then(() => 'changed', sqlState)
  expect(await change('max_uses = 1000')).toBe('42501')
  expect(await change('concert_id = concert_id + 1')).toBe('42501')
  expect(await change('uses = 1')).toBe('changed')
})

test('guessing ends after a few, at once or one by one, and a right code is no guess', async () => {
  const { concertId, code } = await setUp()
  const [guesser, typist] = (await makeFans(deps, 2)) as [AccountId, AccountId]
  const outcomes = await Promise.allSettled(
    Array.from({ length: mostGuesses * 3 }, (_, n) =>
      useBypassCode(deps, { concertId, fanId: guesser, code: `0000-0000-0000-00${10 + n}` }),
    ),
  )
  const codes = refusalsOf(outcomes).map((refusal) => (refusal as { code: string }).code)
  expect(codes.filter((each) => each === 'BYPASS_REFUSED')).toHaveLength(mostGuesses)
  expect(codes.filter((each) => each === 'RATE_LIMITED')).toHaveLength(mostGuesses * 2)
  await expect(useBypassCode(deps, { concertId, fanId: guesser, code })).rejects.toMatchObject({
    code: 'RATE_LIMITED',
  })
  for (let times = 0; times <= mostGuesses; times++)
    expect(await useBypassCode(deps, { concertId, fanId: typist, code })).toMatchObject({ state: 'active' })
})
