import { randomUUID } from 'node:crypto'
import type { AccountId, ShowId } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { listAudit } from '../testing/list-audit.ts'
import { cancelShow } from '../cancellations/index.ts'
import { refund } from '../payments/index.ts'
import { breakingDeps } from '../testing/breaking-deps.ts'
import { makeFan } from '../testing/make-fan.ts'
import { makeShow } from '../testing/make-show.ts'
import { makeSoldShow } from '../testing/make-sold-show.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { textWithout } from '../testing/text-without.ts'
import { listTickets, readGateCount, scanTicket } from './index.ts'
import { useTicketText } from './tickets-store.ts'

const deps = await createTestDeps()
const operatorId = await makeFan(deps)

async function sell() {
  const { show, buyers } = await makeSoldShow(deps, 1)
  const [buyer] = buyers
  if (buyer === undefined) throw new Error('somebody bought')
  const [ticket, second] = await listTickets(deps, buyer.fanId)
  if (ticket === undefined || second === undefined) throw new Error('two seats, two tickets')
  return { ...show, ...buyer, ticket, second }
}

const scan = (showId: ShowId, code: string, by: AccountId = operatorId, key: string = randomUUID()) =>
  scanTicket(deps, { operatorId: by, showId, code, idempotencyKey: key })

test('a good ticket is admitted once, at however many gates; the others are told when and by whom', async () => {
  const { showId, ticket } = await sell()
  const verdicts = await Promise.all(Array.from({ length: 10 }, () => scan(showId, ticket.code)))
  const admitted = verdicts.filter(({ verdict }) => verdict === 'admitted')
  expect(admitted).toMatchObject([{ ticket: { ticketId: ticket.ticketId, holderName: ticket.holderName } }])
  const later = await scan(showId, ticket.code, await makeFan(deps))
  expect(later).toMatchObject({ verdict: 'used', usedBy: 'Fan 1', ticket: { number: ticket.number } })
  expect(later.verdict === 'used' && later.usedAtMs).toBe(
    admitted[0]?.verdict === 'admitted' ? admitted[0].admittedAtMs : undefined,
  )
  expect(await readGateCount(deps, { showId })).toEqual({ admitted: 1 })
  const audited = (await listAudit(deps)).filter(({ target }) => target === `ticket ${ticket.ticketId}`)
  expect(audited).toMatchObject([{ action: 'ticket.admit' }])
})

test('a gate whose answer was lost asks again with its key and is told the same, not that somebody is in already', async () => {
  const { showId, ticket } = await sell()
  const key = randomUUID()
  const input = { operatorId, showId, code: ticket.code, idempotencyKey: key }
  await expect(scanTicket(breakingDeps(deps, 'afterCommit').deps, input)).rejects.toThrow(/connection/i)
  expect(await scan(showId, ticket.code, operatorId, key)).toMatchObject({ verdict: 'admitted' })
  expect(await scan(showId, ticket.code)).toMatchObject({ verdict: 'used' })
  await expect(scan(showId, `${ticket.code}x`, operatorId, key)).rejects.toMatchObject({
    code: 'IDEMPOTENCY_KEY_REUSED',
  })
})

test('a ticket of another show is told as such and stays good', async () => {
  const { showId, ticket } = await sell()
  const other = await makeShow(deps)
  expect(await scan(other.showId, ticket.code)).toMatchObject({ verdict: 'wrongShow', ticket: { showId } })
  expect(await scan(showId, ticket.code)).toMatchObject({ verdict: 'admitted' })
})

test('a refunded ticket, one of a cancelled show, and what is not of ours open nothing', async () => {
  const refunded = await sell()
  await refund(deps, { ...refunded, idempotencyKey: randomUUID() })
  expect(await scan(refunded.showId, refunded.ticket.code)).toMatchObject({ verdict: 'refunded' })

  const cancelled = await sell()
  await scan(cancelled.showId, cancelled.second.code)
  await cancelShow(deps, { showId: cancelled.showId, operatorId, reason: 'rain' })
  for (const { code } of [cancelled.ticket, cancelled.second])
    expect(await scan(cancelled.showId, code)).toMatchObject({ verdict: 'cancelled' })

  const { showId, ticket } = await sell()
  const [head, , signature] = ticket.code.split('.')
  const payload = Buffer.from(JSON.stringify({ t: ticket.ticketId, s: showId, n: 1 })).toString('base64url')
  for (const code of ['x', 'https://greenroom.example', `${ticket.code}x`, `${head}.${payload}.${signature}`])
    expect(await scan(showId, code)).toEqual({ verdict: 'forged' })
  expect(await readGateCount(deps, { showId })).toEqual({ admitted: 0 })
})

test('guard off: without the question whether its show is cancelled a ticket opens the gate', async () => {
  const { showId, ticket } = await sell()
  await cancelShow(deps, { showId, operatorId, reason: 'rain' })
  const text = textWithout(useTicketText, {
    'and exists (select from shows where shows.id = $2 and cancelled_at is null)': '',
  })
  const { rows } = await deps.db.pool.query(text, [ticket.ticketId, showId, operatorId])
  expect(rows).toMatchObject([{ ticketId: ticket.ticketId }])
})
