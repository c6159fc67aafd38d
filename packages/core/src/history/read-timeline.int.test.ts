import { randomUUID } from 'node:crypto'
import type { AccountId, TimelineEvent } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { pay, refund } from '../payments/index.ts'
import { expireReservations } from '../reservations/index.ts'
import { emptyRedis } from '../testing/empty-redis.ts'
import { holdInside, lapseHold } from '../testing/hold-inside.ts'
import { makeFan } from '../testing/make-fan.ts'
import { makeQueue } from '../testing/make-queue.ts'
import { makeRichFan } from '../testing/make-rich-fan.ts'
import { makeShow } from '../testing/make-show.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { admitTicket, listTickets } from '../tickets/index.ts'
import { copyLineHistories, joinLine, leaveLine } from '../waiting-room/index.ts'
import { findFan, readTimeline } from './index.ts'

const deps = await createTestDeps()

async function eventsOf(fanId: AccountId): Promise<TimelineEvent[]> {
  return (await readTimeline(deps, { fanId, limit: 100 })).events
}
const whatOf = (events: TimelineEvent[]): string[] => events.map(({ what }) => what).toReversed()

test("a fan who lost a seat sees when, and that it is another fan's now; nothing says whose", async () => {
  const show = await makeShow(deps)
  const [slow, quick] = [await makeFan(deps), await makeFan(deps)]
  const held = await holdInside(deps, slow, show, 0, 1)
  await lapseHold(deps, held)
  await holdInside(deps, quick, show, 0)
  const events = await eventsOf(slow)
  expect(whatOf(events)).toEqual(['signedUp', 'held', 'expired'])
  expect(events[0]).toMatchObject({
    what: 'expired',
    reservationId: held.reservationId,
    seats: [
      { section: 'Floor', row: 'A', number: '1' },
      { section: 'Floor', row: 'A', number: '2' },
    ],
    since: [
      { number: '1', fate: 'othersAtOnce' },
      { number: '2', fate: 'free', atMs: null },
    ],
  })
  expect(JSON.stringify(events)).not.toContain(`"fanId"`)
  const other = await findFan(deps, { by: 'fan', text: String(quick) })
  expect(JSON.stringify(events)).not.toContain(other.email)
})

test("a seat that was free for a while before another fan took it is told so; one's own again, too", async () => {
  const show = await makeShow(deps)
  const [slow, later] = [await makeFan(deps), await makeFan(deps)]
  const held = await holdInside(deps, slow, show, 0, 1)
  await lapseHold(deps, held)
  await expireReservations(deps, [held.reservationId])
  await holdInside(deps, later, show, 0)
  await holdInside(deps, slow, show, 1)
  const expired = (await eventsOf(slow)).find(({ what }) => what === 'expired')
  expect(expired).toMatchObject({ since: [{ fate: 'othersLater' }, { fate: 'own' }] })
})

test('from signing up to the gate and back, in order, with the money', async () => {
  const show = await makeShow(deps, { priceMinor: 40_000 })
  const fanId = await makeRichFan(deps, 100_000)
  const { reservationId } = await holdInside(deps, fanId, show, 3)
  await pay(deps, { fanId, reservationIds: [reservationId], idempotencyKey: randomUUID() })
  const [ticket] = await listTickets(deps, fanId)
  await admitTicket(deps, { operatorId: fanId, code: ticket?.code ?? '' })
  const kept = await holdInside(deps, fanId, show, 4)
  await pay(deps, { fanId, reservationIds: [kept.reservationId], idempotencyKey: randomUUID() })
  await refund(deps, { fanId, reservationId: kept.reservationId, idempotencyKey: randomUUID() })
  const events = await eventsOf(fanId)
  expect(whatOf(events).filter((what) => what !== 'money')).toEqual([
    'signedUp',
    'held',
    'paid',
    'ticketIssued',
    'ticketUsed',
    'held',
    'paid',
    'ticketIssued',
    'refunded',
  ])
  const money = events.flatMap((event) => (event.what === 'money' ? [event] : [])).toReversed()
  expect(money.map(({ kind, balanceAfterMinor }) => [kind, balanceAfterMinor])).toEqual([
    ['charge', 100_000],
    ['payment', 60_000],
    ['payment', 20_000],
    ['refund', 60_000],
  ])
  const times = events.map(({ atMs }) => atMs)
  expect(times).toEqual(times.toSorted((one, other) => other - one))
})

test('moves in a line are told with what is known of it; before it was kept, what was noted', async () => {
  const { concertId, fans } = await makeQueue(deps, 2)
  const [leaver] = fans as [AccountId]
  await deps.db.pool.query(
    `insert into entered_places (concert_id, fan_id, epoch, seq, entered_at) values ($1, $2, 1, 1, now() - interval '1 hour')`,
    [concertId, leaver],
  )
  const before = await readTimeline(deps, { fanId: leaver, concertId, limit: 10 })
  expect(before).toMatchObject({ lines: [], events: [{ what: 'line', move: 'entered', isFromNote: true }] })
  await copyLineHistories(deps)
  await leaveLine(deps, { concertId, fanId: leaver })
  await joinLine(deps, { concertId, fanId: leaver })
  await copyLineHistories(deps)
  await emptyRedis(deps)
  const { events, lines } = await readTimeline(deps, { fanId: leaver, concertId, limit: 10 })
  expect(new Set(events.map((event) => event.what === 'line' && event.move))).toEqual(
    new Set(['entered', 'joined', 'left']),
  )
  expect(events).toHaveLength(4)
  expect(lines).toMatchObject([{ concertId, gaps: [] }])
  expect(lines[0]?.untilMs).toBeGreaterThanOrEqual(lines[0]?.sinceMs ?? 0)
  await joinLine(deps, { concertId, fanId: fans[1] as AccountId })
  await copyLineHistories(deps)
  const after = await readTimeline(deps, { fanId: leaver, concertId, limit: 1 })
  expect(after.lines[0]?.gaps).toMatchObject([{ reason: 'redisLost' }])
})

test('pages follow each other without a gap or a repeat, also where much happens at one moment', async () => {
  const show = await makeShow(deps, { seatsPerFan: 10 })
  const fanId = await makeRichFan(deps)
  for (const seats of [[0], [1], [2, 3, 4]]) {
    const { reservationId } = await holdInside(deps, fanId, show, ...seats)
    await pay(deps, { fanId, reservationIds: [reservationId], idempotencyKey: randomUUID() })
  }
  const all = await eventsOf(fanId)
  const paged: TimelineEvent[] = []
  let cursor: string | undefined
  do {
    const page = await readTimeline(deps, { fanId, limit: 2, ...(cursor === undefined ? {} : { cursor }) })
    paged.push(...page.events)
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  expect(paged).toEqual(all)
  expect(all).toHaveLength(1 + 1 + 3 * 3 + 5)
})

test('a timeline of one concert has nothing of another, and one of nobody is refused', async () => {
  const [one, other] = [await makeShow(deps), await makeShow(deps)]
  const fanId = await makeFan(deps)
  await holdInside(deps, fanId, one, 0)
  await holdInside(deps, fanId, other, 0)
  const page = await readTimeline(deps, { fanId, concertId: one.concertId, limit: 10 })
  expect(page.events.map(({ concertId }) => concertId)).toEqual([one.concertId])
  await expect(readTimeline(deps, { fanId: 999_999 as AccountId, limit: 1 })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
})

test('a fan is found by what an operator has at hand', async () => {
  const show = await makeShow(deps)
  const fanId = await makeRichFan(deps)
  const { reservationId } = await holdInside(deps, fanId, show, 0)
  const { paymentId } = await pay(deps, {
    fanId,
    reservationIds: [reservationId],
    idempotencyKey: randomUUID(),
  })
  const [ticket] = await listTickets(deps, fanId)
  const { email } = await findFan(deps, { by: 'fan', text: String(fanId) })
  const found = async (by: Parameters<typeof findFan>[1]['by'], text: string) =>
    (await findFan(deps, { by, text })).fanId
  expect(await found('email', email.toUpperCase())).toBe(fanId)
  expect(await found('reservation', `#${reservationId}`)).toBe(fanId)
  expect(await found('payment', String(paymentId))).toBe(fanId)
  expect(await found('ticket', String(ticket?.ticketId))).toBe(fanId)
  for (const text of ['99999999', 'x', '-1', '1e3', '9'.repeat(16)])
    await expect(found('ticket', text)).rejects.toMatchObject({ details: { what: 'ticket' } })
})
