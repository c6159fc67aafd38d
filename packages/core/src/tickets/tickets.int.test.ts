import { randomUUID } from 'node:crypto'
import {
  ticket as ticketSchema,
  type AccountId,
  type PaymentId,
  type Ticket,
  type TicketId,
} from '@greenroom/contract'
import { compactVerify, createLocalJWKSet } from 'jose'
import { expect, test } from 'vitest'
import { listAudit } from '../testing/list-audit.ts'
import { inTransaction, violatedConstraint } from '../platform/database.ts'
import { openDeps, closeDeps } from '../platform/deps.ts'
import { pay, refund } from '../payments/index.ts'
import { insertHold } from '../testing/insert-hold.ts'
import { makeFan } from '../testing/make-fan.ts'
import { makeRichFan } from '../testing/make-rich-fan.ts'
import { makeShow } from '../testing/make-show.ts'
import { refusalsOf, valuesOf } from '../testing/outcomes.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { admitTicket, issueTickets, listTickets, readTicket, readTicketKeys } from './index.ts'
import { signTicketCode } from './ticket-code.ts'

const deps = await createTestDeps()
const operatorId = await makeFan(deps)

async function buy(
  seatCount = 1,
): Promise<{ fanId: AccountId; tickets: Ticket[]; refund: () => Promise<unknown> }> {
  const show = await makeShow(deps)
  const fanId = await makeRichFan(deps)
  const reservationId = await insertHold(deps, { fanId, show, seatIds: show.seatIds.slice(0, seatCount) })
  await pay(deps, { fanId, reservationIds: [reservationId], idempotencyKey: randomUUID() })
  return {
    fanId,
    tickets: await listTickets(deps, fanId),
    refund: () => refund(deps, { fanId, reservationId, idempotencyKey: randomUUID() }),
  }
}

async function buyOne(): Promise<{ fanId: AccountId; ticket: Ticket; refund: () => Promise<unknown> }> {
  const { tickets, ...rest } = await buy()
  const [ticket] = tickets
  if (ticket === undefined) throw new Error('no ticket was issued')
  return { ...rest, ticket }
}

test('a paid seat has one ticket that says where and when, and whose it is', async () => {
  const { fanId, tickets } = await buy(3)
  expect(tickets.map(({ number }) => number)).toEqual(['1', '2', '3'])
  for (const each of tickets) {
    expect(ticketSchema.parse(each)).toEqual(each)
    // what a QR code of a phone's width still shows coarsely
    expect(each.code.length).toBeLessThan(200)
    expect(each).toMatchObject({ section: 'Floor', row: 'A', state: 'VALID', timeZone: 'Asia/Seoul' })
    expect(await readTicket(deps, { fanId, ticketId: each.ticketId })).toEqual(each)
  }
})

test('a seat has one good ticket, whatever a command forgets', async () => {
  const { fanId, tickets } = await buy(2)
  const reservationIds = tickets.map((each) => each.reservationId)
  const { rows } = await deps.db.pool.query<{ id: PaymentId }>('select id from payments where fan_id = $1', [
    fanId,
  ])
  const [{ id: paymentId } = { id: 0 as PaymentId }] = rows
  const again = inTransaction(deps.db, (tx) => issueTickets(tx, { paymentId, fanId, reservationIds }))
  expect(await again.catch(violatedConstraint)).toBe('tickets_seat_key')
  expect(await listTickets(deps, fanId)).toEqual(tickets)
})

test("another fan's ticket is refused as if it did not exist", async () => {
  const { ticket } = await buyOne()
  const stranger = await makeFan(deps)
  const refusal = { code: 'NOT_FOUND', details: { what: 'ticket' } }
  await expect(readTicket(deps, { fanId: stranger, ticketId: ticket.ticketId })).rejects.toMatchObject(
    refusal,
  )
  await expect(readTicket(deps, { fanId: stranger, ticketId: 987_654 as TicketId })).rejects.toMatchObject(
    refusal,
  )
  expect(await listTickets(deps, stranger)).toEqual([])
})

test('twenty gates scan one ticket at once: one lets its holder in', async () => {
  const { ticket } = await buyOne()
  const scans = await Promise.allSettled(
    Array.from({ length: 20 }, () => admitTicket(deps, { operatorId, code: ticket.code })),
  )
  const admitted = valuesOf(scans)
  expect(admitted).toHaveLength(1)
  expect(admitted[0]).toMatchObject({ ticketId: ticket.ticketId, seatId: ticket.seatId, number: '1' })
  const usedAtMs = admitted[0]?.admittedAtMs
  const refusal = { code: 'TICKET_USED', details: { usedAtMs } }
  expect(refusalsOf(scans)).toMatchObject(Array.from({ length: 19 }, () => refusal))
})

test('guard off: reading the state first and writing it after lets many in', async () => {
  const { ticket } = await buyOne()
  const scans = await Promise.all(
    Array.from({ length: 10 }, async () => {
      const { rows } = await deps.db.pool.query('select state from tickets where id = $1', [ticket.ticketId])
      return rows[0]?.state
    }),
  )
  await deps.db.pool.query("update tickets set state = 'USED', used_at = now() where id = $1", [
    ticket.ticketId,
  ])
  expect(scans.filter((state) => state === 'VALID').length).toBeGreaterThan(1)
})

test('an admission is audited, a refused scan is not', async () => {
  const { ticket } = await buyOne()
  await admitTicket(deps, { operatorId, code: ticket.code })
  await admitTicket(deps, { operatorId, code: ticket.code }).catch((error: unknown) => error)
  const entries = (await listAudit(deps)).filter(({ target }) => target === `ticket ${ticket.ticketId}`)
  expect(entries).toMatchObject([
    { action: 'ticket.admit', before: { state: 'VALID' }, after: { state: 'USED' } },
  ])
})

test('a refunded ticket opens nothing', async () => {
  const { ticket, refund: giveBack } = await buyOne()
  await giveBack()
  await expect(admitTicket(deps, { operatorId, code: ticket.code })).rejects.toMatchObject({
    code: 'TICKET_VOID',
  })
})

test("a ticket for another show than the gate's is refused, and stays good", async () => {
  const [mine, other] = [await buyOne(), await buyOne()]
  const scan = { operatorId, code: mine.ticket.code }
  await expect(admitTicket(deps, { ...scan, showId: other.ticket.showId })).rejects.toMatchObject({
    code: 'TICKET_INVALID',
  })
  expect(await admitTicket(deps, { ...scan, showId: mine.ticket.showId })).toMatchObject({
    showId: mine.ticket.showId,
  })
})

test('a code that is changed, cut, made up, or signed with another secret is refused', async () => {
  const { ticket } = await buyOne()
  const stranger = openDeps({ ...deps.settings, secret: 'some other secret' }, 'stranger')
  const [head, body, signature] = ticket.code.split('.')
  const payload = Buffer.from(JSON.stringify({ t: ticket.ticketId + 1, s: ticket.showId, n: ticket.seatId }))
  const none = Buffer.from('{"alg":"none"}').toString('base64url')
  const codes = [
    '',
    'not a code',
    ticket.code.slice(0, -4),
    `${head}.${payload.toString('base64url')}.${signature}`,
    `${none}.${body}.`,
    await signTicketCode(stranger, ticket),
    await signTicketCode(deps, { ...ticket, ticketId: 987_654 as TicketId }),
  ]
  for (const code of codes)
    await expect(admitTicket(deps, { operatorId, code })).rejects.toMatchObject({ code: 'TICKET_INVALID' })
  await closeDeps(stranger)
})

test('a gate with no network checks a code with the public key alone', async () => {
  const { ticket } = await buyOne()
  const keys = await readTicketKeys(deps)
  expect(keys.keys[0]).not.toHaveProperty('d')
  const { payload } = await compactVerify(ticket.code, createLocalJWKSet(keys))
  expect(JSON.parse(new TextDecoder().decode(payload))).toEqual({
    t: ticket.ticketId,
    s: ticket.showId,
    n: ticket.seatId,
  })
})

test('a restart changes no code: the key comes from the secret alone', async () => {
  const { fanId, ticket } = await buyOne()
  const restarted = openDeps(deps.settings, 'restarted')
  expect(await readTicket(restarted, { fanId, ticketId: ticket.ticketId })).toEqual(ticket)
  await closeDeps(restarted)
})
