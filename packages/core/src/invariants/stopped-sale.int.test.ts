import { randomUUID } from 'node:crypto'
import { type ErrorCode, showId } from '@greenroom/contract'
import { expect, onTestFinished, test } from 'vitest'
import { listAudit } from '../testing/list-audit.ts'
import { pay, payHeld, refund } from '../payments/index.ts'
import { asOwner } from '../testing/as-owner.ts'
import { meetInOrder } from '../testing/blocked-rows.ts'
import { holdInside } from '../testing/hold-inside.ts'
import { insertHold } from '../testing/insert-hold.ts'
import { makeFan } from '../testing/make-fan.ts'
import { makeRichFan } from '../testing/make-rich-fan.ts'
import { addShow, makeShow, type TestShow } from '../testing/make-show.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { textWithout } from '../testing/text-without.ts'
import { checkInvariants, readInvariants, resumeSale } from './index.ts'
import { resumeText } from './sale-stop-store.ts'

const deps = await createTestDeps()

/** Two dates of one concert; somebody has bought and somebody holds seats of the first. */
async function openSale() {
  const show = await makeShow(deps)
  const otherDate = await addShow(deps, show.concertId)
  const fanId = await makeRichFan(deps)
  const [bought, held] = [
    await insertHold(deps, { fanId, show, seatIds: show.seatIds.slice(0, 1) }),
    await insertHold(deps, { fanId, show, seatIds: show.seatIds.slice(1, 2) }),
  ]
  const payment = { fanId, reservationIds: [bought], idempotencyKey: randomUUID() }
  const receipt = await pay(deps, payment)
  return { show, otherDate, fanId, bought, held, payment, receipt }
}

/** A seat that is not where its id says, until the test is over. */
async function displace(show: TestShow, seat: number): Promise<void> {
  const seatId = show.seatIds[seat] ?? 0
  const move = 'update seats set ordinal = ordinal + $2 where id = $1'
  onTestFinished(async () => void (await deps.db.pool.query(move, [seatId, -1_000])))
  await deps.db.pool.query(move, [seatId, 1_000])
}

/** What an operator sees of a stopped show, and says to have looked at. */
async function lookAt({ showId: of }: TestShow) {
  const { stops } = await readInvariants(deps)
  return { showId: of, stopIds: stops.filter((stop) => stop.showId === of).map(({ stopId }) => stopId) }
}

/** A show with a fault that an operator sees. */
async function stopOnce() {
  const { show, fanId } = await openSale()
  const operatorId = await makeFan(deps)
  await displace(show, 5)
  await checkInvariants(deps, { cost: 'cheap' })
  return { show, fanId, operatorId, looked: await lookAt(show) }
}

/** The same, and one that was found after they looked. */
async function stopTwice() {
  const stopped = await stopOnce()
  await displace(stopped.show, 6)
  await checkInvariants(deps, { cost: 'cheap' })
  return stopped
}

const refused = { code: 'SALE_STOPPED' satisfies ErrorCode, details: { reason: 'no-seat-of-no-show' } }

test('a broken invariant stops holds and payments of its show, and of no other; an operator lets it go on, audited', async () => {
  const { show, otherDate, fanId, bought, held, payment, receipt } = await openSale()
  expect(await checkInvariants(deps, { cost: 'cheap' })).toMatchObject({ violations: [], stopped: [] })
  await displace(show, 5)
  expect(await checkInvariants(deps, { cost: 'cheap' })).toMatchObject({ stopped: [show.showId] })

  const late = await makeFan(deps)
  await expect(holdInside(deps, late, show, 10)).rejects.toMatchObject(refused)
  await expect(
    pay(deps, { fanId, reservationIds: [held], idempotencyKey: randomUUID() }),
  ).rejects.toMatchObject(refused)
  await expect(payHeld(deps, { fanId, reservationIds: [held] })).rejects.toMatchObject(refused)
  // what was sold stays so: its reply is repeated, and it may be given back
  expect(await pay(deps, payment)).toEqual(receipt)
  await refund(deps, { fanId, reservationId: bought, idempotencyKey: randomUUID() })
  // and the other date sells on
  await holdInside(deps, fanId, otherDate, 10)

  expect((await readInvariants(deps)).stops).toContainEqual(
    expect.objectContaining({ showId: show.showId, concertId: show.concertId, oracle: 'no-seat-of-no-show' }),
  )
  const operatorId = await makeFan(deps)
  const looked = await lookAt(show)
  expect(await resumeSale(deps, { ...looked, operatorId })).toEqual({ isStopped: false, openFaults: 0 })
  await holdInside(deps, late, show, 10)
  await pay(deps, { fanId, reservationIds: [held], idempotencyKey: randomUUID() })
  expect((await readInvariants(deps)).stops).toEqual([])
  const audited = async () => (await listAudit(deps)).filter(({ action }) => action === 'sale.resume')
  expect(await audited()).toMatchObject([
    {
      target: `show ${show.showId}`,
      before: { stoppedBy: 'no-seat-of-no-show' },
      after: { stoppedBy: null },
    },
  ])
  await resumeSale(deps, { ...looked, operatorId })
  expect(await audited()).toHaveLength(1)
})

test('a fault that an operator has looked at does not stop the sale again; a new one does', async () => {
  const { show } = await openSale()
  const operatorId = await makeFan(deps)
  await displace(show, 5)
  await checkInvariants(deps, { cost: 'cheap' })
  await resumeSale(deps, { ...(await lookAt(show)), operatorId })
  expect(await checkInvariants(deps, { cost: 'cheap' })).toMatchObject({ stopped: [] })
  await displace(show, 6)
  expect(await checkInvariants(deps, { cost: 'cheap' })).toMatchObject({ stopped: [show.showId] })
})

test('a fault that was found after the operator looked keeps the show stopped, and the answer says so', async () => {
  const { show, fanId, operatorId, looked } = await stopTwice()
  expect(looked.stopIds).toHaveLength(1)
  expect(await resumeSale(deps, { ...looked, operatorId })).toEqual({ isStopped: true, openFaults: 1 })
  await expect(holdInside(deps, fanId, show, 10)).rejects.toMatchObject(refused)
  // one of another show says nothing of this one
  const other = await stopTwice()
  expect(await resumeSale(deps, { ...other.looked, showId: show.showId, operatorId })).toMatchObject({
    isStopped: true,
  })
  const rest = await lookAt(show)
  expect(rest.stopIds).not.toEqual(looked.stopIds)
  expect(await resumeSale(deps, { ...rest, operatorId })).toEqual({ isStopped: false, openFaults: 0 })
  await holdInside(deps, fanId, show, 10)
  const { rows } = await deps.db.pool.query('select from sale_stops where show_id = $1 and resumed_by = $2', [
    show.showId,
    operatorId,
  ])
  expect(rows).toHaveLength(2)
})

test('without the look at which faults were named, one that nobody saw is waved through and never stops the show again', async () => {
  const { show, fanId, operatorId, looked } = await stopTwice()
  const guardsOff = textWithout(resumeText, { 'and id = any($3::bigint[])': 'and $3::bigint[] is not null' })
  await deps.db.pool.query(guardsOff, [show.showId, operatorId, looked.stopIds])
  await holdInside(deps, fanId, show, 10)
  expect(await checkInvariants(deps, { cost: 'cheap' })).toMatchObject({ stopped: [] })
})

test('a show with more faults than are told says how many it has, and hides no other show', async () => {
  const [{ show: full }, { show: other }] = [await openSale(), await openSale()]
  const stop =
    'insert into sale_stops (show_id, oracle, fault) select $1, $2, n::text from generate_series(1, $3::int) n'
  await deps.db.pool.query(stop, [other.showId, 'one-owner-per-seat', 1])
  await deps.db.pool.query(stop, [full.showId, 'one-owner-per-seat', 300])
  const { stops } = await readInvariants(deps)
  const ofFull = stops.filter(({ showId: of }) => of === full.showId)
  expect(ofFull).toHaveLength(50)
  expect(ofFull[0]).toMatchObject({ fault: '300', openOfShow: 300 })
  expect(stops.filter(({ showId: of }) => of === other.showId)).toMatchObject([{ openOfShow: 1 }])
  const operatorId = await makeFan(deps)
  expect(await resumeSale(deps, { ...(await lookAt(full)), operatorId })).toMatchObject({ openFaults: 250 })
})

test('two checks at once stop a show once', async () => {
  const { show } = await openSale()
  await displace(show, 5)
  const checks = await Promise.all(Array.from({ length: 4 }, () => checkInvariants(deps, { cost: 'cheap' })))
  expect(checks.flatMap(({ stopped }) => stopped)).toEqual([show.showId])
})

test('of two operators who let a sale go on at the same moment one did it, and the audit names that one', async () => {
  const { show } = await openSale()
  const [first, second] = [await makeFan(deps), await makeFan(deps)]
  await displace(show, 5)
  await checkInvariants(deps, { cost: 'cheap' })
  const row = { text: 'select from shows where id = $1 for update', values: [show.showId] }
  const looked = await lookAt(show)
  const outcomes = await meetInOrder(deps, row, [
    () => resumeSale(deps, { ...looked, operatorId: first }),
    () => resumeSale(deps, { ...looked, operatorId: second }),
  ])
  expect(outcomes).toMatchObject([{ status: 'fulfilled' }, { status: 'fulfilled' }])
  const resumes = (await listAudit(deps)).filter(({ target }) => target === `show ${show.showId}`)
  expect(resumes).toMatchObject([{ action: 'sale.resume' }])
  const { rows } = await deps.db.pool.query('select resumed_by as "by" from sale_stops where show_id = $1', [
    show.showId,
  ])
  expect(rows).toEqual([{ by: first }])
})

test('a fault that is found while an operator lets the sale go on keeps it stopped', async () => {
  const { show, fanId, operatorId, looked } = await stopOnce()
  await displace(show, 6)
  const row = { text: 'select from shows where id = $1 for update', values: [show.showId] }
  const [, resumed] = await meetInOrder(deps, row, [
    () => checkInvariants(deps, { cost: 'cheap' }),
    () => resumeSale(deps, { ...looked, operatorId }),
  ])
  expect(resumed).toMatchObject({ value: { isStopped: true, openFaults: 1 } })
  await expect(holdInside(deps, fanId, show, 10)).rejects.toMatchObject(refused)
})

test('a payment that two keys made, or that was given back twice, stops its show', async () => {
  const { show, fanId, bought } = await openSale()
  await refund(deps, { fanId, reservationId: bought, idempotencyKey: randomUUID() })
  for (const command of ['pay', 'refund']) {
    await deps.db.pool.query(
      `insert into idempotency_keys (fan_id, key, command, body_hash, reply)
       select fan_id, $2, command, body_hash, reply from idempotency_keys where fan_id = $1 and command = $3`,
      [fanId, randomUUID(), command],
    )
    const { violations } = await checkInvariants(deps, { cost: 'cheap' })
    expect(violations).toContainEqual(
      expect.objectContaining({ oracle: 'one-effect-per-key', showId: show.showId }),
    )
  }
  expect((await readInvariants(deps)).stops).toContainEqual(
    expect.objectContaining({ showId: show.showId, oracle: 'one-effect-per-key' }),
  )
  await asOwner(deps, (tx) => tx.query('delete from idempotency_keys where fan_id = $1', [fanId]))
})

test('news that are late are told and stop nothing', async () => {
  const { show, fanId } = await openSale()
  await deps.db.pool.query(
    "insert into outbox (show_id, payload, created_at) values ($1, '{}', now() - interval '1 hour')",
    [show.showId],
  )
  const { violations, stopped } = await checkInvariants(deps, { cost: 'cheap' })
  expect(violations).toMatchObject([{ oracle: 'every-seat-change-is-published' }])
  expect(stopped).toEqual([])
  expect((await readInvariants(deps)).check?.violations).toEqual(violations)
  await holdInside(deps, fanId, show, 10)
})

test('an unknown show is NOT_FOUND', async () => {
  const input = { showId: showId.parse(999_999), stopIds: [], operatorId: await makeFan(deps) }
  await expect(resumeSale(deps, input)).rejects.toMatchObject({ code: 'NOT_FOUND' satisfies ErrorCode })
})
