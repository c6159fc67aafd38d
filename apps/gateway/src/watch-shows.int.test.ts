import { setTimeout as sleep } from 'node:timers/promises'
import type { SeatFrame } from '@greenroom/contract'
import { admit, holdSeats, leaveLine, readSeatPosition, releaseReservation, tuneLine } from '@greenroom/core'
import { createTestDeps, emptyRedis, givePass, makeShow } from '@greenroom/core/testing'
import { expect, test } from 'vitest'
import { ask, next, startTestGateway, type TestFan } from './testing/test-gateway.ts'

const deps = await createTestDeps()
const gateway = await startTestGateway(deps)

async function letIn(show: Awaited<ReturnType<typeof makeShow>>) {
  const fan = await gateway.signUpFan()
  const pass = await givePass(deps, { concertId: show.concertId, fanId: fan.fanId })
  return { ...fan, pass, showId: show.showId, socket: await gateway.connectAs(fan) }
}

function take(fan: TestFan & { pass: string }, show: Awaited<ReturnType<typeof makeShow>>, count: number) {
  return holdSeats(deps, {
    fanId: fan.fanId,
    showId: show.showId,
    pass: fan.pass,
    seatIds: show.seatIds.slice(0, count),
  })
}

test('whoever watches a show sees seats taken and given back by others', async () => {
  const show = await makeShow(deps)
  const [watcher, buyer] = await Promise.all([letIn(show), letIn(show)])
  const { showId, pass } = watcher
  expect(await ask(watcher.socket, 'show:watch', { showId, pass })).toMatchObject({
    ok: true,
    value: { frame: null },
  })
  const taken = next(watcher.socket, 'seats')
  const { reservationId } = await take(buyer, show, 2)
  const [one, two] = show.seatIds
  expect(await taken).toMatchObject({
    showId,
    changes: [
      [one, 'held', 1],
      [two, 'held', 1],
    ],
  })
  const back = next(watcher.socket, 'seats')
  await releaseReservation(deps, { fanId: buyer.fanId, reservationId })
  expect(await back).toMatchObject({
    showId,
    changes: [
      [one, 'available', 2],
      [two, 'available', 2],
    ],
  })
})

test('frames join end to end, whatever was coalesced', async () => {
  const show = await makeShow(deps, { seatsPerFan: 100 })
  const [watcher, buyer] = await Promise.all([letIn(show), letIn(show)])
  const frames: SeatFrame[] = []
  watcher.socket.on('seats', (frame) => frames.push(frame))
  const reply = await ask(watcher.socket, 'show:watch', { showId: show.showId, pass: watcher.pass })
  const begin = reply.ok ? Reflect.get(reply.value, 'seq') : Number.NaN
  for (const seatId of show.seatIds.slice(0, 20)) {
    await holdSeats(deps, { fanId: buyer.fanId, showId: show.showId, pass: buyer.pass, seatIds: [seatId] })
  }
  const end = begin + 20
  await expect.poll(() => frames.at(-1)?.to).toBe(end)
  expect(await readSeatPosition(deps, show.showId)).toBe(end)
  expect(frames.map((frame) => frame.from)).toEqual([begin, ...frames.slice(0, -1).map((frame) => frame.to)])
  expect(frames.length).toBeLessThan(20)
})

test('who comes back with a position is told what was missed', async () => {
  const show = await makeShow(deps)
  const [watcher, buyer] = await Promise.all([letIn(show), letIn(show)])
  const seq = await readSeatPosition(deps, show.showId)
  await take(buyer, show, 1)
  await expect.poll(() => readSeatPosition(deps, show.showId)).toBe(seq + 1)
  const { showId, pass } = watcher
  expect(await ask(watcher.socket, 'show:watch', { showId, pass, seq })).toMatchObject({
    ok: true,
    value: { seq: seq + 1, frame: { from: seq, to: seq + 1, changes: [[show.seatIds[0], 'held', 1]] } },
  })
  expect(await ask(watcher.socket, 'show:watch', { showId, pass, seq: 3 })).toMatchObject({
    ok: true,
    value: { frame: null },
  })
})

test('frames say nothing of whose hold it is; the owner hears it on another device', async () => {
  const show = await makeShow(deps)
  const [watcher, buyer] = await Promise.all([letIn(show), letIn(show)])
  await ask(watcher.socket, 'show:watch', { showId: show.showId, pass: watcher.pass })
  const seats = next(watcher.socket, 'seats')
  const told: unknown[] = []
  watcher.socket.on('hold', (hold) => told.push(hold))
  const hold = next(buyer.socket, 'hold')
  const { reservationId } = await take(buyer, show, 1)
  expect(await hold).toMatchObject({ reservationId, showId: show.showId, state: 'HELD' })
  expect(Object.keys(await seats).toSorted()).toEqual(['changes', 'from', 'showId', 'to'])
  expect(told).toEqual([])
})

test("without a pass, with somebody else's, or with another concert's, nobody watches", async () => {
  const show = await makeShow(deps)
  const other = await makeShow(deps)
  const [watcher, stranger] = await Promise.all([letIn(show), letIn(other)])
  const outside = await gateway.connectAs(await gateway.signUpFan())
  const { showId } = show
  const tries = [
    await ask(outside, 'show:watch', { showId, pass: 'x' }),
    await ask(outside, 'show:watch', { showId, pass: watcher.pass }),
    await ask(stranger.socket, 'show:watch', { showId, pass: stranger.pass }),
  ]
  const reasons = tries.map((reply) => (reply.ok ? 'ok' : Reflect.get(reply.error.details, 'reason')))
  expect(reasons).toEqual(['invalid', 'otherFan', 'otherConcert'])
  expect(await ask(watcher.socket, 'show:watch', { showId: 999_999, pass: watcher.pass })).toMatchObject({
    ok: false,
    error: { code: 'NOT_FOUND' },
  })
})

test('an operator watches without a pass, also after a look through the passes; a fan who shows none does not', async () => {
  const show = await makeShow(deps)
  const looking = await startTestGateway(deps, { recheckEveryMs: 50 })
  const operator = await looking.connect({ auth: { token: await gateway.signInOperator() } })
  const [fan, buyer] = await Promise.all([letIn(show), letIn(show)])
  const { showId } = show
  expect(await ask(fan.socket, 'show:watch', { showId })).toMatchObject({
    ok: false,
    error: { code: 'PASS_REQUIRED' },
  })
  expect(await ask(operator, 'show:watch', { showId })).toMatchObject({ ok: true, value: { frame: null } })
  const heard: unknown[] = []
  fan.socket.on('seats', (frame) => heard.push(frame))
  await sleep(200)
  const seats = next(operator, 'seats')
  await take(buyer, show, 1)
  expect(await seats).toMatchObject({ showId, changes: [[show.seatIds[0], 'held', 1]] })
  await sleep(anotherGatewaysFrameMs)
  expect(heard).toEqual([])
})

test("an operator who shows a fan's pass is asked about that, as anybody", async () => {
  const show = await makeShow(deps)
  const fan = await letIn(show)
  const operator = await gateway.connect({ auth: { token: await gateway.signInOperator() } })
  expect(await ask(operator, 'show:watch', { showId: show.showId, pass: fan.pass })).toMatchObject({
    ok: false,
    error: { code: 'PASS_REFUSED', details: { reason: 'otherFan' } },
  })
})

test('who was not let in hears nothing of the seats', async () => {
  const show = await makeShow(deps)
  const [watcher, buyer] = await Promise.all([letIn(show), letIn(show)])
  const outside = await gateway.connectAs(await gateway.signUpFan())
  const heard: unknown[] = []
  outside.onAny((...message) => heard.push(message))
  await ask(outside, 'show:watch', { showId: show.showId, pass: watcher.pass })
  await ask(watcher.socket, 'show:watch', { showId: show.showId, pass: watcher.pass })
  const seats = next(watcher.socket, 'seats')
  await take(buyer, show, 1)
  await seats
  await ask(outside, 'line:watch', { concertId: show.concertId })
  expect(heard).toEqual([])
})

/** Whether a change that `witness` sees reaches `other` too. */
/** A frame may be held back for 100 ms: another gateway sends the same change that much later. */
const anotherGatewaysFrameMs = 300

async function hearsNextChange(
  show: Awaited<ReturnType<typeof makeShow>>,
  { other, witness, buyer }: Record<'other' | 'witness' | 'buyer', Awaited<ReturnType<typeof letIn>>>,
) {
  const heard: SeatFrame[] = []
  other.socket.on('seats', (frame) => heard.push(frame))
  const seats = next(witness.socket, 'seats')
  const { reservationId } = await take(buyer, show, 1)
  const { to } = await seats
  await releaseReservation(deps, { fanId: buyer.fanId, reservationId })
  await sleep(anotherGatewaysFrameMs)
  return heard.some((frame) => frame.to >= to)
}
const patiently = { timeout: 20_000, interval: 300 }

test('when the line says that a turn ended, so does the watching', async () => {
  const show = await makeShow(deps)
  await deps.db.pool.query('update lines set pass_ttl_ms = 3000 where concert_id = $1', [show.concertId])
  const other = await letIn(show)
  await deps.db.pool.query('update lines set pass_ttl_ms = 600000 where concert_id = $1', [show.concertId])
  const ended = next(other.socket, 'entry')
  expect(await ask(other.socket, 'show:watch', { showId: show.showId, pass: other.pass })).toMatchObject({
    ok: true,
  })
  await expect
    .poll(() => admit(deps, { concertId: show.concertId }).then((tick) => tick.ended), { ...patiently })
    .toEqual([other.fanId])
  expect(await ended).toMatchObject({ entry: { state: 'none' } })
  const [witness, buyer] = await Promise.all([letIn(show), letIn(show)])
  await ask(witness.socket, 'show:watch', { showId: show.showId, pass: witness.pass })
  await expect.poll(() => hearsNextChange(show, { other, witness, buyer }), patiently).toBe(false)
})

test('whoever leaves stops watching at the next look through the passes', async () => {
  const show = await makeShow(deps)
  const looking = await startTestGateway(deps, { recheckEveryMs: 100 })
  const [other, witness, buyer] = await Promise.all([letIn(show), letIn(show), letIn(show)])
  const moved = { ...other, socket: await looking.connectAs(other) }
  await ask(moved.socket, 'show:watch', { showId: show.showId, pass: moved.pass })
  await ask(witness.socket, 'show:watch', { showId: show.showId, pass: witness.pass })
  await leaveLine(deps, { concertId: show.concertId, fanId: other.fanId })
  await expect.poll(() => hearsNextChange(show, { other: moved, witness, buyer }), patiently).toBe(false)
})

test('whoever has to wait again, because Redis forgot their pass and the room is full, stops watching', async () => {
  const show = await makeShow(deps, { seatsPerFan: 50 })
  const looking = await startTestGateway(deps, { recheckEveryMs: 100 })
  const [other, witness, buyer] = await Promise.all([letIn(show), letIn(show), letIn(show)])
  const moved = await looking.connectAs(other)
  await ask(moved, 'show:watch', { showId: show.showId, pass: other.pass })
  await ask(witness.socket, 'show:watch', { showId: show.showId, pass: witness.pass })
  const holds = await Promise.all(
    show.seatIds.map((seatId) => holdSeats(deps, { ...buyer, seatIds: [seatId] })),
  )
  await tuneLine(deps, { concertId: show.concertId, operatorId: other.fanId, capacity: 0 })
  await emptyRedis(deps)
  const heard: SeatFrame[] = []
  moved.on('seats', (frame) => heard.push(frame))
  const hearsNextRelease = async () => {
    const seats = next(witness.socket, 'seats')
    const hold = holds.pop()
    if (hold === undefined) throw new Error('no holds left to release')
    await releaseReservation(deps, { fanId: buyer.fanId, reservationId: hold.reservationId })
    const { to } = await seats
    await sleep(anotherGatewaysFrameMs)
    return heard.some((frame) => frame.to >= to)
  }
  await expect.poll(hearsNextRelease, patiently).toBe(false)
})
