import type { AccountId, ConcertId } from '@greenroom/contract'
import { describe, expect, test } from 'vitest'
import { cancelShow } from '../cancellations/index.ts'
import { inTransaction } from '../platform/database.ts'
import { listAudit } from '../testing/list-audit.ts'
import { meetInOrder } from '../testing/blocked-rows.ts'
import { changeLine } from '../testing/change-line.ts'
import { passOf } from '../testing/entry-pass.ts'
import { holdInside } from '../testing/hold-inside.ts'
import { makeFan, makeFans } from '../testing/make-fan.ts'
import { waitingFans } from '../testing/make-queue.ts'
import { addShow, makeShow } from '../testing/make-show.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { offerToStaff } from './admission-store.ts'
import {
  admit,
  admitStaff,
  enterSale,
  joinLine,
  listLines,
  readAdmissionPace,
  readEntry,
  readLineStatus,
  readProgress,
  readSteering,
  requirePass,
  steerLine,
  tuneLine,
} from './index.ts'
import { drawnPlace, drawSeed } from './place.ts'
import { forgetLine, readLine } from './recent-line.ts'

const deps = await createTestDeps()

const emailOf = async (fanId: AccountId): Promise<string> => {
  const { rows } = await deps.db.pool.query<{ email: string }>('select email from accounts where id = $1', [
    fanId,
  ])
  return rows[0]?.email ?? ''
}

const momentFromNow = async (seconds: number): Promise<Date> => {
  const { rows } = await deps.db.pool.query<{ at: Date }>("select now() + $1 * interval '1 second' as at", [
    seconds,
  ])
  if (rows[0] === undefined) throw new Error('a select without from gave no row')
  return rows[0].at
}

const phaseOf = async ({ concertId }: { concertId: ConcertId }): Promise<string> =>
  (await readProgress(deps, concertId)).phase

/** A line that nobody is let in to for an hour, its lobby open since a minute. */
const setUpLobby = async () => {
  const line = await setUp(10)
  const draw = drawSeed()
  await changeLine(deps, line.concertId, {
    mode: 'lottery',
    lottery_seed: draw.seed,
    lottery_commitment: draw.commitment,
    lobby_opens_at: await momentFromNow(-60),
    opens_at: await momentFromNow(3_600),
  })
  return { ...line, draw }
}

const changed = (path: string) => ({ path, reason: 'changedMeanwhile' })

const setUp = async (capacity: number): Promise<{ concertId: ConcertId; operatorId: AccountId }> => ({
  concertId: (await makeShow(deps, { capacity })).concertId,
  operatorId: await makeFan(deps),
})

describe('an operator', () => {
  test('pauses a line: it takes newcomers and lets nobody in, until it is opened again', async () => {
    const line = await setUp(10)
    await steerLine(deps, { ...line, action: 'pause' })
    const fanId = await makeFan(deps)
    expect(await joinLine(deps, { ...line, fanId })).toMatchObject({
      entry: { state: 'waiting' },
      progress: { phase: 'paused' },
    })
    expect((await admit(deps, line)).offered).toEqual([])
    await steerLine(deps, { ...line, action: 'open' })
    expect((await admit(deps, line)).offered).toEqual([fanId])
  })

  test('drains a line: nobody new, those who wait still come in', async () => {
    const line = await setUp(0)
    const [waiting, newcomer] = await makeFans(deps, 2)
    if (waiting === undefined || newcomer === undefined) throw new Error('two fans')
    await joinLine(deps, { ...line, fanId: waiting })
    await steerLine(deps, { ...line, action: 'drain' })
    await tuneLine(deps, { ...line, capacity: 5 })
    await expect(joinLine(deps, { ...line, fanId: newcomer })).rejects.toMatchObject({
      code: 'LINE_CLOSED',
      details: { phase: 'draining' },
    })
    expect((await admit(deps, line)).offered).toEqual([waiting])
  })

  test('closes a line for everybody, and a fan who looks is told so', async () => {
    const line = await setUp(0)
    const fanId = await makeFan(deps)
    await joinLine(deps, { ...line, fanId })
    await steerLine(deps, { ...line, action: 'close' })
    await expect(joinLine(deps, { ...line, fanId })).rejects.toMatchObject({ code: 'LINE_CLOSED' })
    expect((await readLineStatus(deps, { ...line, fanId })).progress.phase).toBe('closed')
  })

  test('sets capacity and rate apart from each other, and lifts the rate with null', async () => {
    const line = await setUp(3)
    await tuneLine(deps, { ...line, ratePerMinute: 0 })
    await tuneLine(deps, { ...line, capacity: 2 })
    const fans = await makeFans(deps, 3)
    for (const fanId of fans) await joinLine(deps, { ...line, fanId })
    expect((await admit(deps, line)).offered).toEqual([])
    await tuneLine(deps, { ...line, ratePerMinute: null })
    const { offered, progress } = await admit(deps, line)
    expect(offered).toEqual(fans.slice(0, 2))
    expect(progress.capacity).toBe(2)
  })

  test('turns load-aware admission on and off; what is left out of a change stays', async () => {
    const line = await setUp(3)
    await tuneLine(deps, { ...line, isLoadAware: true, floorPerMinute: 30 })
    await tuneLine(deps, { ...line, targetP95Ms: 500, ratePerMinute: 90 })
    expect(await readAdmissionPace(deps, line.concertId)).toMatchObject({
      isOn: true,
      floorPerMinute: 30,
      ceilingPerMinute: 90,
      targetP95Ms: 500,
    })
    await tuneLine(deps, { ...line, isLoadAware: false })
    expect(await readAdmissionPace(deps, line.concertId)).toMatchObject({
      isOn: false,
      floorPerMinute: 30,
      ratePerMinute: 90,
    })
  })

  test('lets staff in past a full room; they take a slot, so the crowd waits for one more to leave', async () => {
    const line = await setUp(1)
    const [first, second, staff] = await makeFans(deps, 3)
    if (first === undefined || second === undefined || staff === undefined) throw new Error('three fans')
    await joinLine(deps, { ...line, fanId: first })
    await joinLine(deps, { ...line, fanId: second })
    await admitStaff(deps, { ...line, email: await emailOf(staff) })
    const entry = await readEntry(deps, { ...line, fanId: staff })
    if (entry.state !== 'active') throw new Error(`staff are ${entry.state}`)
    expect(await requirePass(deps, { ...line, fanId: staff, pass: entry.pass })).toMatchObject({
      fanId: staff,
    })
    expect((await admit(deps, line)).progress).toMatchObject({ active: 2, capacity: 1, waiting: 1 })
  })

  test('lets staff in whose admission ended half way by the offer it left, noted before it is claimed', async () => {
    const line = await setUp(1)
    const staff = { concertId: line.concertId, fanId: await makeFan(deps) }
    const place = await offerToStaff(deps, (await readLine(deps, line.concertId)).line, staff.fanId)
    const entry = await readEntry(deps, staff)
    expect(entry.state).toBe('offered')
    const entered = async (): Promise<unknown> =>
      (
        await deps.db.pool.query(
          'select epoch, seq from entered_places where concert_id = $1 and fan_id = $2',
          [staff.concertId, staff.fanId],
        )
      ).rows
    expect(await entered()).toEqual([])
    await enterSale(deps, { ...staff, pass: passOf(entry) })
    expect(await entered()).toEqual([place])
  })

  test('lets in staff who were waiting with the place they had', async () => {
    const line = await setUp(0)
    const staff = await makeFan(deps)
    await joinLine(deps, { ...line, fanId: staff })
    await admitStaff(deps, { ...line, email: await emailOf(staff) })
    expect((await admit(deps, line)).progress).toMatchObject({ waiting: 0, active: 1 })
  })

  test('leaves a trace of each of these, with what was before', async () => {
    const line = await setUp(7)
    await tuneLine(deps, { ...line, capacity: 9 })
    await steerLine(deps, { ...line, action: 'pause' })
    await admitStaff(deps, { ...line, email: await emailOf(line.operatorId) })
    const trace = (await listAudit(deps)).filter(({ target }) => target === `concert ${line.concertId}`)
    const settings = {
      override: null,
      ratePerMinute: null,
      isLoadAware: false,
      floorPerMinute: 60,
      targetP95Ms: 300,
    }
    expect(trace.map(({ action, before, after }) => ({ action, before, after }))).toEqual([
      { action: 'line.admitStaff', before: null, after: { fanId: line.operatorId } },
      {
        action: 'line.steer',
        before: { ...settings, capacity: 9 },
        after: { ...settings, capacity: 9, override: 'paused' },
      },
      { action: 'line.tune', before: { ...settings, capacity: 7 }, after: { ...settings, capacity: 9 } },
    ])
  })

  test('at the same moment as another loses nothing of what either said', async () => {
    const line = await setUp(7)
    const lock = { text: 'select from lines where concert_id = $1 for update', values: [line.concertId] }
    const outcomes = await meetInOrder(deps, lock, [
      () => steerLine(deps, { ...line, action: 'pause' }),
      () => tuneLine(deps, { ...line, capacity: 9 }),
    ])
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled'])
    expect(await readProgress(deps, line.concertId)).toMatchObject({ phase: 'paused', capacity: 9 })
  })

  test('hears that another changed what it was about to change, and undoes none of it', async () => {
    const line = await setUp(100)
    await tuneLine(deps, { ...line, ratePerMinute: 50 })
    const colleague = { ...line, operatorId: await makeFan(deps) }
    const lock = { text: 'select from lines where concert_id = $1 for update', values: [line.concertId] }
    const lower = { ...colleague, ratePerMinute: 20, from: { ratePerMinute: 50 } }
    const raise = { ...line, ratePerMinute: 80, capacity: 200, from: { ratePerMinute: 50, capacity: 100 } }
    const outcomes = await meetInOrder(deps, lock, [() => tuneLine(deps, lower), () => tuneLine(deps, raise)])
    expect(outcomes).toMatchObject([
      { status: 'fulfilled' },
      { reason: { code: 'BAD_INPUT', details: { faults: [changed('ratePerMinute')] } } },
    ])
    expect((await readLine(deps, line.concertId)).line).toMatchObject({ ratePerMinute: 20, capacity: 100 })
    // a repeat, and what nobody else touched
    await tuneLine(deps, lower)
    await tuneLine(deps, { ...line, capacity: 200, from: { capacity: 100 } })
    expect((await readLine(deps, line.concertId)).line).toMatchObject({ ratePerMinute: 20, capacity: 200 })
  })

  test('guard off: who does not say what they saw puts back what another has lowered', async () => {
    const line = await setUp(100)
    await tuneLine(deps, { ...line, ratePerMinute: 50 })
    await tuneLine(deps, { ...line, ratePerMinute: 20, from: { ratePerMinute: 50 } })
    await tuneLine(deps, { ...line, ratePerMinute: 50, capacity: 200 })
    expect((await readLine(deps, line.concertId)).line.ratePerMinute).toBe(50)
  })

  test('cannot steer a line that does not exist', async () => {
    const line = { concertId: 999_999 as ConcertId, operatorId: await makeFan(deps) }
    await expect(steerLine(deps, { ...line, action: 'pause' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(admitStaff(deps, { ...line, email: 'nobody@test.example' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })
})

describe('what was said by hand ends', () => {
  test('a line that was paused and opened again closes in time, and sells nothing any more', async () => {
    const show = await makeShow(deps)
    const line = { concertId: show.concertId, operatorId: await makeFan(deps) }
    await changeLine(deps, line.concertId, { closes_at: await momentFromNow(3_600) })
    await steerLine(deps, { ...line, action: 'pause' })
    await steerLine(deps, { ...line, action: 'open' })
    expect(await phaseOf(line)).toBe('open')
    await changeLine(deps, line.concertId, { closes_at: await momentFromNow(-1) })
    expect(await phaseOf(line)).toBe('closed')
    await expect(holdInside(deps, await makeFan(deps), show, 0)).rejects.toMatchObject({
      code: 'SALE_CLOSED',
    })
  })

  test('one that was opened early closes in time, too', async () => {
    const line = await setUpLobby()
    await changeLine(deps, line.concertId, { closes_at: await momentFromNow(7_200) })
    await steerLine(deps, { ...line, action: 'open' })
    expect(await phaseOf(line)).toBe('open')
    await changeLine(deps, line.concertId, {
      lobby_opens_at: null,
      opens_at: await momentFromNow(-3_600),
      closes_at: await momentFromNow(-1),
    })
    expect(await phaseOf(line)).toBe('closed')
  })

  test('a lobby that was paused goes on as a lobby, its draw whole', async () => {
    const { draw, ...line } = await setUpLobby()
    const fans = await makeFans(deps, 30)
    for (const fanId of fans.slice(0, 10)) await joinLine(deps, { ...line, fanId })
    await steerLine(deps, { ...line, action: 'pause' })
    expect(await phaseOf(line)).toBe('paused')
    for (const fanId of fans.slice(10, 20)) await joinLine(deps, { ...line, fanId })
    await steerLine(deps, { ...line, action: 'resume' })
    expect(await phaseOf(line)).toBe('lobby')
    expect((await admit(deps, line)).offered).toEqual([])
    for (const fanId of fans.slice(20)) await joinLine(deps, { ...line, fanId })
    // and nobody may know yet how they stand
    expect((await readLineStatus(deps, { ...line, fanId: fans[0] as AccountId })).draw?.seed).toBeNull()
    const drawn = fans.toSorted((a, b) => drawnPlace(draw.seed, a).seq - drawnPlace(draw.seed, b).seq)
    expect(await waitingFans(deps, line.concertId)).toEqual(drawn)
    await changeLine(deps, line.concertId, { opens_at: await momentFromNow(-1) })
    expect((await admit(deps, line)).offered).toEqual(drawn.slice(0, 10))
  })

  test('of a line that was opened early nothing is taken back: it is open again, and its draw is over', async () => {
    const line = await setUpLobby()
    const fans = await makeFans(deps, 12)
    await steerLine(deps, { ...line, action: 'open' })
    await steerLine(deps, { ...line, action: 'pause' })
    for (const fanId of fans) await joinLine(deps, { ...line, fanId })
    expect(await waitingFans(deps, line.concertId)).toEqual(fans)
    await steerLine(deps, { ...line, action: 'resume' })
    expect(await phaseOf(line)).toBe('open')
  })

  test('opened after its close a line stays open: that close is gone, as the audit tells', async () => {
    const line = await setUp(10)
    const closesAt = await momentFromNow(-60)
    await changeLine(deps, line.concertId, { closes_at: closesAt })
    await steerLine(deps, { ...line, action: 'resume' })
    expect(await phaseOf(line)).toBe('closed')
    await steerLine(deps, { ...line, action: 'open' })
    expect(await phaseOf(line)).toBe('open')
    const [newest] = await listAudit(deps)
    expect(newest).toMatchObject({
      action: 'line.steer',
      before: { override: null, closesAtMs: closesAt.getTime() },
      after: { override: null, closesAtMs: null },
    })
  })

  test('a line that closed with its last date opens in time with another one', async () => {
    const show = await makeShow(deps)
    const line = { concertId: show.concertId, operatorId: await makeFan(deps) }
    await changeLine(deps, line.concertId, { opens_at: await momentFromNow(3_600) })
    await cancelShow(deps, { showId: show.showId, operatorId: line.operatorId, reason: 'the hall burnt' })
    await addShow(deps, line.concertId)
    forgetLine(deps, line.concertId)
    expect(await readSteering(deps, line.concertId)).toEqual({
      saidByHand: 'closed',
      scheduledPhase: 'before',
    })
    await steerLine(deps, { ...line, action: 'resume' })
    expect(await phaseOf(line)).toBe('before')
    await changeLine(deps, line.concertId, { opens_at: await momentFromNow(-1) })
    const fanId = await makeFan(deps)
    expect((await joinLine(deps, { ...line, fanId })).entry.state).toBe('active')
  })

  test('who opens it while its opening is postponed is decided after that: they open it early', async () => {
    const line = await setUpLobby()
    await steerLine(deps, { ...line, action: 'pause' })
    await changeLine(deps, line.concertId, { opens_at: await momentFromNow(-1) })
    const opening = await inTransaction(deps.db, async (tx) => {
      await tx.query("update lines set opens_at = now() + interval '1 hour' where concert_id = $1", [
        line.concertId,
      ])
      const under = steerLine(deps, { ...line, action: 'open' })
      await tx.query('select pg_sleep(0.05)')
      return { under }
    })
    await opening.under
    expect(await phaseOf(line)).toBe('open')
  })
})

test('every line that may still let somebody in wants ticks', async () => {
  const [kept, closed, reopened, past] = [await setUp(1), await setUp(1), await setUp(1), await setUp(1)]
  for (const { concertId } of [closed, reopened])
    await changeLine(deps, concertId, { closes_at: new Date(Date.now() - 7_200_000) })
  await steerLine(deps, { ...reopened, action: 'open' })
  await deps.db.pool.query("update shows set starts_at = now() - interval '2 hours' where concert_id = $1", [
    past.concertId,
  ])
  const lines = new Set(await listLines(deps))
  const wants = [kept, closed, reopened, past].map(({ concertId }) => lines.has(concertId))
  expect(wants).toEqual([true, false, true, false])
})

test('a line nobody has looked at yet has numbers too', async () => {
  const { concertId } = await setUp(5)
  expect(await readProgress(deps, concertId)).toMatchObject({ waiting: 0, active: 0, capacity: 5, stock: [] })
})
