import { randomUUID } from 'node:crypto'
import { text as textOf } from 'node:stream/consumers'
import type { ExportName } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { recordAudit } from '../accounts/index.ts'
import { listAudit } from '../testing/list-audit.ts'
import { listPayments, pay, refund, refundPayment } from '../payments/index.ts'
import { asOwner } from '../testing/as-owner.ts'
import { insertHold } from '../testing/insert-hold.ts'
import { makeFan } from '../testing/make-fan.ts'
import { addShow, makeShow } from '../testing/make-show.ts'
import { makeRichFan } from '../testing/make-rich-fan.ts'
import { makeSoldShow } from '../testing/make-sold-show.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { listTickets, scanTicket } from '../tickets/index.ts'
import { openExport } from './open-export.ts'

const deps = await createTestDeps({ poolSize: 4 })
const operatorId = await makeFan(deps)

type Scope = Pick<Parameters<typeof openExport>[1], 'concertId' | 'showId'>

/** The cells of a file by column; none of these tests has a comma or quote in a cell. */
async function readExport(name: ExportName, scope: Scope): Promise<Record<string, string>[]> {
  const { text } = await openExport(deps, { operatorId, name, ...scope })
  const [head = '', ...lines] = (await textOf(text)).split('\r\n').slice(0, -1)
  const columns = head.replace('\uFEFF', '').split(',')
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, at) => [columns[at] ?? '', cell])))
}

/** Connections in a transaction: a file that nobody ended has one. */
const countOpen = async (): Promise<number> =>
  await asOwner(deps, async (tx) => {
    const { rows } = await tx.query<{ count: number }>(
      `select count(*)::int as count from pg_stat_activity
       where datname = current_database() and state = 'idle in transaction'`,
    )
    return rows[0]?.count ?? 0
  })

/** So many reservations in the concert that are over, inserted plainly. */
async function insertMany(show: Awaited<ReturnType<typeof makeShow>>, count: number): Promise<void> {
  await deps.db.pool.query(
    `insert into reservations (show_id, concert_id, fan_id, seat_ids, amount_minor, state, held_until, max_held_until, ended_at)
     select $1, $2, $3, array[$4::bigint], 50000, 'RELEASED', now(), now(), now() from generate_series(1, $5)`,
    [show.showId, show.concertId, operatorId, show.seatIds[0], count],
  )
}

test('each file tells of its concert, and of its show if one is named, and of nothing else', async () => {
  const show = await makeShow(deps, { priceMinor: 30_000 })
  const other = await addShow(deps, show.concertId)
  const elsewhere = await makeShow(deps)
  const fanId = await makeRichFan(deps)
  const buy = async (of: typeof show) => {
    const reservationId = await insertHold(deps, { fanId, show: of, seatIds: of.seatIds.slice(0, 1) })
    const { paymentId } = await pay(deps, {
      fanId,
      reservationIds: [reservationId],
      idempotencyKey: randomUUID(),
    })
    return { reservationId: String(reservationId), paymentId: String(paymentId), id: reservationId }
  }
  const bought = await buy(show)
  const returned = await buy(other)
  await buy(elsewhere)
  await refund(deps, { fanId, reservationId: returned.id, idempotencyKey: randomUUID() })

  const { concertId, showId } = show
  expect(await readExport('payments', { concertId })).toMatchObject([
    {
      paymentId: bought.paymentId,
      amountMinor: '30000',
      refundedMinor: '0',
      currency: 'KRW',
      refundedAt: '',
    },
    { paymentId: returned.paymentId, amountMinor: '30000', refundedMinor: '30000' },
  ])
  expect(await readExport('payments', { concertId, showId })).toMatchObject([{ paymentId: bought.paymentId }])
  expect(await readExport('tickets', { concertId })).toMatchObject([
    { state: 'VALID', section: 'Floor', row: 'A', number: '1', usedAt: '' },
    { state: 'VOID' },
  ])
  const reservations = await readExport('reservations', { concertId, showId })
  expect(reservations).toMatchObject([{ reservationId: bought.reservationId, state: 'PAID', endedAt: '' }])
  expect(reservations[0]?.['paidAt']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
})

test('the audit of a concert has its shows in it; the whole audit needs no concert, every other file does', async () => {
  const { concertId, showId } = await makeShow(deps)
  const { showId: other } = await makeShow(deps)
  for (const target of [`concert ${concertId}`, `show ${showId}`, `show ${other}`])
    await recordAudit(deps, { actorId: operatorId, action: 'test.deed', target })
  const targets = (rows: Record<string, string>[]) =>
    rows.filter(({ action }) => action === 'test.deed').map(({ target }) => target)
  expect(targets(await readExport('audit', { concertId }))).toEqual([
    `concert ${concertId}`,
    `show ${showId}`,
  ])
  expect(targets(await readExport('audit', {}))).toHaveLength(3)
  await expect(openExport(deps, { operatorId, name: 'payments' })).rejects.toMatchObject({
    code: 'BAD_INPUT',
  })
  await expect(
    openExport(deps, { operatorId, name: 'payments', concertId, showId: other }),
  ).rejects.toMatchObject({ code: 'NOT_FOUND', details: { what: 'show' } })
})

test('the audit of a concert has what was given back and who was let in at the gate, and not those of another', async () => {
  const sell = async () => {
    const { show, buyers } = await makeSoldShow(deps, 1)
    const [buyer] = buyers
    if (buyer === undefined) throw new Error('somebody bought')
    const [ticket] = await listTickets(deps, buyer.fanId)
    if (ticket === undefined) throw new Error('a seat has a ticket')
    const [payment] = await listPayments(deps, buyer.fanId)
    if (payment === undefined) throw new Error('somebody paid')
    const { showId } = show
    await scanTicket(deps, { operatorId, showId, code: ticket.code, idempotencyKey: randomUUID() })
    await refundPayment(deps, {
      operatorId,
      paymentId: payment.paymentId,
      reservationIds: [buyer.reservationId],
      reason: 'the fan fell ill',
      evenIfUsed: true,
      idempotencyKey: randomUUID(),
    })
    const deeds = [
      { action: 'ticket.admit', target: `ticket ${ticket.ticketId}` },
      { action: 'payment.refund', target: `payment ${payment.paymentId}` },
    ]
    return { concertId: show.concertId, deeds }
  }
  for (const { concertId, deeds } of [await sell(), await sell()]) {
    const { text } = await openExport(deps, { operatorId, name: 'audit', concertId })
    // what it was before and after has commas in it
    const told = (await textOf(text)).split('\r\n').slice(1, -2)
    expect(told).toEqual(deeds.map(({ action, target }) => expect.stringContaining(`,${action},${target},`)))
  }
})

test('who fetched what is in the audit', async () => {
  const { concertId, showId } = await makeShow(deps)
  await readExport('tickets', { concertId, showId })
  expect((await listAudit(deps))[0]).toMatchObject({
    action: 'export.tickets',
    target: `concert ${concertId}`,
    after: { showId },
  })
})

test('a file is of one moment, whatever is sold while it is read', async () => {
  const show = await makeShow(deps)
  await insertMany(show, 2_500)
  const { text } = await openExport(deps, { operatorId, name: 'reservations', concertId: show.concertId })
  await insertMany(show, 100)
  expect((await textOf(text)).split('\r\n')).toHaveLength(2_502)
})

test('a fan whose name is a formula gets no spreadsheet to run it', async () => {
  const show = await makeShow(deps)
  const fanId = await makeRichFan(deps)
  await deps.db.pool.query("update accounts set name = '=1+1' where id = $1", [fanId])
  const reservationId = await insertHold(deps, { fanId, show, seatIds: show.seatIds.slice(0, 1) })
  await pay(deps, { fanId, reservationIds: [reservationId], idempotencyKey: randomUUID() })
  expect(await readExport('tickets', { concertId: show.concertId })).toMatchObject([{ holderName: "'=1+1" }])
})

test('a reader who goes away, or never begins, ends the cursor and frees its place', async () => {
  const show = await makeShow(deps)
  await insertMany(show, 5_000)
  const open = () => openExport(deps, { operatorId, name: 'reservations', concertId: show.concertId })
  const [first, second] = [await open(), await open()]
  expect(await countOpen()).toBe(2)
  await expect(open()).rejects.toMatchObject({ code: 'OVERLOADED' })
  // what was refused was not fetched
  expect(await listAudit(deps, { target: `concert ${show.concertId}` })).toHaveLength(2)
  for await (const piece of first.text) {
    expect(String(piece)).not.toBe('')
    break
  }
  second.text.destroy()
  await expect.poll(countOpen).toBe(0)
  expect((await textOf((await open()).text)).split('\r\n')).toHaveLength(5_002)
})

test('a reader who waits has nothing read for them meanwhile', async () => {
  const show = await makeShow(deps)
  await insertMany(show, 40_000)
  const { text } = await openExport(deps, { operatorId, name: 'reservations', concertId: show.concertId })
  const iterator: AsyncIterator<string> = text[Symbol.asyncIterator]()
  await iterator.next()
  // a stream keeps 16 pieces ready at most, of 250 rows each
  expect(text.readableLength).toBeLessThanOrEqual(17)
  text.destroy()
  await expect.poll(countOpen).toBe(0)
})

test('a connection that Postgres ends breaks the file off, and the next one is whole', async () => {
  const show = await makeShow(deps)
  await insertMany(show, 40_000)
  const open = () => openExport(deps, { operatorId, name: 'reservations', concertId: show.concertId })
  const { text } = await open()
  const broken = textOf(text).then(
    () => 'whole',
    () => 'broken off',
  )
  await asOwner(deps, (tx) =>
    tx.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid() and query like '%export_rows%'`,
    ),
  )
  expect(await broken).toBe('broken off')
  expect((await textOf((await open()).text)).split('\r\n')).toHaveLength(40_002)
})
