import { type AccountId, concertId, type ConcertId, seatPlanId } from '@greenroom/contract'
import { beforeEach, expect, test } from 'vitest'
import { searchAudit } from '../accounts/index.ts'
import { generateSeatPlan, importSeatPlan, readConcert } from '../catalogue/index.ts'
import { admit, rescheduleLine } from '../waiting-room/index.ts'
import { breakingDeps } from '../testing/breaking-deps.ts'
import { holdInside } from '../testing/hold-inside.ts'
import { makeFan } from '../testing/make-fan.ts'
import { makeShow as makeTestShow, type TestShow } from '../testing/make-show.ts'
import { refusalsOf, valuesOf } from '../testing/outcomes.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import {
  editConcert,
  keepSeatPlan,
  listEditorConcerts,
  listEditorPlans,
  makeConcert,
  makeShow,
  previewSeatPlan,
  previewVenue,
  readEditorConcert,
  setPrice,
} from './index.ts'

const deps = await createTestDeps()
let operatorId: AccountId
beforeEach(async () => {
  operatorId = await makeFan(deps)
})

const title = { ko: '새 공연', en: 'A new concert' }
const hourMs = 3_600_000

async function readNowMs(): Promise<number> {
  const { rows } = await deps.db.pool.query<{ nowMs: number }>(
    'select floor(extract(epoch from now()) * 1000)::float8 as "nowMs"',
  )
  return rows[0]?.nowMs ?? 0
}

async function wishOf(idempotencyKey: string) {
  const plan = await importSeatPlan(deps, generateSeatPlan('club-50'))
  const prices = plan.categories.map((_, categoryCode) => ({ categoryCode, priceMinor: 40_000 }))
  return {
    operatorId,
    idempotencyKey,
    title,
    artist: 'Somebody',
    about: title,
    venue: title,
    timeZone: 'Asia/Seoul',
    seatPlanId: plan.seatPlanId,
    prices,
    line: { mode: 'lottery' as const, opensAtMs: (await readNowMs()) + hourMs, capacity: 100 },
  }
}

const badStart = (message: string) => ({
  code: 'BAD_INPUT',
  details: { faults: [{ path: 'startsAtMs', message }] },
})

const badParts = (...paths: string[]) => ({
  code: 'BAD_INPUT',
  details: { faults: paths.map((path) => ({ path, reason: 'changedMeanwhile' })) },
})

async function auditOf(target: string): Promise<{ action: string; before: unknown; after: unknown }[]> {
  const { entries } = await searchAudit(deps, { target, limit: 100 })
  return entries.map(({ action, before, after }) => ({ action, before, after }))
}

async function pricesOf({ seatIds }: TestShow): Promise<number[]> {
  const { rows } = await deps.db.pool.query<{ priceMinor: number }>(
    'select price_minor as "priceMinor" from seats where id = any($1) order by id',
    [seatIds],
  )
  return rows.map((row) => row.priceMinor)
}

test('one key makes one concert, also when it is sent ten times at once, and says so in the audit once', async () => {
  const wish = await wishOf('make-1')
  const made = valuesOf(
    await Promise.allSettled(Array.from({ length: 10 }, () => makeConcert(deps, wish))),
  ).map((each) => each.concertId)
  expect(made).toHaveLength(10)
  expect(new Set(made).size).toBe(1)
  const [id] = made
  if (id === undefined) throw new Error('no concert')
  expect((await auditOf(`concert ${id}`)).map(({ action }) => action)).toEqual(['concert.make'])
  expect((await listEditorConcerts(deps)).filter((each) => each.concertId === id)).toMatchObject([
    { title, showCount: 0, phase: 'before' },
  ])
  const other = await Promise.allSettled([makeConcert(deps, { ...wish, artist: 'Somebody else' })])
  expect(refusalsOf(other)).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED' }])
})

test('fans see a concert once it has a show; a show is made once for an instant', async () => {
  const { concertId: id } = await makeConcert(deps, await wishOf('make-2'))
  await expect(readConcert(deps, id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  const [plan] = await listEditorPlans(deps)
  if (plan === undefined) throw new Error('no plan')
  const show = {
    operatorId,
    concertId: id,
    seatPlanId: plan.seatPlanId,
    startsAtMs: (await readNowMs()) + 9 * hourMs,
  }
  const outcomes = await Promise.allSettled([makeShow(deps, show), makeShow(deps, show)])
  expect(valuesOf(outcomes)).toHaveLength(1)
  expect(refusalsOf(outcomes)).toMatchObject([{ code: 'BAD_INPUT' }])
  const page = await readEditorConcert(deps, id)
  expect(page.shows).toMatchObject([{ seatCount: 50, soldCount: 0, isFixed: { start: null, place: null } }])
  const startsAtMs = page.line.opensAtMs
  const early = makeShow(deps, { ...show, startsAtMs })
  await expect(early).rejects.toMatchObject(badStart('the sale opens after it'))
  const over = makeShow(deps, { ...show, startsAtMs: startsAtMs - 2 * hourMs })
  await expect(over).rejects.toMatchObject(badStart('this moment is over'))
  expect((await readEditorConcert(deps, id)).shows).toEqual(page.shows)
})

test('a connection that breaks leaves neither a concert nor a word of it', async () => {
  const before = await listEditorConcerts(deps)
  const wish = await wishOf('make-3')
  await expect(makeConcert(breakingDeps(deps, { before: 6 }).deps, wish)).rejects.toThrow(
    /connection|terminat/i,
  )
  expect(await listEditorConcerts(deps)).toEqual(before)
  expect((await makeConcert(deps, wish)).concertId).toBeGreaterThan(0)
})

test('what is said of a concert is changed in part, with before and after; an unknown one is refused', async () => {
  const { concertId: id } = await makeTestShow(deps)
  await editConcert(deps, { operatorId, concertId: id, title, seatsPerFan: 2, holdTtlMs: 120_000 })
  expect(await readEditorConcert(deps, id)).toMatchObject({
    title,
    artist: 'Testers',
    seatsPerFan: 2,
    holdTtlMs: 120_000,
  })
  expect(await auditOf(`concert ${id}`)).toMatchObject([
    { action: 'concert.edit', before: { seatsPerFan: 4, artist: 'Testers' }, after: { seatsPerFan: 2 } },
  ])
  const unknown = { operatorId, concertId: concertId.parse(999_999), title }
  await expect(editConcert(deps, unknown)).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('of two operators who change the same of a concert the second hears of the first, and undoes nothing', async () => {
  const { concertId: id } = await makeTestShow(deps)
  const mine = { operatorId, concertId: id, artist: 'Mine', seatsPerFan: 2 }
  const from = { artist: 'Testers', seatsPerFan: 4 }
  await editConcert(deps, { operatorId, concertId: id, artist: 'Theirs', from: { artist: 'Testers' } })
  await expect(editConcert(deps, { ...mine, from })).rejects.toMatchObject(badParts('artist'))
  expect(await readEditorConcert(deps, id)).toMatchObject({ artist: 'Theirs', seatsPerFan: 4 })
  const other = { operatorId, concertId: id, seatsPerFan: 2, from: { seatsPerFan: 4 } }
  await editConcert(deps, other)
  await editConcert(deps, other)
  expect(await readEditorConcert(deps, id)).toMatchObject({ artist: 'Theirs', seatsPerFan: 2 })
  // guard off: who does not say what they saw
  await editConcert(deps, mine)
  expect(await readEditorConcert(deps, id)).toMatchObject({ artist: 'Mine' })
})

test('of two operators who move one opening the second hears of the first', async () => {
  const { concertId: id } = await makeConcert(deps, await wishOf('make-5'))
  const { opensAtMs } = (await readEditorConcert(deps, id)).line
  const line = { operatorId, concertId: id }
  const from = { opensAtMs, closesAtMs: null }
  await rescheduleLine(deps, { ...line, opensAtMs: opensAtMs + hourMs, from })
  const mine = { ...line, opensAtMs: opensAtMs + 2 * hourMs, closesAtMs: opensAtMs + 9 * hourMs }
  await expect(rescheduleLine(deps, { ...mine, from })).rejects.toMatchObject(badParts('opensAtMs'))
  const now = { opensAtMs: opensAtMs + hourMs, closesAtMs: null }
  expect((await readEditorConcert(deps, id)).line).toMatchObject(now)
  await rescheduleLine(deps, { ...mine, from: now })
  expect((await readEditorConcert(deps, id)).line.opensAtMs).toBe(opensAtMs + 2 * hourMs)
})

test('what is changed to what it is leaves no word; the clock of the venue stays once somebody holds by it', async () => {
  const show = await makeTestShow(deps)
  const { concertId: id } = show
  const edit = (timeZone: string) => editConcert(deps, { operatorId, concertId: id, timeZone })
  await edit('Asia/Seoul')
  expect(await auditOf(`concert ${id}`)).toEqual([])
  await edit('Europe/Berlin')
  await holdInside(deps, await makeFan(deps), show, 0)
  await expect(edit('Asia/Seoul')).rejects.toMatchObject({
    code: 'BAD_INPUT',
    details: { faults: [{ path: 'timeZone' }] },
  })
  expect((await readEditorConcert(deps, id)).timeZone).toBe('Europe/Berlin')
})

test('a worker that ticks a line before its time does not fix how places are given', async () => {
  const { concertId: id } = await makeTestShow(deps)
  await deps.db.pool.query("update lines set opens_at = now() + interval '1 hour' where concert_id = $1", [
    id,
  ])
  await admit(deps, { concertId: id })
  await rescheduleLine(deps, { operatorId, concertId: id, mode: 'lottery' })
  expect((await readEditorConcert(deps, id)).line).toMatchObject({ mode: 'lottery', isFixed: { mode: null } })
})

test('a new price is for every hold after it, audited with before and after; an unknown category is refused', async () => {
  const show = await makeTestShow(deps, { seatCount: 4 })
  const [early, late] = [await makeFan(deps), await makeFan(deps)]
  const ofCategory = { operatorId, concertId: show.concertId, categoryCode: 0 }
  const wish = { ...ofCategory, fromMinor: 50_000, priceMinor: 70_000 }
  const before = await holdInside(deps, early, show, 0)
  await setPrice(deps, wish)
  await setPrice(deps, wish)
  const after = await holdInside(deps, late, show, 1)
  expect([before.amountMinor, after.amountMinor]).toEqual([50_000, 70_000])
  expect(await auditOf(`concert ${show.concertId}`)).toEqual([
    {
      action: 'price.set',
      before: { categoryCode: 0, priceMinor: 50_000 },
      after: { categoryCode: 0, priceMinor: 70_000 },
    },
  ])
  const stale = setPrice(deps, { ...wish, priceMinor: 60_000 })
  await expect(stale).rejects.toMatchObject({
    code: 'BAD_INPUT',
    details: { faults: [{ path: 'priceMinor', message: 'another operator changed it meanwhile' }] },
  })
  const unknown = setPrice(deps, { ...wish, categoryCode: 9 })
  await expect(unknown).rejects.toMatchObject({ code: 'NOT_FOUND', details: { what: 'category' } })
})

test('a price that is changed while everybody holds: each pays what the hold said', async () => {
  const show = await makeTestShow(deps, { seatCount: 40, seatsPerFan: 1 })
  const fans = await Promise.all(Array.from({ length: 20 }, () => makeFan(deps)))
  const [holds] = await Promise.all([
    Promise.all(fans.map((fanId, seat) => holdInside(deps, fanId, show, seat))),
    setPrice(deps, {
      operatorId,
      concertId: show.concertId,
      categoryCode: 0,
      fromMinor: 50_000,
      priceMinor: 70_000,
    }),
  ])
  const prices = await pricesOf(show)
  holds.forEach((hold, seat) => expect(prices[seat]).toBe(hold.amountMinor))
})

test('the opening is moved until the sale is open, by Postgres’ clock; a lottery that becomes a queue forgets its seed', async () => {
  const { concertId: id } = await makeConcert(deps, await wishOf('make-4'))
  const opensAtMs = (await readNowMs()) + 2 * hourMs
  await rescheduleLine(deps, { operatorId, concertId: id, opensAtMs, mode: 'fifo' })
  expect((await readEditorConcert(deps, id)).line).toMatchObject({ opensAtMs, mode: 'fifo' })
  expect(await seedOf(id)).toBeNull()
  await rescheduleLine(deps, { operatorId, concertId: id, mode: 'lottery' })
  expect(await seedOf(id)).toMatch(/^[0-9a-f]{64}$/)
  await deps.db.pool.query("update lines set opens_at = now() - interval '1 second' where concert_id = $1", [
    id,
  ])
  const late = rescheduleLine(deps, { operatorId, concertId: id, opensAtMs: opensAtMs + hourMs })
  await expect(late).rejects.toMatchObject({
    code: 'BAD_INPUT',
    details: { faults: [{ path: 'opensAtMs', message: 'the sale has opened' }] },
  })
  expect((await auditOf(`concert ${id}`)).map(({ action }) => action)).toEqual([
    'line.reschedule',
    'line.reschedule',
    'concert.make',
  ])
})

async function seedOf(id: ConcertId): Promise<string | null> {
  const { rows } = await deps.db.pool.query<{ seed: string | null }>(
    'select lottery_seed as seed from lines where concert_id = $1',
    [id],
  )
  return rows[0]?.seed ?? null
}

test('a venue of usual dimensions is looked at as it would be kept', async () => {
  const known = (await listEditorPlans(deps)).length
  const preview = previewVenue('theatre')
  expect(await listEditorPlans(deps)).toHaveLength(known)
  const { seatPlanId } = await keepSeatPlan(deps, { document: generateSeatPlan('theatre'), operatorId })
  const kept = (await listEditorPlans(deps)).find((plan) => plan.seatPlanId === seatPlanId)
  expect(kept).toMatchObject({ name: preview.name, seatCount: preview.seatCount })
  const { code } = preview.categories[0] ?? {}
  expect(kept?.categories[0]).toMatchObject({ code, name: preview.categories[0]?.name })
})

test('a plan is looked at without being kept, and kept once', async () => {
  const document = { ...generateSeatPlan('club-50'), name: 'A hall of its own' }
  const known = (await listEditorPlans(deps)).length
  const preview = previewSeatPlan({ document })
  expect(preview).toMatchObject({ name: 'A hall of its own', seatCount: 50 })
  expect(preview.categories.reduce((sum, each) => sum + each.seatCount, 0)).toBe(50)
  expect(await listEditorPlans(deps)).toHaveLength(known)
  const kept = await Promise.all([1, 2].map(() => keepSeatPlan(deps, { document, operatorId })))
  expect(new Set(kept.map((each) => each.seatPlanId)).size).toBe(1)
  expect(await auditOf(`seat plan ${kept[0]?.seatPlanId}`)).toMatchObject([{ action: 'seatPlan.keep' }])
  expect(() => previewSeatPlan({ document: { name: 'no plan' } })).toThrow(
    expect.objectContaining({ code: 'SEAT_PLAN_INVALID' }),
  )
  expect(seatPlanId.parse(kept[0]?.seatPlanId)).toBeGreaterThan(0)
})
